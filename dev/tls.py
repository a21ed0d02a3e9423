"""A certificate authority and a server certificate for localhost."""

import shutil

from . import apt, paths
from .console import run

LOG = paths.LOG / "tls.log"
NAMES = "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1"
KEY = ["-newkey", "rsa:2048", "-nodes", "-days", "3650"]


def create(folder):
    """Create ``ca.pem``, ``server-cert.pem`` and ``server-key.pem`` in ``folder``.

    The key of the authority is deleted, so that it cannot sign other certificates.
    """
    if not shutil.which("openssl"):
        apt.install("openssl")
    folder.mkdir(parents=True, exist_ok=True)
    _openssl(
        folder,
        *["req", "-x509", *KEY, "-subj", "/CN=connector-ocs development CA"],
        *["-addext", "basicConstraints=critical,CA:TRUE"],
        *["-keyout", "ca-key.pem", "-out", "ca.pem"],
    )
    _openssl(
        folder,
        *["req", *KEY, "-subj", "/CN=localhost"],
        *["-keyout", "server-key.pem", "-out", "server.csr"],
    )
    (folder / "server.ext").write_text(f"{NAMES}\n")
    _openssl(
        folder,
        *["x509", "-req", "-in", "server.csr", "-days", "3650"],
        *["-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial"],
        *["-extfile", "server.ext", "-out", "server-cert.pem"],
    )
    (folder / "server-key.pem").chmod(0o600)
    for name in ("ca-key.pem", "server.csr", "server.ext", "ca.srl"):
        (folder / name).unlink(missing_ok=True)


def _openssl(folder, *arguments):
    run(["openssl", *arguments], cwd=folder, log=LOG)
