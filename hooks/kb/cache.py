"""A file in which a command leaves data for the next one. It is as it was written, or as good as not there."""

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from kb import lock


def read(file: Path, key: str) -> Any | None:
    """What was written there with this key. None if nothing was, or if the file is damaged, cut off or another's.

    Plain data, never code: whoever changes the file can change what the data say, and do nothing else.
    """
    try:
        digest, body = file.read_bytes().split(b"\n", 1)
    except (OSError, ValueError):
        return None
    return json.loads(body) if digest == _digest(key, body) else None


def write(file: Path, key: str, data: object) -> None:
    """Put plain data there, in place of what there was. Whoever reads meanwhile gets one or the other.

    Raises OSError, and then leaves what there was.
    """
    body = json.dumps(data, separators=(",", ":")).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    beside, guard = file.with_suffix(".next"), file.with_suffix(".lock")
    held = lock.take(guard, lambda: None)
    try:
        beside.write_bytes(_digest(key, body) + b"\n" + body)
        beside.replace(file)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    finally:
        lock.give_back(guard, held)


def _digest(key: str, body: bytes) -> bytes:
    return sha256(key.encode() + b"\n" + body).hexdigest().encode()
