"""Clocks that push: what is known of each, what its silence proves, and when its own time is wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.clocks.clock_counts import DayCount
from bylaw_attendance.rules.imports import RefusedLine
from bylaw_attendance.rules.judging.punch import Wording

UNBROKEN = timedelta(minutes=2)
"""A clock that is in touch asks every few seconds; a longer pause is a gap."""

SETTLING = timedelta(minutes=10)
"""How long a clock in touch must have had nothing old to send, before its silence counts."""

SMALLEST_LAG_SECONDS, LARGEST_LAG_SECONDS, USUAL_LAG_SECONDS = 1, 300, 120


class TroubleKind(IntEnum):
    """What may be the matter with a clock; the numbers are the contract's."""

    TIME_WRONG = 1
    TIME_SET = 2
    RECORDS_DELETED = 3
    BODY_REFUSED = 4
    COUNT_SHORT = 5
    KEY_WRONG = 6
    NETWORK_WRONG = 7


class PushedTable(IntEnum):
    """What a clock sends; the numbers are the contract's."""

    UNSPECIFIED = 0
    PUNCHES = 1
    OPERATIONS = 2
    PHOTOS = 3


class Contact(NamedTuple):
    """When a clock was in touch: last, since when without a gap, and when it last had something old to send.

    `is_unsettled` is true from the arrival of lines until they are stored.
    """

    seen_at: datetime | None
    since: datetime | None
    backlog_at: datetime | None
    is_unsettled: bool

    def met(self, now: datetime) -> "Contact":
        """The contact with one more meeting."""
        is_unbroken = self.seen_at is not None and now - self.seen_at <= UNBROKEN
        return self._replace(seen_at=now, since=self.since if is_unbroken else now)

    def is_quiet(self, now: datetime) -> bool:
        """Whether it has been in touch without a gap, and without anything old to send, for long enough."""
        if self.seen_at is None or self.since is None or self.is_unsettled or now - self.seen_at > UNBROKEN:
            return False
        return now - max(self.since, self.backlog_at or self.since) >= SETTLING


def reported_until(contact: Contact, now: datetime, *, time_is_wrong: bool) -> datetime | None:
    """Until when a clock that is in touch right now has sent everything; None where that is not proven (ATT-4).

    "Absent" needs proof, and what a clock pushes is none: many send a new punch first and the backlog of a day without
    network after it, so that the last punch says nothing of those before it. Nor is one contact: a clock may ask for
    commands while lines wait in it. What does prove it is silence under observation. We tell each clock to send every
    punch at once, what waits every minute, and what failed again after thirty seconds. So one that has been in touch
    without a gap for ten minutes, has had nothing old to send in that time, and whose every push was stored, has
    nothing left from before those ten minutes. These themselves are never claimed: a punch may be on its way.

    A clock whose own time is wrong proves nothing: its punches stand in other hours than they were made in. What no
    silence shows is a record that was deleted, or a clock that was set not to send: its troubles name the first, and
    the second shows in figures that stand still.
    """
    return None if time_is_wrong or not contact.is_quiet(now) else now - SETTLING


class Deviation(NamedTuple):
    """By how many seconds a clock's time is off, ahead where positive, and whether that is more than is allowed."""

    seconds: int
    is_wrong: bool


def deviation(
    latest_second: int, received_second: int, before: Contact, *, allowed_seconds: int, has_new: bool
) -> Deviation | None:
    """How far a clock's time is off, by the latest punch of a push; None where that does not show.

    Punches of the future show a clock that is ahead. A recent one shows a clock that is right. An old one shows a clock
    that is behind only where it cannot have waited: it is new, and the clock had been quiet until a moment ago.
    """
    seconds = latest_second - received_second
    if seconds > allowed_seconds:
        return Deviation(seconds, is_wrong=True)
    received = datetime.fromtimestamp(received_second, before.seen_at.tzinfo) if before.seen_at else None
    patience_seconds = allowed_seconds + int(UNBROKEN.total_seconds())
    if seconds >= -patience_seconds:
        return Deviation(max(seconds, 0), is_wrong=False)
    if received and has_new and before.is_quiet(received):
        return Deviation(seconds, is_wrong=True)
    return None


def ahead_of_time(seen: str, allowed_seconds: int) -> Wording:
    """Why a punch that is ahead of our time by more than its clock may be is refused (ATT-1)."""
    return Wording(
        f"“{seen}”晚于收到数据的时刻(该考勤机允许 {allowed_seconds} 秒)，请核对其时钟与时区。",
        f"“{seen}” is later than the moment it was received ({allowed_seconds} seconds are allowed to this clock);"
        " check its clock and zone.",
    )


class Trust(NamedTuple):
    """What a clock was registered with against strangers: a key, and networks to come from.

    Of the key a digest is kept; `key_address` is where it last came from.
    """

    key_digest: bytes | None = None
    key_address: str = ""
    source_networks: tuple[str, ...] = ()


class PushingClock(NamedTuple):
    """A clock that pushes, as registered and as last seen."""

    clock: UUID
    site: UUID
    serial_number: str
    utc_offset_minutes: int | None
    allowed_lag_seconds: int
    reported_until: datetime | None
    retire_date: date | None
    hello_at: datetime | None
    contact: Contact
    stamp: str
    operation_stamp: str
    deviation_seconds: int | None
    time_is_wrong: bool
    count_asked_for: date | None = None
    trust: Trust = Trust()


class Arrival(NamedTuple):
    """What is known of whoever pushes: the clock, its site's zones, and of the people it names those on record."""

    clock: PushingClock
    zones: SiteZones
    people: Mapping[str, bytes]
    """Their ids by employee number."""


class Figures(NamedTuple):
    """What a clock's pushes came to."""

    read: int
    taken: int
    repeated: int
    refused: int


class Trouble(NamedTuple):
    """Something that is, or was, the matter with a clock."""

    kind: TroubleKind
    first_seen_at: datetime
    last_seen_at: datetime
    seen_count: int
    ended_at: datetime | None


class ShownClock(NamedTuple):
    """A clock with all that whoever looks after it wants to see."""

    facts: PushingClock
    figures: Figures
    troubles: Sequence[Trouble]
    refused: Sequence[RefusedLine]
    waiting_commands: int
    last_count: DayCount | None = None


class UnknownClock(NamedTuple):
    """A serial number that knocked and is not registered."""

    serial_number: str
    first_seen_at: datetime
    last_seen_at: datetime


class Operation(IntEnum):
    """What was done at a clock, as far as it bears on punches; the numbers are the protocol's."""

    TIME_SET = 21
    RECORDS_DELETED = 23


TROUBLE_OF = {Operation.TIME_SET: TroubleKind.TIME_SET, Operation.RECORDS_DELETED: TroubleKind.RECORDS_DELETED}


def operations(lines: Sequence[str]) -> list[TroubleKind]:
    """What the lines of an operation log (`OPLOG <code> <tab> who, when, ...`) say that bears on punches.

    Codes beside them and lines of other kinds (users, fingerprints) are no business of ours and are not kept.
    """
    known = {str(code.value): TROUBLE_OF[code] for code in Operation}
    words = (line.split(maxsplit=2) for line in lines)
    return [known[two[1]] for two in words if len(two) > 1 and two[0].upper() == "OPLOG" and two[1] in known]
