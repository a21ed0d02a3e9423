# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from itertools import zip_longest
from pathlib import Path

from ..live import LiveCase
from ..runs import RunMixin
from ..scale import FULL
from .tables import BLOCK, Asset, Case, Tables

HERE = Path(__file__).parent
IMPORT = "-- ==> Odoo"


class CasesCase(RunMixin, LiveCase):
    """Test case on cases: the import after each part of them is complete.

    Every import performs all its jobs: none fails, none has to wait, no asset is ever
    deleted.
    """

    #: values of the backend
    backend_values = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for each in reversed(cls.__mro__):
            cls.backend.write(vars(each).get("backend_values", {}))

    def setUp(self):
        super().setUp()
        self.maxDiff = None
        #: {ID of an asset: its name when it was created}
        self.first_names = {}

    # Imports

    def import_changed(self, origin="button", force=False):
        run = super().import_changed(origin, force)
        self._assert_complete(run)
        self._note_assets()
        return run

    def _assert_complete(self, run):
        unfinished = self.jobs().filtered(lambda job: job.state != "done")
        self.assertFalse(
            [(job.name, job.state, job.exc_info or job.result) for job in unfinished]
        )
        self.assertFalse(self.jobs().filtered(lambda job: job.retry > 1), "Retried")
        self.assertIn(run.state, ("done", "waiting"), run.message)

    def _note_assets(self):
        equipment = self.env["maintenance.equipment"].with_context(active_test=False)
        seen = equipment.browse(self.first_names)
        self.assertEqual(seen.exists(), seen, "An asset was deleted.")
        for asset in self.assets():
            self.first_names.setdefault(asset.id, asset.name)

    # Assertions

    def assets(self):
        """Return the assets of all computers, even archived ones."""
        model = self.env["ocs.computer.binding"].with_context(active_test=False)
        bindings = model.search([("backend_id", "=", self.backend.id)])
        equipment = self.env["maintenance.equipment"].with_context(active_test=False)
        return bindings.odoo_id | equipment.browse(self.first_names)

    def shown(self):
        """Return what the assets of all computers show: list of :class:`Asset`."""
        self.env.invalidate_all()
        return sorted(self._shown(asset) for asset in self.assets())

    def _shown(self, asset):
        screens = asset.monitor_ids.mapped(lambda each: each.serial_no or each.name)
        first = self.first_names[asset.id]
        return Asset(
            asset.name,
            asset.serial_no or "",
            tuple(sorted(screens)),
            asset.active,
            first if first != asset.name else "",
        )

    def assert_assets(self, expected, message=None):
        self.assertEqual(
            "\n".join(map(str, self.shown())),
            "\n".join(map(str, sorted(expected))),
            f"{message or ''} {self._open_issues()}",
        )

    def _open_issues(self):
        """Return why computers were not imported: list of sentences."""
        issues = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend.id)]
        )
        return [f"{each.name}: {each.reason}, {each.message}" for each in issues]

    def assert_settled(self, report_all):
        """Assert that nothing is left to import, and that inventories change nothing.

        :param report_all: function that writes an inventory of each computer
        """
        before = self.shown()
        for _time in range(2):
            self.assertEqual(self.import_changed().job_count, 0, "Another run")
            report_all()
        self.assertEqual(self.import_changed().job_count, 0, "An unchanged inventory")
        self.import_changed("schedule", force=True)
        self.assert_assets(before, "After the import of all computers")
        self.assertEqual(self.import_changed().job_count, 0, "After that")

    def assert_monitors(self, assets):
        """Assert that there are no other monitors than those of the assets."""
        model = self.env["ocs.monitor.binding"].with_context(active_test=False)
        found = model.search([("backend_id", "=", self.backend.id)]).odoo_id
        expected = [screen for asset in assets for screen in asset.screens]
        shown = found.mapped(lambda each: each.serial_no or each.name)
        self.assertCountEqual(shown, expected)

    def moves(self):
        """Return how often the chatter says that a monitor moved."""
        return self.env["mail.message"].search_count(
            [("model", "=", "maintenance.equipment"), ("body", "like", "Moved from")]
        )

    # Tables

    def check(self, *cases):
        """Perform cases in one OCS database at the same time, and check them."""
        tables = [Tables(self.ocs, position * BLOCK) for position in range(len(cases))]
        questions = 0
        for number, day in enumerate(zip_longest(*(case.days for case in cases))):
            for ocs, changes in zip(tables, day, strict=True):
                for change in changes or ():
                    ocs.apply(change)
                ocs.tomorrow()
            self.import_changed()
            questions += self._answer()
            along = [case.along.get(number) for case in cases]
            if all(along):
                self.assert_assets(sum(along, []), f"Day {number}")
        self.assert_assets([asset for case in cases for asset in case.assets])
        self.assert_monitors(sum((case.assets for case in cases), []))
        self.assertEqual(self.moves(), sum(case.moves for case in cases))
        self.assertEqual(questions, sum(case.questions for case in cases))
        self.assert_settled(lambda: [ocs.report_all() for ocs in tables])

    def _answer(self):
        """Decide that the computers in question are new.

        :return: number of them
        """
        waiting = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend.id), ("reason", "=", "ambiguous")]
        )
        if waiting:
            waiting.action_create_asset()
            self.perform_jobs()
            self._note_assets()
        return len(waiting)

    # Files

    def load(self, name):
        """Yield before each import of a file, after its statements were executed.

        :param name: name of the file, without its extension
        """
        for part in self._parts(name):
            for statement in part.split(";\n"):
                if statement.strip():
                    self.sql(statement)
            yield

    def _parts(self, name):
        """Return the parts of a file, each a text with the statements of one import."""
        parts = [""]
        for line in (HERE / f"{name}.sql").read_text().splitlines(keepends=True):
            if line.startswith(IMPORT):
                parts.append("")
            elif not line.startswith("--"):
                parts[-1] += line
        return parts[:-1] if not parts[-1].strip() else parts

    def import_file(self, name):
        """Load a file with all its imports."""
        for _part in self.load(name):
            self.import_changed()

    def later(self):
        """Let all computers report again, without changes."""
        self.sql(
            "UPDATE hardware SET LASTDATE = LASTDATE + INTERVAL 1 DAY,"
            " LASTCOME = LASTCOME + INTERVAL 1 DAY"
        )


class InReverse:
    """Mixin: the jobs of a run are performed in the opposite order."""

    allow_inherited_tests_method = True

    def next_job(self, jobs):
        first = min(jobs.mapped("priority"))
        return jobs.filtered(lambda job: job.priority == first)[-1]


class InChunks:
    """Mixin: every import is in chunks."""

    allow_inherited_tests_method = True
    backend_values = {"chunk_threshold": 1, "chunk_size": 3}


def with_cases(*modules):
    """Decorate a test case: ``cases`` are those of some modules.

    In full, each of them is also a test of its own.

    :param modules: with cases, whose names are in capitals
    """

    def decorate(test):
        test.cases = {
            name.lower(): case
            for module in modules
            for name, case in vars(module).items()
            if isinstance(case, Case)
        }
        for name, case in test.cases.items() if FULL else ():
            setattr(test, f"test_{name}", lambda self, case=case: self.check(case))
        return test

    return decorate
