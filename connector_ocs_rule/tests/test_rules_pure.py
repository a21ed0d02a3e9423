# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from odoo.addons.connector_ocs.tests.common import ocs_computer

from ..lib.accounts import account_names, local_part
from ..lib.rules import Condition, facts, holds, network, split_networks, split_values


@tagged("post_install", "-at_install")
class TestRulesPure(BaseCase):
    """Functions for facts, conditions and accounts, without a database."""

    def test_facts(self):
        self.assertEqual(
            facts(ocs_computer()),
            {
                "tag": ("Paris",),
                "name": ("PC",),
                "ip": ("192.0.2.10",),
                "domain": ("EXAMPLE",),
                "os": ("Debian GNU/Linux 12",),
                "chassis_type": ("Notebook",),
                "manufacturer": ("Dell Inc.",),
                "model": ("Latitude 5420",),
                "user": ("user0001",),
            },
        )

    def test_facts_of_disabled_sections(self):
        computer = ocs_computer(hardware={"IPADDR": ""})
        del computer["bios"], computer["accountinfo"], computer["networks"]
        self.assertEqual(set(facts(computer)), {"name", "domain", "os", "user"})

    def test_facts_of_missing_columns(self):
        computer = ocs_computer()
        del computer["bios"]["TYPE"]
        self.assertNotIn("chassis_type", facts(computer))

    def test_ip_addresses(self):
        for ip_address, networks, expected in (
            ("192.0.2.10", [], ("192.0.2.10",)),
            ("192.0.2.10/198.51.100.7", [], ("192.0.2.10", "198.51.100.7")),
            ("192.0.2.10", ["192.0.2.10"], ("192.0.2.10",)),
            ("", ["2001:db8::1", None, "?"], ("2001:db8::1",)),
            ("fe80::1%eth0", [], ("fe80::1%eth0",)),
            ("unknown", [], None),
        ):
            with self.subTest(ip_address=ip_address, networks=networks):
                computer = ocs_computer(
                    hardware={"IPADDR": ip_address},
                    networks=[{"MACADDR": "", "IPADDRESS": each} for each in networks],
                )
                self.assertEqual(facts(computer).get("ip"), expected)
        computer = ocs_computer(networks=[{"MACADDR": ""}])
        self.assertEqual(facts(computer)["ip"], ("192.0.2.10",))

    def test_conditions(self):
        known = facts(ocs_computer(bios={"SMODEL": "X [rev 2]"}))
        for fact, operator, values, expected in (
            ("tag", "is", ("paris",), True),
            ("tag", "is", ("Par",), False),
            ("tag", "is", ("Lyon", "PARIS"), True),
            ("tag", "is_not", ("Lyon",), True),
            ("tag", "is_not", ("Lyon", "paris"), False),
            ("manufacturer", "contains", ("dell",), True),
            ("manufacturer", "contains", ("hp", "lenovo"), False),
            ("name", "matches", ("P*",), True),
            ("name", "matches", ("p?",), True),
            ("name", "matches", ("P",), False),
            ("name", "matches", ("?P*",), False),
            ("model", "matches", ("x [rev ?]",), True),
            ("model", "matches", ("x [abcde]*",), False),
            ("os", "matches", ("*a*a*a*a*a*a*a*a*a*z",), False),
            ("ip", "in_network", ("192.0.2.0/24",), True),
            ("ip", "in_network", ("192.0.2.10",), True),
            ("ip", "in_network", ("198.51.100.0/24", "192.0.2.8/29"), True),
            ("ip", "in_network", ("2001:db8::/32",), False),
            ("ip", "not_in_network", ("2001:db8::/32",), True),
            ("ip", "not_in_network", ("192.0.2.0/24",), False),
        ):
            with self.subTest(fact=fact, operator=operator, values=values):
                condition = Condition(fact, operator, values)
                self.assertIs(holds(condition, known), expected)

    def test_ipv6(self):
        for address, value, expected in (
            ("2001:db8::1", "2001:db8::/32", True),
            ("2001:0DB8:0::1", "2001:db8::1", True),
            ("fe80::1%eth0", "fe80::/10", True),
            ("::ffff:192.0.2.1", "192.0.2.0/24", True),
            ("2001:db8::1", "0.0.0.0/0", False),
        ):
            with self.subTest(address=address, value=value):
                condition = Condition("ip", "in_network", (value,))
                self.assertIs(holds(condition, {"ip": (address,)}), expected)

    def test_unknown_fact_matches_nothing(self):
        for operator in ("is", "is_not", "contains", "matches", "not_in_network"):
            self.assertFalse(holds(Condition("tag", operator, ("Paris",)), {}))

    def test_empty_fact_is_known(self):
        known = {"tag": ("",)}
        self.assertTrue(holds(Condition("tag", "is_not", ("Paris",)), known))
        self.assertFalse(holds(Condition("tag", "is", ("Paris",)), known))

    def test_split_values(self):
        self.assertEqual(
            split_values(" VMware, Inc. ;; QEMU;"), ("VMware, Inc.", "QEMU")
        )
        self.assertEqual(split_values(" ; "), ())
        self.assertEqual(
            split_networks("192.0.2.0/24, 2001:db8::/32;198.51.100.7"),
            ("192.0.2.0/24", "2001:db8::/32", "198.51.100.7"),
        )
        self.assertEqual(str(network("192.0.2.9/24")), "192.0.2.0/24")

    def test_account_names(self):
        for user_id, names in (
            ("jdoe", ("jdoe",)),
            (" EXAMPLE\\JDoe ", ("jdoe",)),
            ("jdoe@example.org", ("jdoe@example.org",)),
            ("EXAMPLE/jdoe", ("example", "jdoe")),
            ("root/jdoe/jdoe", ("jdoe",)),
            ("EXAMPLE\\PC-1$", ()),
            ("NT AUTHORITY\\SYSTEM", ()),
            ("EXAMPLE\\Administrateur", ()),
            ("administrator@example.org", ()),
            ("N/A", ()),
            ("defaultuser0", ()),
            ("?", ()),
            ("", ()),
            (None, ()),
        ):
            with self.subTest(user_id):
                self.assertEqual(account_names(user_id), names)
        self.assertEqual(local_part("JDoe@example.org"), "jdoe")
