"""Rows of what wrote nothing itself: refusals that matter, reads that reveal; each in a short transaction of its own.

So that a stranger cannot fill the disk, a process records so many refusals a second and no more; how many it dropped
stands in the next row it writes.
"""

import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from google.protobuf.message import Message

from bylaw_chassis.audit.entries import record, row_of_call
from bylaw_chassis.audit.names import NAME, things_in
from bylaw_chassis.audit.pseudonyms import Pseudonyms, pseudonyms
from bylaw_chassis.call import Call, in_call
from bylaw_chassis.database import Database
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Code, Refusal
from bylaw_chassis.status import RemoteRefusal

_TIMES = "set local statement_timeout = '2s'; set local lock_timeout = '1s'"


class Budget:
    """So many at once and so many a second; counts what it could not grant."""

    def __init__(self, *, burst: int, per_second: float) -> None:
        self._burst, self._per_second = float(burst), per_second
        self._left, self._seen = float(burst), time.monotonic()
        self._dropped = 0
        self._lock = threading.Lock()

    def take(self) -> int | None:
        """How many were dropped since the last that was granted; nothing where this one is dropped too."""
        with self._lock:
            now = time.monotonic()
            self._left = min(self._burst, self._left + (now - self._seen) * self._per_second)
            self._seen = now
            if self._left < 1:
                self._dropped += 1
                return None
            self._left -= 1
            dropped, self._dropped = self._dropped, 0
            return dropped

    def give_back(self, dropped: int) -> None:
        """What was granted could not be written: it counts as dropped, with those it would have told of."""
        with self._lock:
            self._dropped += dropped + 1


def _for_strangers() -> Budget:
    return Budget(burst=30, per_second=1.0)


def _for_callers() -> Budget:
    return Budget(burst=200, per_second=50.0)


def trail_of(database: Database, master_key: str) -> "Trail":
    """The trail of a service, with the pseudonyms of its installation."""
    return Trail(database, pseudonyms(master_key))


@dataclass(slots=True)
class Trail:
    """The trail of one service in this process; strangers cannot use up what is kept for callers who are known."""

    database: Database
    pseudonyms: Pseudonyms
    strangers: Budget = field(default_factory=_for_strangers)
    callers: Budget = field(default_factory=_for_callers)

    def refused(self, call: Call, refusal: Refusal) -> None:
        """Records a refusal that matters; never stands in the way of the refusal itself."""
        self._record_refused(call, [(refusal, None)])

    def refused_in_part(self, call: Call) -> None:
        """Records those refusals that matter among the ones in a call's answer, each with what it is about."""
        self._record_refused(call, [(one, [name] if NAME.fullmatch(name) else []) for one, name in call.refused])

    def revealed(self, call: Call, answer: Message | None) -> None:
        """Records a read before its answer leaves; where that cannot be done, nothing is shown."""
        row = self._row(call)
        shown = things_in(answer) if answer is not None else ()
        self._write({**row, "targets": list(dict.fromkeys([*row["targets"], *shown]))})

    def _record_refused(self, call: Call, refusals: Iterable[tuple[Refusal, list[str] | None]]) -> None:
        """Within the budget, in one transaction; about what the call is about where nothing closer is known."""
        budget = self.callers if call.caller.key else self.strangers
        granted = [
            (refusal, about, dropped)
            for refusal, about in refusals
            if matters(refusal) and (dropped := budget.take()) is not None
        ]
        if not granted:
            return
        try:
            whole = self._row(call)
            self._write(*(_refused(whole, *one) for one in granted))
        except sa.exc.SQLAlchemyError as error:
            for *_, dropped in granted:
                budget.give_back(dropped)
            log().warning("refusal_not_recorded", schema=self.database.schema, reason=type(error).__name__)

    def _row(self, call: Call) -> dict[str, Any]:
        return row_of_call(call, self.database.clock(), call.caller)

    def _write(self, *rows: Mapping[str, Any]) -> None:
        """Outside of the call, whose time may be over, and whose transaction is."""
        with in_call(None), self.database.engine.begin() as connection:
            connection.exec_driver_sql(_TIMES)
            for row in rows:
                record(connection, row)


def _refused(row: Mapping[str, Any], refusal: Refusal, about: list[str] | None, dropped: int) -> dict[str, Any]:
    said = {"reason": refusal.reason, "clause": refusal.clause, "dropped": dropped}
    return {**row, **said, **({} if about is None else {"targets": about})}


def matters(refusal: Refusal) -> bool:
    """Whether a refusal is recorded: a clause spoke, a permission was missing, or its kind says so.

    What a neighbour refused stands in the neighbour's trail under the same trace.
    """
    if isinstance(refusal, RemoteRefusal):
        return False
    return bool(refusal.clause) or refusal.recorded or refusal.code is Code.PERMISSION_DENIED
