#!/bin/sh
# Sees to it that the tests have an nginx, and with "load" also wrk, which makes the load. Looks first; installs Debian's own
# packages where it can; else says what to do and fails. NGINX_PATH= names an nginx at an unusual place.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
[ "${OS:-}" != Windows_NT ] || python=.venv/Scripts/python

nginx() {
    "$python" tests/site/nginx.py >/dev/null
}

load() {
    [ "${1:-}" != load ] || command -v wrk >/dev/null
}

service() {
    ! command -v systemctl >/dev/null 2>&1 || $root systemctl --quiet "$@" nginx.service >/dev/null 2>&1 || true
}

packages=
[ -n "${NGINX_PATH:-}" ] || nginx 2>/dev/null || packages=nginx
load "$@" || packages="$packages wrk"

if [ -n "$packages" ] && command -v apt-get >/dev/null 2>&1; then
    root=
    # -n: never wait for a password in the middle of a test run.
    [ "$(id -u)" = 0 ] || root="sudo -n"
    if [ -z "$root" ] || $root true 2>/dev/null; then
        echo "Installing with apt-get:" $packages
        # A web server that nobody asked for must not run on this machine: Debian's package would start it, now and at
        # every start of the system.
        case $packages in *nginx*) service mask --runtime ;; esac
        $root apt-get -qq update &&
            $root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $packages >/dev/null ||
            echo "apt-get could not install them." >&2
        case $packages in *nginx*) service disable && service unmask --runtime ;; esac
    fi
fi

nginx
if ! load "$@"; then
    echo "make load needs wrk: install it (Debian: apt-get install wrk; macOS: brew install wrk)." >&2
    exit 1
fi
