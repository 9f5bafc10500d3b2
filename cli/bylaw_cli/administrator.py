"""The installation's first account by name, and the file in the data folder in which its password lies."""

from pathlib import Path

from bylaw_cli.wording import Refused, Wording

LOGIN = "administrator"
PASSWORD_FILE = "administrator.password"  # noqa: S105 - the name of the file
RESET = "bylaw administrator --reset-password"
LOST = Wording(f"{LOGIN}, whose password file is gone; a new one: {RESET}", f"{LOGIN}，密码文件已不在；重设：{RESET}")


def password_of(folder: Path) -> str:
    """Return the password that lies in the data folder; raises `Refused` where it is gone."""
    try:
        return (folder / PASSWORD_FILE).read_text().strip()
    except FileNotFoundError as error:
        raise Refused(
            f"{folder / PASSWORD_FILE} is gone. {RESET}", f"{folder / PASSWORD_FILE} 已不在。{RESET}"
        ) from error
