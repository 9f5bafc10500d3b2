"""Corrections of closed sheets as text: what would be sent, and the versions that there are."""

from collections.abc import Iterator, Mapping
from typing import Any

from bylaw_cli.clock_words import wall
from bylaw_cli.directions import SHOWN
from bylaw_cli.looking_up import Names
from bylaw_cli.sheet_words import EXCUSED_TOTALS, TOTALS
from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
TITLE = Wording("{who}, {month}: {reason}", "{who}，{month}：{reason}")
PUNCH, STRUCK = (
    Wording("punch added: {what}", "补打卡：{what}"),
    Wording("punches struck: {count}", "不计打卡：{count}"),
)
LEAVE = Wording("leave: {what}", "补记假：{what}")
NO_LEAVE = Wording("leave taken off: {what}", "取消请假：{what}")
DAY_OFF, AS_PLANNED = Wording("day off", "全天停工"), Wording("hours of the pattern", "按班制工时")
WORD, NO_WORD = Wording("rota: {word}", "排班：{word}"), Wording("no word of the rota", "无排班用词")
KINDS = {
    "ORDINARY": Wording("ordinary day", "普通日"),
    "OFF": Wording("holiday or day off", "放假"),
    "WORKED": Wording("working day", "上班"),
}
VERSION = Wording("version {version}", "第 {version} 版")
CAUSES = {
    "CLOSED": Wording("closed", "结账"),
    "CORRECTED": Wording("corrected", "更正"),
    "LATE_PUNCHES": Wording("punches came late", "迟到的打卡"),
}
COUNTED = Wording("counts in {month}", "计入 {month}")
SERVICE = Wording("by itself", "系统")


def wish_lines(wish: Tree, who: str, month: str, language: Language) -> Iterator[str]:
    """Yield what a correction changes."""
    yield TITLE.show(language).format(who=who, month=month, reason=wish["reason"])
    for punch in wish.get("punches", []):
        way = f" {SHOWN[punch['direction']].show(language)}" if punch.get("direction") else ""
        yield f"  {PUNCH.show(language).format(what=punch['localTime'] + way)}"
    if struck := wish.get("struckPunches"):
        yield f"  {STRUCK.show(language).format(count=len(struck))}"
    for day in wish.get("days", []):
        yield "  ".join(["", day["workDate"], *_put_right(day, language)])
    if leave := wish.get("leave"):
        parts = [leave["kind"], leave["startDate"], leave.get("endDate", ""), leave.get("startTime", "")]
        yield f"  {LEAVE.show(language).format(what=' '.join(part for part in parts if part))}"
    for off in wish.get("leaveTakenOff", []):
        yield f"  {NO_LEAVE.show(language).format(what=', '.join(off['dates']))}"


def version_line(one: Tree, names: Names, language: Language) -> str:
    """A version: which, when and by whom, why, by how much it differs, and where that counts."""
    parts = [
        VERSION.show(language).format(version=one["version"]),
        wall(one["createTime"]),
        names.of(one["createdBy"]) or SERVICE.show(language),
        CAUSES[one["cause"].removeprefix("SHEET_VERSION_CAUSE_")].show(language),
        one["reason"],
        ", ".join(_differences(one.get("difference") or {}, language)),
        COUNTED.show(language).format(month=one["countedMonth"]) if one.get("countedMonth") else "",
    ]
    return "  ".join(part for part in parts if part)


def _differences(totals: Tree, language: Language) -> Iterator[str]:
    for name, wording in {**TOTALS, **EXCUSED_TOTALS}.items():
        if totals.get(name):
            yield f"{wording.show(language)} {totals[name]:+}"


def _put_right(day: Tree, language: Language) -> Iterator[str]:
    if day.get("kind"):
        yield KINDS[day["kind"].removeprefix("CORRECTED_DAY_KIND_")].show(language)
    if "rotaWord" in day:
        yield WORD.show(language).format(word=day["rotaWord"]) if day["rotaWord"] else NO_WORD.show(language)
    if day.get("dayOff"):
        yield DAY_OFF.show(language)
    if day.get("asPlanned"):
        yield AS_PLANNED.show(language)
    yield from day.get("hours", [])
