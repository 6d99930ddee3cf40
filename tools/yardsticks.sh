#!/bin/sh
# Sees to it that the benchmark has its yardsticks: Zensical in an environment of its own, .venv/zensical, and Hugo, Debian's
# own package where there is none. What cannot be had is said and left out; it never fails.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
place=.venv/zensical

if ! cmp -s requirements/zensical.txt "$place/zensical.txt"; then
    echo "Installing Zensical into $place"
    if "$python" -m venv --clear "$place" && "$place/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes --only-binary :all: --no-deps -r requirements/zensical.txt; then
        cp requirements/zensical.txt "$place/zensical.txt"
    else
        rm -rf "$place"
        echo "Zensical could not be installed: the benchmark leaves it out." >&2
    fi
fi

if ! command -v hugo >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    root=
    # -n: never wait for a password.
    [ "$(id -u)" = 0 ] || root="sudo -n"
    if [ -z "$root" ] || $root true 2>/dev/null; then
        echo "Installing with apt-get: hugo"
        $root apt-get -qq update &&
            $root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends hugo >/dev/null || true
    fi
fi
command -v hugo >/dev/null 2>&1 || echo "Hugo could not be installed: the benchmark leaves it out." >&2
