"""A distribution's export layouts as objects at hand."""

from collections.abc import Iterable

from bylaw_hooks.exporting import ExportTable

from bylaw_plugin_host.at_work import policy_at_work
from bylaw_plugin_host.layout_questions import LayoutQuestion, hear_month, say_tables
from bylaw_plugin_host.leave_questions import NoSuchShape
from bylaw_plugin_host.outcomes import ANSWER_INVALID, CallFailed, Failure
from bylaw_plugin_host.registering import RegisteredLayout

SHAPELESS = Failure(ANSWER_INVALID, detail="an answer of another kind than agreed")


def _settled(table: object) -> ExportTable:
    """A table whose columns and rows are there, as tuples: lists will do."""
    if not isinstance(table, ExportTable):
        raise CallFailed(SHAPELESS, divisible=False)
    return ExportTable(table.name, tuple(table.columns), tuple(map(tuple, table.rows)))


class LayoutCalls:
    """Layouts by identity. The month is built anew for each call, so nothing that a layout does to it reaches us."""

    def __init__(self, registered: Iterable[RegisteredLayout]) -> None:
        self._layouts = {one.layout.identity: one.layout for one in registered}

    def answer(self, question: LayoutQuestion) -> bytes:
        """The tables as JSON; raises CallFailed."""
        layout, month = self._layouts[question.identity], hear_month(question.month)
        with policy_at_work():
            tables = tuple(map(_settled, layout.tables(month)))
        try:
            return say_tables(tables)
        except (NoSuchShape, AttributeError, TypeError):
            raise CallFailed(SHAPELESS, divisible=False) from None
