"""A Bylaw as small as `up` can start: one page, no services, so that the starting itself is what is tested.

Run as a program: `python small.py DATA PORT [HOST]`.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bylaw_cli.orphans import end_with_starter
from bylaw_cli.up import Access, Pieces, Wishes, up
from bylaw_cli.welcome import Login
from bylaw_cli.wording import Refused, Wording

Start = Callable[[str, list[tuple[str, str]]], object]


def create_page() -> Callable[[dict[str, object], Start], Iterable[bytes]]:
    """A WSGI application that answers with its worker's process number."""
    end_with_starter()
    time.sleep(float(os.environ.get("STARTING_SECONDS", "0")))

    def page(_: dict[str, object], start: Start) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return [str(os.getpid()).encode()]

    return page


def _load(_: Access) -> None:
    """Stay long enough to be killed in the middle, where a test wants that."""
    time.sleep(float(os.environ.get("LOADING_SECONDS", "0")))


def _say(wording: Wording) -> None:
    sys.stdout.write(wording.both() + "\n")
    sys.stdout.flush()


def main() -> int:
    """Start it as the command does."""
    data, port, *rest = sys.argv[1:]
    wishes = Wishes(
        data=Path(data),
        host=rest[0] if rest else "127.0.0.1",
        port=int(port),
        workers=2,
        database_url=os.environ.get("BYLAW_DATABASE_URL"),
        demonstration="NO_DEMONSTRATION" not in os.environ,
        https="OVER_HTTPS" in os.environ,
    )
    logins = (Login("chen.jing", "demonstration", Wording("HR", "人事")),)
    pieces = Pieces(
        prepare=lambda _: None,
        load=_load,
        environment=lambda _: {},
        target="tests.cli.small:create_page",
        logins=logins,
    )
    try:
        up(wishes, pieces, _say)
    except Refused as refused:
        _say(refused.wording)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
