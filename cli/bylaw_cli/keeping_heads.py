"""While `bylaw up` runs, the heads of the audit go once an hour into a file of the data folder."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bylaw_cli.again import Again
from bylaw_cli.audit_heads import HEADS_FILE, heads_now, keep
from bylaw_cli.up import Access

FIRST_SECONDS, EVERY_SECONDS = 20.0, 3_600.0


@contextmanager
def heads_kept(access: Access, *, first_seconds: float = FIRST_SECONDS) -> Iterator[None]:
    """Keeps them for a block, from so many seconds on, and once more at its end; nothing goes on behind that."""
    ends = threading.Event()
    keeping = Again(
        ("audit", "heads", "--keep", "--data", str(access.folder)),
        {"BYLAW_DATABASE_URL": access.admin_url, "BYLAW_MASTER_KEY": access.master_key},
        EVERY_SECONDS,
        first_seconds,
        silent=True,
    )
    thread = threading.Thread(target=keeping.until, args=(ends,), name="audit heads", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ends.set()
        thread.join()  # one that is under way needs the database, which ends with this block
        keep_now(access)


def keep_now(access: Access) -> None:
    """Keeps them once; a database that has gone away, or a damaged file, is no reason not to end in order."""
    try:
        keep(access.folder / HEADS_FILE, heads_now(access.admin_url, access.master_key))
    except Exception as error:  # noqa: BLE001 - whatever it is, the doctor says more about it
        sys.stderr.write(f"audit-heads.jsonl: {type(error).__name__}\n")
