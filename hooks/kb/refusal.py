"""What the system refuses to a build, in a sentence that says what to do."""

import errno
from collections.abc import Mapping
from pathlib import Path

_ROOM = "Make room on the disk, and build again."
_ELSEWHERE = "Build into another folder, with `make build SITE=FOLDER` or `mkdocs build --site-dir FOLDER`."
_ADVICE: Mapping[int, str] = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: "Allow larger files, such as with `ulimit -f unlimited`, and build again.",
    errno.EACCES: _ELSEWHERE,
    errno.EPERM: _ELSEWHERE,
    errno.EROFS: _ELSEWHERE,
    errno.EBUSY: _ELSEWHERE,
    errno.EXDEV: "Take the folder of the last site away, and build again.",
    errno.ENAMETOOLONG: "Give the file or a folder above it a shorter name, and build again.",
    errno.EEXIST: "Take it away, and build again.",
}


def explain(error: OSError, shown: Path) -> str:
    """Why there is no new site, and that the last one is as it was."""
    where = error.filename2 or error.filename
    said = f"'{where}': {error.strerror or error}." if where else f"{error.strerror or error}."
    kept = f" The last good site in '{shown}' is as it was." if shown.exists() else ""
    return f"The site could not be built. {said} {_ADVICE.get(error.errno or 0, 'Mend that, and build again.')}{kept}"
