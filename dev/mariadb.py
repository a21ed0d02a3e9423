"""Our own MariaDB server for OCS databases, on the loopback address, with TLS."""

import secrets
import shutil
from pathlib import Path

from . import apt, paths, ports, privileges, tls
from .console import run, step
from .mariadb_client import LOG, Administrator
from .processes import Service

PACKAGES = ("mariadb-server-core", "mariadb-client-core")
EXTRACTED = paths.DEBIAN / "mariadb"
PORT = 3307
FOLDER = paths.DEV / "mariadb"
DATA = FOLDER / "data"
TLS = FOLDER / "tls"
# A starting server removes temporary tables: in /tmp, those of other servers as well.
TEMPORARY = FOLDER / "tmp"
CONFIG = FOLDER / "my.cnf"
PASSWORDS = FOLDER / "passwords"
PORT_FILE = FOLDER / "port"
USERS = ("root", "ocs", "odoo_reader")
service = Service("mariadb")

SETTINGS = """\
[mariadbd]
basedir={base}
datadir={data}
tmpdir={temporary}
socket={sockets}/mariadb.sock
pid-file={data}/mariadb.pid
bind-address=127.0.0.1
port={port}
skip-name-resolve
skip-log-bin
performance-schema=0
# A test that waits for a lock should fail soon, instead of after one day.
lock-wait-timeout=60
ssl-ca={tls}/ca.pem
ssl-cert={tls}/server-cert.pem
ssl-key={tls}/server-key.pem
# The data can be rebuilt: speed matters more than durability.
innodb-flush-log-at-trx-commit=0
innodb-doublewrite=0
innodb-flush-method=nosync
innodb-buffer-pool-size=256M
innodb-log-file-size=64M
"""


def base():
    """Return the folder with the programs: ``/usr``, or that of extracted packages."""
    programs = ("sbin/mariadbd", "bin/mariadb", "bin/mariadb-install-db")
    if all((Path("/usr") / program).exists() for program in programs):
        return Path("/usr")
    return EXTRACTED / "usr"


def ensure_programs():
    """Extract the programs if they are not installed."""
    if not (base() / "sbin" / "mariadbd").exists():
        with step("Extract MariaDB"):
            apt.extract(EXTRACTED, *PACKAGES, programs=True)


def ensure():
    """Set up the programs, the certificates, the data and the passwords."""
    ensure_programs()
    if not (TLS / "server-cert.pem").exists():
        tls.create(TLS)
    # The passwords are moved there last: without them the data are incomplete.
    if not PASSWORDS.exists():
        with step("Create the MariaDB data"):
            _initialise()


def _initialise():
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(mode=0o700, parents=True)
    fresh = _create_passwords()
    extra = DATA / "accounts.sql"
    extra.write_text("".join(account_statements((fresh / "root").read_text())))
    account = _account()
    command = [
        *[base() / "bin" / "mariadb-install-db", "--no-defaults", "--force"],
        *["--auth-root-authentication-method=normal", "--skip-test-db"],
        *[f"--basedir={base()}", f"--datadir={DATA}", f"--tmpdir={TEMPORARY}"],
        f"--extra-file={extra}",
    ]
    run([*account.prefix, *command], cwd=DATA, log=LOG)
    extra.unlink()
    fresh.rename(PASSWORDS)


def _account():
    """Return the account that runs the server and owns its files."""
    account = privileges.choose("mysql", DATA)
    TEMPORARY.mkdir(exist_ok=True)
    account.chown(TEMPORARY)
    return account


def _create_passwords():
    folder = FOLDER / "passwords.new"
    folder.mkdir(mode=0o700, exist_ok=True)
    for user in USERS:
        (folder / user).write_text(secrets.token_urlsafe(18))
    return folder


def account_statements(password):
    """Yield SQL that removes all accounts but root, for the socket and for TCP."""
    yield "DELETE FROM mysql.global_priv"
    yield " WHERE Host NOT IN ('localhost', '127.0.0.1') OR User IN ('', 'PUBLIC');\n"
    yield "FLUSH PRIVILEGES;\n"
    for host in ("localhost", "127.0.0.1"):
        yield f"CREATE USER IF NOT EXISTS root@'{host}';\n"
        yield f"ALTER USER root@'{host}' IDENTIFIED BY '{password}';\n"
        yield f"GRANT ALL ON *.* TO root@'{host}' WITH GRANT OPTION;\n"


def start():
    """Start the server if it is not running; return whether it was started."""
    if service.pid():
        return False
    ensure()
    account = _account()
    sockets = paths.socket_folder("mariadb")
    account.chown(sockets)
    account.chown(TLS)
    CONFIG.write_text(
        SETTINGS.format(
            base=base(),
            data=DATA,
            temporary=TEMPORARY,
            sockets=sockets,
            tls=TLS,
            port=_choose_port(),
        )
    )
    command = [base() / "sbin" / "mariadbd", f"--defaults-file={CONFIG}"]
    with step("Start MariaDB"):
        service.start([*account.prefix, *command], cwd=DATA)
        service.wait_until(administrator().is_reachable, 60)
    return True


def _choose_port():
    """Return the port to listen on: the previous one, if it is free."""
    last = port() if PORT_FILE.exists() else PORT
    chosen = last if ports.is_free(last) else ports.choose(PORT)
    PORT_FILE.write_text(str(chosen))
    return chosen


def port():
    """Return the TCP port of the server."""
    return int(PORT_FILE.read_text())


def password(user):
    """Return the password of one of ``USERS``."""
    return (PASSWORDS / user).read_text()


def administrator():
    """Return the administrator of the server (root)."""
    socket = paths.socket_folder("mariadb") / "mariadb.sock"
    return Administrator(client(), (f"--socket={socket}", "-uroot"), password("root"))


def client():
    """Return the path of the program ``mariadb``."""
    return base() / "bin" / "mariadb"


def execute(sql, database="", *, force=False):
    """Run ``sql`` as root and return the rows (see ``Administrator.execute``)."""
    return administrator().execute(sql, database, force=force)
