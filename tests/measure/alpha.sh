#!/bin/sh
# The desk's tests on Datasette's newest pre-release, in an environment of its own under build/. They may fail:
# what is to come is not promised yet. Whatever happens is said loudly, in the last lines.
set -eu
VENV=${VENV:-build/alpha}
export VENV
if [ ! "$VENV/.ready" -nt pyproject.toml ]; then
    sh "$(dirname "$0")/setup.sh" '[dev]'
    touch "$VENV/.ready"
fi
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade --pre 'datasette>=1.0a0'
version=$("$VENV/bin/python" -c 'from datasette.version import __version__; print(__version__)')
if "$VENV/bin/python" -m pytest -q -n "${JOBS:-2}" -m 'not slow' "${@:-tests/desk}"; then
    printf '\n*** The desk PASSES its tests on Datasette %s.\n' "$version"
else
    printf '\n*** The desk FAILS its tests on Datasette %s, which is not out yet. This is no part of make test.\n' "$version"
    exit 1
fi
