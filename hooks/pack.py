"""No hook: the last step of `make build`. Lays a compressed copy beside each text of the built site.

Not in the build itself: it would take as long as all hooks together, and `mkdocs serve` has no use for it.
"""

import sys
from pathlib import Path

from kb.packed import pack

if __name__ == "__main__":
    before, after = pack(Path(sys.argv[1]))
    sys.stdout.write(f"Compressed {before / 1e6:.1f} MB to {after / 1e6:.1f} MB\n")
