"""The ledger of leave: what was given, taken, given back, corrected, and the balance that a replay makes of it (LVE-1).

Nothing recorded ever changes. What lapses and what is carried on follows from the entries, so a late or back-dated one
moves it by itself: whoever asks for a balance replays. Within a day what is given comes first, then what is taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

NOTHING = Fraction(0)
A_DAY = timedelta(days=1)
OVERDRAWN = ""
"""In place of a lot: taken though it was not there."""


class EntryKind(StrEnum):
    """Expiry, carrying and settling are found by the replay; the others are recorded."""

    GRANT = "grant"
    TAKE = "take"
    GIVE_BACK = "give-back"
    CORRECT = "correct"
    EXPIRE = "expire"
    CARRY = "carry"
    SETTLE = "settle"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is recorded of one balance: an amount above zero; only a correction may lie below.

    A request takes by the day, so that it divides over months, years and expiry by itself; what is given back names
    the request and the day that it was taken for. What comes to less than zero takes back what is left of days that
    were not carried, the last given first, and no more.
    """

    kind: EntryKind
    balance: str
    day: date
    amount: Fraction
    key: str
    request: str = ""
    expires: date | None = None
    carried_until: date | None = None
    carried_most: Fraction | None = None
    corrects: str = ""
    """The key of the entry whose amount, and limits, it puts right; "": it stands for itself."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A line of the balance: above zero it grows; `lot` is the key of the grant that it belongs to."""

    kind: EntryKind
    day: date
    amount: Fraction
    lot: str
    request: str = ""


@dataclass(slots=True)
class _Lot:
    entry: Entry
    left: Fraction
    expires: date
    carried: bool = False

    def place(self) -> tuple[bool, date, date, str]:
        """Carried days are taken first, then what lapses soonest."""
        return not self.carried, self.expires, self.entry.day, self.entry.key


@dataclass(slots=True)
class _Replay:
    """The state between two entries."""

    lots: list[_Lot] = field(default_factory=list)
    debt: Fraction = NOTHING
    postings: list[Posting] = field(default_factory=list)
    allowed: Fraction | None = None
    """How far it may be overdrawn; none: as far as it was. What goes beyond is not taken, and counted here."""
    uncovered: Fraction = NOTHING
    beyond: dict[str, Fraction] = field(default_factory=dict)
    """The same by key of the taking."""

    def post(self, entry: Entry, amount: Fraction, lot: str, *, kind: EntryKind | None = None) -> None:
        self.postings.append(Posting(kind or entry.kind, entry.day, amount, lot, entry.request))

    def lapse(self, until: date) -> None:
        """What has expired before that day goes, or is carried on."""
        while due := [lot for lot in self.lots if lot.expires < until]:
            self._lapse(min(due, key=lambda lot: (lot.expires, lot.place())))

    def _lapse(self, lot: _Lot) -> None:
        self.lots.remove(lot)
        entry, day = lot.entry, lot.expires + A_DAY
        later = entry.carried_until if not lot.carried else None
        most = lot.left if entry.carried_most is None else min(lot.left, entry.carried_most)
        carried = most if later and later >= day else NOTHING
        if carried:
            self.postings.append(Posting(EntryKind.CARRY, day, -carried, entry.key))
            self.postings.append(Posting(EntryKind.CARRY, day, carried, f"{entry.key}/carried"))
            self.lots.append(_Lot(entry, carried, later or day, carried=True))
        if lot.left > carried:
            self.postings.append(Posting(EntryKind.EXPIRE, day, carried - lot.left, _name(lot)))

    def give(self, entry: Entry) -> None:
        lot = _Lot(entry, entry.amount, entry.expires or date.max)
        self.post(entry, entry.amount, entry.key)
        settled = min(self.debt, lot.left)
        if settled:
            self.post(entry, -settled, entry.key, kind=EntryKind.SETTLE)
            self.post(entry, settled, OVERDRAWN, kind=EntryKind.SETTLE)
        self.debt, lot.left = self.debt - settled, lot.left - settled
        self.lots.append(lot)

    def take(self, entry: Entry) -> None:
        lacking = self._from(sorted(self.lots, key=_Lot.place), entry, entry.amount)
        if self.allowed is not None:
            beyond = max(NOTHING, self.debt + lacking - self.allowed)
            self.uncovered, lacking = self.uncovered + beyond, lacking - beyond
            self.beyond[entry.key] = beyond
        if lacking:
            self.post(entry, -lacking, OVERDRAWN)
            self.debt += lacking

    def take_back(self, entry: Entry) -> None:
        own = sorted((lot for lot in self.lots if not lot.carried), key=_Lot.place, reverse=True)
        self._from(own, entry, -entry.amount)

    def _from(self, lots: Iterable[_Lot], entry: Entry, amount: Fraction) -> Fraction:
        """Take it from the lots in their order; what they lack is answered."""
        for lot in lots:
            part = min(lot.left, amount)
            if part:
                self.post(entry, -part, _name(lot))
                lot.left, amount = lot.left - part, amount - part
        return amount


