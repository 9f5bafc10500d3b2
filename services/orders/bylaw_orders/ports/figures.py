"""What use cases need of the stores of figures (ANA-1, MKT-3)."""

from datetime import date, datetime
from typing import NamedTuple, Protocol

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_orders.ports.stores import ByInstant
from bylaw_orders.rules.figures.asked import Asked, Dimension, KeyOf, Kind, Place, RecordPlace
from bylaw_orders.rules.figures.key_figures import KeyFigure, KeyFigureRecord
from bylaw_orders.rules.figures.sales import SalesFigure, SalesRecord

BySales = tuple[Place | None, int | None]
"""Behind which figure, and how many; none: from the first, all."""
ByRecord = tuple[RecordPlace | None, int]


class Sight(NamedTuple):
    """Whose figures: those within a reach as of a day, as they stand now."""

    reach: Reach
    day: date
    now: datetime


class FigureStore(Protocol):
    """Sales summed up; see `store.figures`."""

    def figures(
        self, connection: sa.Connection, by: Dimension, asked: Asked, sight: Sight, *, page: BySales
    ) -> list[SalesFigure]: ...
    def records(
        self, connection: sa.Connection, by: Dimension, asked: Asked, of: KeyOf, sight: Sight, *, page: ByRecord
    ) -> list[SalesRecord]: ...


class KeyFigureStore(Protocol):
    """How sales went; see `store.key_figures`."""

    def listed(self, connection: sa.Connection, asked: Asked, sight: Sight) -> list[KeyFigure]: ...
    def records(
        self, connection: sa.Connection, kind: Kind, asked: Asked, sight: Sight, *, page: ByInstant
    ) -> list[KeyFigureRecord]: ...
