"""Accounts for servers, which should not run as root or refuse to."""

import os
import pwd
import subprocess

from .console import Failure

NOBODY = 65534


class Account:
    """An account for a server; ``prefix`` runs a command with this account."""

    def __init__(self, prefix=(), uid=None, gid=None):
        self.prefix = list(prefix)
        self.uid = uid
        self.gid = gid

    def chown(self, folder):
        """Make this account the owner of ``folder`` and its content."""
        if self.uid is None:
            return
        for parent, _folders, files in os.walk(folder):
            for path in [parent, *(os.path.join(parent, name) for name in files)]:
                os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def can_enter(self, folder):
        """Return whether this account can create files in ``folder``, which it owns."""
        command = [*self.prefix, "test", "-w", folder]
        return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0


def choose(preferred, folder):
    """Return the account for a server, and make it the owner of ``folder``.

    :param preferred: the account that Debian's package of the server creates
    :raise Failure: this is root, and no other account can enter the folder
    """
    for account in candidates(preferred, os.geteuid()):
        account.chown(folder)
        if account.can_enter(folder):
            return account
    raise Failure(
        f"Servers must not run as root, and no other account can enter {folder}.",
        "Clone the repository to a folder that all users can enter, such as /opt or"
        " /srv, or run this as an ordinary user.",
    )


def candidates(preferred, uid):
    """Return the accounts that user ``uid`` can try, in order of preference."""
    if uid:
        return [Account()]
    entry = _entry(preferred) or _entry("nobody")
    accounts = [_user_namespace()]
    if entry:
        accounts.insert(0, _setpriv(entry))
    return accounts


def _entry(name):
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _setpriv(entry):
    uid, gid = entry.pw_uid, entry.pw_gid
    prefix = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--"]
    return Account(prefix, uid, gid)


def _user_namespace():
    """Return root, mapped to nobody: it can still enter root's folders."""
    ids = [f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    return Account(["unshare", "--user", *ids, "--"], 0, 0)
