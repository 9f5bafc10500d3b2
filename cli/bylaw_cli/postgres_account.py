"""Which account runs PostgreSQL when we are root, as which it refuses to run, and what it must reach."""

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bylaw_cli.wording import Refused, Wording

ACCOUNT = "bylaw"


@dataclass(frozen=True)
class Account:
    """An unprivileged account of this machine."""

    name: str
    user_id: int
    group_id: int


def account_for(cluster: Path) -> Account | None:
    """Return the account to run as, or None where we are not root and simply run as ourselves.

    A cluster that exists keeps its owner, so a folder first used without root goes on working with it.
    """
    if os.geteuid() != 0:
        return None
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return Account(_name_of(owner.st_uid), owner.st_uid, owner.st_gid)
    return _find(ACCOUNT) or _create() or _nobody()


def make_reachable(paths: Iterable[Path], *, tell: Callable[[Wording], None]) -> None:
    """Let other accounts pass through (not read) the folders above each path, and say so."""
    for path in paths:
        for folder in path.parents:
            mode = stat.S_IMODE(folder.stat().st_mode)
            if mode & stat.S_IXOTH:
                continue
            folder.chmod(mode | stat.S_IXOTH)
            tell(_opened(folder))


def make_readable(program_folder: Path) -> None:
    """Let other accounts read PostgreSQL's programs, which a strict umask keeps from them."""
    if (program_folder / "bin" / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for path in (program_folder, *program_folder.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _opened(folder: Path) -> Wording:
    return Wording(
        f"PostgreSQL may not run as root, so its account was allowed to pass through {folder} (chmod o+x).",
        f"PostgreSQL 不能以 root 运行，已允许其账户经过 {folder}（chmod o+x）。",
    )


def _name_of(user_id: int) -> str:
    try:
        return pwd.getpwuid(user_id).pw_name
    except KeyError:
        return str(user_id)


def _find(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid)


def _create() -> Account | None:
    useradd = shutil.which("useradd")
    if useradd is None:
        return None
    shell = "/usr/sbin/nologin"
    command = [useradd, "--system", "--no-create-home", "--shell", shell, ACCOUNT]
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - two runs may race; the look-up decides
    return _find(ACCOUNT)


def _nobody() -> Account:
    if found := _find("nobody"):
        return found
    raise Refused(
        "PostgreSQL may not run as root and this machine has no other account. Run `bylaw` as a normal user.",
        "PostgreSQL 不能以 root 运行，而本机没有普通账户。请以普通用户运行 `bylaw`。",
    )
