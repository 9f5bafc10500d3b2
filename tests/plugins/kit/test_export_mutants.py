"""The rules of export layouts are proved by mutants, and what ships keeps every one of them."""

import time
from dataclasses import replace
from typing import Any

import pytest
from bylaw_hooks import Both
from bylaw_hooks.exporting import Column, ExportedMonth, ExportLayout, ExportTable
from bylaw_kit.export_conformance import EXPORT_CHECKS, export_broken, export_subjects, keep_export
from bylaw_kit.rules import EXPORT
from bylaw_kit.subject import RuleBroken


class SoundLayout(ExportLayout):
    """Who worked how long."""

    name, version, title, with_days = "acme-payroll", 1, Both("薪资", "Payroll"), True

    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:
        rows = ((one.number, one.totals.worked_minutes) for one in month.people)
        return (ExportTable("payroll", (Column("number"), Column("minutes", Both("分钟", "Minutes"))), tuple(rows)),)


class Spoiling(SoundLayout):
    """A mutant that changes what a sound layout answers."""

    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:
        (table,) = super().tables(month)
        return self.spoil(table, month)

    def spoil(self, table: ExportTable, month: ExportedMonth) -> tuple[ExportTable, ...]:
        """What the mutant makes of it."""
        raise AssertionError(table, month)


class Nameless(Spoiling):
    def spoil(self, table: ExportTable, month: ExportedMonth) -> tuple[ExportTable, ...]:  # noqa: ARG002
        return (replace(table, name="Lohn & Gehalt"),)


class SilentWhenEmpty(Spoiling):
    def spoil(self, table: ExportTable, month: ExportedMonth) -> tuple[ExportTable, ...]:
        return (table,) if month.people else ()


class Alike(Spoiling):
    def spoil(self, table: ExportTable, month: ExportedMonth) -> tuple[ExportTable, ...]:  # noqa: ARG002
        return (replace(table, columns=(table.columns[0],) * 2),)


class Crooked(Spoiling):
    def spoil(self, table: ExportTable, month: ExportedMonth) -> tuple[ExportTable, ...]:  # noqa: ARG002
        return (replace(table, rows=tuple((*row, 1) for row in table.rows)),)


class Hours(Spoiling):
    """A third of an hour is no number that a file can hold."""

    def spoil(self, table: ExportTable, month: ExportedMonth) -> tuple[ExportTable, ...]:  # noqa: ARG002
        return (replace(table, rows=tuple((number, 1 / 3) for number, _ in table.rows)),)


class Dated(Spoiling):
    def spoil(self, table: ExportTable, month: ExportedMonth) -> tuple[ExportTable, ...]:
        days: Any = tuple((number, month.month) for number, _ in table.rows)
        return (replace(table, rows=days),)


class ByTheMonth(Spoiling):
    """A column for each kind of leave that somebody happened to take."""

    def spoil(self, table: ExportTable, month: ExportedMonth) -> tuple[ExportTable, ...]:
        kinds = sorted({taken.kind for one in month.people for taken in one.leave})
        rows = tuple((*row, *(0 for _ in kinds)) for row in table.rows)
        return (replace(table, columns=(*table.columns, *map(Column, kinds)), rows=rows),)


class Numbering(Spoiling):
    """Numbers its exports."""

    count = 0

    def spoil(self, table: ExportTable, month: ExportedMonth) -> tuple[ExportTable, ...]:  # noqa: ARG002
        self.count += 1
        return (replace(table, rows=(("", self.count),)),)


class Stamped(Spoiling):
    def spoil(self, table: ExportTable, month: ExportedMonth) -> tuple[ExportTable, ...]:  # noqa: ARG002
        return (table,) if time.time() > 0 else (table, table)


EXPORT_MUTANTS: dict[str, tuple[type[SoundLayout], ...]] = {
    "X1": (Nameless, SilentWhenEmpty),
    "X2": (Alike, Crooked),
    "X3": (Hours, Dated),
    "X4": (ByTheMonth,),
    "X5": (Numbering, Stamped),
}


@pytest.mark.parametrize("rule", EXPORT_MUTANTS)
def test_a_mutant_that_breaks_a_rule_is_named_by_that_rule(rule: str) -> None:
    for mutant in EXPORT_MUTANTS[rule]:
        with pytest.raises(RuleBroken) as found:
            keep_export(mutant(), rule)
        assert found.value.rule == rule
        assert str(found.value).startswith(f"{rule} {EXPORT[rule].en} / {EXPORT[rule].zh}")


def test_every_rule_has_its_mutant() -> None:
    assert list(EXPORT) == list(EXPORT_CHECKS) == list(EXPORT_MUTANTS)


def test_a_sound_layout_and_what_ships_keep_every_rule() -> None:
    shipped = export_subjects("bylaw-sheet-layout")
    assert [one.identity for one in shipped] == ["bylaw-sheets@1", "bylaw-days@1"]
    assert [str(found) for one in (SoundLayout(), *shipped) for found in export_broken(one)] == []
