"""Third-party code never runs inside the service: what it does at import, and what it can see, is a worker's."""

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from bylaw_kit.adapting import columns_of, pack_days, pack_facts
from bylaw_plugin_host.discovery import PluginRefused
from bylaw_plugin_host.outcomes import PersonAnswer
from bylaw_plugin_host.remote import Remote
from bylaw_plugin_host.starting import introduced
from bylaw_plugin_host.workers import ENVIRONMENT, Limits, Worker

from tests.plugins.host.conftest import AMPLE, DAYS, GALLERY, Host, Site, months

STEADY = "zenith-steady@1"
MARKER = """
import os
from pathlib import Path
Path(__file__).with_suffix(".imported").write_text(str(os.getpid()))
"""


def source(site: Site, module: str) -> str:
    site.install(module)
    return (site.folder / f"{module}.py").read_text(encoding="utf-8")


def test_the_service_never_imports_what_it_does_not_ship(site: Site, host: Host) -> None:
    steady = source(site, "zenith_steady")
    (site.folder / "zenith_steady.py").write_text(steady.replace('neighbour in order."""\n', 'one."""\n' + MARKER, 1))
    under_test = host()
    assert under_test.offered()[0].distribution == "zenith-steady 1.2"
    imported_by = int((site.folder / "zenith_steady.imported").read_text())
    assert imported_by != os.getpid()
    assert not {"zenith_steady", "ordinary"} & set(sys.modules)


@pytest.mark.parametrize(
    ("module", "reason", "why"),
    [
        ("acme_import_exits", "IMPORT_RAISED", "SystemExit"),
        ("acme_import_leaves", "WORKER_ENDED", "ended with status 0"),
        ("acme_import_crashes", "WORKER_ENDED", "ended by signal 11"),
    ],
)
def test_whoever_ends_its_process_at_import_is_refused_by_name(host: Host, module: str, reason: str, why: str) -> None:
    with pytest.raises(PluginRefused) as refused:
        host(module, "zenith_steady")
    distribution = module.replace("_", "-")
    assert (refused.value.distribution, refused.value.reason) == (distribution, reason)
    assert why in refused.value.en
    assert f"插件 {distribution} 被拒" in refused.value.zh


def test_whoever_hangs_at_import_is_refused_when_its_time_is_up(site: Site, host: Host) -> None:
    site.install("acme_import_hangs")
    begun = time.monotonic()
    with pytest.raises(PluginRefused) as refused:
        host(limits=Limits(start_seconds=3))
    assert (refused.value.distribution, refused.value.reason) == ("acme-import-hangs", "WORKER_ENDED")
    assert "its worker did not start (killed at acme_import_hangs.py:" in refused.value.en
    assert time.monotonic() - begun < 20


def test_a_refused_start_leaves_no_process_behind(site: Site) -> None:
    site.install("acme_import_exits", "zenith_steady")
    children = set(_children())
    with pytest.raises(PluginRefused):
        introduced(site.found(), AMPLE)
    assert set(_children()) <= children


def test_a_worker_sees_nothing_of_the_service(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLAW_DATABASE_URL", "postgresql://bylaw:secret@db/bylaw")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    offered = host("acme_looking_around").offered()[0]
    seen = json.loads(offered.title_en)
    assert int(offered.title_zh) not in {os.getpid(), os.getppid()}
    assert {name: value for name, value in seen["environment"].items() if name != "LC_CTYPE"} == dict(ENVIRONMENT)
    assert (Path(seen["folder"]).name.startswith("bylaw-worker-"), seen["files"]) == (True, [])
    assert seen["session"] == int(offered.title_zh)


def test_the_warm_spare_takes_over(site: Site) -> None:
    site.install("zenith_steady")
    with _remote(site) as remote:
        remote.check_parameters(STEADY, "{}")
        first, spare = remote.supervisor.process_numbers()
        os.kill(first, 9)
        remote.check_parameters(STEADY, "{}")
        assert remote.supervisor.process_numbers()[0] == spare
        assert first not in remote.supervisor.process_numbers()


def test_a_spare_that_has_waited_longer_than_a_start_may_take_still_takes_over(site: Site) -> None:
    site.install("zenith_steady")
    with _remote(site) as remote:
        remote.supervisor.limits = replace(AMPLE, start_seconds=3)  # the spare's, which the first question starts
        remote.check_parameters(STEADY, "{}")
        first, spare = remote.supervisor.process_numbers()
        time.sleep(3.1)
        os.kill(first, 9)
        remote.check_parameters(STEADY, "{}")
        assert remote.supervisor.process_numbers()[0] == spare


def test_a_worker_that_died_between_two_calls_is_nobodys_fault(host: Host) -> None:
    before = set(_children())
    under_test = host("acme_printing")
    (worker,) = set(_children()) - before
    os.kill(worker, 9)
    assert all(isinstance(one, PersonAnswer) for one in under_test.judge("acme-printing@1", "{}", months(1)))


def test_closing_ends_every_process(host: Host) -> None:
    before = set(_children())
    under_test = host("zenith_steady")
    under_test.judge(STEADY, "{}", months())
    assert len(set(_children()) - before) == 2
    under_test.close()
    assert set(_children()) <= before


def test_a_worker_ends_when_its_service_is_gone(site: Site) -> None:
    site.install("zenith_steady")
    with _remote(site) as remote:
        remote.check_parameters(STEADY, "{}")
        worker = remote.supervisor._worker
        assert worker
        worker._line.close()
        until = time.monotonic() + 20
        while not worker.ended() and time.monotonic() < until:
            time.sleep(0.01)
        assert worker.ended()


def test_a_worker_whose_service_died_while_it_started_ends_itself(site: Site) -> None:
    site.install("acme_import_hangs")
    (found,) = site.found()
    worker = Worker(found, replace(AMPLE, start_seconds=0.5))
    worker._line.close()
    until = time.monotonic() + 60
    while not worker.ended() and time.monotonic() < until:
        time.sleep(0.05)
    assert worker.kill() == "ended by signal 14"


def test_a_worker_whose_service_died_in_the_middle_of_a_call_ends_itself(site: Site) -> None:
    site.add("acme-endless", (GALLERY / "acme_endless.py").read_text(encoding="utf-8").replace("== CULPRIT", ">= 0"))
    with _remote(site) as remote:
        assert remote.manifest
        worker = remote.supervisor._worker
        assert worker
        packed = pack_days([DAYS])
        asked = {"ask": "judge", "identity": "acme-endless@1", "parameters": "{}", "texts": packed.texts}
        columns = [*columns_of(packed), *columns_of(pack_facts(months(1), [0]))]
        worker._line.say({**asked, "seconds": 0.1}, columns)
        worker._line.close()
        until = time.monotonic() + 60
        while not worker.ended() and time.monotonic() < until:
            time.sleep(0.05)
        assert worker.kill() == "ended by signal 14"


class _remote:  # noqa: N801 - reads as what it is
    def __init__(self, site: Site) -> None:
        self._site = site

    def __enter__(self) -> Remote:
        (runner,) = introduced(self._site.found(), AMPLE)
        assert isinstance(runner, Remote)
        self._runner = runner
        return runner

    def __exit__(self, *_: object) -> None:
        self._runner.close()


def _children() -> list[int]:
    """The processes that this one has started and not yet reaped."""
    told = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8")
    return [int(number) for number in told.split()]
