# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""SQL files of the change log for a database administrator."""

from odoo.addons.connector_ocs.lib.quoting import quote_name

_DELIMITER = "$$"

_HEAD = """\
-- Change log of OCS Inventory NG for Odoo (connector_ocs).
--
{purpose}
--
-- Run this file on the database server of OCS as an administrator, with the
-- command-line client:
--     mariadb < this_file        or        mysql < this_file
-- It stops at the first error. After fixing the cause, run it again.
"""

PURPOSES = {
    "install": """\
-- This file creates the table hardware_updates, and triggers on the tables of OCS that
-- Odoo imports. Each change in these tables adds a row with the ID of the computer, but
-- no other data. The triggers ignore errors in adding that row. The procedure
-- hardware_updates_check lists the triggers, so that Odoo can check them.
-- The triggers run with the privileges of the account after DEFINER. Do not drop this
-- account or revoke its privileges while the triggers exist: OCS could no longer save
-- inventories.""",
    "repair": """\
-- This file completes the table hardware_updates (its rows are kept), drops every
-- trigger that writes to it, and creates those of Odoo again, as well as the procedure
-- hardware_updates_check, which lists them. Odoo finds changes made in OCS in the
-- meantime when it compares the whole fleet. This file stops if another Odoo database
-- uses the change log: see the table hardware_updates_owner.
-- The triggers run with the privileges of the account after DEFINER. Do not drop this
-- account or revoke its privileges while the triggers exist: OCS could no longer save
-- inventories.""",
    "remove": """\
-- This file drops the triggers that write to the table hardware_updates, then the table
-- and the procedure hardware_updates_check if requested. To undo this, install the
-- change log again. This file stops if another Odoo database uses the change log: see
-- the table hardware_updates_owner.""",
    "move": """\
-- This file makes one backend of an Odoo database the one that uses the change log. The
-- database that used it before notices this with its next import, and compares the
-- whole fleet from then on.""",
}


def script(action, database, statements, undo=()):
    """Return an SQL file for the command-line client of MariaDB or MySQL.

    :param action: 'install', 'repair', 'remove' or 'move': the purpose of the file
    :param statements: list of SQL statements without delimiter
    :param undo: statements that undo the action, added as a comment
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
