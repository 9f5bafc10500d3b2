"""What `bylaw plugin try` prints: the days that would change, the sums, and where the pattern fails."""

from collections.abc import Sequence
from itertools import islice

from bylaw_hooks import DayFacts
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bylaw_cli.plugin.comparing import Change, Comparison, wall
from bylaw_cli.plugin.facts import Half
from bylaw_cli.plugin.failing import on_whom
from bylaw_cli.sheet_words import FINDINGS, MINUTES, STYLES, TOTALS
from bylaw_cli.wording import Language, Wording

MOST_ROWS, MOST_FAILED = 200, 20
COLUMNS = (
    Wording("Person", "人员"),
    Wording("Day", "日期"),
    Wording("Today", "现行"),
    Wording("Would be", "试行"),
)
SUMS = (Wording("Total", "合计"), Wording("today", "现行"), Wording("would be", "试行"))
REST = Wording("rest", "休息")
COMPARED = Wording(
    "{compared} of {people} people compared, {changes} days change.",
    "共 {people} 人，比较 {compared} 人，{changes} 天有变化。",
)
MORE = Wording("… and {more} more; --json shows all.", "……另有 {more} 行；--json 显示全部。")
NOT_TODAY = Wording("Not judged today ({reason}): {numbers}", "现行无法判定（{reason}）：{numbers}")
FAILED = Wording("The pattern fails on {count}: {rule}", "该班制有 {count} 人无法判定：{rule}")


def show(comparison: Comparison, console: Console, language: Language) -> None:
    """Print it."""
    changes = list(comparison.changes())
    told = {"compared": len(comparison.compared), "people": len(comparison.tried), "changes": len(changes)}
    console.print(Text(COMPARED.show(language).format(**told), style="bold"))
    if changes:
        console.print(_changes(changes, language))
    if len(changes) > MOST_ROWS:
        console.print(MORE.show(language).format(more=len(changes) - MOST_ROWS))
    if comparison.compared:
        console.print(_sums(comparison, language))
    for line in _unjudged(comparison, language):
        console.print(Text(line, style="red"), soft_wrap=True)


def _changes(changes: Sequence[Change], language: Language) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="dim")
    for column in COLUMNS:
        table.add_column(column.show(language))
    for change in islice(changes, MOST_ROWS):
        sides = [_side(halves, change.day, language) for halves in (change.today, change.would_be)]
        table.add_row(str(change.number), change.day.work_date.isoformat(), *sides)
    return table


def _side(halves: Sequence[Half], day: DayFacts, language: Language) -> Text:
    if not halves:
        return Text(REST.show(language), style="dim")
    return Text("\n").join(_half(half, day, language) for half in halves)


def _half(half: Half, day: DayFacts, language: Language) -> Text:
    text = Text(f"{wall(day, half.start)}-{wall(day, half.end)} ")
    minutes = sum(minutes for finding, minutes, _ in half.cards if finding == half.verdict)
    words = FINDINGS[half.verdict].show(language) if half.verdict in FINDINGS else half.verdict
    said = f"{words} {minutes}{MINUTES.show(language)}" if minutes else words
    return text.append(said, style=STYLES.get(half.verdict, "")).append(f" {half.clause}", style="dim")


def _sums(comparison: Comparison, language: Language) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="dim")
    for column, side in zip(SUMS, ("left", "right", "right"), strict=True):
        table.add_column(column.show(language), justify=side)  # type: ignore[arg-type]
    today, would_be = comparison.sums()
    for name, count in today.items():
        style = "bold" if count != would_be[name] else "dim"
        table.add_row(TOTALS[name].show(language), str(count), str(would_be[name]), style=style)
    return table


def _unjudged(comparison: Comparison, language: Language) -> list[str]:
    by_reason: dict[str, list[str]] = {}
    for one in comparison.tried:
        if one.month.fault:
            by_reason.setdefault(one.month.fault["reason"], []).append(str(one.month.number))
    lines = [NOT_TODAY.show(language).format(reason=one, numbers=", ".join(who)) for one, who in by_reason.items()]
    return [*lines, *_failed(comparison, language)]


def _failed(comparison: Comparison, language: Language) -> list[str]:
    """How many by what, then on whom, on which day and where in the plugin's code."""
    lines = [FAILED.show(language).format(count=count, rule=rule) for rule, count in comparison.faults().items()]
    failed = [one for one in comparison.tried if one.broken]
    lines += [f"  {on_whom(one, language)}" for one in failed[:MOST_FAILED]]
    if len(failed) > MOST_FAILED:
        lines.append(MORE.show(language).format(more=len(failed) - MOST_FAILED))
    return lines
