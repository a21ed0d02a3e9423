# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from unittest import mock

from odoo.addons.component.tests.common import TransactionComponentCase
from odoo.addons.connector.exception import IDMissingInBackend

from ..components.computer_adapter import OcsComputerAdapter
from ..components.server_adapter import OcsServerAdapter


def ocs_computer(**sections):
    """A computer as the adapter reads it; each section may be completed.

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
            "TYPE": "Notebook",
            "BMANUFACTURER": "Dell Inc.",
            "BVERSION": "1.20.1",
            "BDATE": "01/15/2024",
        },
        "accountinfo": {"TAG": "Paris"},
        "memories": [],
        "videos": [],
        "monitors": [],
        "networks": [],
    }
    for table, content in sections.items():
        if isinstance(content, dict) and content:
            content = dict(computer[table], **content)
        computer[table] = content
    return computer


def ocs_monitor(serial="", caption="DELL P2419H", **columns):
    """A row of monitors as the adapter reads it."""
    return {
        "MANUFACTURER": "Dell Inc.",
        "CAPTION": caption,
        "DESCRIPTION": "P2419H",
        "SERIAL": serial,
        **columns,
    }


class OcsCase(TransactionComponentCase):
    """A backend whose OCS is the dictionary ``self.ocs``.

    ``self.ocs`` holds {hardware.ID: nested dict}; only the reading is
    replaced, so matching, mapping and importing are the real ones.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = cls.env["ocs.backend"].create(
            {
                "name": "OCS of the tests",
                "host": "ocs.invalid",
                "user": "odoo_reader",
                "tz": "UTC",
                "version": "2.9.1",
            }
        )

    def setUp(self):
        super().setUp()
        self.ocs = {}
        self.schema = 7069
        self._patch_adapter("read", self._read)
        self._patch_adapter("read_page", self._read_page)
        self._patch_adapter("search_orphans", lambda adapter, limit=100: {})
        self._patch_adapter("check_columns", lambda adapter: None)
        server = OcsServerAdapter
        self._patch_adapter("schema", lambda adapter: self.schema, server)
        self._patch_adapter("count_computers", lambda adapter: 42, server)
        self._patch_adapter("is_read_only", lambda adapter: True, server)

    def _patch_adapter(self, name, function, adapter=OcsComputerAdapter):
        patcher = mock.patch.object(adapter, name, function)
        patcher.start()
        self.addCleanup(patcher.stop)

    def _read(self, *args):
        external_id = args[-1]
        if external_id not in self.ocs:
            raise IDMissingInBackend(f"OCS has no computer with the id {external_id}.")
        return self.ocs[external_id]

    def _read_page(self, after_id=0, limit=500):
        ids = [number for number in sorted(self.ocs) if number > after_id][:limit]
        return {number: self.ocs[number] for number in ids}

    @contextmanager
    def work_on(self, model_name="ocs.computer.binding"):
        """Work context on the backend."""
        with self.backend.work_on(model_name) as work:
            yield work

    def import_computer(self, external_id, computer=None, force=False):
        """Import one computer as its job does.

        :param computer: nested dict that OCS holds from now on
        :return: its binding
        """
        if computer is not None:
            self.ocs[external_id] = computer
        model = self.env["ocs.computer.binding"]
        model.import_record(self.backend, external_id, force=force)
        return self.binding(external_id)

    def binding(self, external_id):
        """Binding of a computer, empty when there is none."""
        return self.env["ocs.computer.binding"]._find(self.backend, external_id)

    def issue(self, external_id):
        """Why a computer was not imported, empty when it was."""
        return self.env["ocs.import.issue"]._find(self.backend, external_id)
