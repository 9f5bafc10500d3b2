"""An entry of the ledger as it is recorded: with why, by whom, and as a link of its person's chain (LVE-1)."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.audit.canonical import microseconds, netstrings
from bylaw_hooks.leave import Entitlement

from bylaw_attendance.rules.leave.leave_ledger import Entry, EntryKind

FIRST = bytes(32)
"""What stands before the first link of a chain."""
VERSION = "1"
CLAUSE = "LVE-1"
SIGNS = {EntryKind.TAKE: 1, EntryKind.GIVE_BACK: -1}
"""What a request does to what it has taken."""


class Reasons(NamedTuple):
    """Why an entry was made, in Chinese and English, and by which clause."""

    zh: str
    en: str
    clause: str = CLAUSE


class ToRecord(NamedTuple):
    """An entry that is to be recorded."""

    entry: Entry
    why: Reasons


class Recorded(NamedTuple):
    """An entry on record: the how manieth of its person, when and by whose key it was made ("" the service)."""

    person: UUID
    place: int
    entry: Entry
    why: Reasons
    at: datetime
    by: str
    previous: bytes = FIRST
    hash: bytes = b""

    @property
    def name(self) -> str:
        """`people/018f.../leaveEntries/7`."""
        return f"people/{self.person}/leaveEntries/{self.place}"

    def sealed(self, previous: bytes) -> "Recorded":
        """As a link behind another: SHA-256 over that one's hash and all that is recorded, as netstrings."""
        return self._replace(previous=previous, hash=hashlib.sha256(netstrings(self._texts(previous))).digest())

    @property
    def holds(self) -> bool:
        """Whether it is what was sealed."""
        return self.hash == self.sealed(self.previous).hash

    def _texts(self, previous: bytes) -> Iterator[str]:
        entry = self.entry
        yield from (VERSION, previous.hex(), str(self.person), str(self.place), entry.kind.value, entry.balance)
        yield from (str(entry.day), str(entry.amount), entry.key, entry.request, str(entry.expires or ""))
        most = "" if entry.carried_most is None else str(entry.carried_most)
        yield from (str(entry.carried_until or ""), most, entry.corrects, *self.why, microseconds(self.at), self.by)


def chained(recorded: Iterable[Recorded], previous: bytes) -> Iterator[Recorded]:
    """Entries as links, one behind the other."""
    for one in recorded:
        sealed = one.sealed(previous)
        previous = sealed.hash
        yield sealed


def reasons_of(entitlements: Iterable[Entitlement]) -> Mapping[tuple[str, str], Reasons]:
    """Why each was given, by balance and day."""
    return {(one.balance, str(one.day)): Reasons(one.why.zh, one.why.en, one.clause) for one in entitlements}


GIVEN_NO_LONGER = Reasons("政策不再给予", "no policy grants this any more")


def with_reasons(entries: Iterable[Entry], why: Mapping[tuple[str, str], Reasons]) -> Iterator[ToRecord]:
    """Entries that were brought about by entitlements, with why."""
    for entry in entries:
        yield ToRecord(entry, why.get((entry.balance, str(entry.day)), GIVEN_NO_LONGER))


def total_by_request(recorded: Iterable[Recorded]) -> dict[tuple[str, str, str], Fraction]:
    """What requests have taken and not given back, by request, balance and day; the doctor compares it."""
    found: dict[tuple[str, str, str], Fraction] = {}
    for entry in (one.entry for one in recorded if one.entry.kind in SIGNS and one.entry.request):
        sign = SIGNS[entry.kind]
        place = (entry.request, entry.balance, str(entry.day))
        found[place] = found.get(place, Fraction(0)) + sign * entry.amount
    return {place: amount for place, amount in found.items() if amount}
