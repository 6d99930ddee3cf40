"""Takes the picture of the first page that the README shows: `.venv/bin/python tests/site/screenshot.py`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import browser
import builder
import server

ROOT = Path(__file__).parent.parent.parent
PICTURE = ROOT / "docs/assets/img/screenshot.png"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = builder.build(ROOT, Path(folder) / "project")
        with server.serve(site, builder.PREFIX) as address, sync_playwright() as playwright:
            program = browser.find()
            launched = playwright.chromium.launch(executable_path=program, chromium_sandbox=browser.sandboxed())
            page = launched.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
            page.goto(address)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURE)
            launched.close()


if __name__ == "__main__":
    main()
