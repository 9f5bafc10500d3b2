"""What showing kept sheets costs in process: one, and pages of a unit of 2,205 people, whole and totals alone."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from bylaw.attendance.v1 import sheets_pb2, sheets_pb2_grpc
from bylaw_attendance import policies
from bylaw_attendance.apps.together import Together
from bylaw_attendance.calendars import official_day
from bylaw_attendance.policies import Policies
from bylaw_attendance.rpc.clause_use import ClauseUseCalls
from bylaw_attendance.rpc.sheets import SheetCalls
from bylaw_attendance.store import clause_use, overtime
from bylaw_attendance.use_cases.overtime.count_overtime import CountOvertime
from bylaw_attendance.use_cases.overtime.overtime_days import OvertimeDays
from bylaw_attendance.use_cases.policies.count_clauses import CountClauses
from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.paging import PageTokens
from bylaw_chassis.server import Server
from bylaw_chassis.tokens import TokenVerifier, mint
from bylaw_chassis.values import new_id
from bylaw_chassis.wordings import followed_wordings
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.attendance_import import run
from benchmarks.attendance_month import assign, sheets_of
from benchmarks.attendance_world import NOW, World, clock_file, working_days, world

PEOPLE, DAYS, REPEATS, SINGLES = 2_205, 22, 7, 100
TIMEOUT_SECONDS = 60
VIEWS = ((sheets_pb2.SHEET_VIEW_FULL, 200, ""), (sheets_pb2.SHEET_VIEW_TOTALS, 1_000, ", totals alone"))


def measure() -> list[dict[str, Any]]:
    """Milliseconds of each kind of call over the in-process channel, nothing having changed since it was judged."""
    with world(PEOPLE) as made:
        run(made, clock_file(list(made.people), working_days(DAYS)))
        book = policies.installed()
        assign(made, book)
        with _channel(made, book) as calls:
            found = _results(calls)
        made.database.close()
    return found


class Calls:
    """The calls that are measured, as somebody whose reach is everybody."""

    def __init__(self, made: World, server: Server, metadata: tuple[tuple[str, str], ...]) -> None:
        self._stub = sheets_pb2_grpc.SheetsStub(LocalChannel(server))
        self._unit, self._metadata = f"units/{made.unit}", metadata
        self._person = f"people/{made.people['7']}"

    def one(self) -> Any:
        """A person's sheet."""
        request = sheets_pb2.GetSheetRequest(name=f"{self._person}/sheets/2026-01")
        return self._stub.GetSheet(request, metadata=self._metadata, timeout=TIMEOUT_SECONDS)

    def page(self, **more: Any) -> Any:
        """A page of the unit's."""
        request = sheets_pb2.ListSheetsRequest(parent=self._unit, month="2026-01", **more)
        return self._stub.ListSheets(request, metadata=self._metadata, timeout=TIMEOUT_SECONDS)


@contextmanager
def _channel(made: World, book: Policies) -> Iterator[Calls]:
    key = Ed25519PrivateKey.generate()
    server = Server("attendance.bylaw", TokenVerifier({"k1": key.public_key()}.get, lambda: NOW))
    wordings = followed_wordings(made.database, NOW.date)
    tokens, shown = PageTokens(b"a secret of this benchmark"), sheets_of(made, book)
    used = ClauseUseCalls(CountClauses(made.database, shown.finding, clause_use, "Asia/Shanghai"), tokens)
    days = OvertimeDays(made.database, shown.month, shown.book, shown.calendar, official_day)
    counting = CountOvertime(made.database, overtime, days)
    calls = Together(SheetCalls(shown, counting, tokens, wordings), used)
    server.add(sheets_pb2.DESCRIPTOR.services_by_name["Sheets"], calls)
    grants = (HeldGrant(Scope.COMPANY, None, frozenset({"attendance.sheets.read"})),)
    caller = Caller(person=new_id(), grants=grants)
    token = mint(caller, key_id="k1", key=key, now=NOW, lifetime=timedelta(minutes=15))
    yield Calls(made, server, (("authorization", f"Bearer {token}"),))


def _results(calls: Calls) -> list[dict[str, Any]]:
    one = _milliseconds(calls.one, SINGLES)
    found = [("attendance sheet, one person, unchanged", one, "milliseconds a call")]
    for view, size, name in VIEWS:
        token = calls.page(page_size=size, view=view).next_page_token
        for place, more in {"first": "", "later": token}.items():
            spent = _milliseconds(partial(calls.page, page_size=size, view=view, page_token=more), REPEATS)
            found.append((f"attendance sheets, {place} page of {size}{name}", spent, "milliseconds a call"))
    return [_result(name, spent, unit) for name, spent, unit in found]


def _milliseconds(work: Callable[[], Any], repeats: int) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return statistics.median(once() for _ in range(repeats)) * 1000


def _result(name: str, spent: float, unit: str) -> dict[str, Any]:
    return {"name": name, "ratio": round(spent, 2), "goal": "-", "unit": unit, "detail": f"{PEOPLE} people in the unit"}
