"""Finds who heads somebody: the nearest head above them, or nobody, where they head everything themselves (ORG-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.facts import Tree

from bylaw_attendance.ports.heads import HeadStore
from bylaw_attendance.ports.records import OrganisationStore


class Above(NamedTuple):
    """The units somebody works in and below, nearest first, and their heads."""

    person: UUID
    path: Sequence[UUID]
    heads: Mapping[UUID, UUID]

    @property
    def head(self) -> UUID | None:
        """The nearest head who is somebody else."""
        found = (self.heads.get(unit) for unit in self.path)
        return next((one for one in found if one not in {None, self.person}), None)

    @property
    def is_nobody(self) -> bool:
        """Whether they head the highest of them, so that nobody is above them."""
        return bool(self.path) and self.heads.get(self.path[-1]) == self.person


@dataclass(frozen=True, slots=True)
class FindHead:
    """As of the day, where people's feed has told it."""

    organisation: OrganisationStore
    heads: HeadStore

    def above(self, connection: sa.Connection, person: UUID, day: date) -> Above:
        """Who heads somebody on a day; nobody on one on which they are not employed."""
        stays = self.organisation.stays_between(connection, [person], day, day)
        tree = Tree.of(self.organisation.unit_versions(connection, day, day)) if stays else Tree({})
        path = list(tree.upward(stays[0].unit, day)) if stays else []
        return Above(person, path, self.heads.heads_on(connection, path, day) if path else {})
