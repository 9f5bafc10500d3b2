"""An export layout in order, and beside it one for each way in which a layout can be spoilt."""

import os
from collections.abc import Callable
from typing import Any

from bylaw_hooks import Both, hookimpl
from bylaw_hooks.exporting import Column, ExportedMonth, ExportLayout, ExportTable

bylaw_api = 1
NAME, LATE = Column("工号"), Column("迟到")


def table(*rows: Any, name: str = "payroll", columns: Any = (NAME, LATE)) -> Any:
    return ExportTable(name, columns, rows)


def hanging() -> Any:
    while True:
        pass


SPOILT: dict[str, Callable[[], Any]] = {
    "raising": lambda: 1 // 0,
    "ending": lambda: os._exit(3),
    "hanging": hanging,
    "none": lambda: None,
    "no-table": lambda: (),
    "two-of-one-name": lambda: (table(), table()),
    "the-hosts": lambda: (table(name="versions"),),
    "bad-name": lambda: (table(name="../payroll"),),
    "no-column": lambda: (table(columns=()),),
    "two-columns-alike": lambda: (table(columns=(NAME, NAME)),),
    "half-titled": lambda: (table(columns=(Column("a", Both("甲", "")), LATE)),),
    "crooked": lambda: (table(("A-1",)),),
    "unprintable": lambda: (table(("A-1\x00", 1)),),
    "endless-text": lambda: (table(("x" * 4001, 1)),),
    "too-great": lambda: (table(("A-1", 10**15 + 1)),),
    "too-fine": lambda: (table(("A-1", 1 / 3)),),
    "infinite": lambda: (table(("A-1", float("inf"))),),
    "yes-or-no": lambda: (table(("A-1", True)),),
    "a-list": lambda: (table(("A-1", [1])),),
    "numbers-for-rows": lambda: (table(1, 2),),
    "texts": lambda: ("payroll",),
}


class Payroll(ExportLayout):
    """Who was late, and for how long."""

    name, version, title, encoding = "acme-payroll", 1, Both("薪资", "Payroll"), "gb18030"

    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:
        rows: Any = [[one.number, one.totals.late_minutes] for one in month.people]
        return (ExportTable("payroll", (NAME, LATE), rows),)


class Long(ExportLayout):
    """What everybody is called, a thousand times over."""

    name, version, title = "acme-long", 1, Both("冗长", "Long")

    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:
        return (ExportTable("long", (NAME,), tuple((one.display_name,) for one in month.people for _ in range(1000))),)


class Spoilt(Payroll):
    """Answers what it is called after."""

    def __init__(self, how: str) -> None:
        self.how, self.name = how, f"acme-{how}"  # type: ignore[misc]

    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:  # noqa: ARG002
        answer: tuple[ExportTable, ...] = SPOILT[self.how]()
        return answer


@hookimpl
def register_export_layouts() -> list[ExportLayout]:
    return [Payroll(), Long(), *map(Spoilt, SPOILT)]
