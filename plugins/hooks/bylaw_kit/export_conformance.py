"""The conformance kit for export layouts: every rule of their list, over every version of a distribution."""

from collections.abc import Callable, Iterator
from copy import deepcopy

from bylaw_hooks.exporting import ExportedMonth, ExportLayout, ExportTable

from bylaw_kit.export_months import tried_months
from bylaw_kit.export_rules import fault_of_cells, fault_of_columns, fault_of_tables
from bylaw_kit.finding import module_of
from bylaw_kit.keeping import keep_rule
from bylaw_kit.listening import listening
from bylaw_kit.rules import EXPORT
from bylaw_kit.subject import RuleBroken

ExportRule = Callable[[ExportLayout], None]


def _tables(layout: ExportLayout, month: ExportedMonth) -> tuple[ExportTable, ...]:
    return tuple(layout.tables(month))


def _named(layout: ExportLayout) -> None:
    for month in tried_months():
        if fault := fault_of_tables(_tables(layout, month)):
            raise RuleBroken("X1", _told(month, fault))


def _headed(layout: ExportLayout) -> None:
    for month in tried_months():
        for table in _tables(layout, month):
            if fault := fault_of_columns(table):
                raise RuleBroken("X2", _told(month, fault))


def _plain(layout: ExportLayout) -> None:
    for month in tried_months():
        for table in _tables(layout, month):
            if fault := fault_of_cells(table):
                raise RuleBroken("X3", _told(month, fault))


def _steady(layout: ExportLayout) -> None:
    forms: dict[object, ExportedMonth] = {}
    for month in tried_months():
        form = tuple((table.name, table.columns) for table in _tables(layout, month))
        forms.setdefault(form, month)
    if len(forms) > 1:
        one, other = list(forms.values())[:2]
        raise RuleBroken("X4", f"{_told(one, '')} has other tables or columns than {_told(other, '')}")


def _manners(layout: ExportLayout) -> None:
    for month in tried_months():
        before = deepcopy(month)
        with listening() as heard:
            one, two = (repr(_tables(layout, month)) for _ in range(2))
        if heard:
            raise RuleBroken("X5", f"in the call it did: {', '.join(sorted(set(heard)))}")
        if one != two:
            raise RuleBroken("X5", _told(month, "asked twice, it answers differently"))
        if month != before:
            raise RuleBroken("X5", _told(month, "it changed what it was given"))


def _told(month: ExportedMonth, fault: str) -> str:
    held = f"{month.month:%Y-%m} of {len(month.people)} people and {len(month.adjustments)} corrections"
    return f"{held}: {fault}" if fault else held


_CHECKS: dict[str, ExportRule] = {"X1": _named, "X2": _headed, "X3": _plain, "X4": _steady, "X5": _manners}
EXPORT_CHECKS: dict[str, ExportRule] = {rule: _CHECKS[rule] for rule in EXPORT}
"""By id, in the list's order."""


def export_subjects(name: str) -> list[ExportLayout]:
    """Every version of every layout that a distribution, or a module, registers."""
    return list(getattr(module_of(name), "register_export_layouts", list)())


def keep_export(layout: ExportLayout, rule: str) -> None:
    """Check one rule; RuleBroken names it, whatever the layout did."""
    keep_rule(rule, lambda: EXPORT_CHECKS[rule](layout))


def export_broken(layout: ExportLayout) -> Iterator[RuleBroken]:
    """Every rule that a version breaks."""
    for rule in EXPORT_CHECKS:
        try:
            keep_export(layout, rule)
        except RuleBroken as found:
            yield found
