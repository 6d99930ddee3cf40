"""Shows a report in the browser until the content is mended, before there is a first good site to show it on."""

from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

from kb.fault import FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.site import Site

PAUSE = 0.5
"""Seconds between two looks at the content."""


class _Report:
    """What the page shows now."""

    text = ""


def until_mended(compile_now: Callable[[], "Site"], address: tuple[str, int], say: Callable[[str], None]) -> "Site":
    """Try again and again, and serve the report on `address` meanwhile. `say` gets each new report."""
    report = _Report()
    with _served(report, address):
        while True:
            try:
                return compile_now()
            except FaultsError as error:
                if str(error) != report.text:
                    report.text = str(error)
                    say(report.text)
            sleep(PAUSE)


@contextmanager
def _served(report: _Report, address: tuple[str, int]) -> "Iterator[None]":
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = report.text.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(text)))
            self.send_header("Refresh", "1")
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the server's name for it
            """The terminal has the report; who looked at it is of no interest."""

    with ThreadingHTTPServer(address, Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
