# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from unittest import mock

from odoo.addons.component.tests.common import TransactionComponentCase
from odoo.addons.connector.exception import IDMissingInBackend

from ..components.computer_adapter import OcsComputerAdapter, ScannedRow
from ..components.computer_adapter_identity import ListedRow, OcsIdentityAdapter
from ..components.computer_adapter_section import OcsSectionAdapter
from ..components.server_adapter import OcsServerAdapter
from ..components.survey_adapter import OcsSurveyAdapter
from ..lib import eligibility
from ..lib.runs import OPEN
from .mocked_identities import IdentityMixin


def ocs_computer(**sections):
    """Return a computer as the adapter reads it, with other values in some sections.

    >>> ocs_computer(hardware={"NAME": "PC-1"}, memories=[{"CAPACITY": 8192}])
    """
    computer = {
        "hardware": {
            "DEVICEID": "PC-2024-01-15-10-00-00",
            "NAME": "PC",
            "WORKGROUP": "EXAMPLE",
            "OSNAME": "Debian GNU/Linux 12",
            "OSVERSION": "6.1.0",
            "OSCOMMENTS": "",
            "PROCESSORT": "Intel Core i5",
            "PROCESSORS": 2400,
            "PROCESSORN": 1,
            "MEMORY": 8192,
            "IPADDR": "192.0.2.10",
            "USERID": "user0001",
            "UUID": "4C4C4544-0042-3510-8052-B4C04F564E31",
            "LASTDATE": "",
            "ARCHIVE": 0,
        },
        "bios": {
            "SMANUFACTURER": "Dell Inc.",
            "SMODEL": "Latitude 5420",
            "SSN": "",
            "MSN": "",
            "TYPE": "Notebook",
            "BMANUFACTURER": "Dell Inc.",
            "BVERSION": "1.20.1",
            "BDATE": "01/15/2024",
            "ASSETTAG": "",
            "MMANUFACTURER": "Dell Inc.",
            "MMODEL": "0X1Y2Z",
        },
        "accountinfo": {"TAG": "Paris"},
        "memories": [],
        "videos": [],
        "monitors": [],
        "networks": [],
        "cpus": [],
        "storages": [],
        "drives": [],
        "batteries": [],
    }
    for table, content in sections.items():
        if isinstance(content, dict) and content:
            content = dict(computer[table], **content)
        computer[table] = content
    return computer


def ocs_monitor(serial="", caption="DELL P2419H", **columns):
    """Return a row of monitors as the adapter reads it."""
    return {
        "MANUFACTURER": "Dell Inc.",
        "CAPTION": caption,
        "DESCRIPTION": "12/2020",
        "SERIAL": serial,
        **columns,
    }


