"""Servers refuse to run as root, or had better not: run them as somebody else then."""

import os
import pwd
import subprocess

from .console import Failure

NOBODY = 65534


class Account:
    """Who a server runs as: ``prefix`` is put before its command."""

    def __init__(self, prefix=(), uid=None, gid=None):
        self.prefix = list(prefix)
        self.uid = uid
        self.gid = gid

    def own(self, folder):
        """Give ``folder`` and everything in it to this account."""
        if self.uid is None:
            return
        for parent, _folders, files in os.walk(folder):
            for path in [parent, *(os.path.join(parent, name) for name in files)]:
                os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def can_enter(self, folder):
        """Return whether this account can make files in ``folder``, which it owns."""
        command = [*self.prefix, "test", "-w", folder]
        return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0


def choose(preferred, folder):
    """Return the account for a server whose data lie in ``folder``, and own it.

    :param preferred: the account a Debian package of that server would make
    :raise Failure: we are root, and no other account reaches the folder
    """
    for account in candidates(preferred, os.geteuid()):
        account.own(folder)
        if account.can_enter(folder):
            return account
    raise Failure(
        f"Servers do not run as root here, and no other account can enter {folder}.",
        "Clone into a folder everybody may enter, such as /opt or /srv,"
        " or run this as an ordinary user.",
    )


def candidates(preferred, uid):
    """Return the accounts to try for a process of user ``uid``, best first."""
    if uid:
        return [Account()]
    entry = _entry(preferred) or _entry("nobody")
    accounts = [_user_namespace()]
    if entry:
        accounts.insert(0, _switched(entry))
    return accounts


def _entry(name):
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _switched(entry):
    uid, gid = entry.pw_uid, entry.pw_gid
    prefix = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--"]
    return Account(prefix, uid, gid)


def _user_namespace():
    """Return root that sees itself as nobody: it still enters root's own folders."""
    ids = [f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    return Account(["unshare", "--user", *ids, "--"], 0, 0)
