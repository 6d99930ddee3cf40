"""Serves a built site with nginx on loopback, under the path it was built for, with the very file that we give away."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Debian keeps it off the path of ordinary users; the others are where Homebrew puts it.
PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/usr/local/bin")
MISSING = (
    "The tests need nginx: install it (Debian: apt-get install nginx; macOS: brew install nginx; "
    "Windows: winget install nginxinc.nginx), or name one: NGINX_PATH=/path/to/nginx make test"
)
SETTINGS = Path(__file__).parents[2] / "hosting" / "nginx.conf"
AROUND = """\
daemon off;
pid {work}/pid;
error_log stderr;
{user}
worker_processes {workers};
events {{ worker_connections 1024; }}
http {{
    include {types};
    access_log off;
    sendfile on;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
{site}
}}
"""
STARTS_WITHIN = 10.0
"""Seconds, on a machine that has much else to do."""


def find() -> Path | None:
    """The program file of nginx, or None."""
    if named := os.environ.get("NGINX_PATH"):
        return Path(named) if Path(named).is_file() else None
    found = shutil.which("nginx") or shutil.which("nginx", path=os.pathsep.join(PLACES))
    return Path(found) if found else None


@contextmanager
def serve(folder: Path, prefix: str, *, workers: int = 1) -> Iterator[str]:
    """The address at which the folder is served, as long as the block runs. Without nginx it raises RuntimeError."""
    program = find()
    if program is None:
        raise RuntimeError(MISSING)
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        work = Path(name)
        # nginx finds a file by the whole path of its address.
        place = work / "www" / prefix.strip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(folder, target_is_directory=True)
        port = _free_port()
        text = AROUND.format(
            work=work,
            # The workers of a server that root has started could not read what is root's alone.
            user="user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else "",
            workers=workers,
            types=_settings_folder(program) / "mime.types",
            site=_ours(place, prefix, work / "www", port),
        )
        (work / "nginx.conf").write_text(text, encoding="utf-8")
        log = work / "log"
        with log.open("wb") as errors:
            command = [str(program), "-p", str(work), "-e", "stderr", "-c", str(work / "nginx.conf")]
            running = subprocess.Popen(command, stdout=errors, stderr=errors)
            try:
                _wait(running, port, log)
                yield f"http://127.0.0.1:{port}{prefix}"
            finally:
                running.terminate()
                running.wait()


def _ours(place: Path, prefix: str, root: Path, port: int) -> str:
    """Our file as somebody would adapt it: another folder, another port, a path in front."""
    text = SETTINGS.read_text(encoding="utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("    listen [::]:80;\n", ""),
        ("    root /var/www/help;", f"    root {root};"),
        ("include /var/www/help/", f"include {place}/"),
        ("    error_page 404 /404.html;", f"    error_page 404 {prefix}404.html;"),
    ):
        if old not in text:
            raise RuntimeError(f"{SETTINGS.name} has no line {old.strip()!r}.")
        text = text.replace(old, new)
    return text


def _settings_folder(program: Path) -> Path:
    """Where the types of files are listed: beside the settings that nginx was built with."""
    said = subprocess.run([program, "-V"], capture_output=True, text=True, check=True).stderr
    named = re.search(r"--conf-path=(\S+)", said)
    return Path(named[1]).parent if named else program.parent / "conf"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _wait(running: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while running.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"nginx does not start:\n{log.read_text(encoding='utf-8')}")


if __name__ == "__main__":
    nginx = find()
    if nginx is None:
        sys.exit(MISSING)
    sys.stdout.write(f"{nginx}\n")
