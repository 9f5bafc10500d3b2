"""What becomes of entitlements and requests in the ledger: the entries that are recorded, and never changed (LVE-1)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from bylaw_hooks.leave.answers import Entitlement, LeaveKind, Taken
from bylaw_hooks.leave.dates import Period

from bylaw_attendance.rules.leave.leave_ledger import NOTHING, Entry, EntryKind

_SIGNS = {EntryKind.TAKE: 1, EntryKind.GIVE_BACK: -1}
"""What a request does to what it has taken; it does nothing else."""


def by_their_days(stretches: Iterable[tuple[Period, Iterable[Entitlement]]]) -> Iterator[Entitlement]:
    """Where the policy changes on a day, each one's entitlements by the days on which it held."""
    for held, entitlements in stretches:
        yield from (one for one in entitlements if one.day in held)


def granted(entitlements: Iterable[Entitlement], recorded: Iterable[Entry] = (), *, span: Period) -> Iterator[Entry]:
    """Entries that bring the ledger's span to these entitlements: grants, and corrections of those that are recorded.

    Asked again with its own answer recorded it has nothing to add. What people corrected by hand stays.
    """
    wanted: dict[str, Entry] = {}
    for one in entitlements:
        if one.day in span:
            entry = _entry(one)
            amount = entry.amount + (wanted[entry.key].amount if entry.key in wanted else NOTHING)
            wanted[entry.key] = replace(entry, amount=amount)
    standing: dict[str, list[Entry]] = {}
    for entry in recorded:
        place = entry.corrects or entry.key
        if entry.day in span and place == _key(entry.balance, entry.day):
            standing.setdefault(place, []).append(entry)
    for key in sorted({*wanted, *standing}):
        yield from _brought(wanted.get(key), standing.get(key, []))


def _brought(wanted: Entry | None, standing: list[Entry]) -> Iterator[Entry]:
    if not standing:
        yield from filter(None, [wanted])
        return
    last = max(standing, key=lambda entry: (len(entry.key), entry.key))
    target = wanted or replace(last, amount=NOTHING)
    differs = target.amount - sum((entry.amount for entry in standing), NOTHING)
    if differs or _limits(target) != _limits(last):
        key = _key(target.balance, target.day)
        yield replace(target, kind=EntryKind.CORRECT, amount=differs, key=f"{key}/{len(standing)}", corrects=key)


def _entry(one: Entitlement) -> Entry:
    kind = EntryKind.GRANT if one.amount > 0 else EntryKind.CORRECT
    key, limits = _key(one.balance, one.day), (one.expires, one.carried_until, one.carried_most)
    return Entry(kind, one.balance, one.day, one.amount, key, "", *limits)


def _key(balance: str, day: date) -> str:
    return f"{balance}/{day}"


def _limits(entry: Entry) -> tuple[date | None, date | None, Fraction | None]:
    return entry.expires, entry.carried_until, entry.carried_most


def taken(kind: LeaveKind, request: str, measured: Iterable[Taken]) -> Iterator[Entry]:
    """What an approved request takes of its balance: an entry for each day that counts."""
    for one in measured:
        amount = Fraction(one.minutes) if kind.balance_in == "minutes" else one.days
        if kind.balance and amount:
            key = f"{request}/{one.work_date}"
            yield Entry(EntryKind.TAKE, kind.balance, one.work_date, amount, key, request)


def given_back(recorded: Iterable[Entry], request: str, *, since: date) -> Iterator[Entry]:
    """What a request that is cancelled, or shortened from a day on, gives back of what it has taken."""
    own = [entry for entry in recorded if entry.request == request and entry.day >= since]
    for balance in sorted({entry.balance for entry in own}):
        nothing = dict.fromkeys((entry.day for entry in own if entry.balance == balance), NOTHING)
        yield from brought_to(own, request, balance, nothing)


def brought_to(
    recorded: Iterable[Entry], request: str, balance: str, wanted: Mapping[date, Fraction]
) -> Iterator[Entry]:
    """What brings that which a request has taken on these days to these amounts: more is taken, or some given back.

    Asked again with its own answer recorded it has nothing to add.
    """
    own = [entry for entry in recorded if entry.request == request and entry.balance == balance]
    for day, amount in sorted(wanted.items()):
        of_day = [entry for entry in own if entry.day == day]
        missing = amount - sum((_SIGNS[entry.kind] * entry.amount for entry in of_day), NOTHING)
        if missing:
            kind = EntryKind.TAKE if missing > 0 else EntryKind.GIVE_BACK
            key = _next_key(f"{request}/{day}", kind, len(of_day))
            yield Entry(kind, balance, day, abs(missing), key, request)


def _next_key(place: str, kind: EntryKind, count: int) -> str:
    """Of the first taking of a day, the first giving back, and whatever comes behind those."""
    if kind is EntryKind.TAKE and not count:
        return place
    return f"{place}/back" if kind is EntryKind.GIVE_BACK and count == 1 else f"{place}/{count}"
