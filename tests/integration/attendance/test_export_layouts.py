"""A company exports in a layout of its own plugin; what that one fails at is named and kept, and ours goes on."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bylaw_attendance.policies import Plugins
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.starting import start
from bylaw_plugin_host.workers import Limits

from tests.builders.closing import Months, months_of
from tests.builders.corrections import refusal
from tests.builders.exports import PAYROLL, SHIPPED, XLSX, ZIP, Payroll, bringing, files, layouts_of, pages, rows
from tests.databases import Databases
from tests.plugins.host.conftest import Site

BUSY = Limits(floor_seconds=0.5, memory_bytes=300 << 20)


@pytest.fixture
def layout() -> Payroll:
    return Payroll()


@pytest.fixture
def months(postgres: Databases, layout: Payroll) -> Iterator[Months]:
    with months_of(postgres, plugins=bringing(layout)) as made:
        yield made


@pytest.mark.clause("SHT-1", "SHT-3")
def test_a_layout_of_ones_own_is_written_in_its_words_with_the_versions_beside_it(months: Months) -> None:
    months.finish()
    archive = files(months.exported(layout=PAYROLL, format=ZIP).data)
    assert list(archive) == ["payroll.csv", "versions.csv"]
    assert archive["payroll.csv"].decode("gb18030").splitlines()[0] == "工号,出勤分钟"
    told = rows(archive["versions.csv"], "gb18030")
    assert [(one["employee_number"], one["version"], one["state"], one["layout"]) for one in told] == [
        (number, "1", "closed", "acme-payroll@1") for number in ("A-1", "B-1", "H-1")
    ]
    assert {one["distribution"] for one in told} == {"acme-payroll 0.3"}
    book = pages(months.exported(layout=PAYROLL, format=XLSX).data)
    assert list(book) == ["payroll", "versions"]
    assert book["payroll"][0] == ("工号", "出勤分钟"), "one heading alone, for it has no titles"


@pytest.mark.clause("SHT-1")
def test_a_csv_alone_that_does_not_say_its_versions_is_refused(months: Months) -> None:
    refused = refusal(months.exported, layout=PAYROLL)
    assert (refused.reason, refused.variables["table"]) == ("EXPORT_TABLE_UNVERSIONED", "payroll")
    assert len(rows(months.exported(layout=PAYROLL, table="versions").data, "gb18030")) == 3


def test_every_layout_is_listed_with_what_it_could_not_do_until_it_goes_well_again(
    months: Months, layout: Payroll
) -> None:
    attendance = months.shop.attendance
    listed = layouts_of(attendance)
    assert list(listed) == [PAYROLL, "exportLayouts/bylaw-days@1", SHIPPED]
    assert (listed[PAYROLL].title.zh, listed[PAYROLL].encoding) == ("薪资接口", "gb18030")
    assert listed[PAYROLL].distribution == "acme-payroll 0.3"

    layout.failing = True
    failed = refusal(months.exported, layout=PAYROLL, format=ZIP)
    assert (failed.reason, failed.clause) == ("EXPORT_LAYOUT_FAILED", "SHT-1")
    layout.failing, layout.spoilt = False, True
    broken = refusal(months.exported, layout=PAYROLL, format=ZIP)
    assert (broken.reason, broken.variables["rule"]) == ("EXPORT_ANSWER_INVALID", "X2")

    fault = layouts_of(attendance)[PAYROLL].fault
    assert (fault.reason, fault.rule, fault.seen_count) == ("EXPORT_ANSWER_INVALID", "X2", 2)
    assert "acme-payroll 0.3" in fault.message.en
    assert not attendance.service.details["export-layouts"]()
    assert len(rows(months.exported().data)) == 3, "the one that ships goes on"

    layout.spoilt = False
    months.exported(layout=PAYROLL, format=ZIP)
    assert not layouts_of(attendance)[PAYROLL].HasField("fault")
    assert attendance.service.details["export-layouts"]()


def installed_in(folder: Path) -> Plugins:
    site = Site(folder)
    site.install("acme_layout")
    return lambda exists: start(exists, [*installed(), *site.found()], limits=BUSY)


def test_a_third_partys_layout_runs_in_a_worker_and_is_stopped_at_its_deadline(
    postgres: Databases, tmp_path: Path
) -> None:
    with months_of(postgres, plugins=installed_in(tmp_path)) as months:
        assert "acme_layout" not in sys.modules
        archive = files(months.exported(layout=PAYROLL, format=ZIP).data)
        assert len(rows(archive["payroll.csv"], "gb18030")) == 3
        hanging = refusal(months.exported, layout="exportLayouts/acme-hanging@1", format=ZIP)
        assert hanging.reason == "EXPORT_LAYOUT_TIMED_OUT"
        assert refusal(months.exported, layout="exportLayouts/acme-ending@1").reason == "EXPORT_LAYOUT_FAILED"
        assert files(months.exported(layout=PAYROLL, format=ZIP).data) == archive
