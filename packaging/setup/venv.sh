#!/usr/bin/env bash
# Make the virtual environment and install into it exactly what a lock file names, and the project itself.
set -euo pipefail
cd "$(dirname "$0")/../.."

lock=$1
venv=${VENV:-.venv}

if ! [ -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    if ! packaging/setup/python.sh -c 'import ensurepip, venv' 2>/dev/null; then
        version=$(packaging/setup/python.sh -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        packaging/setup/packages.sh "python$version-venv"
    fi
    packaging/setup/python.sh -m venv --clear "$venv"
fi

echo "Installing what $lock names into $venv ..." >&2
export PIP_DISABLE_PIP_VERSION_CHECK=1
"$venv/bin/python" -m pip install --quiet --require-hashes --requirement "$lock"
"$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable .
