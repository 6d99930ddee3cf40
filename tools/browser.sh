#!/bin/sh
# Sees to it that the tests have a Chrome, Chromium or Edge, and that Playwright, which drives it, can start. Looks first;
# installs Debian's own packages where it can; else says what to do and fails. It never downloads a browser.
# BROWSER_PATH= names a browser at an unusual place. tests/site/browser.py knows the usual ones.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
[ "${OS:-}" != Windows_NT ] || python=.venv/Scripts/python

browser() {
    "$python" tests/site/browser.py >/dev/null
}

driver() {
    "$python" -m playwright --version >/dev/null
}

packages=
quick=
if [ -z "${BROWSER_PATH:-}" ] && ! browser 2>/dev/null; then
    # Of what chromium recommends, the tests need its sandbox (not as root) and a font: without one, no text has a size.
    packages="chromium chromium-sandbox fonts-liberation"
    # The same browser without windows, with which most tests take a third of the time. Not every system has it.
    quick=chromium-headless-shell
fi
# Playwright's driver needs this library, which a small Debian does not have.
driver 2>/dev/null || packages="$packages libatomic1"

if [ -n "$packages" ] && command -v apt-get >/dev/null 2>&1; then
    root=
    # -n: never wait for a password in the middle of a test run.
    [ "$(id -u)" = 0 ] || root="sudo -n"
    if [ -z "$root" ] || $root true 2>/dev/null; then
        $root apt-get -qq update &&
            { [ -z "$quick" ] || ! apt-cache show "$quick" >/dev/null 2>&1 || packages="$packages $quick"; } &&
            echo "Installing with apt-get:" $packages &&
            # DEBIAN_FRONTEND: no question may stop the installation.
            $root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $packages >/dev/null ||
            echo "apt-get could not install them." >&2
    fi
fi

# Both say for themselves what is missing.
browser && driver
