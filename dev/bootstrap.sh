#!/bin/sh
# Makes sure that a Python which can build virtual environments is there, then hands
# over to the package dev.
# SPDX-License-Identifier: LGPL-3.0-or-later
set -eu
cd "$(dirname "$0")/.."

usable() {
    python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null
}

fail() {
    echo "✗ $1" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

apt_get() {
    as_root apt-get -qq -y -o DPkg::Lock::Timeout=300 "$@"
}

install_python() {
    output=$(apt_get install --no-install-recommends --no-remove python3 python3-venv 2>&1)
}

if ! usable; then
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
        fail "Python 3.10 or later with venv is missing: install python3 and python3-venv, then start again."
    echo "• Python 3 (apt) …" >&2
    # The package lists are fetched only if they turn out to be missing or too old.
    install_python || { apt_get update && install_python; } || fail "$output"
    usable || fail "This needs Python 3.10 or later: put such a python3 on the PATH, then start again."
fi
exec python3 -m dev "$@"
