"""`bylaw month`: where a unit's month stands, and its review, hand-over and closing (SHT-1, SHT-3)."""

import json
from typing import Any

import click

from bylaw_cli.looking_up import unit_with
from bylaw_cli.month_words import lines
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Rest, Told
from bylaw_cli.sheet import make_console, show
from bylaw_cli.typed import MONTH, NO_MONTH
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Show where MONTH (YYYY-MM) of the unit with code UNIT stands: what is due when, and of each sheet whether it was"
    " reviewed.\n\n--review shows every sheet that was not reviewed and asks whether it is right; --hand-over gives the"
    " month to human resources; --close closes it. One's own sheet is reviewed by the next head up or by human"
    " resources.\n\n"
    "\b\nbylaw month SALES 2026-10\nbylaw month SALES 2026-10 --review\nbylaw month SALES 2026-10 --hand-over"
    "\nbylaw month SALES 2026-10 --close",
    "显示代码为 UNIT 的部门的 MONTH（YYYY-MM）进展：何时到期，每张考勤表是否已审核。\n\n"
    "--review 逐张显示未审核的考勤表并询问是否无误；--hand-over 移交人力资源；--close 结账。"
    "本人的考勤表由上级负责人或人力资源审核。\n\n"
    "\b\nbylaw month SALES 2026-10\nbylaw month SALES 2026-10 --review\nbylaw month SALES 2026-10 --hand-over"
    "\nbylaw month SALES 2026-10 --close",
)
RIGHT = Wording("Looked at, and right?", "已逐日查看，确认无误？")
ONE_STEP = Wording("Give one of --review, --hand-over and --close.", "--review、--hand-over、--close 只选其一。")
CALLS = {"hand_over": "handOver", "close": "close"}


def month_command(language: Language) -> click.Command:
    """Return `bylaw month UNIT MONTH`."""
    helps = {
        "review": Wording("Show every sheet that was not reviewed, and ask.", "逐张显示未审核的考勤表并询问。"),
        "hand_over": Wording("Hand the month over to human resources.", "移交人力资源。"),
        "close": Wording("Close the month.", "结账。"),
    }
    as_json = Wording("Print the answer as JSON instead.", "改为输出 JSON。").show(language)

    @click.option("--review", is_flag=True, help=helps["review"].show(language))
    @click.option("--hand-over", is_flag=True, help=helps["hand_over"].show(language))
    @click.option("--close", is_flag=True, help=helps["close"].show(language))
    @click.option("--json", "as_json", is_flag=True, help=as_json)
    @click.argument("unit")
    @click.argument("month")
    def command(unit: str, month: str, *, as_json: bool, **given: Any) -> None:
        if not MONTH.fullmatch(month):
            raise Told(NO_MONTH.show(language), language)
        steps = [step for step in helps if given.pop(step)]
        if len(steps) > 1:
            raise Told(ONE_STEP.show(language), language)
        rest = rest_of(given, language)
        name = f"{unit_with(rest, unit, language)}/months/{month}"
        found = _done(rest, name, step=steps[0] if steps else "", language=language)
        click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else "\n".join(lines(found, language)))

    return click.command("month", help=ABOUT.show(language))(signed_in(command, language))


def _done(rest: Rest, name: str, *, step: str, language: Language) -> Any:
    """Take the step, if there is one, and answer the month as it stands then."""
    if step in CALLS:
        rest.call("POST", f"/v1/{name}:{CALLS[step]}", {})
    elif step:
        for standing in rest.get(f"/v1/{name}")["sheets"]:
            if not standing["reviewed"]:
                _review(rest, name, sheet=standing["sheet"], language=language)
    return rest.get(f"/v1/{name}")


def _review(rest: Rest, name: str, *, sheet: str, language: Language) -> None:
    """What is said to be right is what was shown: the digest is of the sheet on the screen."""
    seen = rest.get(f"/v1/{sheet}")
    show(seen, make_console(), language)
    if not click.confirm(RIGHT.show(language)):
        return
    looked = {"person": sheet.partition("/sheets/")[0], "inputsDigest": seen["inputsDigest"]}
    try:
        rest.call("POST", f"/v1/{name}:review", {"reviews": [looked]})
    except Told as told:
        told.show()
