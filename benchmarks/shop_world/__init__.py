"""`bylaw up` with a shop whose goods are in a warehouse, over a PostgreSQL with fsync, asked over HTTP."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from bylaw_cli.demonstrating import hosted
from bylaw_cli.doctor_machine import master_key_of
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from bylaw_cli.hosting import Hosted
from bylaw_cli.installation import libpq
from bylaw_cli.up import Access

from benchmarks.shop_world.shop import Shop, opened

READY_SECONDS = 120


@dataclass(frozen=True)
class ShopWorld:
    """The shop. `access` is to its services from another process; in the database `empty_url` there is nothing."""

    shop: Shop
    access: Access
    empty_url: str

    def hosted(self) -> AbstractContextManager[Hosted]:
        """Its services in this process as well."""
        return hosted(self.access)


@contextmanager
def shop_world(count: int) -> Iterator[ShopWorld]:
    """The world with so many items."""
    with TemporaryDirectory(prefix="bylaw-bench-", ignore_cleanup_errors=True) as folder:
        postgres, data = EmbeddedPostgres(Path(folder) / "postgres"), Path(folder) / "data"
        try:
            url = postgres.start()
            with psycopg.connect(libpq(url), autocommit=True) as connection:
                connection.execute("create database empty")
            with _running(data, url) as port:
                password = next(data.rglob("administrator.password")).read_text().strip()
                access = Access(url, master_key_of(data) or "", data)
                yield ShopWorld(opened(f"127.0.0.1:{port}", password, count), access, postgres.url("empty"))
        finally:
            postgres.stop()


@contextmanager
def _running(data: Path, database_url: str) -> Iterator[int]:
    """`bylaw up` until the end of the block, and its port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    command = [sys.executable, "-m", "bylaw_cli", "up", "--no-demonstration", "--data", str(data), "--port", str(port)]
    environment = {**os.environ, "BYLAW_DATABASE_URL": database_url}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True) as process:  # noqa: S603
        try:
            _wait(port)
            yield port
        finally:
            process.send_signal(2)
            process.wait(60)


def _wait(port: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/readyz")
            if line.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("it does not become ready")
