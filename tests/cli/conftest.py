"""Data folders for the command's tests: empty, or with a database in it; in memory where the machine has room there.

On a disk that others use as well, PostgreSQL's waits for it are most of what these tests take.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bylaw_cli.embedded_postgres import EmbeddedPostgres

from tests.databases import ground


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder outside pytest's private one, so that PostgreSQL's account may pass."""
    path = Path(tempfile.mkdtemp(prefix="bylaw-data-", dir=ground()))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """A database made once; making one takes longer than most of what is tested on it."""
    with tempfile.TemporaryDirectory(prefix="bylaw-data-", dir=ground(), ignore_cleanup_errors=True) as folder:
        postgres = EmbeddedPostgres(Path(folder), fast=True)
        postgres.start()
        postgres.stop()
        yield Path(folder) / "postgresql-18"


@pytest.fixture
def used(folder: Path, cluster: Path) -> Path:
    """A data folder as an earlier run left it."""
    subprocess.run(["cp", "-a", str(cluster), str(folder)], check=True)
    return folder
