"""Says in one sentence when a port cannot be used, instead of MkDocs' traceback after the build."""

import socket
import sys

HOST = "127.0.0.1"


def fault(text: str) -> str | None:
    """Why this port cannot be served on, or None when it can."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        return f"PORT={text} is no port. Choose a number from 1 to 65535, for example: make serve PORT=8001"
    port = int(text)
    with socket.socket() as probe:
        # As MkDocs' server does: a port that was closed a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return f"You may not use port {port}. Choose one above 1023, for example: make serve PORT=8001"
        except OSError:
            other = port + 1 if port < 65535 else port - 1
            return f"Port {port} is taken by another program. Choose another: make serve PORT={other}"
    return None


if __name__ == "__main__":
    sys.exit(fault(sys.argv[1]))
