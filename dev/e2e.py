"""``make e2e``: tests in which OCS's own server and agent fill what Odoo imports."""

from . import ocs_server, pytest_runs, template, testing


def run():
    """Run the tests and return the outcome; the database servers must be running.

    The tests themselves start and end the servers of OCS and of Odoo.
    """
    ocs_server.ensure()
    template.ensure_addons()
    return testing.run_checks([pytest_runs.end_to_end])
