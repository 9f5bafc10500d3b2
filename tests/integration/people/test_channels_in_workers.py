"""A third party's channel runs in a process of its own: whatever it does, people lives and its other channels go on."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bylaw.people.v1 import notices_pb2 as messages
from bylaw_chassis.jobs import NotNow
from bylaw_people.app import build
from bylaw_people.policies import DeliveryChannels
from bylaw_people.rules.notices.delivering import Outcome

from tests.builders.mail_server import MailServer, mail_server, told
from tests.builders.notices import to
from tests.builders.people import QUICK, settings
from tests.integration.people.conftest import Shop
from tests.integration.people.pigeon_loft import SECRET, Pigeons, outgoing, pigeons, read, site, workers
from tests.integration.people.test_deliveries import KINDS, shown, worker
from tests.plugins.host.conftest import AMPLE, GALLERY, SHORT, Site
from tests.plugins.host.test_isolation import MARKER

__all__ = ["pigeons", "site"]
DELIVERED, WAITING = messages.DELIVERY_STATE_DELIVERED, messages.DELIVERY_STATE_WAITING


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server(tmp_path) as server:
        told(server, monkeypatch.setenv)
        yield server


@pytest.mark.clause("PLN-2")
@pytest.mark.parametrize(
    ("manner", "state", "error"),
    [
        ("plain", DELIVERED, ""),
        ("printing", DELIVERED, ""),
        ("refused", messages.DELIVERY_STATE_GIVEN_UP, "NO_SUCH_LOFT"),
        ("telling", WAITING, "CHANNEL_FAILED"),
    ],
)
def test_what_a_channel_says_is_shown_and_mail_goes_out_beside_it(
    shop: Shop, pigeons: Pigeons, mail: MailServer, manner: str, state: int, error: str
) -> None:
    sent_to_wang(shop, pigeons(manner), mail, (state, 1, error))


@pytest.mark.clause("PLN-2")
@pytest.mark.parametrize(
    ("manner", "error"),
    [
        ("broken", "CHANNEL_FAILED"),
        ("hog", "CHANNEL_FAILED"),
        ("leaving", "CHANNEL_FAILED"),
        ("killing", "CHANNEL_FAILED"),
        ("babbling", "CHANNEL_ANSWER_INVALID"),
    ],
)
def test_whatever_a_channel_does_is_a_failed_try_that_is_shown_and_logged_and_mail_goes_out_all_the_same(
    shop: Shop, pigeons: Pigeons, mail: MailServer, capsys: pytest.CaptureFixture[str], manner: str, error: str
) -> None:
    sent_to_wang(shop, pigeons(manner), mail, (WAITING, 1, error))
    said = "".join(capsys.readouterr())
    assert "delivery_failed" in said
    assert "acme-pigeon 1.2" in said
    assert "wang@acme" not in said
    assert SECRET not in said


@pytest.mark.clause("PLN-2")
def test_one_that_hangs_is_ended_at_its_deadline_and_mail_goes_out_all_the_same(
    shop: Shop, pigeons: Pigeons, mail: MailServer
) -> None:
    sent_to_wang(shop, pigeons("endless", SHORT, within_seconds=3), mail, (WAITING, 1, "DEADLINE_PASSED"))


def sent_to_wang(shop: Shop, channels: DeliveryChannels, mail: MailServer, by_pigeon: tuple[int, int, str]) -> None:
    """A notice goes to Wang by both channels; this came of the pigeon."""
    with worker(shop, channels) as office:
        office.has_mail(shop.wang.name, "wang@acme.example")
        office.send(office.people.everything, to=to(people=[shop.wang.name]))
        office.run_jobs(*KINDS)
        assert sorted(one[1:] for one in shown(office)) == sorted([by_pigeon, (DELIVERED, 1, "")])
    assert [one["To"] for one in mail.mails] == ["wang@acme.example"]


def test_one_that_was_stopped_is_left_alone_so_that_it_does_not_take_the_time_of_the_others(pigeons: Pigeons) -> None:
    channels = pigeons("endless", SHORT, within_seconds=0.5)
    assert channels.deliver(outgoing()) == Outcome("DEADLINE_PASSED")
    begun = time.monotonic()
    assert [channels.deliver(outgoing()) for _ in range(50)] == [Outcome("CHANNEL_HANGS")] * 50
    assert time.monotonic() - begun < 1


def test_the_service_never_imports_what_it_does_not_ship_and_tells_settings_in_the_frame_alone(
    pigeons: Pigeons, site: Site
) -> None:
    source = (GALLERY / "acme_pigeon.py").read_text(encoding="utf-8")
    marked = source.replace('every way that a channel can."""\n', 'every way."""\n' + MARKER, 1)
    (site.folder / "acme_pigeon.py").write_text(marked, encoding="utf-8")
    channels = pigeons()
    assert channels.deliver(outgoing()) == Outcome()
    assert int((site.folder / "acme_pigeon.imported").read_text()) != os.getpid()
    assert not {"acme_pigeon", "line"} & set(sys.modules)
    assert len(workers(site)) == 2  # it and its spare
    assert SECRET not in str(workers(site))
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        if str(site.folder) in read(path):
            assert SECRET not in read(path.with_name("environ"))
    channels.close()
    assert workers(site) == []


def test_the_service_closes_its_channels_and_what_is_cut_off_is_no_failed_try(
    shop: Shop, pigeons: Pigeons, site: Site
) -> None:
    channels = pigeons("endless", AMPLE)
    ended: list[type[BaseException] | None] = []
    first = shop.service
    service = build(settings(first.url), clock=first.clock, check=QUICK, channels=channels)

    def hang() -> None:
        try:
            channels.deliver(outgoing())
        except NotNow as cut:
            ended.append(type(cut))

    trying = threading.Thread(target=hang)
    trying.start()
    time.sleep(1)
    begun = time.monotonic()
    service.close()
    trying.join(30)
    assert ended == [NotNow]
    assert time.monotonic() - begun < 30 < AMPLE.floor_seconds
    assert workers(site) == []
