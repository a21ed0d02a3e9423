"""``make e2e``: the tests with OCS's own server and agent."""

from . import ocs_server, pytest_runs, template, testing


def run():
    """Run the tests and return the result; the database servers must be running.

    The tests start and stop the servers of OCS and Odoo themselves.
    """
    ocs_server.ensure()
    template.ensure_addons()
    return testing.run_checks([pytest_runs.end_to_end])
