#!/bin/sh
# Make the virtual environment (when there is no working one) and install the project with the extras in $1.
set -eu
VENV=${VENV:-.venv}

fail() { printf 'copydesk: %s\n' "$1" >&2; exit 2; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if new_enough "$name"; then command -v "$name"; return; fi
    done
    fail "no Python 3.11 or newer was found; install one, or name it: make PYTHON=/path/to/python3.11 …"
}

make_venv() {
    python=$(find_python)
    echo "setting up $VENV with $("$python" --version)" >&2
    "$python" -m venv --clear "$VENV" 2>/dev/null && return
    # Debian keeps ensurepip in a package of its own; a pip of the system's can stand in.
    "$python" -m venv --clear --without-pip "$VENV" 2>/dev/null \
        && "$python" -m pip --python "$VENV/bin/python" install --quiet pip 2>/dev/null && return
    rm -rf "$VENV"
    fail "$python cannot make virtual environments; install its venv module (Debian, Ubuntu: apt-get install python3-venv) and try again"
}

if ! new_enough "$VENV/bin/python" || ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then make_venv; fi
echo "installing copydesk$1 into $VENV" >&2
# pip before 24 stumbles over an extra that two packages spell differently (lxml[html_clean]).
"$VENV/bin/python" -c 'import pip, sys; sys.exit(int(pip.__version__.split(".")[0]) >= 24)' \
    && "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade pip >/dev/null 2>&1 || true
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --editable ".$1" \
    || fail "the packages could not be installed; is the package index reachable? (pip says why, above)"
pwd -P >"$VENV/.place"
