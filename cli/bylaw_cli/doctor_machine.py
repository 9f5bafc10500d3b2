"""What the doctor sees of the machine: folder, room, who runs, the master key, PostgreSQL, the gateway."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
from sqlalchemy import make_url

from bylaw_cli.data_folder import NEEDED_BYTES
from bylaw_cli.installation import libpq
from bylaw_cli.secrets_file import NAME as KEY_FILE
from bylaw_cli.wording import Refused, Wording

MACHINE = "machine"
NOTHING_TO_DO = Wording("", "")


@dataclass(frozen=True)
class Line:
    """Something examined: of whom, what, whether it is well, what was seen, and what to do where it is not."""

    subject: str
    check: str
    holds: bool
    seen: Wording
    cure: Wording = NOTHING_TO_DO


def folder_line(folder: Path) -> Line:
    """Whether the folder may be used."""
    if not folder.exists():
        return _well("folder", f"{folder} is not made yet; `bylaw up` does", f"{folder} 尚未创建，`bylaw up` 会创建")
    if os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return _well("folder", f"{folder} may be written", f"{folder} 可写")
    seen = Wording(f"{folder} may not be written by this user", f"当前用户不可写 {folder}")
    cure = Wording("Run as its owner, or set BYLAW_DATA.", "请以其所有者身份运行，或设置 BYLAW_DATA。")
    return Line(MACHINE, "folder", holds=False, seen=seen, cure=cure)


def room_line(folder: Path) -> Line:
    """Whether its disk has room."""
    free_bytes = shutil.disk_usage(folder).free
    free = free_bytes // 1024**2
    seen = Wording(f"{free} MB free on its disk", f"所在磁盘剩余 {free} MB")
    cure = Wording("Make room, or move the folder and set BYLAW_DATA.", "请清理磁盘，或移动文件夹并设置 BYLAW_DATA。")
    return Line(MACHINE, "room", free_bytes >= NEEDED_BYTES, seen, cure)


def running_line(holder: int | None) -> Line:
    """Who uses the folder."""
    if holder is None:
        return _well("running", "no `bylaw up` runs on it", "没有 `bylaw up` 在使用它")
    return _well("running", f"in use by process {holder}", f"正被进程 {holder} 使用")


def gateway_line(url: str) -> Line:
    """Whether the gateway is ready."""
    cure = Wording(
        "Another address: --url. Starting takes seconds; else see the log of `bylaw up`.",
        "其他地址请用 --url。启动需数秒；否则请查看 `bylaw up` 的日志。",
    )
    try:
        answer = httpx.get(f"{url.rstrip('/')}/readyz", timeout=5)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        seen = Wording(f"{url} does not answer: {error}", f"{url} 没有响应：{error}")
        return Line(MACHINE, "gateway", holds=False, seen=seen, cure=cure)
    waiting = "" if answer.is_success else ", ".join(_waiting(answer))
    seen = Wording(f"{url} is not ready: {waiting}", f"{url} 未就绪：{waiting}")
    if answer.is_success:
        degraded = ", ".join(_listed(answer, "degraded"))
        seen = Wording(
            f"{url} is ready" + (f"; degraded: {degraded}" if degraded else ""),
            f"{url} 已就绪" + (f"；有降级：{degraded}" if degraded else ""),
        )
    return Line(MACHINE, "gateway", answer.is_success, seen, cure)


def master_key_of(folder: Path) -> str:
    """Return the installation's master key, empty where there is none; makes none."""
    if given := os.environ.get("BYLAW_MASTER_KEY", ""):
        return given
    try:
        return (folder / KEY_FILE).read_text().strip()
    except OSError:
        return ""


def key_line(key: str) -> Line:
    """Whether there is a master key."""
    cure = Wording(
        f"Restore {KEY_FILE} from your back-up, or set BYLAW_MASTER_KEY; without it the services are not examined.",
        f"请从备份恢复 {KEY_FILE}，或设置 BYLAW_MASTER_KEY；缺少它无法检查各服务。",
    )
    seen = Wording("is there", "存在") if key else Wording("is missing", "缺失")
    return Line(MACHINE, "master key", bool(key), seen, cure)


def no_database_line(*, held: bool) -> Line:
    """Say that the folder holds no database: well before the first start, not while something runs on it."""
    seen = Wording("there is none in this folder", "此文件夹中没有数据库")
    cure = Wording("Name your own: BYLAW_DATABASE_URL.", "使用自己的数据库时请设置 BYLAW_DATABASE_URL。")
    return Line(MACHINE, "database", not held, seen, cure)


def database_line(address: str) -> Line:
    """Whether PostgreSQL answers; raises `Refused` where it does not."""
    try:
        with psycopg.connect(libpq(address), connect_timeout=5) as connection:
            version = connection.info.parameter_status("server_version")
    except psycopg.OperationalError as error:
        shown = make_url(address).render_as_string(hide_password=True)
        raise Refused(f"{shown} does not answer: {error}", f"{shown} 没有响应：{error}") from error
    return _well("database", f"PostgreSQL {version} answers", f"PostgreSQL {version} 正常响应")


def refused_line(refused: Refused) -> Line:
    """Repeat why the database could not be examined."""
    cure = Wording(
        "See postgresql.log in the data folder; start again.", "请查看数据文件夹中的 postgresql.log 并重新启动。"
    )
    seen = Wording(" ".join(refused.wording.en.split()), " ".join(refused.wording.zh.split()))
    return Line(MACHINE, "database", holds=False, seen=seen, cure=cure)


def heads_line(refused: Refused) -> Line:
    """Repeat why heads kept outside the database cannot be compared with."""
    cure = Wording(
        "Find out who changed it, and compare with a copy from another machine: --heads.",
        "请查明是谁改动的，并用保存在其他机器上的副本比对：--heads。",
    )
    return Line(MACHINE, "audit heads", holds=False, seen=refused.wording, cure=cure)


def cannot_sign_in_line(service: str) -> Line:
    """Say that a service's role is not let in."""
    seen = Wording("its role cannot sign in", "其角色无法登录")
    cure = Wording(
        "Run `bylaw migrate` with the installation's own master key.", "请以本系统的主密钥运行 `bylaw migrate`。"
    )
    return Line(service, "database", holds=False, seen=seen, cure=cure)


def _well(check: str, en: str, zh: str) -> Line:
    return Line(MACHINE, check, holds=True, seen=Wording(en, zh))


def _waiting(answer: httpx.Response) -> list[str]:
    return _listed(answer, "notReady") or [f"HTTP {answer.status_code}"]


def _listed(answer: httpx.Response, name: str) -> list[str]:
    """What the gateway's answer lists; nothing where somebody else answered, in words of their own."""
    try:
        return [str(one) for one in answer.json()[name]]
    except (ValueError, KeyError, TypeError):
        return []
