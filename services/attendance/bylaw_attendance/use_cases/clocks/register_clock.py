"""Registers clocks that push, shows how each is, and asks one to send days again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid, PermissionMissing

from bylaw_attendance.ports.clocks import ClockCommandStore, PushingStore
from bylaw_attendance.ports.records import ClockStore
from bylaw_attendance.rules.clocks.clock_commands import LONGEST_DAYS, MOST_WAITING, send_again
from bylaw_attendance.rules.clocks.clock_refusals import ClockBackfillsWaiting, ClockSerialNumberTaken
from bylaw_attendance.rules.clocks.clock_trust import COMMUNICATION_KEY, MOST_NETWORKS, ClockKeys, network
from bylaw_attendance.rules.clocks.pushing import (
    LARGEST_LAG_SECONDS,
    SMALLEST_LAG_SECONDS,
    USUAL_LAG_SECONDS,
    ShownClock,
    UnknownClock,
)
from bylaw_attendance.rules.judging.punch import WIDEST_OFFSET_MINUTES
from bylaw_attendance.rules.refusals import ClockNotFound
from bylaw_attendance.use_cases.letting_in import SERIAL_NUMBER
from bylaw_attendance.use_cases.sheets.finding import Finding

REGISTER = "attendance.clocks.register"


class Registration(NamedTuple):
    """What is said of a clock when it is let in."""

    site: str
    serial_number: str
    utc_offset_minutes: int | None
    allowed_lag_seconds: int
    communication_key: str | None
    source_networks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterClock:
    """Clocks serve everybody at their site, so what changes one takes a reach over everybody."""

    database: Database
    finding: Finding
    clocks: ClockStore
    pushing: PushingStore
    commands: ClockCommandStore
    keys: ClockKeys

    def register(self, given: Registration, caller: Caller, reach: Reach) -> ShownClock:
        """Lets a clock in; refuses SITE_NOT_FOUND, CLOCK_SERIAL_NUMBER_TAKEN, FIELD_INVALID."""
        _require_everybody(reach)
        _check(given)
        trust = self._trust(given)
        site = self.finding.site(given.site).site
        with self.database.work() as work:
            self._free(work.connection, given.serial_number, site)
            clock = self.clocks.report(work.connection, site, {given.serial_number: None})[0]
            self.pushing.register(
                work.connection,
                clock.id,
                serial_number=given.serial_number,
                utc_offset_minutes=given.utc_offset_minutes,
                allowed_lag_seconds=given.allowed_lag_seconds or USUAL_LAG_SECONDS,
                registered_at=work.now,
                registered_by=caller.key,
                **trust,
            )
            return self.pushing.shown(work.connection, clock=clock.id)[0]

    def _trust(self, given: Registration) -> dict[str, Any]:
        """What a clock is registered with against strangers; a key that is not spoken of stays as it was."""
        trust: dict[str, Any] = {"source_networks": _networks(given.source_networks)}
        key = given.communication_key
        if key is None:
            return trust
        if key and not COMMUNICATION_KEY.fullmatch(key):
            raise FieldInvalid(
                field="communication_key",
                zh="应为 4 至 64 个可见 ASCII 字符，不含“&”",
                en="expected 4 to 64 visible ASCII characters without “&”",
            )
        digest = self.keys.digest(given.serial_number, key) if key else None
        return {**trust, "key_digest": digest, "key_address": ""}

    def _free(self, connection: sa.Connection, serial_number: str, site: UUID) -> None:
        """A device that was retired elsewhere is free to be registered here; what it sent there stays there."""
        known = self.pushing.find(connection, serial_number, lock=True)
        if known is None or known.site == site:
            return
        if known.retire_date is None:
            raise ClockSerialNumberTaken(serial_number=serial_number)
        self.pushing.move(connection, serial_number, f"{serial_number}@{known.clock}")

    def listed(self, site: UUID | None) -> tuple[list[ShownClock], list[UnknownClock]]:
        """The clocks, or those of one site, and the serial numbers that are not registered."""
        with self.database.read() as connection:
            return self.pushing.shown(connection, site=site), self.pushing.unknown(connection)

    def backfill(self, clock: UUID, days: tuple[date, date], caller: Caller, reach: Reach) -> ShownClock:
        """Has a clock send days again; refuses CLOCK_NOT_FOUND, CLOCK_BACKFILLS_WAITING, FIELD_INVALID."""
        _require_everybody(reach)
        first, last = days
        if not 0 <= (last - first).days < LONGEST_DAYS:
            raise FieldInvalid(
                field="end_date",
                zh=f"应不早于 start_date，且至多 {LONGEST_DAYS} 天",
                en=f"expected no date before start_date, and at most {LONGEST_DAYS} days",
            )
        with self.database.work() as work:
            if not self.pushing.shown(work.connection, clock=clock):
                raise ClockNotFound
            count = self.commands.waiting_count(work.connection, clock)
            if count >= MOST_WAITING:
                raise ClockBackfillsWaiting(count=count)
            self.commands.ask(work.connection, clock, send_again(first, last), now=work.now, by=caller.key)
            self.pushing.change(work.connection, clock, backlog_at=work.now)
            return self.pushing.shown(work.connection, clock=clock)[0]


def _networks(given: Sequence[str]) -> list[str]:
    found = [known for text in given if (known := network(text))]
    if len(found) < len(given) or len(given) > MOST_NETWORKS:
        raise FieldInvalid(
            field="source_networks",
            zh=f"应为至多 {MOST_NETWORKS} 个网络，如 10.8.0.0/24",
            en=f"expected at most {MOST_NETWORKS} networks, such as 10.8.0.0/24",
        )
    return sorted(set(found))


def _require_everybody(reach: Reach) -> None:
    if not reach.everyone:
        raise PermissionMissing(permission=REGISTER)


def _check(given: Registration) -> None:
    if not SERIAL_NUMBER.fullmatch(given.serial_number):
        raise FieldInvalid(
            field="serial_number",
            zh="应为 4 至 32 个字母、数字、“-”或“_”",
            en="expected 4 to 32 letters, digits, “-” or “_”",
        )
    offset = given.utc_offset_minutes
    if offset is not None and abs(offset) > WIDEST_OFFSET_MINUTES:
        raise FieldInvalid(
            field="utc_offset_minutes",
            zh=f"应在 -{WIDEST_OFFSET_MINUTES} 至 {WIDEST_OFFSET_MINUTES} 之间",
            en=f"expected -{WIDEST_OFFSET_MINUTES} to {WIDEST_OFFSET_MINUTES}",
        )
    if given.allowed_lag_seconds and not SMALLEST_LAG_SECONDS <= given.allowed_lag_seconds <= LARGEST_LAG_SECONDS:
        raise FieldInvalid(
            field="allowed_lag_seconds",
            zh=f"应在 {SMALLEST_LAG_SECONDS} 至 {LARGEST_LAG_SECONDS} 之间",
            en=f"expected {SMALLEST_LAG_SECONDS} to {LARGEST_LAG_SECONDS}",
        )
