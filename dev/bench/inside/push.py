"""A script that pushes computers from OCS into plain models of Odoo over HTTP.

It reads OCS in batches and calls Odoo's JSON-2 API: it searches existing records by
their ID in OCS, then creates and writes. A batch that Odoo rejects is lost.
"""

from collections import defaultdict
from time import perf_counter

import pymysql
import requests

from .pushed_values import COMPONENTS, component, computer, monitor

BATCH = 50
MODEL = "ocs.bench.computer"
_ONE_ROW = ("hardware", "bios", "accountinfo")


class Push:
    """A pushing script.

    :param connection: to OCS, as values of ocs.backend
    :param url: address of Odoo
    :param key: API key
    :param with_components: whether it pushes components, too
    """

    def __init__(self, connection, url, key, with_components):
        self.ocs = pymysql.connect(
            **connection, cursorclass=pymysql.cursors.DictCursor, autocommit=True
        )
        self.tables = list(COMPONENTS) if with_components else []
        self.url = url
        self.odoo = requests.Session()
        self.odoo.headers["Authorization"] = f"Bearer {key}"
        #: number of computers in rejected batches
        self.lost = 0
        #: seconds that Odoo took to answer
        self.answering = 0

    def run(self, ids, batch=BATCH):
        """Push computers, and return the seconds it took.

        :param ids: list of hardware.ID
        :param batch: number of computers in a batch
        """
        start = perf_counter()
        for first in range(0, len(ids), batch):
            part = ids[first : first + batch]
            try:
                self._push(self._read(part))
            except requests.HTTPError:
                self.lost += len(part)
        return perf_counter() - start

    def close(self):
        """Close both connections."""
        self.ocs.close()
        self.odoo.close()

    def _read(self, ids):
        """Return the values of computers for Odoo's ``create``."""
        rows = {
            table: self._rows(table, ids)
            for table in (*_ONE_ROW, "monitors", *self.tables)
        }
        return [
            values for each in ids if (values := self._values(each, rows)) is not None
        ]

    def _values(self, hardware_id, rows):
        found = {table: rows[table].get(hardware_id, [{}])[0] for table in _ONE_ROW}
        if not found["hardware"]:
            return None
        values = computer(hardware_id, **found)
        monitors = rows["monitors"].get(hardware_id, ())
        values["monitor_ids"] = [(0, 0, monitor(row)) for row in monitors]
        if self.tables:
            values["component_ids"] = [
                (0, 0, component(table, row))
                for table in self.tables
                for row in rows[table].get(hardware_id, ())
            ]
        return values

    def _rows(self, table, ids):
        key = "ID" if table == "hardware" else "HARDWARE_ID"
        found = defaultdict(list)
        with self.ocs.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE {key} IN %s", (ids,))
            for row in cursor:
                found[row[key]].append(row)
        return found

    def _push(self, computers):
        ids = [values["ocs_id"] for values in computers]
        domain = [["ocs_id", "in", ids]]
        fields = ["ocs_id"]
        existing = self._call("search_read", domain=domain, fields=fields)
        known = {record["ocs_id"]: record["id"] for record in existing}
        new = [values for values in computers if values["ocs_id"] not in known]
        if new:
            self._call("create", vals_list=new)
        for values in computers:
            if values["ocs_id"] in known:
                self._call(
                    "write", ids=[known[values["ocs_id"]]], vals=_replacing(values)
                )

    def _call(self, method, **arguments):
        start = perf_counter()
        address = f"{self.url}/json/2/{MODEL}/{method}"
        answer = self.odoo.post(address, json=arguments)
        self.answering += perf_counter() - start
        answer.raise_for_status()
        return answer.json()


def _replacing(values):
    """Return values that replace the lines of an existing computer."""
    lines = {name: [(5, 0, 0), *values[name]] for name in values if name[-4:] == "_ids"}
    return values | lines
