#!/bin/sh
# Installs a Python that can create virtual environments, if necessary, and runs the
# package dev.
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
        fail "Python 3.10 or later with venv is required. Install python3 and python3-venv, then try again."
    echo "• Install Python 3 (apt) …" >&2
    # Update the package lists only if they are missing or outdated.
    install_python || { apt_get update && install_python; } || fail "$output"
    usable || fail "Python 3.10 or later is required. Add such a python3 to the PATH, then try again."
fi
exec python3 -m dev "$@"
