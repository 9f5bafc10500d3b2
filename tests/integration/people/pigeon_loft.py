"""The gallery's pigeon set up as a channel of people, and what of the folder it lies in runs as a process."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from bylaw_people.policies import DeliveryChannels, set_up
from bylaw_people.rules.notices.delivering import Outgoing
from bylaw_plugin_host.delivering import start_channels
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.workers import Limits

from tests.builders.people import NOON
from tests.plugins.host.conftest import AMPLE, Site

SECRET = "coo-coo-4711"  # noqa: S105
Pigeons = Callable[..., DeliveryChannels]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def pigeons(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pigeons]:
    """Sets up what is installed here and in the folder, the pigeon with a manner."""
    made: list[DeliveryChannels] = []
    site.install("acme_pigeon")

    def over(manner: str = "plain", limits: Limits = AMPLE, within_seconds: float = 20) -> DeliveryChannels:
        monkeypatch.setenv("BYLAW_ACME_PIGEON_MANNER", manner)
        monkeypatch.setenv("BYLAW_ACME_PIGEON_WORD", SECRET)
        host = start_channels([*installed(), *site.found()], limits=limits)
        made.append(set_up(host, within_seconds=within_seconds))
        return made[-1]

    yield over
    for one in made:
        one.close()


def workers(site: Site) -> list[list[str]]:
    """The arguments of each process that runs something of the folder."""
    told = [read(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
    return [words.split("\0") for words in told if str(site.folder) in words]


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def outgoing(channel: str = "acme-pigeon") -> Outgoing:
    return Outgoing(UUID(int=7), UUID(int=8), channel, 0, "zh", "停电通知", "周五。", "wang@acme.example", NOON)
