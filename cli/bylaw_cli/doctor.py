"""`bylaw doctor`: what is well and what is not with an installation, from the disk up to each service's data."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bylaw_attendance.doctor import checks as attendance
from bylaw_chassis.audit.heads import ExportedHead
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check, Examined, Finding
from bylaw_chassis.doctor import examine as examine_service
from bylaw_chassis.settings import ServiceSettings, read_settings
from bylaw_inventory.doctor import checks as inventory
from bylaw_orders.doctor import checks as orders
from bylaw_people import doctor as people

from bylaw_cli import doctor_machine as machine
from bylaw_cli.audit_heads import HEADS_FILE, kept_heads
from bylaw_cli.data_folder import holder_of
from bylaw_cli.doctor_machine import Line
from bylaw_cli.hosting import MIGRATIONS
from bylaw_cli.plain_words import told_plainly
from bylaw_cli.reached_database import CLUSTER, reached_database
from bylaw_cli.service_databases import reached_urls
from bylaw_cli.wording import Refused, Wording

NOT_PROVED = Wording(
    "Not proved: rows of the audit that wait for their seal, and what an administrator of the database rewrote together"
    " with every later seal since a head was last kept outside (`bylaw audit heads`). Nor what was changed before the"
    " database server last began to count (a crash, a restore), below the point to which a feed was pruned, or in"
    " tables that may be changed.",
    "尚未证明：等待封存的审计行，以及自上次在库外保存链头（`bylaw audit heads`）以来，"
    "数据库管理员连同其后全部封条一并改写的内容。数据库服务器重新计数之前（崩溃、恢复）的改动、"
    "事件流已清理部分的改动，以及可改写的表中的改动，也无法发现。",
)


@dataclass(frozen=True)
class Patient:
    """What is examined: a data folder, where its gateway answers, the operator's own PostgreSQL if there is one.

    `heads` are files with heads of the audit, or logs that hold some; none: the one in the data folder, if it is there.
    """

    data: Path
    url: str | None
    port: int
    database_url: str | None
    heads: tuple[Path, ...] = ()

    @property
    def folder(self) -> Path:
        """The data folder, whole."""
        return self.data.expanduser().absolute()


def examine(patient: Patient) -> Iterator[Line]:
    """Yield what is found, from the ground up; changes nothing, but for a database that it starts and stops again."""
    folder = patient.folder
    yield machine.folder_line(folder)
    if not folder.is_dir():
        return
    holder = holder_of(folder)
    yield machine.room_line(folder)
    yield machine.running_line(holder)
    if holder is not None or patient.url:
        yield machine.gateway_line(patient.url or f"http://127.0.0.1:{patient.port}")
    yield from _data(patient, holder)


def _data(patient: Patient, holder: int | None) -> Iterator[Line]:
    key = machine.master_key_of(patient.folder)
    if not (patient.database_url or (patient.folder / CLUSTER).is_dir()):
        yield machine.no_database_line(held=holder is not None)
        return
    yield machine.key_line(key)
    try:
        with told_plainly(patient.folder), reached_database(patient.folder, patient.database_url) as address:
            yield machine.database_line(address)
            if key:
                heads = yield from _heads(patient, key)
                yield from _services(address, key, running=holder is not None, heads=heads)
    except Refused as refused:
        yield machine.refused_line(refused)


def _heads(patient: Patient, master_key: str) -> Generator[Line, None, Sequence[ExportedHead] | None]:
    """The heads kept outside the database, of files that were named or of the data folder; a line where one is bad."""
    own = patient.folder / HEADS_FILE
    sources = patient.heads or ((own,) if own.exists() else ())
    if not sources:
        return None
    try:
        return [head for source in sources for head in kept_heads(source, master_key)]
    except Refused as refused:
        yield machine.heads_line(refused)
        return None


def _services(address: str, master_key: str, *, running: bool, heads: Sequence[ExportedHead] | None) -> Iterator[Line]:
    urls = reached_urls(address, master_key, MIGRATIONS)
    databases = {name: Database(url, MIGRATIONS[name].schema, system_clock, 2) for name, url in urls.items()}
    own: dict[str, tuple[tuple[str, Check], ...]] = {
        "people": tuple(people.checks(master_key)),
        "attendance": tuple(attendance.checks(databases["people"])),
        "inventory": tuple(inventory.checks(databases["people"])),
        "orders": tuple(orders.checks(databases["people"], databases["inventory"], master_key)),
    }
    try:
        for name, database in databases.items():
            if not database.answers():
                yield machine.cannot_sign_in_line(name)
                continue
            settings = read_settings(ServiceSettings, database_url=urls[name], master_key=master_key)
            examined = Examined(database, MIGRATIONS[name], running, settings.request_key_hours, heads)
            yield from (_line(name, finding) for finding in examine_service(examined, own[name]))
    finally:
        for database in databases.values():
            database.close()


def _line(service: str, finding: Finding) -> Line:
    seen, cure = (Wording(words.en, words.zh) for words in (finding.seen, finding.cure))
    return Line(service, finding.check, finding.holds, seen, cure)
