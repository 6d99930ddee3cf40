"""What stands at old addresses, as HTML: pages that lead to what took their place."""

from collections.abc import Iterator

from kb.render import Renderer
from kb.site import Site


def pages(site: Site, renderer: Renderer, config: object) -> Iterator[tuple[str, str]]:
    """The path of each file below the root of the site, and its text. `config` has the names that MkDocs gives to
    settings."""
    for redirect in site.redirects:
        yield redirect.file, renderer.render("redirect.html", redirect=redirect, config=config)
    for former in site.former_states:
        yield former.file, renderer.render("former-state.html", former=former, config=config)
