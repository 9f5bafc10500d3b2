"""The command `bylaw` put together, in the language of whoever types it."""

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module

import click
from bylaw_chassis.garbage import collect_seldom

from bylaw_cli.usage_words import ChineseGroup
from bylaw_cli.wording import Language, Refused, Wording, language_of

ABOUT = Wording(
    """Bylaw runs an e-commerce department by its own rulebook.

    \b
    Try it:            bylaw up
    Read a month:      bylaw sheet 1004 2026-11
    Why that day?      bylaw why-day 1004 2026-11-12
    Hours of a month:  bylaw hours SALES 2026-11
    Review and close:  bylaw month SALES 2026-10 --review
    For payroll:       bylaw export sheet SALES 2026-10 october.xlsx
    Mend a closed one: bylaw correct 1004 2026-10
    Leave of somebody: bylaw leave 1004
    Ask for leave:     bylaw leave ask annual 2026-12-07
    Ask for overtime:  bylaw overtime ask 2026-12-01 18:00-20:30 --for pay --reason print
    Missed a punch?    bylaw missed-punch ask 2026-11-24 08:21 in --reason 'no badge'
    Sign in by photo:  bylaw photo send me.jpg in
    Object to a sheet: bylaw objection make 2026-10 'the clock was off'
    Plan the rota:     bylaw rota template SERVICE 2026-12 december.xlsx
    Swap days:         bylaw swap ask 1020 2026-12-01 2026-12-02
    Company days:      bylaw company-day list
    Change hours:      bylaw hours-notice list
    Clocks:            bylaw clock list
    What is on hand:   bylaw stock MJ-CUP
    How it came about: bylaw card MJ-CUP
    What is this code? bylaw scan 6970812300015
    Goods arrive:      bylaw receive list
    Post a day:        bylaw post today.csv
    Close its books:   bylaw stock-day close 2026-11-27
    Report the stock:  bylaw stock-month 2026-11 november.xlsx
    Count the stock:   bylaw stocktake list
    Hold, pick:        bylaw reservations list
    Check a parcel:    bylaw pack start 7002
    To the carrier:    bylaw parcels open
    Goods come back:   bylaw returns waiting
    Reorder, slow:     bylaw levels
    Who is inside:     bylaw visitors list
    Locked, all there? bylaw checks leaving
    Orders:            bylaw orders list
    What waits, why?   bylaw orders held
    What became of it? bylaw orders show T-20603
    Late, and why?     bylaw orders late
    Where is it?       bylaw orders parcel SF1029384756
    Customers ask:     bylaw orders tickets --unclosed
    What if?           bylaw replay SALES 2026-11 --pattern rest-by-rota@1
    Decide:            bylaw inbox
    May she, and why?  bylaw why 1020 people.staff.read
    Bring in people:   bylaw import people people.csv --site HQ
    Bring in punches:  bylaw import punches attlog.dat --site HQ
    Any other call:    bylaw call GET /v1/people
    Something wrong?   bylaw doctor
    Locked out?        bylaw administrator --reset-password

    A person is a number, login or name, or `me`; units and sites are codes; a request is the ID that lists show, or its
    day.

    Commands that speak to a running Bylaw take --url, --login and --password, or BYLAW_URL, BYLAW_LOGIN and
    BYLAW_PASSWORD. 中文帮助：BYLAW_LANGUAGE=zh bylaw --help
    """,
    """章程：按部门自己的规章运行电商部门。

    \b
    试用：        bylaw up
    查看月表：    bylaw sheet 1004 2026-11
    当日为何如此：bylaw why-day 1004 2026-11-12
    当月工时：    bylaw hours SALES 2026-11
    审核与结账：  bylaw month SALES 2026-10 --review
    导出核薪：    bylaw export sheet SALES 2026-10 october.xlsx
    更正已结账：  bylaw correct 1004 2026-10
    假期余额：    bylaw leave 1004
    请假：        bylaw leave ask 年假 2026-12-07
    申请加班：    bylaw overtime ask 2026-12-01 18:00-20:30 --for pay --reason 目录付印
    补卡：        bylaw missed-punch ask 2026-11-24 08:21 in --reason 忘带工牌
    照片签到：    bylaw photo send me.jpg in
    提出异议：    bylaw objection make 2026-10 考勤机当时断电
    排班：        bylaw rota template SERVICE 2026-12 december.xlsx
    换班：        bylaw swap ask 1020 2026-12-01 2026-12-02
    公司放假上班：bylaw company-day list
    变更工时：    bylaw hours-notice list
    考勤机：      bylaw clock list
    库存：        bylaw stock MJ-CUP
    卡片：        bylaw card MJ-CUP
    扫码：        bylaw scan 6970812300015
    收货：        bylaw receive list
    批量记账：    bylaw post today.csv
    库存日结：    bylaw stock-day close 2026-11-27
    进销存月报：  bylaw stock-month 2026-11 november.xlsx
    盘点：        bylaw stocktake list
    预留与拣货：  bylaw reservations list
    装箱复核：    bylaw pack start 7002
    与承运商交接：bylaw parcels open
    退货处理：    bylaw returns waiting
    补货与滞销：  bylaw levels
    在仓人员：    bylaw visitors list
    三项检查：    bylaw checks leaving
    订单：        bylaw orders list
    待处理订单：  bylaw orders held
    订单进展：    bylaw orders show T-20603
    临期与超期：  bylaw orders late
    包裹到哪了？  bylaw orders parcel SF1029384756
    客户工单：    bylaw orders tickets --unclosed
    试算班制：    bylaw replay SALES 2026-11 --pattern rest-by-rota@1
    待我决定：    bylaw inbox
    有无权限：    bylaw why 1020 people.staff.read
    导入人员：    bylaw import people people.csv --site HQ
    导入打卡：    bylaw import punches attlog.dat --site HQ
    其他调用：    bylaw call GET /v1/people
    出了问题？    bylaw doctor
    无法登录？    bylaw administrator --reset-password

    人员写工号、登录名、姓名或 `me`；部门与地点写代码；申请写列表中的编号或其日期。

    与运行中的章程通信的命令使用 --url、--login、--password，或环境变量 BYLAW_URL、BYLAW_LOGIN、BYLAW_PASSWORD。
    English help: BYLAW_LANGUAGE=en bylaw --help
    """,
)


