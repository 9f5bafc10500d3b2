"""Makes what comes due ahead of time: exactly once, however many workers do it."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from bylaw_chassis.caller import NOBODY

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.duties.duty import Duty
from bylaw_people.rules.duties.making import OfficialDay, Surroundings, Unmade, dues, require_comes_due

AHEAD = timedelta(days=35)
DUTIES_AT_ONCE = 5_000


def make_occurrences(needs: Needs, official: OfficialDay) -> int:
    """Makes all that comes due in the next five weeks; answers for how many duties it did."""
    total = 0
    while count := _make_some(needs, official):
        total += count
    return total


def make_now(records: Records, duty: UUID, *, needs: Needs, official: OfficialDay) -> None:
    """Makes what one duty has in the next five weeks, in the open transaction that changed it."""
    until = needs.today() + AHEAD
    _make(records, records.duties.claim_unmade(until, 1, only=duty), until, needs=needs, official=official)


def require_due(records: Records, duty: Duty, *, needs: Needs, official: OfficialDay) -> None:
    """That what is due once will be; refuses FIELD_INVALID."""
    require_comes_due(duty, _places(records, [duty], needs), official)


def _make_some(needs: Needs, official: OfficialDay) -> int:
    until = needs.today() + AHEAD
    with needs.store.work(NOBODY) as records:
        unmade = records.duties.claim_unmade(until, DUTIES_AT_ONCE)
        _make(records, unmade, until, needs=needs, official=official)
    return len(unmade)


def _make(records: Records, unmade: Sequence[Unmade], until: date, *, needs: Needs, official: OfficialDay) -> None:
    places = _places(records, [one.duty for one in unmade], needs)
    made = [due for one in unmade for due in dues(one, until, places, official)]
    records.occurrences.make(made)
    records.duties.note_made([one.duty.id for one in unmade], until)


def _places(records: Records, duties: Sequence[Duty], needs: Needs) -> dict[UUID | None, Surroundings]:
    """The organisation's own surroundings, and those of every site that duties name."""
    sites = {terms.site for duty in duties for terms in duty.terms if terms.site}
    here = Surroundings(needs.time_zone)
    known = records.duties.surroundings(sites, needs.today()) if sites else {}
    return {None: here, **{site: known.get(site, here) for site in sites}}
