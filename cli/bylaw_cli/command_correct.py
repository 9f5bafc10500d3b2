"""`bylaw correct`: a sheet of a closed month corrected on record, and every version of it (SHT-3)."""

from typing import Any

import click

from bylaw_cli.answering import json_option, sure, tell, yes_option
from bylaw_cli.correction_words import version_line, wish_lines
from bylaw_cli.corrections import KINDS, NothingTyped, wish_of
from bylaw_cli.leave_kinds import HALVES
from bylaw_cli.looking_up import Names, person_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.typed import a_day, a_month, some_hours
from bylaw_cli.wording import Language, Wording

EXAMPLES = (
    "\n\n\b\nbylaw correct 1004 2026-10"
    "\nbylaw correct 1004 2026-10 --punch '2026-10-27 08:21 in' --reason 'by the book of the gate'"
    "\nbylaw correct 1004 2026-10 --leave sick --leave-from 2026-10-27 --evidence 'folder 7' --reason 'note of the 8th'"
    "\nbylaw correct 1004 2026-10 --day-off 2026-10-27 --hours 2026-10-28=13:00-17:00 --reason 'the power had failed'"
)
ABOUT = Wording(
    "Correct the sheet of PERSON of MONTH, which is closed: on record, by another version of it, whose difference"
    " counts in the first open month. Without anything to correct the versions that there are.\n\n"
    f"What would be sent is shown first. DAY is YYYY-MM-DD, a TIME on the wall of the site.{EXAMPLES}",
    "更正 PERSON 已结账月份 MONTH 的考勤表：留有记录，另成一版，差额计入首个未结账的月份。不写任何更正时，"
    f"列出已有的各版。\n\n先显示将提交的内容。DAY 为 YYYY-MM-DD，TIME 为当地时间。{EXAMPLES}",
)
HELPS = {
    "punch": Wording(
        "A punch that was missing, 'DAY TIME [in|out]'; may be given again.",
        "漏记的打卡，'DAY TIME [in|out]'，可重复。",
    ),
    "strike": Wording(
        "A punch that does not count, 'DAY TIME'; may be given again.", "不应计的打卡，'DAY TIME'，可重复。"
    ),
    "day_off": Wording("A whole day that was off, as by a notice; may be given again.", "全天停工的日期，可重复。"),
    "as_planned": Wording(
        "A day with the hours of its pattern, whatever notice there was.", "不受通知影响、按班制工时的日期。"
    ),
    "hours": Wording("Hours in place of those planned, DAY=13:00-17:00.", "替代计划的时段，DAY=13:00-17:00。"),
    "word": Wording("The word of the rota, DAY=rest; DAY= for none.", "排班用词，DAY=rest；DAY= 表示无。"),
    "kind": Wording("What the day is: DAY=off, DAY=worked or DAY=ordinary.", "当天性质：DAY=off、worked 或 ordinary。"),
    "no_leave": Wording("A day off which leave is taken; may be given again.", "取消请假的日期，可重复。"),
    "leave": Wording("Leave of this kind, by code or name, is put onto days.", "补记该种假，代码或名称。"),
    "leave_from": Wording("Its first day.", "该假首日。"),
    "leave_to": Wording("Its last day, where it is another.", "该假末日，多于一天时填写。"),
    "leave_half": Wording("Only this half of its day.", "只休当天的这半天。"),
    "leave_hours": Wording("Only these hours of its day.", "只休当天的这些小时。"),
    "evidence": Wording("Where what proves the leave is to be found.", "请假证明的所在。"),
    "reason": Wording("What is corrected and why; needed for a correction.", "更正内容与理由，更正时必填。"),
}
MANY = ("punch", "strike", "day_off", "as_planned", "hours", "word", "kind", "no_leave")
NO_REASON = Wording("Say what is corrected and why: --reason TEXT.", "请写明更正内容与理由：--reason TEXT。")
PLACES = {"reason": "--reason", "struckPunches": "--strike", "leave": "--leave", "leaveTakenOff": "--no-leave"}
NEVER_CLOSED = Wording("It is not closed, and has no versions.", "该月未结账，没有版本。")


def correct_command(language: Language) -> click.Command:
    """Return `bylaw correct PERSON MONTH`."""

    def correct(person: str, month: str, *, yes: bool, as_json: bool, **given: Any) -> None:
        typed = {name: given.pop(name) for name in HELPS}
        rest = rest_of(given, language, PLACES)
        name, names = person_with(rest, person, language), Names(rest, language)
        sheet = f"/v1/{name}/sheets/{month}"
        versions = list(rest.pages(f"{sheet}/versions", "versions"))
        try:
            wish = wish_of(rest, name, typed, language)
        except NothingTyped:
            lines = [version_line(one, names, language) for one in versions] or [NEVER_CLOSED.show(language)]
            tell(versions, lines, as_json=as_json)
            return
        if not wish.get("reason"):
            raise Told(NO_REASON.show(language), language)
        sure(wish_lines(wish, names.of(name), month, language), language, yes=yes, as_json=as_json)
        seen = {"etag": str(versions[-1]["version"])} if versions else {}
        done = rest.call("POST", f"{sheet}:correct", {**wish, **seen})
        tell(done, [version_line(done, names, language)], as_json=as_json)

    command = yes_option(language)(json_option(language)(signed_in(correct, language)))
    for option in reversed(_options(language)):
        command = option(command)
    command = click.argument("month", callback=a_month(language))(command)
    return click.command("correct", help=ABOUT.show(language))(click.argument("person")(command))


def _options(language: Language) -> list[Any]:
    """Return an option for each thing that can be corrected."""
    checks = {name: a_day(language) for name in ("day_off", "as_planned", "no_leave", "leave_from", "leave_to")}
    checks["leave_hours"] = some_hours(language)
    kinds = {"leave_half": click.Choice(list(HALVES))}
    return [
        click.option(
            f"--{name.replace('_', '-')}",
            name,
            multiple=name in MANY,
            type=kinds.get(name),
            callback=checks.get(name),
            metavar=None if name in kinds else _metavar(name),
            help=help_.show(language),
        )
        for name, help_ in HELPS.items()
    ]


def _metavar(name: str) -> str:
    if name in {"day_off", "as_planned", "no_leave", "leave_from", "leave_to"}:
        return "DAY"
    return {"hours": "DAY=HOURS", "word": "DAY=WORD", "kind": f"DAY={'|'.join(KINDS)}"}.get(name, "TEXT")
