"""The demonstration company under `bylaw up`, for journeys that need people who may do different things."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cli.running import Run, run_bylaw_up
from tests.databases import ground
from tests.journeys.client import Client

PASSWORD = "shizhan-2026"  # noqa: S105 - the demonstration tells it to everybody
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
def running_company() -> Iterator[Company]:
    """A demonstration company of its own, ended afterwards."""
    with TemporaryDirectory(prefix="bylaw-company-", dir=ground(), ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        Path(folder).chmod(0o755)
        with run_bylaw_up(data) as run:
            run.says("Ctrl-C", within_seconds=120)
            yield Company(run, data)
