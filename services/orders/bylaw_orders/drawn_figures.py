"""What was sold as a picture: SVG whose texts stay texts, so that whoever looks at it has the glyphs (ANA-1, MKT-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import leather
from leather import theme

from bylaw_orders.rules.checking.words import fraction_digits
from bylaw_orders.rules.figures.asked import Asked, Dimension
from bylaw_orders.rules.figures.refusals import FiguresSeveralCurrencies
from bylaw_orders.rules.figures.sales import SalesFigure
from bylaw_orders.rules.figures.words import DIMENSIONS

CONTENT_TYPE = "image/svg+xml"
WIDTH, HEIGHT, BAR, EDGES = 960, 480, 26, 140
MOST_BARS, LONGEST_LABEL, MOST_NAMED = 20, 24, 7
LOOKS = {
    "title_font_family": "sans-serif",
    "tick_font_family": "sans-serif",
    "tick_font_char_width": 14,
    "label_color": "#333",
    "background_color": "#fff",
}
"""A Chinese sign is as wide as it is high."""
OTHERS, NOTHING = "其他 / others", "无 / none"


def as_picture(figures: Sequence[SalesFigure], by: Dimension, asked: Asked) -> tuple[bytes, str]:
    """A line of every day, or a bar of each of the largest; and the type. Refuses FIGURES_SEVERAL_CURRENCIES."""
    currencies = sorted({one.currency for one in figures})
    if len(currencies) > 1:
        raise FiguresSeveralCurrencies(currencies=", ".join(currencies))
    currency = currencies[0] if currencies else asked.currency
    zh, en = DIMENSIONS[by]
    span = asked.span
    chart = leather.Chart(f"销售合计：按{zh} / Total by {en.lower()}  {span.first} – {span.last}  {currency}".strip())
    if by is Dimension.DAY:
        _draw_days(chart, _days(figures, asked))
        return _drawn(chart, HEIGHT)
    bars = _largest(figures)
    chart.add_bars(bars)
    chart.add_x_axis(tick_formatter=_amount)
    return _drawn(chart, EDGES + BAR * len(bars))


@dataclass(frozen=True, slots=True)
class _Days:
    """Where days lie on a line, and which are named; by the names that a scale of the library has."""

    first: date
    last: date

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last

    def project(self, day: date, begins: float, ends: float) -> float:
        whole = (self.last - self.first).days or 1
        return round(begins + (ends - begins) * (day - self.first).days / whole, 2)

    def ticks(self) -> list[date]:
        days = (self.last - self.first).days + 1
        return [self.first + timedelta(days=at) for at in range(0, days, -(-days // MOST_NAMED))]

    def format_tick(self, day: date, _: int, __: int) -> str:
        return day.isoformat()


def _draw_days(chart: Any, days: Sequence[tuple[date, Decimal]]) -> None:
    """A line with nought in sight, a dot where it is one day."""
    amounts = [amount for _, amount in days]
    (chart.add_dots if len(days) == 1 else chart.add_line)(days)
    chart.set_x_scale(_Days(days[0][0], days[-1][0]))
    chart.add_y_scale(min(0, *amounts), max(0, *amounts))
    chart.add_y_axis(tick_formatter=_amount)


def _amount(amount: Decimal, _: int, __: int) -> str:
    return f"{Decimal(amount).normalize():,f}"


def _days(figures: Sequence[SalesFigure], asked: Asked) -> list[tuple[date, Decimal]]:
    """Every day, also those on which nothing was sold."""
    totals = {one.key: _money(one) for one in figures}
    days = [asked.span.first + timedelta(days=at) for at in range((asked.span.last - asked.span.first).days + 1)]
    return [(day, totals.get(day.isoformat(), Decimal(0))) for day in days]


def _largest(figures: Sequence[SalesFigure]) -> list[tuple[Decimal, str]]:
    """The largest, and what the others come to; the label of each once, for a bar is found by it."""
    ordered = sorted(figures, key=lambda one: (-abs(one.total), one.part, one.key))
    bars = [(_money(one), _label(one)) for one in ordered[:MOST_BARS]]
    if ordered[MOST_BARS:]:
        bars.append((sum(map(_money, ordered[MOST_BARS:]), Decimal(0)), OTHERS))
    seen = dict[str, int]()
    numbered = list[tuple[Decimal, str]]()
    for amount, label in bars or [(Decimal(0), NOTHING)]:
        seen[label] = seen.get(label, 0) + 1
        numbered.append((amount, label if seen[label] == 1 else f"{label} ({seen[label]})"))
    return numbered


def _label(figure: SalesFigure) -> str:
    said = "".join(sign if sign.isprintable() else " " for sign in figure.title[0] or figure.key)
    return said if len(said) <= LONGEST_LABEL else f"{said[: LONGEST_LABEL - 1]}…"


def _money(figure: SalesFigure) -> Decimal:
    return Decimal(figure.total).scaleb(-fraction_digits(figure.currency))


def _drawn(chart: Any, height: int) -> tuple[bytes, str]:
    for name, look in LOOKS.items():
        setattr(theme, name, look)
    return chart.to_svg(width=WIDTH, height=height).encode(), CONTENT_TYPE
