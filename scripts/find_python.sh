#!/bin/sh
# Prints the path of a Python >= 3.12 that can make environments, or says how to get one and exits with 1.
# Every candidate is run, not only looked up: a version manager's stand-in may be on PATH and still fail.
set -u

oldest=3.12

# Prints the interpreter's own path; fails where there is none, it is too old, or it cannot make environments.
probe='
import sys
if sys.version_info < (3, 12):
    sys.exit(3)
try:
    import ensurepip, venv
except ImportError:
    sys.exit(4)
print(sys.executable)
'

tried=""
without_venv=""

try() {
    found=$("$1" -c "$probe" 2>/dev/null </dev/null)
    case $? in
        0) if [ -n "$found" ]; then printf '%s\n' "$found"; exit 0; fi ;;
        3) tried="$tried $1(too-old)" ;;
        4) without_venv="$1" ;;
        *) tried="$tried $1(does-not-run)" ;;
    esac
}

if [ -n "${PYTHON:-}" ]; then
    try "$PYTHON"
    echo "PYTHON=$PYTHON is not a Python >= $oldest that can make environments; looking for another." >&2
fi

for name in python3.12 python3.13 python3.14 python3 python; do
    if command -v "$name" >/dev/null 2>&1; then try "$name"; fi
done

# Those that are installed but not on PATH.
for folder in "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.1[2-9]*/bin \
    "${HOME:-}"/.local/share/uv/python/cpython-3.1[2-9]*/bin; do
    if [ -x "$folder/python3" ]; then try "$folder/python3"; fi
done

if [ -n "$without_venv" ]; then
    cat >&2 <<END
$without_venv is new enough but cannot make environments (its modules venv and ensurepip are missing).
On Debian and Ubuntu: sudo apt install python3-venv    (or python3.12-venv)
END
    exit 1
fi

cat >&2 <<END
No Python $oldest or newer was found on this machine.
Tried:${tried:- nothing: there is no python at all}

Ways to get one:
  Debian, Ubuntu   sudo apt install python3 python3-venv    (Ubuntu 24.04, Debian 13 or newer)
  Fedora           sudo dnf install python3.12
  macOS            brew install python@3.12
  Windows, macOS   an installer from https://www.python.org/downloads/
  anywhere         pyenv install 3.12    or    uv python install 3.12
If it is in an unusual place: make setup PYTHON=/path/to/python3.12
END
exit 1
