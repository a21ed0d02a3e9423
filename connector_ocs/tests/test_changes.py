# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib.changes import ITEMS, TEXTS, AssetChange, Item, compare

TABLES = frozenset((*TEXTS.values(), *ITEMS.values()))


def snapshot(known=TABLES, texts=(), items=(), **values):
    """Return the snapshot of an empty computer, with other values in some keys."""
    return {
        "texts": {**dict.fromkeys(TEXTS, ""), **dict(texts)},
        "items": {**{subject: [] for subject in ITEMS}, **dict(items)},
        "memory_mb": 0,
        "modules_mb": 0,
        "addresses": [],
        "known": set(known),
        **values,
    }


@tagged("post_install", "-at_install")
class TestChanges(BaseCase):
    """Differences between two snapshots."""

    def test_texts(self):
        for subject, old, new, alert in (
            ("name", "PC-1", "PC-2", ""),
            ("serial", "5CG1", "5CG2", "serial_changed"),
            ("serial", "5CG1", "", "serial_changed"),
            ("bios", "1.20", "1.21", "bios_changed"),
            ("processor", "i5", "i7", ""),
            ("tag", "", "Paris", ""),
        ):
            with self.subTest(subject=subject, new=new):
                found = compare(
                    snapshot(texts={subject: old}), snapshot(texts={subject: new})
                )
                self.assertEqual(found, [AssetChange(subject, old, new, alert)])

    def test_no_difference(self):
        full = snapshot(
            texts=dict.fromkeys(TEXTS, "x"),
            items={"disk": [Item("S1", "A"), Item("S1", "A")]},
            addresses=["192.0.2.1"],
            memory_mb=8000,
        )
        self.assertEqual(compare(full, full), [])

    def test_memory(self):
        for before, after, expected in (
            (
                ("2x8192MB", 16384, 16000),
                ("2x16384MB", 32768, 32000),
                [("2x8192MB", "2x16384MB", "")],
            ),
            (
                ("2x8192MB", 16384, 16000),
                ("1x8192MB", 8192, 8000),
                [("2x8192MB", "1x8192MB", "memory_shrank")],
            ),
            # the agent did not see the modules: the memory did not shrink
            (
                ("2x8192MB", 16384, 16000),
                ("", 0, 16000),
                [("2x8192MB", "", "")],
            ),
            # the system reserves more of the same modules
            (("2x8192MB", 16384, 16000), ("2x8192MB", 16384, 15000), []),
            (("", 0, 8000), ("", 0, 7990), []),
            (("", 0, 8000), ("", 0, 4000), [("8000MB", "4000MB", "memory_shrank")]),
            (("", 0, 8000), ("", 0, 16000), [("8000MB", "16000MB", "")]),
            (("", 0, 8000), ("", 0, 0), []),
        ):
            with self.subTest(before=before, after=after):
                snapshots = [
                    snapshot(
                        texts={"memory": modules}, modules_mb=total, memory_mb=memory
                    )
                    for modules, total, memory in (before, after)
                ]
                found = [change[1:] for change in compare(*snapshots)]
                self.assertEqual(found, expected)

    def test_items(self):
        small, big = Item("C:", "C: (100 GB)", 100000), Item("C:", "C: (1 TB)", 1000000)
        a, b = Item("A", "Disk A"), Item("B", "Disk B")
        for subject, before, after, expected in (
            ("disk", [a], [a, b], [AssetChange("disk_added", "", "Disk B")]),
            (
                "disk",
                [a, b],
                [b],
                [AssetChange("disk_removed", "Disk A", "", "disk_removed")],
            ),
            (
                "disk",
                [a],
                [b],
                [
                    AssetChange("disk_removed", "Disk A", "", "disk_removed"),
                    AssetChange("disk_added", "", "Disk B"),
                ],
            ),
            (
                "disk",
                [a, a],
                [a],
                [AssetChange("disk_removed", "Disk A", "", "disk_removed")],
            ),
            (
                "network",
                [Item("00:01", "eth0")],
                [Item("00:01", "enp1s0")],
                [AssetChange("network", "eth0", "enp1s0")],
            ),
            (
                "volume",
                [small],
                [big],
                [AssetChange("volume", "C: (100 GB)", "C: (1 TB)")],
            ),
            ("volume", [small], [Item("C:", "C: (99 GB)", 99000)], []),
            (
                "monitor",
                [Item(5, "DELL")],
                [],
                [AssetChange("monitor_removed", "DELL", "", "monitor_removed")],
            ),
        ):
            with self.subTest(subject=subject, before=before, after=after):
                found = compare(
                    snapshot(items={subject: before}), snapshot(items={subject: after})
                )
                self.assertEqual(found, expected)

    def test_addresses(self):
        many = [f"192.0.2.{number}" for number in range(30)]
        (change,) = compare(
            snapshot(addresses=["10.0.0.1", "10.0.0.2"]), snapshot(addresses=many)
        )
        self.assertEqual(change.old, "10.0.0.1, 10.0.0.2")
        self.assertTrue(change.new.endswith("192.0.2.9, …"))

    def test_new_section_is_no_change(self):
        """A section that was not imported before did not change."""
        after = snapshot(
            texts={"bios": "1.20", "tag": "Paris", "memory": "1x8192MB"},
            items={subject: [Item("A", "A")] for subject in ITEMS},
            addresses=["192.0.2.1"],
        )
        self.assertEqual(compare(snapshot(known=()), after), [])
        self.assertEqual(
            [change.subject for change in compare(snapshot(known={"storages"}), after)],
            ["disk_added"],
        )

    def test_more_items_of_a_section(self):
        """Additions to existing items are reported, whatever the digests are."""
        (change,) = compare(
            snapshot(known=(), items={"disk": [Item("A", "A")]}),
            snapshot(items={"disk": [Item("A", "A"), Item("B", "B")]}),
        )
        self.assertEqual(change, AssetChange("disk_added", "", "B"))
