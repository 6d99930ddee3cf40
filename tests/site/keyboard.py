"""The keyboard, in the hands of somebody who uses nothing else."""

import re

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TimedOut

HEADING = ".md-content h1"
PATIENCE = 120
"""How often somebody presses Tab before giving up."""

NAME = """() => {
    const one = document.activeElement
    const name = one.ariaLabel || one.labels?.[0]?.innerText || one.innerText || one.textContent || ""
    return name.trim().replace(/\\s+/g, " ")
}"""
FAULT = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one)
    const inside = box.width > 0 && box.height > 0
        && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight
    if (!inside || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return "out of sight"
    const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1)
    // Of what is higher than the window, the middle of what is seen.
    const middle = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2
    const y = box.top < 0 ? middle : Math.min(box.y + Math.min(box.height / 2, 20), innerHeight - 1)
    const there = document.elementFromPoint(x, y)
    if (there && !one.contains(there) && !there.contains(one)) return "covered by " + there.outerHTML.slice(0, 80)
    if (style.outlineStyle === "none" && style.boxShadow === "none" && one.tagName !== "INPUT") return "not marked"
    return ""
}"""


def enter(page: Page) -> None:
    """Follows the link that has the focus. Whoever does not see the next page is told at once what it is."""
    page.evaluate("window.before = true")
    heading = page.locator(HEADING).inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).not_to_have_text(heading)
    if page.evaluate("window.before"):
        # Only a part of the page was changed: then its heading is read, as it has the focus.
        expect(page.locator(HEADING)).to_be_focused()
    else:
        # A new page: then its title is read, which begins with the heading.
        assert page.evaluate("document.activeElement === document.body")
        assert page.title().startswith(page.locator(HEADING).inner_text().removesuffix("¶").strip())


def tab_to(page: Page, name: str | re.Pattern[str]) -> None:
    """Presses Tab until what has this name has the focus. Every stop on the way has to be in sight and marked."""
    passed = []
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        focused = page.evaluate(NAME)
        passed.append(focused)
        try:
            # What opens or closes may take a moment to come to rest.
            page.wait_for_function(f"() => !({FAULT})()", timeout=2000)
        except TimedOut:
            fault, html = page.evaluate(FAULT), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            raise AssertionError(f"The focus is {fault}: {html}") from None
        if name.search(focused) if isinstance(name, re.Pattern) else focused == name:
            return
    raise AssertionError(f"Tab never came to {name!r}, only to {passed}")
