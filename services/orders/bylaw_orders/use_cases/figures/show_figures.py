"""Shows figures as the records say them now, and the records that make them up (ANA-1, MKT-3)."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_orders.ports.figures import ByRecord, BySales, FigureStore, KeyFigureStore, Sight
from bylaw_orders.ports.stores import ByInstant
from bylaw_orders.rules.figures.asked import Asked, Dimension, KeyOf, Kind
from bylaw_orders.rules.figures.key_figures import KeyFigure, KeyFigureRecord
from bylaw_orders.rules.figures.sales import SalesFigure, SalesRecord
from bylaw_orders.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one instant."""

    asked: Asked
    key_figures: list[KeyFigure]
    sales: Mapping[Dimension, list[SalesFigure]]


@dataclass(frozen=True, slots=True)
class ShowFigures:
    """What is out of reach is not counted; a channel out of reach is answered like one that there is not."""

    database: Database
    finding: Finding
    sales: FigureStore
    key_figures: KeyFigureStore

    def figures(self, by: Dimension, asked: Asked, reach: Reach, *, page: BySales = (None, None)) -> list[SalesFigure]:
        """Refuses CHANNEL_NOT_FOUND, FIGURE_TOO_LARGE."""
        with self.database.read() as connection:
            return self.sales.figures(connection, by, asked, self._sight(connection, asked, reach), page=page)

    def records(self, by: Dimension, asked: Asked, of: KeyOf, reach: Reach, *, page: ByRecord) -> list[SalesRecord]:
        """Refuses CHANNEL_NOT_FOUND, FIGURE_TOO_LARGE."""
        with self.database.read() as connection:
            return self.sales.records(connection, by, asked, of, self._sight(connection, asked, reach), page=page)

    def how_it_went(self, asked: Asked, reach: Reach, *, page: tuple[list[str] | None, int]) -> list[KeyFigure]:
        """Behind a currency and channel; refuses CHANNEL_NOT_FOUND, FIGURE_TOO_LARGE."""
        with self.database.read() as connection:
            found = self.key_figures.listed(connection, asked, self._sight(connection, asked, reach))
        after, limit = page
        # They are as few as there are channels, and reckoned all at once.
        begin = next((at for at, one in enumerate(found, 1) if one.place == after), 0)
        return found[begin : begin + limit]

    def counted(self, kind: Kind, asked: Asked, reach: Reach, *, page: ByInstant) -> list[KeyFigureRecord]:
        """Refuses CHANNEL_NOT_FOUND, FIGURE_TOO_LARGE."""
        with self.database.read() as connection:
            return self.key_figures.records(connection, kind, asked, self._sight(connection, asked, reach), page=page)

    def whole(self, asked: Asked, reach: Reach) -> Report:
        """Every figure, on one snapshot; refuses CHANNEL_NOT_FOUND, FIGURE_TOO_LARGE."""
        with self.database.read() as connection:
            sight = self._sight(connection, asked, reach)
            sales = {by: self.sales.figures(connection, by, asked, sight, page=(None, None)) for by in Dimension}
            return Report(asked, self.key_figures.listed(connection, asked, sight), sales)

    def _sight(self, connection: sa.Connection, asked: Asked, reach: Reach) -> Sight:
        if asked.channel:
            self.finding.channel(connection, asked.channel, reach)
        return Sight(reach, self.finding.today, self.database.clock())
