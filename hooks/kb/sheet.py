"""The style sheets of every page as one file: a page that waits for one is there sooner than one that waits for many.

It is no bundler: sheets follow each other as they are, and none may need a file beside it (`@import`, `url(name)`).
"""

import hashlib
import re
from collections.abc import Sequence

from kb.lean import lean_style

MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")
"""Where the theme's sheets say what they were made from, for those who take them apart."""


def joined(theme: Sequence[str], ours: Sequence[str]) -> tuple[str, str]:
    """The path of the file below the root of the site, and its text: the theme's sheets, then ours, in their order.

    Its name holds a digest of the text (SHA-256, the first eight digits), so that browsers may keep it for good.
    """
    text = "".join([MAP.sub("", sheet) for sheet in theme] + [lean_style(sheet) for sheet in ours])
    return f"assets/css/site.{hashlib.sha256(text.encode()).hexdigest()[:8]}.min.css", text
