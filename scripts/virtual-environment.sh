#!/bin/sh
# Makes .venv with everything that facelabel, its tests and its checks need, at the versions of constraints.txt.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "facelabel needs Python 3.11 or newer; '$python' is $("$python" -V 2>&1). Name another: make PYTHON=python3.12 …" >&2
    exit 1
}
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    # Debian keeps this part of Python in a package of its own.
    sh scripts/apt-install.sh python3-venv
fi
[ -x .venv/bin/python ] || "$python" -m venv .venv
echo "Installing facelabel into .venv (about 1.5 GB, a minute or two) …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
