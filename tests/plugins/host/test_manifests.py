"""What all distributions must keep together is checked at the start, and whoever does not is named."""

from collections.abc import Callable

import pytest
from bylaw_plugin_host.discovery import Found, PluginRefused
from bylaw_plugin_host.manifest import Introduced, Manifest, check_together, read_manifest

from tests.plugins.host.conftest import GALLERY, Host, Site

STEADY = (GALLERY / "zenith_steady.py").read_text(encoding="utf-8")


def refused(start: Callable[[], object]) -> PluginRefused:
    with pytest.raises(PluginRefused) as stopped:
        start()
    assert stopped.value.distribution in stopped.value.zh
    assert stopped.value.distribution in stopped.value.en
    return stopped.value


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("def register_shift_patterns()", "def register_holidays()", "UNKNOWN_HOOK"),
        ("bylaw_api = 1", "bylaw_api = 2", "WRONG_API_VERSION"),
        ("[Steady()]", "[]", "NOTHING_REGISTERED"),
        ("[Steady()]", "[Steady(), Steady()]", "PATTERN_TWICE"),
        ('"zenith-steady"', '"acme-steady"', "FOREIGN_PREFIX"),
        ('"zenith-steady"', '"fixed-week"', "FOREIGN_PREFIX"),
        ('"zenith-steady"', '"zenith steady"', "NAME_UNSOUND"),
        ('"zenith-steady"', '"zenith-steady"\n    version = 0', "NAME_UNSOUND"),
        ('"zenith-steady"', '"zenith-steady"\n    parameters = int', "MANIFEST_RAISED"),
        ("from typing import Any", "from typing import Everything", "IMPORT_RAISED"),
    ],
)
def test_a_distribution_at_fault_stops_the_start_and_is_named(
    site: Site, host: Host, before: str, after: str, reason: str
) -> None:
    site.add("zenith-patterns", STEADY.replace(before, after))
    stopped = refused(lambda: host("acme_printing"))
    assert (stopped.distribution, stopped.reason) == ("zenith-patterns", reason)


def test_one_name_of_two_distributions_names_them_both(site: Site, host: Host) -> None:
    site.add("zenith-patterns", STEADY)
    stopped = refused(lambda: host("zenith_steady"))
    assert (stopped.distribution, stopped.reason) == ("zenith-steady", "PATTERN_TWICE")
    assert "zenith-patterns" in stopped.en


def test_versions_of_one_pattern_may_come_from_two_distributions(site: Site, host: Host) -> None:
    site.add("zenith-patterns", STEADY.replace('"zenith-steady"', '"zenith-steady"\n    version = 2'))
    offered = host("zenith_steady").offered()
    assert [(one.identity, one.distribution, one.form) for one in offered] == [
        ("zenith-steady@1", "zenith-steady 1.2", "easy"),
        ("zenith-steady@2", "zenith-patterns 1.2", "easy"),
    ]
    assert offered[0].title_zh == "上午班"
    assert set(offered[0].schema["properties"]) >= {"seconds", "repeat_minutes"}


def test_an_entry_point_must_carry_its_distributions_name(site: Site, host: Host) -> None:
    site.add("zenith-patterns", STEADY, entry="bylaw-fixed-week")
    stopped = refused(host)
    assert (stopped.distribution, stopped.reason) == ("zenith-patterns", "NAME_DIFFERS")


def test_nobody_else_may_begin_with_our_name(site: Site, host: Host) -> None:
    site.add("bylaw-zenith", STEADY)
    stopped = refused(host)
    assert (stopped.distribution, stopped.reason) == ("bylaw-zenith", "NAME_RESERVED")


def test_a_second_entry_point_is_refused(site: Site, host: Host) -> None:
    site.add("zenith-patterns", STEADY, entry="zenith-patterns = zenith_patterns\nZenith_Patterns")
    stopped = refused(host)
    assert (stopped.distribution, stopped.reason) == ("zenith-patterns", "ENTRY_POINT_TWICE")


def manifest(found: Found, **other: object) -> dict[str, object]:
    pattern = {"identity": "zenith-a@1", "title_zh": "甲", "title_en": "A", "schema_of_parameters": {}, "form": "easy"}
    told = {"distribution": found.distribution, "version": found.version, "hooks_version": "1.0.0", "api": 1}
    return {**told, "hooks": ["register_shift_patterns"], "patterns": [pattern], "channels": [], **other}


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"api": 2}, "WRONG_API_VERSION"),
        ({"hooks": ["register_holidays"]}, "UNKNOWN_HOOK"),
        ({"patterns": []}, "NOTHING_REGISTERED"),
        ({"distribution": "acme"}, "MANIFEST_UNSOUND"),
        ({"version": "9"}, "MANIFEST_UNSOUND"),
        ({"patterns": [{"identity": 5}]}, "MANIFEST_UNSOUND"),
        ({"patterns": None}, "MANIFEST_UNSOUND"),
        ({"surplus": 1}, "MANIFEST_UNSOUND"),
    ],
)
def test_a_worker_that_speaks_another_language_is_named(site: Site, other: dict[str, object], reason: str) -> None:
    site.install("zenith_steady")
    (found,) = site.found()
    assert isinstance(read_manifest(found, manifest(found)), Manifest)
    stopped = refused(lambda: check_together([Introduced(found, read_manifest(found, manifest(found, **other)))]))
    assert (stopped.distribution, stopped.reason) == ("zenith-steady", reason)
