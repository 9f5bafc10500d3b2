"""What use cases need of the store of reviews (CUS-3)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_orders.ports.stores import ByInstant
from bylaw_orders.rules.reviews.review import FigureQuery, Review, ReviewFigure, ReviewQuery

ByCode = tuple[str, int]


class ReviewStore(Protocol):
    """Reviews, within a caller's reach; see `store.reviews`."""

    def add(self, connection: sa.Connection, made: Sequence[Review]) -> set[UUID]: ...
    def known(self, connection: sa.Connection, wanted: Collection[UUID]) -> set[UUID]: ...
    def find(
        self, connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, lock: bool = False
    ) -> Review | None: ...
    def answer(self, connection: sa.Connection, made: Review) -> None: ...
    def listed(
        self, connection: sa.Connection, query: ReviewQuery, reach: Reach, day: date, *, page: ByInstant
    ) -> list[Review]: ...
    def figures(
        self, connection: sa.Connection, query: FigureQuery, reach: Reach, day: date, *, page: ByCode
    ) -> list[ReviewFigure]: ...
    def overdue(self, connection: sa.Connection, now: datetime) -> dict[UUID, int]: ...


class ReviewNumbers(Protocol):
    """Numbers of reviews to which their platform gave none; see `store.review_numbers`."""

    def of(self, connection: sa.Connection, said: Sequence[str]) -> list[str]:
        """The same for the same line; tells nobody without the key what it said."""
        ...
