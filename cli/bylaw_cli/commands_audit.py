"""The commands `bylaw audit heads|key|address|login`: what of the audit trail belongs outside the database."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click

from bylaw_cli.again import Again
from bylaw_cli.wording import Language, Refused, Wording

ABOUT = Wording(
    "The audit trail, as far as it lives outside the database. The trail itself is read over REST"
    " (`/v1/audit/people/entries`); `bylaw doctor` proves it.",
    "审计记录在数据库之外的部分。审计记录本身经 REST 查阅（`/v1/audit/people/entries`）；`bylaw doctor` 负责验证。",
)
DATA = Wording("Folder that holds all data.", "存放全部数据的文件夹。")
OWN = Wording("Your own PostgreSQL.", "自己的 PostgreSQL。")


def seconds_of(interval: str) -> float:
    """The seconds of a whole number with its unit: `90s`, `30m`, `1h`, `1d`."""
    written = re.fullmatch(r"([1-9]\d{0,5})([smhd])", interval)
    if not written:
        raise click.BadParameter(f"{interval!r}: 90s, 30m, 1h, 1d")
    return float(written[1]) * {"s": 1, "m": 60, "h": 3_600, "d": 86_400}[written[2]]


def audit_group(language: Language) -> click.Group:
    """Return `bylaw audit`."""
    group = click.Group("audit", help=ABOUT.show(language))
    for command in (_heads(language), _key(language), _address(language), _login(language)):
        group.add_command(command)
    return group


def _heads(language: Language) -> click.Command:
    about = Wording(
        "Print the head of each service's chain, signed, a line of JSON each. Keep the lines where no administrator of"
        " the database reaches: `bylaw doctor --heads FILE` finds with them what the chain alone cannot show, a cut or"
        " a rewriting.\n\n\b\nbylaw audit heads >> /mnt/elsewhere/heads.jsonl\nbylaw audit heads --keep\n"
        "bylaw audit heads --every 1h --into /mnt/elsewhere",
        "打印各服务审计链的链头（已签名），每行一个 JSON。请保存到数据库管理员无法触及之处："
        "`bylaw doctor --heads 文件` 凭此发现仅凭审计链看不出的截断与改写。\n\n"
        "\b\nbylaw audit heads >> /mnt/elsewhere/heads.jsonl\nbylaw audit heads --keep\n"
        "bylaw audit heads --every 1h --into /mnt/elsewhere",
    )
    keeps = Wording("Add them to the data folder's audit-heads.jsonl.", "追加到数据文件夹的 audit-heads.jsonl。")
    into = Wording("Add them to audit-heads.jsonl in this folder.", "追加到此文件夹的 audit-heads.jsonl。")
    every = Wording(
        "Stay, and do it again each time so much has passed (90s, 30m, 1h), and at the end.",
        "持续运行，每隔这么久（90s、30m、1h）以及结束时再做一次。",
    )

    @click.command("heads", help=about.show(language))
    @click.option("--keep", "keeps", is_flag=True, help=keeps.show(language))
    @click.option("--data", envvar="BYLAW_DATA", type=Path, default=Path(".bylaw"), help=DATA.show(language))
    @click.option("--into", type=Path, default=None, help=into.show(language))
    @click.option("--every", type=seconds_of, metavar="INTERVAL", default=None, help=every.show(language))
    @click.option("--database-url", envvar="BYLAW_DATABASE_URL", default=None, help=OWN.show(language))
    def command(data: Path, into: Path | None, every: float | None, database_url: str | None, *, keeps: bool) -> None:
        folder = data.expanduser().absolute()
        target = into or (folder if keeps else None)
        if every is None:
            _heads_once(folder, database_url, target)
            return
        kept = ("--into", str(target)) if target else ()
        told = {"BYLAW_DATABASE_URL": database_url} if database_url else {}
        Again(("audit", "heads", "--data", str(folder), *kept), told, every).until_told()

    return command


def _heads_once(folder: Path, database_url: str | None, target: Path | None) -> None:
    from bylaw_cli.audit_heads import HEADS_FILE, heads_now, keep  # noqa: PLC0415 - `--help` need not wait
    from bylaw_cli.plain_words import told_plainly  # noqa: PLC0415
    from bylaw_cli.reached_database import reached_database  # noqa: PLC0415

    key = _master_key(folder)
    with told_plainly(folder), reached_database(folder, database_url) as address:
        heads = heads_now(address, key)
    if target:
        keep(target / HEADS_FILE, heads)
    for exported in heads:
        click.echo(exported.line())


def _key(language: Language) -> click.Command:
    about = Wording(
        "Print the public key (Ed25519, base64) with which anybody may check the signature of a head.",
        "打印公钥（Ed25519，base64），任何人可用它核对链头的签名。",
    )

    @click.command("key", help=about.show(language))
    @click.option("--data", envvar="BYLAW_DATA", type=Path, default=Path(".bylaw"), help=DATA.show(language))
    def command(data: Path) -> None:
        from bylaw_chassis.audit.heads import HeadKey  # noqa: PLC0415

        click.echo(HeadKey(_master_key(data.expanduser().absolute())).public)

    return command


def _address(language: Language) -> click.Command:
    about = Wording(
        "Print the pseudonym under which an address stands in the audit trail, to be looked for there. The address"
        " itself is never kept.\n\n\b\nbylaw audit address 203.0.113.7",
        "打印某地址在审计记录中的代号，以便查找；地址本身从不保存。\n\n\b\nbylaw audit address 203.0.113.7",
    )

    @click.command("address", help=about.show(language))
    @click.argument("address")
    @click.option("--data", envvar="BYLAW_DATA", type=Path, default=Path(".bylaw"), help=DATA.show(language))
    def command(address: str, data: Path) -> None:
        from bylaw_chassis.audit.pseudonyms import pseudonyms  # noqa: PLC0415

        key = _master_key(data.expanduser().absolute())
        click.echo(pseudonyms(key).address(_sound_address(address)))

    return command


def _sound_address(text: str) -> str:
    """An IP address; of anything else there is no pseudonym in the trail that could be looked for."""
    try:
        return str(ip_address(text.strip()))
    except ValueError as error:
        raise Refused(
            f"{text!r} is no IP address. It looks like 203.0.113.7 or 2001:db8::7.",
            f"{text!r} 不是 IP 地址。示例：203.0.113.7 或 2001:db8::7。",
        ) from error


def _login(language: Language) -> click.Command:
    about = Wording(
        "Print the name under which tries to sign in with a login that nobody has stand in the audit trail, to look for"
        " there. The login itself is never kept; tries at somebody's login stand under the person.\n\n\b\n"
        "bylaw audit login chen.ming",
        "打印以某个无人使用的登录名尝试登录时审计记录中的代号，以便查找；登录名本身从不保存。"
        "以已有登录名的尝试记在该人员名下。\n\n\b\nbylaw audit login chen.ming",
    )

    @click.command("login", help=about.show(language))
    @click.argument("login")
    @click.option("--data", envvar="BYLAW_DATA", type=Path, default=Path(".bylaw"), help=DATA.show(language))
    def command(login: str, data: Path) -> None:
        from bylaw_chassis.audit.pseudonyms import pseudonyms  # noqa: PLC0415
        from bylaw_people.rules.fields import normal_login  # noqa: PLC0415

        key = _master_key(data.expanduser().absolute())
        click.echo(f"logins/{pseudonyms(key).login(normal_login(login))}")

    return command


def _master_key(folder: Path) -> Any:
    from bylaw_cli.doctor_machine import master_key_of  # noqa: PLC0415

    if key := master_key_of(folder):
        return key
    raise Refused(
        f"{folder} holds no master key: name the installation's own data folder (--data, BYLAW_DATA).",
        f"{folder} 中没有主密钥：请指定本安装的数据文件夹（--data、BYLAW_DATA）。",
    )
