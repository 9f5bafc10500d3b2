"""`bylaw import revoke`: takes an import of punches back, and says what was struck and what remains."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Take back the import called IMPORT, as `bylaw import punches` named it: its punches stay on record and count no"
    " more, days are judged anew, and clocks that were heard of through it alone are no longer waited for.\n\n"
    "Punches of closed months remain and are named; whoever corrects those sheets strikes them. What was struck is"
    " taken anew by the right file.\n\n\b\n"
    'bylaw import revoke punchImports/018f2a3b-0000-7000-8000-000000000000 --reason "file of another site"',
    "撤销名为 IMPORT 的导入（名称见 `bylaw import punches` 的输出）：其打卡保留在案，但不再计入；有关日期重新核算；"
    "仅由该导入得知的考勤机不再等待。\n\n"
    "已结账月份的打卡仍然计入，并逐一列出；由更正这些考勤表的人剔除。被撤销的打卡，再导入正确的文件时会重新接收。\n\n\b\n"
    'bylaw import revoke punchImports/018f2a3b-0000-7000-8000-000000000000 --reason "选错了地点"',
)
REASON = Wording("Why; it stays on record.", "原因，留存在案。")
STRUCK = Wording("{name}: {struck} punches count no more", "{name}：{struck} 条打卡不再计入")
REMAINING = Wording(
    "{count} remain, because their months were closed; correct these sheets and strike what does not count:",
    "{count} 条仍计入，因其月份已结账；请更正以下考勤表，剔除不该计入的打卡：",
)
REMAINING_OF = Wording("{sheet}  {number}  {count} punches", "{sheet}  {number}  {count} 条")
AGAIN = Wording(
    "These imports had found punches on record meanwhile; hand their files in again:",
    "以下导入期间曾把这些打卡计为“已有”；请重新导入其文件：",
)


def revoke_command(language: Language) -> click.Command:
    """Return `bylaw import revoke IMPORT --reason TEXT`."""

    @click.option("--reason", required=True, help=REASON.show(language))
    @click.argument("name", metavar="IMPORT")
    def revoke(name: str, reason: str, **given: Any) -> None:
        rest = rest_of(given, language)
        name = name if "/" in name else f"punchImports/{name}"
        revoked = rest.call("POST", f"/v1/{name}:revoke", {"reason": reason})
        for line in lines(revoked, language):
            click.echo(line)

    return click.command("revoke", help=ABOUT.show(language))(signed_in(revoke, language))


def lines(revoked: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Yield what came of it."""
    came = revoked["revocation"]
    yield STRUCK.show(language).format(name=revoked["name"], struck=came.get("struckCount", 0))
    if count := came.get("remainingCount", 0):
        yield REMAINING.show(language).format(count=count)
        for one in came.get("remaining", ()):
            told = {"sheet": one["sheet"], "number": one["employeeNumber"], "count": one["punchCount"]}
            yield f"  {REMAINING_OF.show(language).format(**told)}"
    if again := came.get("handInAgain", ()):
        yield AGAIN.show(language)
        yield from (f"  {one}" for one in again)
