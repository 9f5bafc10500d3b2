"""The folder that holds an installation's data: making it, holding it alone, and saying why that failed."""

import errno
import fcntl
import os
import shutil
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from bylaw_cli.wording import Refused

NEEDED_BYTES = 256 * 1024 * 1024
"""Room for a fresh database with its write-ahead log and some days of work."""

WINDING_DOWN_SECONDS = 60.0


class DataFolder:
    """A data folder held by this process alone, from `__enter__` to `__exit__`.

    The lock is `flock` on the file `lock`, which names the holder. PostgreSQL's guard inherits the descriptor
    (`lock_descriptor`), so the folder is held until the server is down, even after `kill -9` of this process.
    """

    def __init__(self, path: Path, *, needed_bytes: int = NEEDED_BYTES) -> None:
        self.path = path.expanduser().absolute()
        self.lock_descriptor = -1
        self._needed_bytes = needed_bytes

    def __enter__(self) -> Self:
        self._make()
        self.lock_descriptor = _open_lock(self.path)
        try:
            self._hold()
            self._check_room()
        except BaseException:
            os.close(self.lock_descriptor)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self.lock_descriptor)

    def _make(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def _hold(self) -> None:
        started = time.monotonic()
        while not _try_lock(self.lock_descriptor):
            holder = _holder(self.lock_descriptor)
            if psutil.pid_exists(holder) or time.monotonic() - started > WINDING_DOWN_SECONDS:
                raise _in_use(self.path, holder)
            time.sleep(0.1)  # the holder was killed; its database is being ended by the guard
        os.ftruncate(self.lock_descriptor, 0)
        os.pwrite(self.lock_descriptor, f"{os.getpid()}\n".encode(), 0)

    def _check_room(self) -> None:
        free_bytes = shutil.disk_usage(self.path).free
        if free_bytes < self._needed_bytes:
            raise disk_full(self.path, free_bytes, self._needed_bytes)


def disk_full(path: Path, free_bytes: int, needed_bytes: int = NEEDED_BYTES) -> Refused:
    """Return the refusal for a disk without room."""
    free, needed = free_bytes // 1024**2, needed_bytes // 1024**2
    return Refused(
        f"Disk full: {path} has {free} MB free and Bylaw needs {needed} MB. Make room, or set BYLAW_DATA to a"
        " folder on another disk. No data was lost.",
        f"磁盘已满：{path} 仅剩 {free} MB，章程需要 {needed} MB。"
        "请清理空间，或将 BYLAW_DATA 设为其他磁盘上的文件夹。数据没有丢失。",
    )


def cannot_write(path: Path, error: OSError) -> Refused:
    """Return the refusal for a folder that cannot be made or written."""
    if error.errno == errno.ENOSPC:
        return disk_full(path, 0)
    return Refused(
        f"Cannot write to the data folder {path}: {error.strerror}. Set BYLAW_DATA to a folder you may write to.",
        f"无法写入数据文件夹 {path}：{error.strerror}。请将 BYLAW_DATA 设为可写的文件夹。",
    )


def holder_of(folder: Path) -> int | None:
    """Return the process that holds a data folder, None where nobody does; holds nothing itself afterwards."""
    try:
        descriptor = os.open(folder / "lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return None if _try_lock(descriptor) else _holder(descriptor)
    finally:
        os.close(descriptor)


def _open_lock(folder: Path) -> int:
    try:
        return os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise cannot_write(folder, error) from error


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> int:
    text = os.pread(descriptor, 32, 0).strip()
    return int(text) if text.isdigit() else 0


def _in_use(folder: Path, holder: int) -> Refused:
    return Refused(
        f"The data folder {folder} is in use by process {holder}. Stop that one (Ctrl-C where it runs, or"
        f" `kill {holder}`), or set BYLAW_DATA to another folder.",
        f"数据文件夹 {folder} 正被进程 {holder} 使用。"
        f"请先停止它（在其终端按 Ctrl-C，或执行 `kill {holder}`），或将 BYLAW_DATA 设为其他文件夹。",
    )
