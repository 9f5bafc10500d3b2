"""`bylaw plugin try`: what a plugin would change in a real month, judged here and not by the service."""

import json
from typing import Any

import click

from bylaw_cli.plugin.leaving import leaving_in_order
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.sheet import make_console
from bylaw_cli.typed import FILE, MONTH, NO_MONTH
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Say what a plugin would change in a month that was. TARGET is a wheel, a folder with its sources, or the name of"
    " an installed distribution. The running Bylaw gives the facts, without names: people are numbers. The plugin runs"
    " here, in a worker as the service would keep one, within the same limits (BYLAW_PLUGIN_CALL_SECONDS and others,"
    " set as for the service), and nothing is written anywhere. Days for which a rota names a"
    " pattern stay as they are. It takes attendance.facts.read for the whole organisation.\n\n\b\n"
    "bylaw plugin try acme_patterns-1.0.0-py3-none-any.whl --month 2026-10 --unit SALES\n"
    "bylaw plugin try . --month 2026-10 --unit SALES --pattern acme-patterns-day-shift@1 --parameters day.json --json",
    "说明插件会使过去某月发生什么变化。TARGET 为安装包、源码文件夹，或已安装发行包的名称。事实取自运行中的章程，"
    "不含姓名，人员仅为编号。插件在本机的工作进程中运行（与服务所用的相同，"
    "限额亦同：BYLAW_PLUGIN_CALL_SECONDS 等，设为与服务一致），不写入任何内容。轮班表已指明班制的日子"
    "保持不变。须有全公司范围的 attendance.facts.read 权限。\n\n\b\n"
    "bylaw plugin try acme_patterns-1.0.0-py3-none-any.whl --month 2026-10 --unit SALES\n"
    "bylaw plugin try . --month 2026-10 --unit SALES --pattern acme-patterns-day-shift@1 --parameters day.json --json",
)


def try_command(language: Language) -> click.Command:
    """Return `bylaw plugin try TARGET`."""
    month = Wording("The month, YYYY-MM.", "月份，YYYY-MM。").show(language)
    unit = Wording("Code of the unit; those below it are in it.", "部门代码；含其下级。").show(language)
    pattern = Wording("Which pattern and version, where there are several.", "有多个时，用哪个班制与版本。")
    file = Wording("Its parameters as JSON; defaults for those not named.", "参数（JSON）；未列者取默认值。")
    as_json = Wording("Print the answer as JSON instead.", "改为输出 JSON。").show(language)

    @click.option("--month", required=True, metavar="YYYY-MM", help=month)
    @click.option("--unit", required=True, metavar="CODE", help=unit)
    @click.option("--pattern", metavar="NAME@VERSION", help=pattern.show(language))
    @click.option("--parameters", type=FILE, help=file.show(language))
    @click.option("--json", "as_json", is_flag=True, help=as_json)
    @click.argument("target")
    def command(target: str, *, as_json: bool, **given: Any) -> None:
        from bylaw_cli.plugin.comparison_table import show  # noqa: PLC0415 - whoever reads a sheet need not wait for it
        from bylaw_cli.plugin.trial import Wish, trial  # noqa: PLC0415

        wish = Wish(target, *(given.pop(name) for name in ("month", "unit", "pattern", "parameters")))
        if not MONTH.fullmatch(wish.month):
            raise Told(NO_MONTH.show(language), language)
        with leaving_in_order():
            tried = trial(wish, rest_of(given, language), language)
        if as_json:
            click.echo(
                json.dumps({**tried.as_json(), "month": wish.month, "unit": wish.unit}, ensure_ascii=False, indent=2)
            )
        else:
            show(tried.comparison, make_console(), language)

    return click.command("try", help=ABOUT.show(language))(signed_in(command, language))
