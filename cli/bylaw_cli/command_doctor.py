"""The command `bylaw doctor`: a line a check, in words or as JSON, and the exit code."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bylaw_cli.wording import Language, Wording

if TYPE_CHECKING:
    from bylaw_cli.doctor_machine import Line

NAMES = {
    "machine": "本机",
    "people": "人员",
    "attendance": "考勤",
    "inventory": "库存",
    "orders": "订单",
    "folder": "数据文件夹",
    "room": "磁盘空间",
    "running": "运行",
    "gateway": "网关",
    "master key": "主密钥",
    "database": "数据库",
    "schema": "结构版本",
    "feed": "事件流",
    "outbox": "待发事件",
    "jobs": "任务",
    "request keys": "请求键",
    "append-only": "只增表",
    "audit chain": "审计链",
    "audit tail": "未封存的审计",
    "audit heads": "库外链头",
    "signing keys": "签名密钥",
    "appointments": "任职",
    "headships": "部门负责人",
    "deputyships": "代理负责人",
    "units as of a date": "部门的按日状态",
    "rulebook": "规章",
    "duties": "职责事项",
    "deliveries": "通知外发",
    "access": "权限",
    "decisions": "决定",
    "outcomes": "决定的执行",
    "organisation": "组织",
    "plugins": "插件",
    "policy health": "班制故障",
    "leave policies": "假期政策",
    "corrections": "补卡",
    "photos": "签到照片",
    "clocks in touch": "考勤机联络",
    "clock counts": "考勤机计数",
    "clock sites": "考勤机地点",
    "closed months": "已结账月份",
    "leave": "假期台账",
    "overtime": "加班",
    "imports": "导入",
    "sheets": "考勤表",
    "stock cards": "库存卡",
    "stock sums": "库存合计",
    "stock reserved": "库存预留",
    "stated units": "换算单位",
    "stocktakes": "盘点",
    "goods deliveries": "到货与入库",
    "closed days": "日结",
    "sealed cards": "封存的库存卡",
    "price history": "价格历史",
    "visitor register": "出入登记",
    "stock papers": "出入库手续",
    "special goods": "特殊货物",
    "parcels": "包裹交接",
    "pack checks": "装箱复核",
    "tickets": "客户工单",
    "money paid back": "退款",
    "reviews": "商品评价",
    "goods returned": "退货处理",
    "stock levels": "库存建议",
    "listings": "上架",
    "goods": "商品目录",
    "heard stock": "仓库事项",
    "customer seals": "客户信息加密",
    "customers erased": "已删除的客户",
    "orders standing": "订单状态",
    "orders together": "合并发货",
    "order parcels": "订单包裹",
    "order promises": "承诺时间",
    "stock claims": "订单占用库存",
}
"""What a check is called in Chinese; of `append-only punches` the table's name stays."""

ABOUT = Wording(
    "Examine this installation, whether it runs or not: disk, database, gateway, and of each service whether its"
    " schema is newest, its feed whole, its jobs run, its records unchanged, its sheets judge the same again.\n\n"
    "A database that does not run is started for it and stopped again. Exits with 1 when something is wrong.\n\n"
    "\b\nbylaw doctor\nbylaw doctor --data /srv/bylaw --language zh\n"
    "BYLAW_DATABASE_URL=postgresql://admin:secret@db/bylaw bylaw doctor --json",
    "检查本安装，运行与否均可：磁盘、数据库、网关；各服务的结构是否最新、事件流是否完整、任务是否运行、"
    "记录是否未被改动、考勤表重算是否一致。\n\n"
    "数据库未运行时会临时启动并随后停止。发现问题时退出码为 1。\n\n"
    "\b\nbylaw doctor\nbylaw doctor --data /srv/bylaw --language zh\n"
    "BYLAW_DATABASE_URL=postgresql://admin:secret@db/bylaw bylaw doctor --json",
)


def doctor_command(language: Language) -> click.Command:
    """Return `bylaw doctor`."""
    data = Wording("Folder that holds all data.", "存放全部数据的文件夹。").show(language)
    url = Wording("Where Bylaw answers; where it runs here, by BYLAW_PORT.", "章程的地址；在本机运行时依 BYLAW_PORT。")
    port = Wording("Port it listens on here.", "本机监听端口。").show(language)
    own = Wording("Your own PostgreSQL.", "自己的 PostgreSQL。").show(language)
    heads = Wording(
        "Heads of the audit kept outside the database: a file of them, its folder, a log of the services, or - for"
        " standard input; may be repeated. The data folder's audit-heads.jsonl by default.",
        "库外保存的审计链头：链头文件、其所在文件夹、各项服务的日志，或以 - 表示标准输入；可重复。"
        "默认用数据文件夹中的 audit-heads.jsonl。",
    ).show(language)
    spoken = Wording("Language of the findings; the locale's by default.", "结果所用语言；默认随系统。").show(language)
    as_json = Wording("Print everything as JSON, in both languages.", "以 JSON 输出全部结果（双语）。").show(language)

    @click.command("doctor", help=ABOUT.show(language))
    @click.option("--data", envvar="BYLAW_DATA", type=Path, default=Path(".bylaw"), show_default=True, help=data)
    @click.option("--url", envvar="BYLAW_URL", default=None, help=url.show(language))
    @click.option("--port", envvar="BYLAW_PORT", type=int, default=8080, show_default=True, help=port)
    @click.option("--database-url", envvar="BYLAW_DATABASE_URL", default=None, help=own)
    @click.option("--heads", envvar="BYLAW_HEADS", type=Path, multiple=True, help=heads)
    @click.option("--language", "wanted", type=click.Choice(["zh", "en"]), default=language, help=spoken)
    @click.option("--json", "as_json", is_flag=True, help=as_json)
    def command(wanted: Language, *, as_json: bool, **given: Any) -> None:
        from bylaw_cli.doctor import Patient, examine  # noqa: PLC0415 - `--help` need not wait for the services

        lines: list[Line] = []
        for line in examine(Patient(**given)):
            lines.append(line)
            if not as_json:
                click.echo(spoken_line(line, wanted))
        _end(lines, wanted, as_json=as_json)
        sys.exit(0 if all(line.holds for line in lines) else 1)

    return command


def spoken_line(line: "Line", language: Language) -> str:
    """One line for people: the mark, what was examined, what was seen, and where it is not well what to do."""
    check, _, table = line.check.partition("append-only ")
    named = f"append-only {table}" if table else check
    if language == "zh":
        named = f"{NAMES['append-only']} {table}" if table else NAMES[check]
    subject = NAMES[line.subject] if language == "zh" else line.subject
    cure = f" → {line.cure.show(language)}" if not line.holds else ""
    colon = "：" if language == "zh" else ": "
    return f"{'✓' if line.holds else '✗'} {subject} {named}{colon}{line.seen.show(language)}{cure}"


def _end(lines: Sequence["Line"], language: Language, *, as_json: bool) -> None:
    from bylaw_cli.doctor import NOT_PROVED  # noqa: PLC0415

    if not as_json:
        click.echo(NOT_PROVED.show(language))
        return
    findings = [
        {
            "subject": line.subject,
            "check": line.check,
            "holds": line.holds,
            "seen": {"zh": line.seen.zh, "en": line.seen.en},
            "cure": {"zh": line.cure.zh, "en": line.cure.en},
        }
        for line in lines
    ]
    not_proved = {"zh": NOT_PROVED.zh, "en": NOT_PROVED.en}
    whole = {"holds": all(line.holds for line in lines), "findings": findings, "notProved": not_proved}
    click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
