#!/usr/bin/env bash
# Run a Python we support (3.11 to 3.13) with the words given; $PYTHON, where set, names it.
set -euo pipefail

for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3}; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
        exec "$candidate" "$@"
    fi
done
echo "Annotator needs Python 3.11, 3.12 or 3.13; none was found. Install one, or name it: make PYTHON=/path/to/python3" >&2
exit 2
