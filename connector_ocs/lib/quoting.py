# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Names and accounts in SQL of MariaDB and MySQL."""


def split_account(account):
    """Split an account into user and host.

    :param account: 'user@host'; without a host it is '%', any host, as on the server
    :return: (user, host)
    """
    user, at, host = account.strip().rpartition("@")
    return (user, host) if at else (host, "%")


def quote_name(name):
    """Quote the name of a table, trigger or user for SQL."""
    return f"`{name.replace('`', '``')}`"


def quote_account(account):
    """Quote an account for SQL.

    :param account: 'user@host'
    """
    return "@".join(quote_name(part) for part in split_account(account))


def create_user(account):
    """Return the statement that creates an account; the password is a placeholder.

    :param account: 'user@host'
    """
    return f"CREATE USER {quote_account(account)} IDENTIFIED BY '<password>'"


def grant(privileges, database, table, account):
    """Return the statement that grants privileges to an account.

    :param table: '*' for all tables of the database
    :param account: 'user@host'
    """
    where = f"{quote_name(database)}.{table}"
    return f"GRANT {privileges} ON {where} TO {quote_account(account)}"
