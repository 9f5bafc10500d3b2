"""A unit's month as text: where it stands, and a line for each of its sheets."""

from collections.abc import Iterator, Mapping
from typing import Any

from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
STATES = {
    "UNIT_MONTH_STATE_OPEN": Wording("open", "未移交"),
    "UNIT_MONTH_STATE_HANDED_OVER": Wording("handed over", "已移交"),
    "UNIT_MONTH_STATE_CLOSED": Wording("closed", "已结账"),
}
DUE = Wording(
    "to be handed over by {hand_over}, objections until {objection}", "{hand_over} 前移交，异议至 {objection} 止"
)
WAITING = Wording("objections that wait for an answer: {count}", "待答复的异议：{count}")
REVIEWED, NOT_REVIEWED = Wording("reviewed", "已审核"), Wording("not reviewed", "未审核")
PENDING = Wording("{count} cards pending", "{count} 个卡点待定")
FAULTY = Wording("cannot be judged: see the sheet", "无法核算，见考勤表")
OBJECTION = Wording("objection", "有异议")
AWAITED = Wording(
    "waited for; one that will not report any more is retired from a date: bylaw clock retire CLOCK YYYY-MM-DD",
    "正在等待；不再上报的请自某日起停用：bylaw clock retire CLOCK YYYY-MM-DD",
)
HEARD, NEVER_HEARD = Wording("heard until {until}", "已上报至 {until}"), Wording("never heard", "从未上报")
NO_CLOCK, NAMELESS = Wording("no clock known", "尚无考勤机"), Wording("'' (without a name)", "''（不具名）")
VERSION = Wording("version {version}", "第 {version} 版")


def lines(month: Tree, language: Language) -> Iterator[str]:
    """Yield what there is to read."""
    yield f"{month['unitCode']}  {month['month']}  {STATES[month['state']].show(language)}"
    dates = DUE.show(language).format(hand_over=month["handOverDate"], objection=month["objectionDate"])
    yield dates
    if month["waitingObjectionCount"]:
        yield WAITING.show(language).format(count=month["waitingObjectionCount"])
    yield from (f"  {_sheet(one, language)}" for one in month["sheets"])
    if clocks := month.get("awaitedClocks"):
        yield AWAITED.show(language)
        yield from (f"  {_clock(one, language)}" for one in clocks)


def _clock(one: Tree, language: Language) -> str:
    """A clock that card points wait for: its site, its own name, and up to when it was heard."""
    if not one["clock"]:
        return f"{one['siteCode']}  {NO_CLOCK.show(language)}"
    heard = one.get("reportTime")
    told = HEARD.show(language).format(until=heard) if heard else NEVER_HEARD.show(language)
    return "  ".join([one["siteCode"], one["device"] or NAMELESS.show(language), told])


def _sheet(one: Tree, language: Language) -> str:
    """Of a closed sheet its version; of an open one what is still to be done."""
    who = [one["employeeNumber"], one["displayName"]]
    if one["version"]:
        return "  ".join([*who, VERSION.show(language).format(version=one["version"])])
    parts = [*who, (REVIEWED if one["reviewed"] else NOT_REVIEWED).show(language)]
    if not one["inputsDigest"]:
        parts.append(FAULTY.show(language))
    if one["pendingCount"]:
        parts.append(PENDING.show(language).format(count=one["pendingCount"]))
    if one["objection"]:
        parts.append(OBJECTION.show(language))
    return "  ".join(parts)
