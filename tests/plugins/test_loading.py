"""How plugins are taken in, and how each fault is refused by the distribution's name."""

import sys
from collections.abc import Callable, Iterator
from importlib import invalidate_caches
from importlib.metadata import EntryPoint, distributions, entry_points
from pathlib import Path

import pytest
from bylaw_plugin_host.registering import GROUP, PluginRefused, load_plugins

PATTERN = """
from bylaw_hooks import Both, CardParameters, ShiftPattern, hookimpl
class Never(ShiftPattern[CardParameters]):
    name, version, title, parameters = "never", {version}, Both("不上班", "Never"), CardParameters
    def plan(self, days, parameters):
        return iter(())
"""
GOOD = (
    PATTERN.format(version=1)
    + """
bylaw_api = 1
@hookimpl
def register_shift_patterns():
    return [Never()]
"""
)
Install = Callable[..., None]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed distributions that leaves no module behind."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def install(site: Path, distribution: str, source: str, *, entry: str | None = None) -> None:
    module = distribution.replace("-", "_")
    (site / f"{module}.py").write_text(source, encoding="utf-8")
    info = site / f"{module}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{entry or distribution} = {module}\n", encoding="utf-8")
    invalidate_caches()


def entries(site: Path) -> list[EntryPoint]:
    return [entry for each in distributions(path=[str(site)]) for entry in each.entry_points]


def refusal(site: Path) -> PluginRefused:
    with pytest.raises(PluginRefused) as refused:
        load_plugins(entries(site))
    assert refused.value.distribution in refused.value.zh
    assert refused.value.distribution in refused.value.en
    return refused.value


def test_the_fixed_week_is_found_by_its_entry_point() -> None:
    loaded = load_plugins(entry_points(group=GROUP))
    assert loaded["fixed-week@1"].distribution == "bylaw-fixed-week"
    assert loaded["fixed-week@1"].pattern.title.zh == "固定周班"


def test_a_good_plugin_is_registered_with_its_distribution_and_version(site: Path) -> None:
    install(site, "acme-patterns", GOOD)
    loaded = load_plugins(entries(site))
    assert [(key, found.distribution, found.distribution_version) for key, found in loaded.items()] == [
        ("never@1", "acme-patterns", "1.2")
    ]


def test_versions_of_one_pattern_live_side_by_side(site: Path) -> None:
    install(site, "acme-patterns", GOOD)
    install(site, "acme-second", GOOD.replace('"never", 1', '"never", 2'))
    assert list(load_plugins(entries(site))) == ["never@1", "never@2"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (GOOD + "\n@hookimpl\ndef register_holidays():\n    return []\n", "UNKNOWN_HOOK"),
        (GOOD.replace("register_shift_patterns()", "register_shift_patterns(application)"), "UNKNOWN_HOOK"),
        (GOOD.replace("bylaw_api = 1", "bylaw_api = 2"), "WRONG_API_VERSION"),
        (GOOD.replace("bylaw_api = 1", ""), "WRONG_API_VERSION"),
        (GOOD.replace("@hookimpl", ""), "NOTHING_REGISTERED"),
        (GOOD.replace("return [Never()]", "return []"), "NOTHING_REGISTERED"),
        (GOOD.replace("return [Never()]", "return [Never]"), "NOTHING_REGISTERED"),
        (GOOD.replace('"never", 1', '"never", "1"'), "PATTERN_INCOMPLETE"),
        (GOOD.replace("return [Never()]", "return 5"), "REGISTRATION_RAISED"),
        (GOOD.replace("return [Never()]", "raise RuntimeError('no licence')"), "REGISTRATION_RAISED"),
        (GOOD.replace("return [Never()]", "raise SystemExit(1)"), "REGISTRATION_RAISED"),
        ("import a_module_that_nobody_has", "IMPORT_RAISED"),
        ("raise SystemExit(1)", "IMPORT_RAISED"),
        (GOOD.replace("return [Never()]", "return [Never(), Never()]"), "PATTERN_TWICE"),
    ],
)
def test_a_plugin_at_fault_is_refused_by_name(site: Path, source: str, reason: str) -> None:
    install(site, "acme-patterns", source)
    refused = refusal(site)
    assert (refused.distribution, refused.reason) == ("acme-patterns", reason)


def test_a_pattern_that_another_distribution_has_is_refused_and_both_are_named(site: Path) -> None:
    install(site, "acme-patterns", GOOD)
    install(site, "zenith-patterns", GOOD)
    refused = refusal(site)
    assert (refused.distribution, refused.reason) == ("zenith-patterns", "PATTERN_TWICE")
    assert "acme-patterns" in refused.en
    assert "acme-patterns" in refused.zh


def test_an_entry_point_must_carry_its_distributions_name(site: Path) -> None:
    install(site, "acme-patterns", GOOD, entry="bylaw-fixed-week")
    refused = refusal(site)
    assert (refused.distribution, refused.reason) == ("acme-patterns", "NAME_DIFFERS")


def test_dots_dashes_and_case_make_no_other_name(site: Path) -> None:
    install(site, "acme-patterns", GOOD, entry="Acme.Patterns")
    assert list(load_plugins(entries(site))) == ["never@1"]


def test_one_plugin_at_fault_is_named_even_beside_good_ones(site: Path) -> None:
    install(site, "acme-patterns", GOOD)
    install(site, "zenith-patterns", GOOD.replace("return [Never()]", "raise ValueError('broken')"))
    assert refusal(site).distribution == "zenith-patterns"