class OcsCase(IdentityMixin, TransactionComponentCase):
    """Test case with a backend whose OCS is the dictionary ``self.ocs``.

    ``self.ocs`` is {hardware.ID: nested dict}. Only the adapters are replaced;
    matching, mapping and importing are the real code.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = cls.env["ocs.backend"].create(
            {
                "name": "Test OCS",
                "host": "ocs.invalid",
                "user": "odoo_reader",
                "tz": "UTC",
                "version": "2.9.1",
            }
        )

    def setUp(self):
        super().setUp()
        self.ocs = {}
        #: the OCS blacklists; None for a list that the user is not allowed to read
        self.blacklists = {"serials": frozenset(), "macs": frozenset()}
        #: {removed ID: ID that replaced it}, as in deleted_equiv
        self.merged = {}
        self.problems = {}
        self.schema = 7081
        self._patch_adapter("read", self._read)
        self._patch_adapter("read_many", self._read_many)
        self._patch_adapter("scan", self._scan)
        self._patch_adapter("find_large", lambda adapter, ids: set(), OcsSectionAdapter)
        self._patch_adapter("list_ids", self._list_ids, OcsIdentityAdapter)
        self._patch_identities()
        self._patch_adapter(
            "find_predecessors", self._find_predecessors, OcsIdentityAdapter
        )
        self._patch_adapter("find_successor", self._find_successor, OcsIdentityAdapter)
        self._patch_adapter("search_orphans", lambda adapter, limit=100: {})
        section = OcsSectionAdapter
        self._patch_adapter("find_problems", lambda adapter: self.problems, section)
        #: what "Test connection" finds, see ``ocs.survey.adapter``
        self.survey = {}
        self._patch_adapter("survey", lambda adapter: self.survey, OcsSurveyAdapter)
        server = OcsServerAdapter
        self._patch_adapter("schema", lambda adapter: self.schema, server)
        self._patch_adapter("read_blacklists", lambda adapter: self.blacklists, server)
        self._patch_adapter("count_computers", lambda adapter: 42, server)
        self._patch_adapter("is_read_only", lambda adapter: True, server)
        #: what the OCS database tells of itself
        self.server = {"server": "a-uuid", "schema": 7081, "created": 1, "next_id": 0}
        self._patch_adapter("read_identity", lambda adapter: self.server, server)

    def _patch_adapter(self, name, function, adapter=OcsComputerAdapter):
        patcher = mock.patch.object(adapter, name, function)
        patcher.start()
        self.addCleanup(patcher.stop)

    def _read(self, *args):
        external_id = args[-1]
        if external_id not in self.ocs:
            raise IDMissingInBackend(f"OCS has no computer with the ID {external_id}.")
        computer = self.ocs[external_id]
        tables = self.backend._imported_tables()
        chosen = {table: rows for table, rows in computer.items() if table in tables}
        return {**chosen, "digests": self._digests(chosen)}

    def _read_many(self, ids):
        return {each: self._read(each) for each in ids if each in self.ocs}

    def _digests(self, computer):
        """Return digests that differ whenever the real ones do."""
        sections = {each.table: each for each in OcsComputerAdapter._base_sections}
        return {
            table: repr(
                sorted(self._compared(row, sections.get(table)) for row in rows)
            )
            for table, rows in (
                (table, [rows] if isinstance(rows, dict) else rows)
                for table, rows in computer.items()
            )
        }

    def _compared(self, row, section):
        """Return the part of a row that its digest covers."""
        volatile = {"LASTDATE", *(section.volatile if section else ())}
        return repr({name: row[name] for name in row if name not in volatile})

    def _scan(self, after_id=0, limit=500):
        ids = [number for number in sorted(self.ocs) if number > after_id][:limit]
        return [self._row(external_id) for external_id in ids]

    def _row(self, external_id):
        computer = self._read(external_id)
        hardware = computer["hardware"]
        return ScannedRow(
            external_id,
            hardware["NAME"],
            eligibility.exclusion(computer),
            computer["digests"],
            hardware["LASTDATE"],
        )

    def _list_ids(self, after_id, limit):
        return {
            row.external_id: ListedRow(
                self.ocs[row.external_id]["hardware"]["DEVICEID"],
                row.name,
                row.exclusion,
            )
            for row in self._scan(after_id, limit)
        }

    def _find_predecessors(self, ids):
        return {
            new: [old for old, successor in self.merged.items() if successor == new]
            for new in ids
            if new in self.merged.values()
        }

    def _find_successor(self, external_id):
        return self.merged.get(external_id, 0)

    def start_run(self, **values):
        """Create a scanning run without its job."""
        self.env["ocs.import.run"].search([("state", "in", OPEN)])._close()
        return self.env["ocs.import.run"].create(
            {"backend_id": self.backend.id, "origin": "button", **values}
        )

    @contextmanager
    def work_on(self, model_name="ocs.computer.binding"):
        """Yield a work context on the backend."""
        with self.backend.work_on(model_name) as work:
            yield work

    def import_computer(self, external_id, computer=None, force=False):
        """Import a computer as its job does.

        :param computer: nested dict to put into OCS first
        :return: its binding
        """
        if computer is not None:
            self.ocs[external_id] = computer
        model = self.env["ocs.computer.binding"]
        model.import_record(self.backend, external_id, force=force)
        return self.binding(external_id)

    def binding(self, external_id):
        """Return the binding of a computer, or an empty recordset."""
        return self.env["ocs.computer.binding"]._find(self.backend, external_id)

    def issue(self, external_id):
        """Return the issue of a computer, or an empty recordset if it was imported."""
        return self.env["ocs.import.issue"]._find(self.backend, external_id)
