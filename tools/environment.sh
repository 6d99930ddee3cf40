#!/bin/sh
# Makes the virtual environment .venv and installs a lock into it: "site" (to serve and build), "check" (with what judges
# the language) or "test" (everything).
# Does nothing when the lock that is installed is the one in requirements/. PYTHON= names the Python to use.
set -eu
cd "$(dirname "$0")/.."
want=$1
venv=.venv

fits() { # a Python 3.11 or newer that really runs: a version manager's stand-in may exist and fail
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

complete() { # Debian and Ubuntu leave these two out of their Python
    "$1" -c 'import venv, ensurepip' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" || fail "PYTHON=$PYTHON is no Python 3.11 or newer."
        complete "$PYTHON" || fail "$(without_venv "$PYTHON")"
        echo "$PYTHON"
        return
    fi
    incomplete=
    for name in python3 python3.14 python3.13 python3.12 python3.11 python py; do
        fits "$name" || continue
        if complete "$name"; then
            echo "$name"
            return
        fi
        incomplete=${incomplete:-$name}
    done
    [ -z "$incomplete" ] || fail "$(without_venv "$incomplete")"
    fail "No Python 3.11 or newer was found. Install one (Debian and Ubuntu: apt-get install python3 python3-venv," \
        "macOS: brew install python, Windows: winget install Python.Python.3.13), or name it: make PYTHON=/path/to/python"
}

without_venv() {
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "Python $version is here, but without its venv module. Debian and Ubuntu: apt-get install python$version-venv"
}

fail() {
    echo "$*" >&2
    exit 1
}

python=$venv/bin/python
[ "${OS:-}" != Windows_NT ] || python=$venv/Scripts/python

# Each lock holds those behind it.
case $want in
    test) locks="test check site" ;;
    check) locks="check site" ;;
    *) locks=site ;;
esac
ready=yes
fits "$python" || ready=no
# Another Python was asked for than the environment was made with.
if [ -n "${PYTHON:-}" ] && [ $ready = yes ]; then
    fits "$PYTHON" || fail "PYTHON=$PYTHON is no Python 3.11 or newer."
    if [ "$("$PYTHON" --version)" != "$("$python" --version)" ]; then
        rm -rf "$venv"
        ready=no
    fi
fi
for lock in $locks; do
    cmp -s "requirements/$lock.txt" "$venv/$lock.txt" || ready=no
done
[ $ready = no ] || exit 0

if ! fits "$python"; then
    base=$(find_python)
    echo "Making $venv with $("$base" --version)"
    "$base" -m venv --clear "$venv"
fi
echo "Installing requirements/$want.txt"
# --require-hashes: nothing but what the lock names. --only-binary: no code runs while installing, no compiler is needed.
# --no-deps: the lock is complete. The version check is a request to the outside that nobody asked for.
"$python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-deps \
    -r "requirements/$want.txt"
for lock in $locks; do
    cp "requirements/$lock.txt" "$venv/$lock.txt"
done
