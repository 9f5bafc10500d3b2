"""`bylaw doctor`: what is well and what is not with an installation on this machine."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg

from bylaw_cli.data_folder import NEEDED_BYTES, holder_of
from bylaw_cli.wording import Wording

CLUSTER = "postgresql-18"


@dataclass(frozen=True)
class Finding:
    """Something examined: well or not, and what to say."""

    well: bool
    wording: Wording


def examine(data: Path, url: str) -> Iterator[Finding]:
    """Yield what is found, from the ground up; never changes anything."""
    folder = data.expanduser().absolute()
    yield _folder(folder)
    if folder.is_dir():
        yield _room(folder)
        yield _running(folder)
        if socket_folder := socket_folder_of(folder):
            yield _database(socket_folder)
    yield _gateway(url)


def socket_folder_of(folder: Path) -> str:
    """Return where the embedded PostgreSQL of a data folder listens; empty where it does not run."""
    try:
        lines = (folder / CLUSTER / "postmaster.pid").read_text().splitlines()
    except OSError:
        return ""
    return lines[4] if len(lines) > 7 else ""


def _folder(folder: Path) -> Finding:
    if not folder.exists():
        return Finding(
            True, Wording(f"{folder}: not made yet, `bylaw up` does", f"{folder}：尚未创建，`bylaw up` 会创建")
        )
    if os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Finding(True, Wording(f"{folder}: may be written", f"{folder}：可写"))
    return Finding(False, Wording(f"{folder}: may not be written by this user", f"{folder}：当前用户不可写"))


def _room(folder: Path) -> Finding:
    free_bytes = shutil.disk_usage(folder).free
    free = free_bytes // 1024**2
    return Finding(free_bytes >= NEEDED_BYTES, Wording(f"{free} MB free on its disk", f"所在磁盘剩余 {free} MB"))


def _running(folder: Path) -> Finding:
    holder = holder_of(folder)
    if holder is None:
        return Finding(True, Wording("no `bylaw up` runs on it", "没有 `bylaw up` 在使用它"))
    return Finding(True, Wording(f"in use by process {holder}", f"正被进程 {holder} 使用"))


def _database(socket_folder: str) -> Finding:
    try:
        with psycopg.connect(host=socket_folder, user="postgres", dbname="postgres", connect_timeout=5) as connection:
            version = connection.info.parameter_status("server_version")
    except psycopg.OperationalError as error:
        return Finding(False, Wording(f"PostgreSQL does not answer: {error}", f"PostgreSQL 没有响应：{error}"))
    return Finding(True, Wording(f"PostgreSQL {version} answers", f"PostgreSQL {version} 正常响应"))


def _gateway(url: str) -> Finding:
    try:
        answer = httpx.get(f"{url.rstrip('/')}/readyz", timeout=5)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Finding(False, Wording(f"{url} does not answer: {error}", f"{url} 没有响应：{error}"))
    if answer.is_success:
        return Finding(True, Wording(f"{url} is ready", f"{url} 已就绪"))
    waiting = ", ".join(_waiting(answer))
    return Finding(False, Wording(f"{url} is not ready: {waiting}", f"{url} 未就绪：{waiting}"))


def _waiting(answer: httpx.Response) -> list[str]:
    try:
        return [str(name) for name in answer.json().get("notReady", [])]
    except ValueError:
        return [f"HTTP {answer.status_code}"]
