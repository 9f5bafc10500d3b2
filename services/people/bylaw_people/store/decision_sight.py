"""Which decisions somebody may see, as one condition in SQL for single reads and for lists (SEC-1, DEC-3)."""

import sqlalchemy as sa

from bylaw_people.ports.decisions import Filter, View, Viewer
from bylaw_people.store.decision_tables import answers, decisions, related, seats
from bylaw_people.store.reach import Within
from bylaw_people.store.tables import appointments, holds_on, unit_spans, valid_on

_ANSWERING = ("agree", "refuse", "send-back", "opinion")


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """That somebody asked, was asked, answered, is a member of a related unit, or reaches the unit it is asked for."""
    reached = Within(viewer.reach, viewer.day).unit(decisions.c.unit)
    if viewer.person is None:
        return reached
    person = viewer.person
    return sa.or_(
        reached,
        decisions.c.requester == person,
        decisions.c.id.in_(sa.select(seats.c.decision).where(seats.c.person == person, seats.c.state != "removed")),
        decisions.c.id.in_(sa.select(answers.c.decision).where(answers.c.person == person)),
        decisions.c.id.in_(sa.select(related.c.decision).where(related.c.unit.in_(_own_units(viewer)))),
    )


def chosen_by(viewer: Viewer, chosen: Filter) -> sa.ColumnElement[bool]:
    """That a decision is among those a list asks for; each view is answered from an index of its own."""
    narrowed = [_VIEWS[chosen.view](viewer)]
    if chosen.state:
        narrowed.append(decisions.c.state == chosen.state)
    if chosen.kind:
        narrowed.append(decisions.c.kind == chosen.kind)
    return sa.and_(*narrowed)


def _waiting(viewer: Viewer) -> sa.ColumnElement[bool]:
    open_ = sa.select(seats.c.decision).where(seats.c.person == viewer.person, seats.c.state == "open")
    return decisions.c.id.in_(open_)


def _asked(viewer: Viewer) -> sa.ColumnElement[bool]:
    return decisions.c.requester == viewer.person


def _decided(viewer: Viewer) -> sa.ColumnElement[bool]:
    mine = sa.and_(answers.c.person == viewer.person, answers.c.kind.in_(_ANSWERING))
    return decisions.c.id.in_(sa.select(answers.c.decision).where(mine))


def _own_units(viewer: Viewer) -> sa.Select[tuple[object]]:
    """The unit somebody works in, and all above it."""
    mine = sa.select(appointments.c.unit).where(
        appointments.c.person == viewer.person, holds_on(appointments, viewer.day)
    )
    here = valid_on(unit_spans, viewer.day)
    above = sa.select(unit_spans.c.unit, unit_spans.c.parent).where(here, unit_spans.c.unit.in_(mine))
    found = above.cte(recursive=True)
    up = sa.select(unit_spans.c.unit, unit_spans.c.parent).join(found, unit_spans.c.unit == found.c.parent)
    return sa.select(found.union(up.where(here)).c.unit)


_VIEWS = {
    View.ALL: seen_by,
    View.WAITING_FOR_ME: _waiting,
    View.ASKED_BY_ME: _asked,
    View.DECIDED_BY_ME: _decided,
}
