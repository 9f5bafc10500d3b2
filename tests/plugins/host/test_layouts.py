"""Export layouts behind the host: asked in a worker as inside, every answer checked, and whoever is at fault named."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bylaw_hooks.exporting import ExportedMonth
from bylaw_kit.export_months import month_of, person, tried_months
from bylaw_plugin_host.discovery import PluginRefused, installed
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.layout_host import LayoutHost
from bylaw_plugin_host.outcomes import PolicyBroken, PolicyGone
from bylaw_plugin_host.starting import start
from bylaw_plugin_host.workers import Limits

from tests.plugins.host.conftest import AMPLE, Host, Site

BUSY = Limits(floor_seconds=0.5, memory_bytes=300 << 20)
MONTH = month_of(person("A-1"), person("A-2"))
SHIPPED, DAYS, PAYROLL = "bylaw-sheets@1", "bylaw-days@1", "acme-payroll@1"


def started(folder: Path, limits: Limits) -> PolicyHost:
    site = Site(folder)
    site.install("acme_layout")
    ours = [one for one in installed() if one.distribution == "bylaw-sheet-layout"]
    return start(lambda *_: True, [*site.found(), *ours], limits=limits)


@pytest.fixture(scope="module")
def layouts() -> Iterator[LayoutHost]:
    """The gallery's in a worker, the shipped one inside."""
    with TemporaryDirectory() as folder:
        host = started(Path(folder), AMPLE)
        yield host.layouts
        host.close()


def test_each_version_is_offered_with_its_title_its_encoding_and_whose_it_is(layouts: LayoutHost) -> None:
    offered = {one.identity: one for one in layouts.offered()}
    ours, theirs = offered[SHIPPED], offered[PAYROLL]
    assert (ours.encoding, ours.with_days, ours.title_en) == ("utf-8-sig", False, "Attendance for payroll")
    assert offered[DAYS].with_days
    assert (theirs.encoding, theirs.with_days, theirs.distribution) == ("gb18030", False, "acme-layout 1.2")
    assert "acme_layout" not in sys.modules


def test_a_worker_is_told_the_month_and_its_tables_come_back(layouts: LayoutHost) -> None:
    (table,) = layouts.tables(PAYROLL, MONTH)
    assert [column.name for column in table.columns] == ["工号", "迟到"]
    assert table.rows == (("A-1", 0), ("A-2", 0))


@pytest.mark.parametrize("month", list(tried_months()), ids=lambda month: f"{month.month}-{len(month.people)}")
def test_the_shipped_layouts_are_sound_for_every_month_that_the_kit_knows(
    layouts: LayoutHost, month: ExportedMonth
) -> None:
    assert [table.name for table in layouts.tables(SHIPPED, month)] == ["sheets", "leave", "overtime"]
    assert [table.name for table in layouts.tables(DAYS, month)] == ["days"]


def test_a_month_too_long_for_the_head_of_a_frame_goes_over_all_the_same(layouts: LayoutHost) -> None:
    many = month_of(*(person(f"A-{number:06}", display_name="人" * 500) for number in range(4_000)))
    (table,) = layouts.tables(PAYROLL, many)
    assert len(table.rows) == 4_000


def test_a_month_of_more_than_five_thousand_people_with_their_days_goes_over_and_so_do_its_tables(
    tmp_path: Path,
) -> None:
    """Their days come to 86 MB, for which a worker has the room that it has as shipped; long names stand for them."""
    host = started(tmp_path, replace(AMPLE, memory_bytes=Limits().memory_bytes))
    many = month_of(*(person(f"A-{number:06}", display_name="n" * 43_000) for number in range(2_000)))
    few = month_of(*(person(f"A-{number:06}", display_name="n" * 3_600) for number in range(20)))
    try:
        (table,), (long,) = host.layouts.tables(PAYROLL, many), host.layouts.tables("acme-long@1", few)
        assert (len(table.rows), len(long.rows)) == (2_000, 20_000)
    finally:
        host.close()


