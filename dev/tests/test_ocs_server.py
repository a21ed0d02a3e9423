"""What Apache is told, and what is extracted for it."""

from dev import apt, ocs_server

DEBIANS_FILE = """\
<IfModule mod_perl.c>
  # PerlSetEnv OCS_DB_SL_HOST localhost
  PerlSetEnv OCS_MODPERL_VERSION 2
  PerlSetEnv OCS_DB_HOST localhost
  PerlAddVar OCS_OPT_TRUSTED_IP 127.0.0.1
  PerlModule Apache::Ocsinventory
  PerlModule Apache::Ocsinventory::SOAP
  <location /ocsinterface>
    Require user "SOAP_USER"
  </location>
</IfModule>
"""


def configuration():
    values = {"database": "ocs", "database_port": 3307, "password": "secret"}
    text = ocs_server.configuration(DEBIANS_FILE, port=8180, **values)
    return [line.strip() for line in text.splitlines()]


def test_it_listens_on_the_loopback_address_only():
    listens = [line for line in configuration() if line.startswith("Listen")]
    assert listens == ["Listen 127.0.0.1:8180"]


def test_of_debians_file_it_takes_the_engine_without_soap():
    lines = configuration()
    assert "PerlModule Apache::Ocsinventory" in lines
    assert "PerlAddVar OCS_OPT_TRUSTED_IP 127.0.0.1" in lines
    assert not [line for line in lines if "SOAP" in line or "ocsinterface" in line]
    assert not [line for line in lines if "OCS_DB_SL_HOST" in line]


def test_our_database_goes_before_debians():
    lines = configuration()
    hosts = [line for line in lines if line.startswith("PerlSetEnv OCS_DB_HOST")]
    assert hosts[-1] == "PerlSetEnv OCS_DB_HOST 127.0.0.1"
    assert "PerlSetVar OCS_DB_PWD secret" in lines


def test_the_perl_modules_that_packages_need(monkeypatch):
    answer = """\
server
  Depends: perl:any
    perl
  Depends: libdbi-perl
 |Depends: <libvirtual-perl>
  Depends: libapache2-mod-perl2
libdbi-perl
  Depends: libc6
"""
    monkeypatch.setattr(apt, "run", lambda *_, **__: answer)
    assert apt.perl_modules("server") == ["libdbi-perl"]
