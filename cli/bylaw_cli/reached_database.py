"""The database of an installation, reached while it runs or not: for the doctor and for whoever is locked out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bylaw_cli.data_folder import DataFolder, holder_of
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from bylaw_cli.installation import DATABASE
from bylaw_cli.own_database import administrators_address
from bylaw_cli.wording import Refused

CLUSTER = "postgresql-18"


@contextmanager
def reached_database(folder: Path, database_url: str | None) -> Iterator[str]:
    """Yield the administrator's address: of the operator's PostgreSQL, of one that runs here, or of one started now.

    One that was started is stopped again. Raises `Refused` where there is none to be reached.
    """
    if database_url:
        yield administrators_address(database_url)
    elif not (folder / CLUSTER).is_dir():
        raise _none(folder)
    elif holder_of(folder) is not None:
        yield _running_address(folder)
    else:
        with _started(folder) as address:
            yield address


@contextmanager
def _started(folder: Path) -> Iterator[str]:
    with DataFolder(folder, needed_bytes=0) as held:
        postgres = EmbeddedPostgres(held.path, lock_descriptor=held.lock_descriptor)
        try:
            postgres.start()
            yield postgres.url(DATABASE)
        finally:
            postgres.stop()


def _running_address(folder: Path) -> str:
    try:
        lines = (folder / CLUSTER / "postmaster.pid").read_text().splitlines()
    except OSError:
        lines = []
    if len(lines) < 8:
        raise Refused("PostgreSQL of this data folder is not up (yet).", "此数据文件夹的 PostgreSQL 尚未启动。")
    return f"postgresql+psycopg://postgres@/{DATABASE}?host={lines[4]}"


def _none(folder: Path) -> Refused:
    return Refused(
        f"There is no database in {folder}. Name its folder (--data, BYLAW_DATA) or your own PostgreSQL"
        " (BYLAW_DATABASE_URL).",
        f"{folder} 中没有数据库。请指定其数据文件夹（--data、BYLAW_DATA）或自己的 PostgreSQL（BYLAW_DATABASE_URL）。",
    )
