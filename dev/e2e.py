"""``make e2e``: tests in which OCS's own server and agent fill what Odoo imports."""

from . import ocs_server, testing


def run():
    """Run the tests and return the outcome; the database servers must be running.

    The tests themselves start and end the servers of OCS and of Odoo.
    """
    ocs_server.ensure()
    outcome = testing.attempt(lambda: testing.pytest("e2e", testing.E2E))
    testing.show(outcome)
    return outcome
