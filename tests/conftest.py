"""What all tests share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds mkdocs.yml."""
    return Path(__file__).parent.parent
