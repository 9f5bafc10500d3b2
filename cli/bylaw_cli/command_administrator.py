"""The command `bylaw administrator`: where the first account's password lies, and a way back when it is lost."""

from pathlib import Path

import click

from bylaw_cli.wording import Language, Refused, Wording

ABOUT = Wording(
    "The installation's first account: who it is and where its password lies. With --reset-password it gets a fresh"
    " one, written to the data folder; for whoever may read the data folder's master key, while Bylaw runs or not."
    " Sessions that are open end within a quarter of an hour.\n\n"
    "\b\nbylaw administrator\nbylaw administrator --reset-password --data /srv/bylaw",
    "本安装的首个账户：登录名及密码所在。使用 --reset-password 会生成新密码并写入数据文件夹；"
    "凡能读取数据文件夹中主密钥者均可使用，运行与否均可。已打开的会话在一刻钟内失效。\n\n"
    "\b\nbylaw administrator\nbylaw administrator --reset-password --data /srv/bylaw",
)


def administrator_command(language: Language) -> click.Command:
    """Return `bylaw administrator`."""
    data = Wording("Folder that holds all data.", "存放全部数据的文件夹。").show(language)
    own = Wording("Your own PostgreSQL.", "自己的 PostgreSQL。").show(language)
    fresh = Wording("Give the account a fresh password.", "为该账户重设密码。").show(language)

    @click.command("administrator", help=ABOUT.show(language))
    @click.option("--data", envvar="BYLAW_DATA", type=Path, default=Path(".bylaw"), show_default=True, help=data)
    @click.option("--database-url", envvar="BYLAW_DATABASE_URL", default=None, help=own)
    @click.option("--reset-password", "resets", is_flag=True, help=fresh)
    def command(data: Path, database_url: str | None, *, resets: bool) -> None:
        folder = data.expanduser().absolute()
        said = _reset(folder, database_url) if resets else _where(folder)
        click.echo(said.show(language))

    return command


def _where(folder: Path) -> Wording:
    from bylaw_cli.administrator import LOGIN, LOST, PASSWORD_FILE  # noqa: PLC0415 - `--help` need not wait

    path = folder / PASSWORD_FILE
    return Wording(f"{LOGIN}, {path}", f"{LOGIN}，{path}") if path.exists() else LOST


def _reset(folder: Path, database_url: str | None) -> Wording:
    """Give the account a fresh password; raises `Refused` without a master key, a database or the account."""
    from bylaw_chassis.clock import system_clock  # noqa: PLC0415
    from bylaw_chassis.database import Database  # noqa: PLC0415

    from bylaw_cli.administrator import LOGIN  # noqa: PLC0415
    from bylaw_cli.doctor_machine import master_key_of  # noqa: PLC0415
    from bylaw_cli.first_account import reset  # noqa: PLC0415
    from bylaw_cli.plain_words import told_plainly  # noqa: PLC0415
    from bylaw_cli.reached_database import reached_database  # noqa: PLC0415
    from bylaw_cli.service_databases import reached_url  # noqa: PLC0415

    key = master_key_of(folder)
    if not key:
        raise Refused(
            f"{folder} holds no master key: name the installation's own data folder (--data, BYLAW_DATA).",
            f"{folder} 中没有主密钥：请指定本安装的数据文件夹（--data、BYLAW_DATA）。",
        )
    with told_plainly(folder), reached_database(folder, database_url) as address:
        database = Database(reached_url(address, key, "people", "people"), "people", system_clock, 1)
        try:
            path = reset(folder, database)
        finally:
            database.close()
    return Wording(
        f"{LOGIN} has a fresh password; it lies in {path}. Change it once you are in.",
        f"{LOGIN} 的密码已重设，位于 {path}。登录后请修改。",
    )
