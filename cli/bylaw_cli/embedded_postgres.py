"""PostgreSQL from a wheel, for one machine: no root, no Docker, no network port; starts in about a second.

with DataFolder(Path(".bylaw")) as folder:
    postgres = EmbeddedPostgres(folder.path, lock_descriptor=folder.lock_descriptor)
    url = postgres.start()          # postgresql+psycopg://postgres@/postgres?host=...
    postgres.stop()
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bylaw_cli import postgres_cluster as clusters
from bylaw_cli.data_folder import cannot_write
from bylaw_cli.postgres_account import account_for, make_reachable, make_readable
from bylaw_cli.wording import Wording

GUARD = Path(__file__).with_name("postgres_guard.py")
RECOVERY_SECONDS = 600.0
STOP_SECONDS = 45.0
LEFTOVER_SECONDS = 20.0
LOG_BYTES = 16 * 1024 * 1024

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "max_parallel_workers_per_gather": "0",  # many short calls; /dev/shm is small in containers
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_error_verbosity": "terse",  # details and statements hold people's data; the log is no place for them
    "log_min_error_statement": "panic",
    "log_checkpoints": "off",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""For tests: survives a killed process, not a lost machine."""


def _quiet(_: Wording) -> None:
    """Tell nobody."""


class EmbeddedPostgres:
    """One server on `data_folder/postgresql-18`, reached over a Unix socket in a short private folder.

    Whoever starts it holds the data folder (`DataFolder`). It ends with `stop()`, and also when this process
    is killed: a guard process watches a pipe. `tell` hears of changes made to the machine (root only).
    """

    def __init__(
        self,
        data_folder: Path,
        *,
        fast: bool = False,
        connections: int = 100,
        lock_descriptor: int = -1,
        tell: Callable[[Wording], None] = _quiet,
    ) -> None:
        self._folder = data_folder.absolute()
        self._cluster = self._folder / f"postgresql-{clusters.MAJOR}"
        self._log = self._folder / "postgresql.log"
        self._fast = fast
        self._connections = connections
        self._lock_descriptor = lock_descriptor
        self._tell = tell
        self._guard: subprocess.Popen[bytes] | None = None
        self._socket_folder = Path()

    def start(self) -> str:
        """Start the server, making the cluster if there is none; return the address for its administrator.

        Raises `Refused` when the folder cannot be written, the disk is full, or PostgreSQL does not come up.
        """
        try:
            self._prepare()
            self._come_up()
        except OSError as error:
            raise cannot_write(self._folder, error) from error
        return self.url()

    def url(self, database: str = "postgres") -> str:
        """Return the administrator's address of one database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self._socket_folder}"

    def running(self) -> bool:
        """Say whether the server still runs."""
        return self._guard is not None and self._guard.poll() is None

    def wait(self) -> int:
        """Block until the server has ended, whoever ended it; return its exit code."""
        return self._guard.wait() if self._guard else 0

    def stop(self) -> None:
        """Shut down in order and wait for it; harmless when it is not running."""
        if self._guard is None:
            return
        if self._guard.stdin and not self._guard.stdin.closed:
            self._guard.stdin.close()
        self._guard.wait(STOP_SECONDS)
        self._guard = None

    def _prepare(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._account = account_for(self._cluster)
        if self._account is not None:
            make_readable(clusters.program_folder())
            make_reachable([self._cluster, clusters.program_folder() / "bin"], tell=self._tell)
        if self._cluster.exists():
            clusters.end_leftovers(self._cluster)
        else:
            lock = self._lock_descriptor
            clusters.create(self._cluster, self._account, lock_descriptor=lock, sync=not self._fast)

    def _make_socket_folder(self) -> Path:
        """Make a folder only PostgreSQL's account may enter, short enough for a socket (107 bytes)."""
        inherited = tempfile.gettempdir()
        short = inherited if len(inherited.encode()) < 60 else "/tmp"  # noqa: S108 - mkdtemp makes it private
        folder = Path(tempfile.mkdtemp(prefix="bylaw-", dir=short))
        if self._account is not None:
            os.chown(folder, self._account.user_id, self._account.group_id)
            make_reachable([folder], tell=self._tell)
        return folder

    def _start_guard(self) -> None:
        if self._log.exists() and self._log.stat().st_size > LOG_BYTES:
            self._log.unlink()
        with self._log.open("ab") as log:
            self._log_start = log.tell()
            self._guard = subprocess.Popen(  # noqa: S603 - our own file
                [sys.executable, "-I", "-S", str(GUARD), json.dumps(self._errand())],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[descriptor for descriptor in [self._lock_descriptor] if descriptor >= 0],
                cwd="/",
            )

    def _errand(self) -> dict[str, object]:
        account = self._account
        return {
            "command": list(self._command()),
            "user_id": account.user_id if account else None,
            "group_id": account.group_id if account else None,
            "socket_folder": str(self._socket_folder),
        }

    def _command(self) -> Iterator[str]:
        yield str(clusters.program_folder() / "bin" / "postgres")
        yield from ("-D", str(self._cluster), "-k", str(self._socket_folder))
        yield from ("-c", f"max_connections={self._connections}")
        for name, value in {**SETTINGS, **(FAST if self._fast else {})}.items():
            yield from ("-c", f"{name}={value}")

    def _come_up(self) -> None:
        """Start the server; again, while the last processes of a killed one still hold its memory."""
        give_up = time.monotonic() + LEFTOVER_SECONDS
        while True:
            self._socket_folder = self._make_socket_folder()
            self._start_guard()
            if self._becomes_ready():
                return
            self.stop()
            tail = self._tail()
            if "pre-existing shared memory block" not in tail or time.monotonic() > give_up:
                raise clusters.did_not_come_up(cluster_parent=self._folder, tail=tail)
            time.sleep(0.2)

    def _becomes_ready(self) -> bool:
        give_up = time.monotonic() + RECOVERY_SECONDS
        while not self._ready():
            if not self.running() or time.monotonic() > give_up:
                return False
            time.sleep(0.01)
        return True

    def _ready(self) -> bool:
        """Read the server's own status line; the socket folder tells this start's file from an older one."""
        try:
            lines = (self._cluster / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[4] == str(self._socket_folder) and lines[7].strip() == "ready"

    def _tail(self) -> str:
        with self._log.open("rb") as log:
            log.seek(self._log_start)
            return log.read()[-4000:].decode(errors="replace")