def test_an_answer_that_is_too_long_to_go_over_is_the_layouts_fault_and_named_as_such(tmp_path: Path) -> None:
    host = started(tmp_path, replace(AMPLE, memory_bytes=2 << 30))
    many = month_of(*(person(f"A-{number:06}", display_name="n" * 3_990) for number in range(34)))
    try:
        with pytest.raises(PolicyBroken) as broken:
            host.layouts.tables("acme-long@1", many)
        assert broken.value.reason == "POLICY_ANSWER_INVALID"
        assert "bytes; at most 134217720 go over" in str(broken.value)
        assert len(host.layouts.tables(PAYROLL, MONTH)) == 1
    finally:
        host.close()


@pytest.mark.parametrize(
    ("spoilt", "rule"),
    [
        *((each, "X1") for each in ("no-table", "two-of-one-name", "the-hosts", "bad-name")),
        *((each, "X2") for each in ("no-column", "two-columns-alike", "half-titled", "crooked")),
        *((each, "X3") for each in ("unprintable", "endless-text", "too-great", "too-fine")),
        *((each, "") for each in ("infinite", "yes-or-no", "a-list", "texts")),
    ],
)
def test_an_answer_that_breaks_a_rule_is_refused_with_the_rule(layouts: LayoutHost, spoilt: str, rule: str) -> None:
    with pytest.raises(PolicyBroken) as broken:
        layouts.tables(f"acme-{spoilt}@1", MONTH)
    assert (broken.value.reason, broken.value.rule) == ("POLICY_ANSWER_INVALID", rule)
    assert (broken.value.identity, broken.value.distribution) == (f"acme-{spoilt}@1", "acme-layout 1.2")


@pytest.mark.parametrize("spoilt", ["raising", "none", "numbers-for-rows"])
def test_whoever_raises_is_named_and_goes_on(layouts: LayoutHost, spoilt: str) -> None:
    with pytest.raises(PolicyBroken) as broken:
        layouts.tables(f"acme-{spoilt}@1", MONTH)
    assert broken.value.reason == "POLICY_FAILED"
    assert len(layouts.tables(PAYROLL, MONTH)) == 1


def test_whoever_ends_or_hangs_is_stopped_and_the_next_question_is_answered(tmp_path: Path) -> None:
    host = started(tmp_path, BUSY)
    try:
        for spoilt, reason in (("ending", "POLICY_FAILED"), ("hanging", "POLICY_TIMED_OUT")):
            with pytest.raises(PolicyBroken) as broken:
                host.layouts.tables(f"acme-{spoilt}@1", MONTH)
            assert broken.value.reason == reason
        assert len(host.layouts.tables(PAYROLL, MONTH)) == 1
    finally:
        host.close()


def test_a_layout_that_nobody_offers_is_gone(layouts: LayoutHost) -> None:
    with pytest.raises(PolicyGone):
        layouts.tables("acme-payroll@2", MONTH)


@pytest.mark.parametrize(
    ("distributions", "changed", "said"),
    [
        (["zenith-layout"], ("", ""), "zenith-layout refused: acme-payroll@1 must begin with zenith-"),
        (["acme-one", "acme-two"], ("", ""), "acme-two refused: acme-payroll@1 is already registered by acme-one"),
        (["acme-one"], ("Both(", "str("), "acme-one refused: it failed while being loaded"),
        (["acme-one"], ('1, Both("薪资", "Payroll")', '1, "Payroll"'), "its Payroll lacks or misstates title"),
        (
            ["acme-one"],
            ("name, version, title", "name, title, version"),
            "its Payroll lacks or misstates title, version",
        ),
    ],
)
def test_a_layout_without_a_name_of_its_own_or_with_something_missing_stops_the_start(
    site: Site, host: Host, distributions: list[str], changed: tuple[str, str], said: str
) -> None:
    source = Path(__file__).parents[1].joinpath("gallery/acme_layout.py").read_text(encoding="utf-8")
    for distribution in distributions:
        site.add(distribution, source.replace("*map(Spoilt, SPOILT)", "").replace(*changed))
    with pytest.raises(PluginRefused) as refused:
        host()
    assert said in str(refused.value)
