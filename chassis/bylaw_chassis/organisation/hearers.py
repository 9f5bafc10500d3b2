"""What every service does with people's events: keeps the organisation, and ends tokens before they expire."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_chassis.clause_words import wording_told
from bylaw_chassis.ended_tokens import begin_revisions_anew, end_tokens
from bylaw_chassis.organisation.following import Hearer
from bylaw_chassis.organisation.tables import heads, people, sites, stays, units
from bylaw_chassis.organisation.told import identifier, person_facts, site_facts, unit_facts
from bylaw_chassis.organisation.writing import empty, write_people, write_sites, write_units
from bylaw_chassis.wordings import forget_wordings, keep_wordings


def _people(connection: sa.Connection, events: Sequence[Any]) -> None:
    write_people(connection, [person_facts(event.person_changed) for event in events])


def _units(connection: sa.Connection, events: Sequence[Any]) -> None:
    write_units(connection, [unit_facts(event.unit_changed) for event in events])


def _sites(connection: sa.Connection, events: Sequence[Any]) -> None:
    write_sites(connection, [site_facts(event.site_changed) for event in events])


def _clauses(connection: sa.Connection, events: Sequence[Any]) -> None:
    """Each clause as it was told last: whole, with every wording that counts."""
    changed = {identified.name.rpartition("/")[2]: identified for identified in (e.clause_changed for e in events)}
    keep_wordings(connection, {clause: list(map(wording_told, one.wordings)) for clause, one in changed.items()})


def _end_tokens(connection: sa.Connection, events: Sequence[Any]) -> None:
    """Sessions, and people with the revision from which on their tokens count: the highest of those told."""
    ended: dict[UUID, int | None] = {}
    for told in (event.tokens_ended for event in events):
        if told.WhichOneof("whose") == "person":
            person = identifier(told.person)
            ended[person] = max(told.below_revision, ended.get(person) or 0)
        elif told.session:
            ended[identifier(told.session)] = None
    end_tokens(connection, ended)


HEARERS = {
    "person_changed": Hearer(_people, lambda connection: empty(connection, people, stays)),
    "unit_changed": Hearer(_units, lambda connection: empty(connection, units, heads)),
    "site_changed": Hearer(_sites, lambda connection: empty(connection, sites)),
    "clause_changed": Hearer(_clauses, forget_wordings),
    "tokens_ended": Hearer(_end_tokens, begin_revisions_anew),
}
"""By kind of event. A service adds its own beside these."""
