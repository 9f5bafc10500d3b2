"""The demonstration company under `bylaw up`, for journeys that need people who may do different things."""

import fcntl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cli.running import Run, run_bylaw_up
from tests.databases import ground
from tests.journeys.client import Client

PASSWORD = "shizhan-2026"  # noqa: S105 - the demonstration tells it to everybody
LOADING_SECONDS = 240
"""On a machine that has other things to do as well; all that need the company wait for it together."""

LOGINS = {
    "hr": "zhou.min",
    "director": "lin.yue",
    "head": "sun.ning",
    "employee": "wu.nian",
    "outsider": "shen.qing",
    "keeper": "qian.feng",
}


@dataclass
class Company:
    """A running installation with the demonstration company in it."""

    run: Run
    folder: Path

    @property
    def address(self) -> str:
        """Where the gateway answers."""
        return f"http://127.0.0.1:{self.run.port}"

    @contextmanager
    def signed_in(self, who: str) -> Iterator[Client]:
        """Whoever holds this post, or the administrator."""
        if who == "administrator":
            client = Client(self.address, who, (self.folder / "administrator.password").read_text().strip())
        else:
            client = Client(self.address, LOGINS[who], PASSWORD)
        with closing(client.http):
            yield client

    def memory_bytes(self) -> int:
        """What it and everything it started hold in memory."""
        return sum(process.memory_info().rss for process in self.run.family())


@contextmanager
def running_company(loaded: Path) -> Iterator[Company]:
    """A demonstration company of its own, begun on a copy of what was loaded, ended afterwards."""
    with _room() as data:
        _copy(loaded, data)
        with run_bylaw_up(data) as run:
            run.says("Ctrl-C", within_seconds=120)
            yield Company(run, data)


def loaded_in(shared: Path) -> Path:
    """The data of a demonstration company that was loaded and has ended, made once in a folder that tests share.

    A first start takes several times as long as a later one: what it does is looked at in tests/cli, not here.
    """
    kept, begun = shared / "loaded-company", shared / "loading-company"
    with (shared / "loaded-company.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with _room() as data:
                with run_bylaw_up(data) as run:
                    run.says("Ctrl-C", within_seconds=LOADING_SECONDS)
                _copy(data, begun)
            begun.rename(kept)
    return kept


@contextmanager
def _room() -> Iterator[Path]:
    """Where a data folder can be made, in memory where there is room."""
    with TemporaryDirectory(prefix="bylaw-company-", dir=ground(), ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "data"


def _copy(data: Path, to: Path) -> None:
    subprocess.run(["cp", "-a", str(data), str(to)], check=True)
