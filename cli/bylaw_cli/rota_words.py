"""The rota as text: a line for each person, what a file changes of it, and what a copied month leaves out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bylaw_cli.looking_up import Names
from bylaw_cli.rota_changes import Change, Changes
from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
NOTHING = Wording("Nothing is published of it.", "尚未公布。")
COUNTS = Wording("{new} new, {changed} changed, {back} taken back", "新增 {new}，变更 {changed}，撤回 {back}")
KEPT = Wording(
    "{kept} published days that the file leaves empty stay as they are; - takes one back",
    "文件留空的 {kept} 个已公布日期保持不变；填 - 表示撤回",
)
UNCHANGED = Wording("It is published as it stands in the file already.", "与已公布的排班一致，无需更改。")
DONE = Wording(
    "{published} published, {unchanged} as they were, {back} taken back, {short} at short notice",
    "公布 {published}，未变 {unchanged}，撤回 {back}，临时 {short}",
)
LEFT_OUT = Wording("Left out:", "未复制：")
REASONS = {
    "NO_SUCH_DAY": Wording("the month has no such day", "该月没有对应的日期"),
    "NOT_HERE": Wording("not in the unit then", "届时不在该部门"),
    "PUBLISHED": Wording("published already", "当天已公布"),
}
COPIED, WOULD_BE = (
    Wording("{count} days copied", "复制 {count} 天"),
    Wording("{count} days to copy", "将复制 {count} 天"),
)
SHORT = Wording("at short notice", "临时")


def cell_lines(cells: Iterable[Tree], names: Names, language: Language) -> Iterator[str]:
    """Yield a line for each person: their days with the words of each."""
    by_person: dict[str, list[Tree]] = {}
    for cell in cells:
        by_person.setdefault(cell["person"], []).append(cell)
    for person, of_person in by_person.items():
        who = names.numbered(person, of_person[0]["employeeNumber"])
        yield "  ".join([who, *(_cell(cell, language) for cell in of_person)])
    if not by_person:
        yield NOTHING.show(language)


def change_lines(told: Changes, language: Language) -> Iterator[str]:
    """Yield what a file changes, a line for each person, and how much it is."""
    by_person: dict[str, list[Change]] = {}
    for change in told.changes:
        by_person.setdefault(change.person["name"], []).append(change)
    for changes in by_person.values():
        person = changes[0].person
        yield "  ".join([f"{person['number']} {person['displayName']}", *map(_change, changes)])
    back = sum(1 for change in told.changes if change.back)
    new = sum(1 for change in told.changes if change.published is None)
    yield COUNTS.show(language).format(new=new, changed=len(told.changes) - back - new, back=back)
    if told.kept:
        yield KEPT.show(language).format(kept=told.kept)


def copy_lines(told: Tree, names: Names, language: Language) -> Iterator[str]:
    """Yield what is, or would be, copied, and what is left out and why."""
    yield from cell_lines(told["rotaCells"], names, language)
    if told["leftOut"]:
        yield LEFT_OUT.show(language)
    for one in told["leftOut"]:
        cell, reason = one["rotaCell"], REASONS[one["reason"].removeprefix("ROTA_LEFT_OUT_REASON_")].show(language)
        yield f"  {names.numbered(cell['person'], cell['employeeNumber'])}  {cell['workDate']}  {reason}"
    count = told.get("publishedCount") or len(told["rotaCells"])
    yield (COPIED if told.get("publishedCount") else WOULD_BE).show(language).format(count=count)


def _cell(cell: Tree, language: Language) -> str:
    short = f" ({SHORT.show(language)})" if cell.get("shortNotice") else ""
    return f"{cell['workDate'][5:]} {_word(cell)}{short}"


def _word(cell: Tree) -> str:
    return str(cell["code"] or cell["shiftPattern"].removeprefix("shiftPatterns/"))


def _change(change: Change) -> str:
    before = f"{_word(change.published)} → " if change.published else ""
    return f"{change.day[5:]} {before}{change.word}"
