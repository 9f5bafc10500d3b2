"""Clocks as text: a line for each, what is the matter with it, and which one a site waits for (ATT-4)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bylaw_chassis.clock import Clock, system_clock

from bylaw_cli.looking_up import Names
from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
RETIRE = Wording(
    "Retire the clock that calls itself SERIAL from DAY on: nobody waits for it any more, and a pushing one is shut"
    " out.\n\n\b\nbylaw clock retire CKJ7204560001 2026-12-01",
    "自 DAY 起停用名为 SERIAL 的考勤机：不再等待其上报，推送型的不再接受。\n\n\b\n"
    "bylaw clock retire CKJ7204560001 2026-12-01",
)
NO_CLOCK = Wording(
    "There is no clock {device}; see them: bylaw clock list.", "没有名为 {device} 的考勤机；见 bylaw clock list。"
)
SEVERAL_CLOCKS = Wording(
    "There is a clock {device} at several sites; say which: --site.", "多个地点都有 {device}；请用 --site 注明。"
)
RETIRING = Wording("{clock} at {site}: nobody waits for it from {day} on", "{site} 的 {clock}：自 {day} 起停用")
NO_DEVICE = Wording("'' (without a name)", "''（不具名）")
REPORTED, NEVER = Wording("reported until {time}", "上报至 {time}"), Wording("never reported", "从未上报")
WAITED_FOR = Wording("is waited for", "正在等待其上报")
HEARD, UNHEARD = Wording("last heard {time}", "最近联系 {time}"), Wording("never heard", "从未联系")
COMMANDS = Wording("commands that wait: {count}", "{count} 条指令待执行")
RETIRED = Wording("retired from {day}", "自 {day} 停用")
NOT_TAKEN = Wording("{count} lines refused", "{count} 行被拒绝")
UNKNOWN = Wording("Not registered: {serial}, last knocked {time}", "未登记：{serial}，最近连接 {time}")
NONE = Wording("There are no clocks.", "没有考勤机。")


def lines(known: Tree, pushing: Tree, names: Names, language: Language) -> Iterator[str]:
    """Yield a line for each clock, and what is the matter with it; then the numbers that are not registered."""
    by_name = {clock["name"]: clock for clock in known["clocks"]}
    merged = [{**by_name.pop(clock["name"], {}), **clock} for clock in pushing["clocks"]]
    everyone = [*by_name.values(), *merged]
    waited = waited_for(known["clocks"])
    for clock in sorted(everyone, key=lambda one: (names.coded(one["site"]), called(one, language))):
        yield _line(clock, names, waited=clock["name"] in waited, language=language)
        yield from (f"    {trouble}" for trouble in _troubles(clock, language))
    if not everyone:
        yield NONE.show(language)
    for one in pushing.get("unknownClocks", []):
        yield UNKNOWN.show(language).format(serial=one["serialNumber"], time=wall(one["lastSeenTime"]))


def waited_for(clocks: Iterable[Tree], clock: Clock = system_clock) -> set[str]:
    """Which clocks the days of their sites wait for: of those in use the one that has reported least far."""
    today = clock().date().isoformat()
    in_use = [one for one in clocks if not one.get("retireDate") or one["retireDate"] > today]
    waited = set()
    for site in {one["site"] for one in in_use}:
        of_site = [one for one in in_use if one["site"] == site]
        least = min(one.get("reportTime", "") for one in of_site)
        waited |= {one["name"] for one in of_site if one.get("reportTime", "") == least}
    return waited


def called(clock: Tree, language: Language) -> str:
    """What a clock calls itself."""
    return clock.get("serialNumber") or clock.get("device") or NO_DEVICE.show(language)


def retiring(clock: Tree, day: str, names: Names, language: Language) -> str:
    """What it means to retire a clock."""
    said = RETIRING.show(language)
    return said.format(clock=called(clock, language), site=names.coded(clock["site"]), day=day)


def wall(instant: str) -> str:
    """An instant as the clock of whoever reads shows it, to the minute."""
    return datetime.fromisoformat(instant).astimezone().strftime("%Y-%m-%d %H:%M")


def _line(clock: Tree, names: Names, *, waited: bool, language: Language) -> str:
    reported = clock.get("reportTime")
    parts = [called(clock, language), names.coded(clock["site"])]
    parts.append(REPORTED.show(language).format(time=wall(reported)) if reported else NEVER.show(language))
    if "serialNumber" in clock:
        seen = clock.get("seenTime")
        parts.append(HEARD.show(language).format(time=wall(seen)) if seen else UNHEARD.show(language))
    if clock.get("waitingCommandCount"):
        parts.append(COMMANDS.show(language).format(count=clock["waitingCommandCount"]))
    if clock.get("retireDate"):
        parts.append(RETIRED.show(language).format(day=clock["retireDate"]))
    return "  ".join([*parts, *([WAITED_FOR.show(language)] if waited else [])])


def _troubles(clock: Tree, language: Language) -> Iterator[str]:
    if int(clock.get("refusedCount", 0)):
        yield NOT_TAKEN.show(language).format(count=clock["refusedCount"])
    for trouble in clock.get("troubles", []):
        if not trouble.get("endTime"):
            yield trouble["message"][language]
