#!/bin/sh
# Sees to it that the tests have a Chrome, Chromium or Edge. Looks first; installs Debian's own package where it can;
# else says what to do and fails. It never downloads a browser from anywhere else.
# BROWSER_PATH= names a browser at an unusual place. tests/site/browser.py looks in the same places.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
[ "${OS:-}" != Windows_NT ] || python=.venv/Scripts/python

if "$python" tests/site/browser.py >/dev/null 2>&1; then
    exit 0
fi

if [ -z "${BROWSER_PATH:-}" ] && command -v apt-get >/dev/null 2>&1; then
    root=
    if [ "$(id -u)" != 0 ]; then
        # -n: never wait for a password in the middle of a test run.
        root="sudo -n"
    fi
    if [ -z "$root" ] || sudo -n true 2>/dev/null; then
        echo "No Chrome, Chromium or Edge was found: installing Debian's chromium"
        # DEBIAN_FRONTEND: no question may stop the installation. Of what chromium recommends, the tests need its sandbox
        # (not as root) and a font: without one, no text has a size.
        $root apt-get -qq update &&
            $root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
                chromium chromium-sandbox fonts-liberation >/dev/null ||
            echo "apt-get could not install the chromium package." >&2
    fi
fi

# Prints its own sentence when there still is none.
"$python" tests/site/browser.py >/dev/null