COMMANDS = {
    "up": "commands_running:up_command",
    "sheet": "commands_files:sheet_command",
    "hours": "command_hours:hours_command",
    "month": "command_month:month_command",
    "correct": "command_correct:correct_command",
    "export": "command_export:export_group",
    "leave": "commands_leave:leave_group",
    "overtime": "commands_overtime:overtime_group",
    "missed-punch": "commands_missed_punch:missed_punch_group",
    "photo": "commands_photo:photo_group",
    "objection": "commands_objection:objection_group",
    "rota": "commands_rota:rota_group",
    "swap": "commands_swap:swap_group",
    "company-day": "commands_company_day:company_day_group",
    "hours-notice": "commands_hours_notice:hours_notice_group",
    "clock": "commands_clock:clock_group",
    "stock": "stock.command_stock:stock_command",
    "card": "stock.command_card:card_command",
    "scan": "stock.command_scan:scan_command",
    "stock-day": "stock.commands_day:stock_day_group",
    "stock-month": "stock.command_month:stock_month_command",
    "stocktake": "stock.commands_stocktake:stocktake_group",
    "reservations": "stock.commands_reservations:reservations_group",
    "pack": "stock.commands_pack:pack_group",
    "parcels": "stock.commands_parcels:parcels_group",
    "returns": "stock.commands_returns:returns_group",
    "receive": "stock.commands_receive:receive_group",
    "post": "stock.command_post:post_command",
    "levels": "stock.command_levels:levels_command",
    "visitors": "stock.commands_visitors:visitors_group",
    "checks": "stock.commands_checks:checks_group",
    "orders": "orders.commands_orders:orders_group",
    "replay": "command_replay:replay_command",
    "inbox": "command_inbox:inbox_command",
    "why": "command_why:why_command",
    "why-day": "command_why_day:why_day_command",
    "import": "commands_files:import_group",
    "call": "command_call:call_command",
    "serve": "commands_running:serve_command",
    "migrate": "commands_running:migrate_command",
    "doctor": "command_doctor:doctor_command",
    "audit": "commands_audit:audit_group",
    "administrator": "command_administrator:administrator_command",
    "rulebook": "commands_rulebook:rulebook_group",
    "plugin": "plugin.commands:plugin_group",
}
"""Who makes each command, as module and function: only what is typed is imported, for importing all takes longest."""


def build(language: Language, names: Iterable[str] = tuple(COMMANDS)) -> click.Group:
    """Return the whole command with its help in one language, or with these commands alone."""
    kind = ChineseGroup if language == "zh" else click.Group
    group = kind("bylaw", help=ABOUT.show(language), context_settings={"help_option_names": ["-h", "--help"]})
    for name in names:
        module, _, maker = COMMANDS[name].partition(":")
        group.add_command(getattr(import_module(f"bylaw_cli.{module}"), maker)(language))
    return group


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; a refusal is told in both languages, without a stack trace, and exits with 1."""
    if arguments is None:
        collect_seldom()  # in a process of its own; what a command imports stays until it ends
    typed = sys.argv[1:] if arguments is None else list(arguments)
    names = typed[:1] if typed[:1] and typed[0] in COMMANDS else COMMANDS
    try:
        build(language_of(), names)(args=typed, prog_name="bylaw")
    except Refused as refused:
        click.echo(refused.wording.both(), err=True)
        sys.exit(1)
