# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""The statements of the change log as a file for a database administrator."""

from .change_log import quote_name

_DELIMITER = "$$"

_HEAD = """\
-- Change log of OCS Inventory NG for Odoo (connector_ocs).
--
{purpose}
--
-- Run it on the database server of OCS, as an administrator, with the command line
-- client:
--     mariadb < this_file        or        mysql < this_file
-- It stops at the first error, and can be run again after that.
"""

PURPOSES = {
    "install": """\
-- It makes the table hardware_updates and triggers on the tables of OCS that Odoo
-- imports. Each change there leaves a row that names the computer, no data. Errors
-- in writing that row are swallowed by the trigger.
-- The triggers run with the rights of the account after DEFINER. Never drop it, nor
-- take away its rights, while they are there: OCS could not save inventories.""",
    "repair": """\
-- It completes the table hardware_updates (rows stay), drops every trigger that
-- writes to it, and makes those of Odoo again. What changes in OCS in between is
-- found when Odoo compares the whole fleet.
-- The triggers run with the rights of the account after DEFINER. Never drop it, nor
-- take away its rights, while they are there: OCS could not save inventories.""",
    "remove": """\
-- It drops the triggers that write to the table hardware_updates, then, where that
-- was asked for, the table. To undo it, install the change log again.""",
}


def script(action, database, statements, undo=()):
    """A file for the command line client of MariaDB or MySQL.

    :param action: 'install', 'repair' or 'remove'; says what the file is for
    :param statements: list of SQL statements without delimiter
    :param undo: statements that take it back, shown as a comment
    :return: str
    """
    parts = [_HEAD.format(purpose=PURPOSES[action])]
    if undo:
        parts.append("-- To undo it:\n" + "".join(map(_as_comment, undo)))
    parts.append(f"USE {quote_name(database)};\n\nDELIMITER {_DELIMITER}\n")
    parts += [f"{statement}{_DELIMITER}\n" for statement in statements]
    parts.append("DELIMITER ;\n")
    return "\n".join(parts)


def _as_comment(statement):
    return "".join(f"--     {line}\n" for line in f"{statement};".splitlines())
