"""Files of the last good site that stand in the next one as they are."""

from collections.abc import Callable
from pathlib import Path

from kb import stamp
from kb.kept import Kept


class Standing:
    """`shown` is the folder of the last good site, `kept` what is known of it.

    A file stands in the next site as a copy, and only if nobody has touched it. Or it stays `in_place`, where nobody
    else writes to the folder and the next site is put together there. All methods raise OSError.
    """

    def __init__(self, shown: Path, kept: Kept, *, in_place: bool = False) -> None:
        self.shown, self.kept = shown, kept
        self.same: set[str] = set()
        """What stays in place, as paths with slashes below the folder."""
        self._in_place = in_place

    def stands(self, path: str, digest: str, site: str) -> bool:
        """Let a file that had this digest stand in the next site. False if it has to be made."""
        if self._in_place:
            self.same.add(path)
            return True
        data = stamp.unharmed(Path(self.shown, path), digest)
        if data is None:
            return False
        write(Path(site, path), data)
        return True

    def renew(self, path: str, made_of: object, site: str, make: Callable[[], str]) -> None:
        """Put a text that is no page into the next site, and make it only if it would be made of something else."""
        name = f"file {path}"
        digest = self.kept.recall(name, made_of)
        if digest is None or not self.stands(path, digest, site):
            data = make().encode()
            write(Path(site, path), data)
            self.kept.keep(name, made_of, stamp.digest(data))


def write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        # Most folders are there.
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
