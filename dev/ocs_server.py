"""The server of OCS Inventory NG: Apache with mod_perl, on the loopback address.

Debian combines the engine 2.8.1 with the newest schema, see ``ENGINE_COMPATIBILITY``.
"""

import re
import urllib.error
import urllib.request

from . import apt, mariadb, ocs_schema, paths, ports, privileges
from .console import step
from .processes import Service

PACKAGES = (
    "apache2-bin",
    "libapache2-mod-perl2",
    "ocsinventory-server",
    "ocsinventory-agent",
    # Missing in the dependencies of the server, which returns error 500 without it.
    "libxml-parser-perl",
)
EXTRACTED = paths.DEBIAN / "ocs-server"
PORT = 8180
FOLDER = paths.DEV / "ocs-server"
CONFIG = FOLDER / "apache.conf"
PORT_FILE = paths.DEV / "ocs-server.port"
# The engine requires a folder for plugins; it is empty.
PLUGINS = FOLDER / "plugins"
LOG = paths.LOG / "ocs-server"
PATH = "/ocsinventory"
USER = "ocs"
service = Service("ocs-server")

# The engine 2.8.1 needs what the updates 7040, 7045 and 7080 remove: without it, the
# engine can neither store software or batteries nor merge duplicates.
ENGINE_COMPATIBILITY = """
ALTER TABLE software_name ADD COLUMN CATEGORY INT DEFAULT NULL;
ALTER TABLE batteries ADD COLUMN LOCATION VARCHAR(255), ADD COLUMN SBDSVERSION TEXT,
  ADD COLUMN MANUFACTUREDATE VARCHAR(10), ADD COLUMN MAXERROR INT,
  ADD COLUMN OEMSPECIFIC VARCHAR(255);
CREATE TABLE unixusers (
  ID INT NOT NULL AUTO_INCREMENT,
  HARDWARE_ID INT NOT NULL,
  ID_USERS VARCHAR(255) DEFAULT NULL,
  GID_USERS VARCHAR(255) DEFAULT NULL,
  NAME_USERS VARCHAR(255) DEFAULT NULL,
  HOME_USERS VARCHAR(255) DEFAULT NULL,
  SHELL_USERS VARCHAR(255) DEFAULT NULL,
  LOGIN_USERS VARCHAR(255) DEFAULT NULL,
  ID_GROUP VARCHAR(255) DEFAULT NULL,
  NAME_GROUP VARCHAR(255) DEFAULT NULL,
  MEMBER_GROUP VARCHAR(255) DEFAULT NULL,
  PRIMARY KEY (ID, HARDWARE_ID)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
"""

# Options and modules of the engine, from Debian's file, without the SOAP service.
ENGINE_FILE = EXTRACTED / "etc/apache2/conf-available/ocsinventory-server.conf"
ENGINE_LINE = re.compile(r"\s*Perl(SetEnv|AddVar|Module) (?!.*SOAP)")

SETTINGS = """\
ServerRoot {folder}
ServerName {host}
Listen {host}:{port}
PidFile {folder}/apache.pid
DefaultRuntimeDir {folder}
DocumentRoot {folder}
ErrorLog {log}/error.log
LoadModule mpm_prefork_module {modules}/mod_mpm_prefork.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule perl_module {modules}/mod_perl.so
StartServers 2
MinSpareServers 1
MaxSpareServers 2
MaxRequestWorkers 4
PerlSwitches {include}
{engine}
PerlSetEnv OCS_DB_HOST {host}
PerlSetEnv OCS_DB_PORT {database_port}
PerlSetEnv OCS_DB_NAME {database}
PerlSetEnv OCS_DB_LOCAL {database}
PerlSetEnv OCS_DB_USER {user}
PerlSetVar OCS_DB_PWD {password}
PerlSetEnv OCS_OPT_LOGPATH {log}
PerlSetEnv OCS_OPT_LOGLEVEL 1
PerlSetEnv OCS_OPT_EXT_USERAGENTS_FILE_PATH {agents}
PerlSetEnv OCS_PLUGINS_PERL_DIR {plugins}
PerlSetEnv OCS_PLUGINS_CONF_DIR {plugins}
<Location {path}>
  Require all granted
  SetHandler perl-script
  PerlHandler Apache::Ocsinventory
</Location>
"""


def ensure():
    """Extract the programs, if necessary."""
    if not EXTRACTED.exists():
        with step("Extract the OCS Inventory server and agent"):
            needed = apt.perl_modules(*PACKAGES)
            apt.extract(EXTRACTED, *PACKAGES, *needed, programs=True)


def perl_folders():
    """Return the extracted folders with Perl modules."""
    found = [EXTRACTED / "usr" / "share" / "perl5"]
    return [*found, *sorted(EXTRACTED.glob("usr/lib/*/perl5/*"))]


def build_database(name):
    """Create an empty database for the engine; drop an existing one.

    The account ``ocs`` has all privileges on it, ``odoo_reader`` only SELECT.
    """
    ocs_schema.fetch()
    ocs_schema.build(name, ocs_schema.NEWEST)
    mariadb.execute(ENGINE_COMPATIBILITY, name)
    mariadb.execute("".join(ocs_schema.account_statements(name)))


def start(database):
    """Start the server if it is not running; the MariaDB server must be running."""
    if service.pid():
        return
    ensure()
    port = ports.choose(PORT)
    PORT_FILE.write_text(str(port))
    account = _account()
    _write_config(database, port)
    account.chown(FOLDER)
    command = [EXTRACTED / "usr/sbin/apache2", "-f", CONFIG, "-D", "FOREGROUND"]
    with step("Start the OCS Inventory server"):
        service.start([*account.prefix, *command], cwd=FOLDER)
        service.wait_until(_is_ready, 60)


def _account():
    """Return the account that runs the server and owns its folder and logs."""
    for folder in (FOLDER, PLUGINS, LOG):
        folder.mkdir(mode=0o700, exist_ok=True)
    account = privileges.choose("www-data", FOLDER)
    account.chown(LOG)
    return account


def _write_config(database, port):
    # It contains a password.
    CONFIG.touch(mode=0o600)
    CONFIG.write_text(
        configuration(
            ENGINE_FILE.read_text(),
            port=port,
            database=database,
            database_port=mariadb.port(),
            password=mariadb.password(USER),
        )
    )


def configuration(engine, **values):
    """Return the configuration of Apache.

    :param engine: content of Debian's configuration file
    :param values: port, database, database_port and password
    """
    return SETTINGS.format(
        folder=FOLDER,
        host=ports.HOST,
        plugins=PLUGINS,
        log=LOG,
        modules=EXTRACTED / "usr" / "lib" / "apache2" / "modules",
        include=" ".join(f"-I{folder}" for folder in perl_folders()),
        engine="\n".join(filter(ENGINE_LINE.match, engine.splitlines())),
        agents=EXTRACTED / "etc" / "ocsinventory" / "extra_useragents",
        path=PATH,
        user=USER,
        **values,
    )


def address():
    """Return the URL to which agents send inventories."""
    return f"http://{ports.HOST}:{PORT_FILE.read_text()}{PATH}"


def _is_ready():
    """Return whether the engine is ready: it rejects GET with status 400."""
    try:
        urllib.request.urlopen(address(), timeout=5)
    except urllib.error.HTTPError as error:
        return error.code == 400
    except OSError:
        return False
    return False
