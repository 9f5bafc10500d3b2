"""The commands `bylaw audit heads|key|address`: what of the audit trail belongs outside the database."""

from pathlib import Path
from typing import Any

import click

from bylaw_cli.wording import Language, Refused, Wording

ABOUT = Wording(
    "The audit trail, as far as it lives outside the database. The trail itself is read over REST"
    " (`/v1/audit/people/entries`); `bylaw doctor` proves it.",
    "审计记录在数据库之外的部分。审计记录本身经 REST 查阅（`/v1/audit/people/entries`）；`bylaw doctor` 负责验证。",
)
DATA = Wording("Folder that holds all data.", "存放全部数据的文件夹。")
OWN = Wording("Your own PostgreSQL.", "自己的 PostgreSQL。")


def audit_group(language: Language) -> click.Group:
    """Return `bylaw audit`."""
    group = click.Group("audit", help=ABOUT.show(language))
    for command in (_heads(language), _key(language), _address(language)):
        group.add_command(command)
    return group


def _heads(language: Language) -> click.Command:
    about = Wording(
        "Print the head of each service's chain, signed, a line of JSON each. Keep the lines where no administrator of"
        " the database reaches: `bylaw doctor --heads FILE` finds with them what the chain alone cannot show, a cut or"
        " a rewriting.\n\n\b\nbylaw audit heads >> /mnt/elsewhere/heads.jsonl\nbylaw audit heads --keep",
        "打印各服务审计链的链头（已签名），每行一个 JSON。请保存到数据库管理员无法触及之处："
        "`bylaw doctor --heads 文件` 凭此发现仅凭审计链看不出的截断与改写。\n\n"
        "\b\nbylaw audit heads >> /mnt/elsewhere/heads.jsonl\nbylaw audit heads --keep",
    )
    keeps = Wording("Add them to the data folder's audit-heads.jsonl.", "追加到数据文件夹的 audit-heads.jsonl。")

    @click.command("heads", help=about.show(language))
    @click.option("--keep", "keeps", is_flag=True, help=keeps.show(language))
    @click.option("--data", envvar="BYLAW_DATA", type=Path, default=Path(".bylaw"), help=DATA.show(language))
    @click.option("--database-url", envvar="BYLAW_DATABASE_URL", default=None, help=OWN.show(language))
    def command(data: Path, database_url: str | None, *, keeps: bool) -> None:
        from bylaw_cli.audit_heads import HEADS_FILE, heads_now, keep  # noqa: PLC0415 - `--help` need not wait
        from bylaw_cli.plain_words import told_plainly  # noqa: PLC0415
        from bylaw_cli.reached_database import reached_database  # noqa: PLC0415

        folder = data.expanduser().absolute()
        key = _master_key(folder)
        with told_plainly(folder), reached_database(folder, database_url) as address:
            heads = heads_now(address, key)
        if keeps:
            keep(folder / HEADS_FILE, heads)
        for exported in heads:
            click.echo(exported.line())

    return command


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

        click.echo(pseudonyms(_master_key(data.expanduser().absolute())).address(address))

    return command


def _master_key(folder: Path) -> Any:
    from bylaw_cli.doctor_machine import master_key_of  # noqa: PLC0415

    if key := master_key_of(folder):
        return key
    raise Refused(
        f"{folder} holds no master key: name the installation's own data folder (--data, BYLAW_DATA).",
        f"{folder} 中没有主密钥：请指定本安装的数据文件夹（--data、BYLAW_DATA）。",
    )
