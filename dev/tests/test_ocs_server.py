"""Tests of the configuration of Apache and the packages to extract."""

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


def test_server_listens_only_on_loopback_address():
    listens = [line for line in configuration() if line.startswith("Listen")]
    assert listens == ["Listen 127.0.0.1:8180"]


def test_configuration_has_the_engine_without_soap():
    lines = configuration()
    assert "PerlModule Apache::Ocsinventory" in lines
    assert "PerlAddVar OCS_OPT_TRUSTED_IP 127.0.0.1" in lines
    assert not [line for line in lines if "SOAP" in line or "ocsinterface" in line]
    assert not [line for line in lines if "OCS_DB_SL_HOST" in line]


def test_our_database_overrides_that_of_debian():
    lines = configuration()
    hosts = [line for line in lines if line.startswith("PerlSetEnv OCS_DB_HOST")]
    assert hosts[-1] == "PerlSetEnv OCS_DB_HOST 127.0.0.1"
    assert "PerlSetVar OCS_DB_PWD secret" in lines


def test_perl_modules(monkeypatch):
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
