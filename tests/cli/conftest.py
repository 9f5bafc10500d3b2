"""Fixtures for starting Bylaw in earnest."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder outside pytest's private one, so that PostgreSQL's account may pass."""
    path = Path(tempfile.mkdtemp(prefix="bylaw-data-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)
