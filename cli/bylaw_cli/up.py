"""`bylaw up`: the whole of Bylaw on one machine, started in order, watched, and ended without a trace."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from bylaw_chassis.clock import system_clock
from granian.server.mp import MPServer

from bylaw_cli import web
from bylaw_cli.certificates import certificate_for, local_addresses
from bylaw_cli.data_folder import DataFolder
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from bylaw_cli.installation import Installation, ensure_database
from bylaw_cli.listening import check_free, is_loopback
from bylaw_cli.own_database import administrators_address
from bylaw_cli.secrets_file import master_key
from bylaw_cli.welcome import Login, welcome
from bylaw_cli.wording import Refused, Wording

CONNECTIONS_PER_WORKER = 60
"""A pool of 16 for each of three services, and some for jobs."""

SPARE_CONNECTIONS = 20
"""For migrations, backups and whoever looks on."""


@dataclass(frozen=True)
class Wishes:
    """What the operator asks for."""

    data: Path
    host: str
    port: int
    workers: int
    database_url: str | None
    demonstration: bool
    https: bool = False


@dataclass(frozen=True)
class Access:
    """What the pieces work with: the database administrator's address, the master key, the data folder."""

    admin_url: str
    master_key: str
    folder: Path


@dataclass(frozen=True)
class Pieces:
    """What `up` starts, so that a test may start something smaller.

    `prepare` brings schemas up to date and makes the first account; `load` brings in the demonstration company;
    `environment` returns what the worker processes must find in theirs; `target` names their WSGI factory;
    `logins` of the demonstration are shown at the end; `beside` is entered while the workers serve.
    """

    prepare: Callable[[Access], None]
    load: Callable[[Access], None]
    environment: Callable[[Access], dict[str, str]]
    target: str
    logins: tuple[Login, ...] = ()
    beside: Callable[[Access], AbstractContextManager[None]] = lambda _: nullcontext()


Say = Callable[[Wording], None]


def up(wishes: Wishes, pieces: Pieces, say: Say) -> None:
    """Start everything, say where it is, and stay until Ctrl-C; raises `Refused` when it cannot."""
    check_free(wishes.host, wishes.port)
    with (
        _terminated_as_interrupted(),
        DataFolder(wishes.data) as folder,
        _database(wishes, folder, say) as (url, postgres),
    ):
        access = Access(url, master_key(folder.path), folder.path)
        say(Wording("Preparing the database ...", "正在准备数据库……"))
        pieces.prepare(access)
        shows = _demonstration(Installation(url), wishes, pieces, access, say)
        os.environ.update(pieces.environment(access))
        listening = _listening(wishes, folder.path)
        said = welcome(listening, folder.path, pieces.logins if shows else ())
        with pieces.beside(access):
            _serve(wishes, pieces, postgres, say, (listening, said))
    say(Wording("Stopped. Nothing is left running.", "已停止，没有遗留进程。"))


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end us the way Ctrl-C does, so that the database is shut down in order."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # SIGINT is ignored in a background job
        signal.signal(number, interrupt)
    yield


@contextmanager
def _database(wishes: Wishes, folder: DataFolder, say: Say) -> Iterator[tuple[str, EmbeddedPostgres | None]]:
    """Yield the administrator's address, of the operator's PostgreSQL or of the embedded one."""
    if wishes.database_url:
        yield administrators_address(wishes.database_url), None
        return
    say(Wording("Starting PostgreSQL ...", "正在启动 PostgreSQL……"))
    connections = wishes.workers * CONNECTIONS_PER_WORKER + SPARE_CONNECTIONS
    postgres = EmbeddedPostgres(folder.path, connections=connections, lock_descriptor=folder.lock_descriptor, tell=say)
    try:
        yield ensure_database(postgres.start()), postgres
    finally:
        postgres.stop()


def _demonstration(installation: Installation, wishes: Wishes, pieces: Pieces, access: Access, say: Say) -> bool:
    """Load the demonstration company where it is wanted and not there yet; say whether it is shown."""
    state = installation.demonstration()
    if state == "none" or (state == "unknown" and not wishes.demonstration):
        installation.set_demonstration("none")
        return False
    if not is_loopback(wishes.host):
        raise _not_on_a_network(wishes, loaded=state == "loaded")
    if state != "loaded":
        say(Wording("Loading the demonstration company ...", "正在载入演示公司……"))
        installation.set_demonstration("loading")
        pieces.load(access)
        installation.set_demonstration("loaded")
    return True


def _not_on_a_network(wishes: Wishes, *, loaded: bool) -> Refused:
    cure = (
        (
            "give BYLAW_DATA a new folder and add --no-demonstration",
            "将 BYLAW_DATA 设为新文件夹并加上 --no-demonstration",
        )
        if loaded
        else ("add --no-demonstration", "加上 --no-demonstration")
    )
    return Refused(
        f"The demonstration company has public passwords and is not shown to a network, and BYLAW_HOST is"
        f" {wishes.host}. For real use {cure[0]}; to look around use 127.0.0.1.",
        f"演示公司的密码是公开的，不会对网络开放，而 BYLAW_HOST 为 {wishes.host}。"
        f"正式使用请{cure[1]}；体验请使用 127.0.0.1。",
    )


def _serve(
    wishes: Wishes, pieces: Pieces, postgres: EmbeddedPostgres | None, say: Say, greeting: tuple[web.Listening, Wording]
) -> None:
    """Run the gateway until Ctrl-C, or until PostgreSQL ends under it."""
    listening, said = greeting
    server = web.make_server(pieces.target, listening)
    lost = threading.Event()
    if postgres is not None:
        threading.Thread(target=_watch, args=(postgres, server, lost), name="postgres", daemon=True).start()
    web.when_ready(listening, lambda: say(said))
    try:
        server.serve()
    except SystemExit as error:
        raise Refused(
            "The worker processes keep failing; their messages are above.", "工作进程反复失败，原因见上。"
        ) from error
    if lost.is_set():
        log = wishes.data / "postgresql.log"
        raise Refused(
            f"PostgreSQL ended unexpectedly; see {log}. Your data is safe: start again.",
            f"PostgreSQL 意外退出，详见 {log}。数据安全，请重新启动。",
        )


def _listening(wishes: Wishes, folder: Path) -> web.Listening:
    """Where the gateway answers; over HTTPS with the certificate of this machine, which `/certificate` then offers."""
    if not wishes.https:
        return web.Listening(wishes.host, wishes.port, wishes.workers)
    made = certificate_for(folder, local_addresses(), socket.gethostname(), system_clock())
    os.environ["BYLAW_GATEWAY_CERTIFICATE_PATH"] = str(made.authority)
    return web.Listening(wishes.host, wishes.port, wishes.workers, made)


def _watch(postgres: EmbeddedPostgres, server: MPServer, lost: threading.Event) -> None:
    postgres.wait()
    if not server.interrupt_signal:
        lost.set()
        web.end(server)
