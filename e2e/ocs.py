"""The OCS of the tests: agents report to its server, and the console changes it."""

from datetime import datetime

from dev.fleet.engine import Engine
from dev.fleet.session import ocs_session

from .agent import Agent
from .computers import tower


class Ocs:
    """An OCS server.

    :param address: URL to which agents send their inventories
    :param database: its :class:`.database.Database`
    """

    def __init__(self, address, database):
        self.address = address
        self.database = database
        self.sql = database.sql

    def agent(self, name, installed="2026-01-31-08-30-00"):
        """Return the agent of a computer.

        :param installed: date of its installation; another date is another DEVICEID
        """
        return Agent(self.address, f"{name}-{installed}")

    def first_inventory(self, name, serial, **options):
        """Let a new computer report.

        :param options: as for ``computers.tower``
        :return: its agent, and the sections it sent
        """
        agent, sections = self.agent(name), tower(name, serial, **options)
        agent.inventory(sections)
        return agent, sections

    def id_of(self, agent):
        """Return ``hardware.ID`` of an agent's computer."""
        query = "SELECT ID FROM hardware WHERE DEVICEID = %s"
        return self.database.value(query, (agent.device_id,))

    def ids(self):
        """Return ``hardware.ID`` of every computer, ascending."""
        return [row["ID"] for row in self.sql("SELECT ID FROM hardware ORDER BY ID")]

    def tag(self, hardware_id):
        """Return ``accountinfo.TAG`` of a computer."""
        query = "SELECT TAG FROM accountinfo WHERE HARDWARE_ID = %s"
        return self.database.value(query, (hardware_id,))

    def configure(self, name, number):
        """Set ``config.IVALUE``, as the console does."""
        self.sql("UPDATE config SET IVALUE = %s WHERE NAME = %s", (number, name))

    def set_tag(self, hardware_id, tag):
        """Change the TAG as the console does."""
        self._console(lambda engine: engine.tag(hardware_id, tag))

    def delete(self, hardware_id):
        """Delete a computer as the console does."""
        self._console(lambda engine: engine.delete(hardware_id))

    def _console(self, action):
        connection = self.database.connection()
        with ocs_session(connection) as cursor:
            action(Engine(connection, cursor, datetime.now()))
