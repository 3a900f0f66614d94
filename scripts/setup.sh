#!/bin/sh
# Makes or mends the environment in .venv, in the folder this script's project is in. Safe to run again at any time:
# does nothing when .venv is complete and neither pyproject.toml nor constraints.txt has changed, and starts afresh
# after a setup that was interrupted.
set -eu

cd "$(dirname "$0")/.."
environment=.venv
python=$environment/bin/python
complete=$environment/setup.complete     # what was installed, written last
unfinished=$environment/setup.unfinished # there while an installation is under way

# The folder belongs to it because an environment does not survive being moved or copied.
wanted() {
    pwd -P
    cksum pyproject.toml constraints.txt
}

runs() {
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

made_here() {
    grep -qF -e "$(pwd -P)/$environment" -e "$(pwd)/$environment" "$environment/bin/activate" 2>/dev/null
}

if [ -f "$complete" ] && [ ! -f "$unfinished" ] && [ "$(cat "$complete")" = "$(wanted)" ] && runs; then
    exit 0
fi

if [ -f "$unfinished" ] || ! runs || ! made_here || ! "$python" -m pip --version >/dev/null 2>&1; then
    interpreter=$(sh scripts/find_python.sh) || exit 1
    echo "Creating $environment with $("$interpreter" -V 2>&1) ($interpreter)"
    rm -rf "$environment"
    mkdir "$environment"
    : >"$unfinished"
    "$interpreter" -m venv "$environment"
fi

: >"$unfinished"
echo "Installing the libraries into $environment: about 200 MB to fetch, a few minutes the first time"
if ! "$python" -m pip install --quiet --quiet --disable-pip-version-check \
    --constraint constraints.txt --editable '.[dev]'; then
    echo "The installation failed; pip's reason is above. Run 'make setup' again when it is mended." >&2
    exit 1
fi
"$python" -c 'import sim'

wanted >"$complete"
rm -f "$unfinished"
echo "Ready: $environment ($("$python" -V))"
