"""The day on which a site is built."""

from datetime import UTC, date, datetime
from os import environ


def today() -> date:
    """In UTC. SOURCE_DATE_EPOCH where it is set, so that a build can be repeated exactly; else the clock."""
    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else datetime.now(UTC).date()
