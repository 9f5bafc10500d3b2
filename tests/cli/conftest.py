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

MEMORY, NEEDED_BYTES = Path("/dev/shm"), 2**30  # noqa: S108 - mkdtemp makes what is in it private


@pytest.fixture(scope="session")
def ground() -> str | None:
    """Where folders are made: in memory where there is room, else where temporary files go."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > NEEDED_BYTES
    return str(MEMORY) if roomy else None


@pytest.fixture
def folder(ground: str | None) -> Iterator[Path]:
    """A data folder outside pytest's private one, so that PostgreSQL's account may pass."""
    path = Path(tempfile.mkdtemp(prefix="bylaw-data-", dir=ground))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="session")
def cluster(ground: str | None) -> Iterator[Path]:
    """A database made once; making one takes longer than most of what is tested on it."""
    with tempfile.TemporaryDirectory(prefix="bylaw-data-", dir=ground, ignore_cleanup_errors=True) as folder:
        postgres = EmbeddedPostgres(Path(folder), fast=True)
        postgres.start()
        postgres.stop()
        yield Path(folder) / "postgresql-18"


@pytest.fixture
def used(folder: Path, cluster: Path) -> Path:
    """A data folder as an earlier run left it."""
    subprocess.run(["cp", "-a", str(cluster), str(folder)], check=True)
    return folder
