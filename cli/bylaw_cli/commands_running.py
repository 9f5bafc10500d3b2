"""The commands that run Bylaw: `up`, `serve`, `migrate`."""

import gc
import os
import runpy
import sys
from pathlib import Path
from typing import Any

import click

from bylaw_cli.wording import Language, Wording

WITH_SCHEMA = ("people", "attendance", "inventory", "orders")
SERVICES = (*WITH_SCHEMA, "gateway")


def up_command(language: Language) -> click.Command:
    """Return `bylaw up`."""
    about = Wording(
        "Start everything on this machine and stay until Ctrl-C.\n\n"
        "PostgreSQL comes along (or BYLAW_DATABASE_URL names yours, 15 or newer, with a role that may create roles)."
        " The first start loads a demonstration company, shown to this machine only.\n\n"
        "\b\nbylaw up\nBYLAW_PORT=9000 BYLAW_DATA=/srv/bylaw bylaw up\nbylaw up --host 0.0.0.0 --no-demonstration"
        " --https",
        "在本机启动全部服务，按 Ctrl-C 结束。\n\n"
        "自带 PostgreSQL（也可用 BYLAW_DATABASE_URL 指定自己的，15 或更高版本，且其角色可创建角色）。"
        "首次启动会载入演示公司，仅本机可见。\n\n"
        "\b\nbylaw up\nBYLAW_PORT=9000 BYLAW_DATA=/srv/bylaw bylaw up\nbylaw up --host 0.0.0.0 --no-demonstration"
        " --https",
    )
    data = Wording("Folder that holds all data.", "存放全部数据的文件夹。").show(language)
    host = Wording("Address to listen on.", "监听地址。").show(language)
    port = Wording("Port to listen on.", "监听端口。").show(language)
    workers = Wording("Worker processes; as many as there are cores.", "工作进程数；默认与核数相同。").show(language)
    https = Wording(
        "Answer over HTTPS with a certificate made here, so that phones may use their camera; says how to trust it.",
        "以本机自制的证书提供 HTTPS，手机才能使用摄像头；并说明如何信任该证书。",
    ).show(language)
    show = Wording("Load the demonstration company at the first start.", "首次启动时载入演示公司。").show(language)

    @click.command("up", help=about.show(language))
    @click.option("--data", envvar="BYLAW_DATA", type=Path, default=Path(".bylaw"), show_default=True, help=data)
    @click.option("--host", envvar="BYLAW_HOST", default="127.0.0.1", show_default=True, help=host)
    @click.option(
        "--port", envvar="BYLAW_PORT", type=click.IntRange(1, 65535), default=8080, show_default=True, help=port
    )
    @click.option("--workers", envvar="BYLAW_WORKERS", type=click.IntRange(1, 64), default=None, help=workers)
    @click.option("--database-url", envvar="BYLAW_DATABASE_URL", default=None, help="PostgreSQL.")
    @click.option("--demonstration/--no-demonstration", envvar="BYLAW_DEMONSTRATION", default=True, help=show)
    @click.option("--https/--no-https", envvar="BYLAW_HTTPS", default=False, help=https)
    def command(**given: Any) -> None:
        from bylaw_cli.everything import pieces  # noqa: PLC0415 - whoever reads a sheet need not wait for the services
        from bylaw_cli.up import Wishes, up  # noqa: PLC0415
        from bylaw_cli.web import cores  # noqa: PLC0415

        given["workers"] = given["workers"] or cores()
        up(Wishes(**given), pieces(), lambda wording: click.echo(wording.show(language)))
        gc.freeze()  # everything has ended; collecting what the services had imported takes longer than all of that

    return command


def serve_command(language: Language) -> click.Command:
    """Return `bylaw serve SERVICE`."""
    about = Wording(
        "Run one service as this process: people, attendance, inventory, orders or gateway."
        " Its settings come from the environment.",
        "以本进程运行一个服务：people、attendance、inventory、orders 或 gateway。设置取自环境变量。",
    )

    @click.command("serve", help=about.show(language))
    @click.argument("service", type=click.Choice(SERVICES))
    def command(service: str) -> None:
        sys.exit(_run_module(service))

    return command


def migrate_command(language: Language) -> click.Command:
    """Return `bylaw migrate [SERVICE...]`."""
    about = Wording(
        "Bring the schemas to their newest revision; safe to run again. BYLAW_ADMIN_DATABASE_URL names a role that"
        " may create roles and schemas; BYLAW_<SERVICE>_DATABASE_URL, or for one service BYLAW_DATABASE_URL, is the"
        " address the service itself will use: its role is made with that password."
        " Where BYLAW_ADMINISTRATOR_PASSWORD is set, people gets its first account, `administrator`, with it.\n\n"
        "\b\nbylaw migrate people\nbylaw migrate",
        "将数据库结构升级到最新版本，可重复运行。BYLAW_ADMIN_DATABASE_URL 的角色须可创建角色与模式；"
        "BYLAW_<服务>_DATABASE_URL（单个服务可用 BYLAW_DATABASE_URL）为该服务自己的地址，其角色以其中的密码创建。"
        "设置 BYLAW_ADMINISTRATOR_PASSWORD 时，同时以该密码创建首个账户 administrator。\n\n"
        "\b\nbylaw migrate people\nbylaw migrate",
    )

    @click.command("migrate", help=about.show(language))
    @click.argument("services", nargs=-1, type=click.Choice(WITH_SCHEMA))
    def command(services: tuple[str, ...]) -> None:
        for service in services or WITH_SCHEMA:
            if own := os.environ.get(f"BYLAW_{service.upper()}_DATABASE_URL"):
                os.environ["BYLAW_DATABASE_URL"] = own
            if code := _run_module(service, "migrate"):
                sys.exit(code)
            if service == "people":
                from bylaw_cli.first_account import make_as_told  # noqa: PLC0415

                make_as_told(os.environ["BYLAW_DATABASE_URL"], os.environ)

    return command


def _run_module(service: str, *arguments: str) -> int:
    """Run `python -m bylaw_<service>` in this process; return its exit code."""
    sys.argv = [f"bylaw serve {service}", *arguments]
    try:
        runpy.run_module(f"bylaw_{service}", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0