def replay(entries: Iterable[Entry], balance: str, *, until: date) -> tuple[Posting, ...]:
    """Every line of a balance up to and with that day, in order; the order of the entries does not matter."""
    return tuple(_replayed(entries, balance, until=until).postings)


def _replayed(entries: Iterable[Entry], balance: str, *, until: date, allowed: Fraction | None = None) -> _Replay:
    state = _Replay(allowed=allowed)
    for entry in sorted(_netted(entries, balance, until=until), key=_order):
        state.lapse(entry.day)
        if entry.kind is EntryKind.TAKE:
            state.take(entry)
        elif entry.amount > 0:
            state.give(entry)
        else:
            state.take_back(entry)
    state.lapse(until)
    return state


def balance_at(entries: Iterable[Entry], balance: str, day: date) -> Fraction:
    """What a balance comes to at the end of a day; below zero where more was taken than was there."""
    return sum((one.amount for one in replay(entries, balance, until=day)), NOTHING)


def lapsing(entries: Iterable[Entry], balance: str, day: date) -> tuple[Fraction, date] | None:
    """What lapses soonest after a day if nothing more is taken, and its last day; nothing where nothing does."""
    held = [entry for entry in entries if entry.day <= day]
    ends = [end for entry in held for end in (entry.expires, entry.carried_until) if end and day <= end < date.max]
    found = replay(held, balance, until=max(ends) + A_DAY) if ends else ()
    lapses = [one for one in found if one.kind is EntryKind.EXPIRE and one.day > day]
    if not lapses:
        return None
    first = min(one.day for one in lapses)
    return -sum((one.amount for one in lapses if one.day == first), NOTHING), first - A_DAY


def available(
    entries: Iterable[Entry], balance: str, wanted: Iterable[tuple[date, Fraction]], *, allowed: Fraction = NOTHING
) -> Fraction:
    """The most that a request with these days can take: by what is there on them and by all that is recorded since.

    A back-dated request is limited by the balance then and now: what it would take away from later leave is not there.
    `allowed` is how far below zero a balance may go.
    """
    recorded, asked = tuple(entries), tuple(_asked(balance, wanted))
    last = max((entry.day for entry in (*recorded, *asked)), default=date.min)
    before = _replayed(recorded, balance, until=last, allowed=allowed).uncovered
    while True:
        after = _replayed((*recorded, *asked), balance, until=last, allowed=allowed)
        total = sum((entry.amount for entry in asked), NOTHING)
        found = max(NOTHING, total - (after.uncovered - before))
        if found >= total:
            return found
        # What is taken back is what is left: whoever asks for less leaves it more, and may have less for that.
        asked = tuple(_covered(asked, after.beyond, found))


def _asked(balance: str, wanted: Iterable[tuple[date, Fraction]]) -> Iterator[Entry]:
    for day, amount in wanted:
        if amount:
            yield Entry(EntryKind.TAKE, balance, day, amount, f"asked/{day}", "asked")


def _covered(asked: Iterable[Entry], beyond: Mapping[str, Fraction], most: Fraction) -> Iterator[Entry]:
    """What of it was there, and of that no more than so much, the first days first."""
    for entry in sorted(asked, key=_order):
        if amount := min(entry.amount - beyond.get(entry.key, NOTHING), most):
            most -= amount
            yield replace(entry, amount=amount)


def _netted(entries: Iterable[Entry], balance: str, *, until: date) -> Iterator[Entry]:
    """Those until a day: corrections counted into what they correct, what was given back into its taking."""
    own = [entry for entry in entries if entry.balance == balance and entry.day <= until]
    counted: dict[str, list[Entry]] = defaultdict(list)
    given_back: dict[tuple[str, date], Fraction] = defaultdict(lambda: NOTHING)
    for entry in sorted(own, key=lambda entry: (len(entry.key), entry.key)):
        if entry.corrects:
            counted[entry.corrects].append(entry)
        elif entry.kind is EntryKind.GIVE_BACK:
            given_back[entry.request, entry.day] += entry.amount
    for entry in sorted(own, key=_order):
        if entry.kind is EntryKind.TAKE:
            back = min(entry.amount, given_back[entry.request, entry.day])
            given_back[entry.request, entry.day] -= back
            yield replace(entry, amount=entry.amount - back)
        elif entry.kind is not EntryKind.GIVE_BACK and not entry.corrects:
            yield _put_right(entry, counted[entry.key])


def _put_right(entry: Entry, corrections: list[Entry]) -> Entry:
    if not corrections:
        return entry
    last, amount = corrections[-1], sum((one.amount for one in corrections), entry.amount)
    return replace(last, kind=entry.kind, amount=amount, key=entry.key, corrects="")


def _order(entry: Entry) -> tuple[date, int, str]:
    if entry.kind is EntryKind.TAKE:
        return entry.day, 1, entry.key
    return entry.day, 0 if entry.amount > 0 else 2, entry.key


def _name(lot: _Lot) -> str:
    return f"{lot.entry.key}/carried" if lot.carried else lot.entry.key
