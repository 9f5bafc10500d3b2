"""Any file at all is read or refused: no bytes make an import fail."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.imports import FileLayout, ImportState, PunchImport
from bylaw_attendance.rules.judging.punch import file_words
from bylaw_attendance.use_cases.punches.read_file import ReadPunches, read_file, recognised_layout
from bylaw_chassis.caller import Reach
from bylaw_chassis.files.refused import FileRefused
from hypothesis import given
from hypothesis import strategies as st

EPOCH = date(1970, 1, 1).toordinal()
NOW = datetime(2026, 3, 2, tzinfo=UTC)
NEW_YORK = SiteZones((ZoneInfo("America/New_York"),))
PIECES = (
    "A-1", "\t", "\n", ",", "2026-02-02 08:20:31", "2026-02-02T08:20", "+08:00", "+23:59", "9999-12-31 23:59:59",
    "0000-01-01 00:00", "employee_number", "local_time", "01/01/2015", "31/12/9999", "01/01/0001", "NA", '"', "\r",
    "\x00", "é", "中", "PIN=", "time=", "data=", "&", "SN=", "%41", " ", "1", "255", "-1", "99999999999999999999",
)  # fmt: skip
STARTS = (
    "", "employee_number,local_time\n", ",01/01/2015,02/01/2015\n", "A-1\t2026-02-02 08:20:31\t1\t0\t1\t0\n",
    "姓名,工号,日期,上班1打卡时间,下班1打卡时间\n,A-1,2026-02-02,08:20,12:00\n",
    "打卡时间 统计日期：2026-02-01 至 2026-02-02\n姓名,工号,日,2\n,A-1,08:20,\n",
)  # fmt: skip
texts = st.builds(
    lambda start, pieces: (start + "".join(pieces)).encode(),
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(PIECES), max_size=14),
)
layouts = st.sampled_from([FileLayout.UNSPECIFIED, FileLayout.WIDE_IN])


def made(layout: FileLayout) -> PunchImport:
    return PunchImport(
        id=UUID(int=1), state=ImportState.WAITING, file_name="", format=layout, site=UUID(int=2), device="",
        complete_until=None, created_by="", reach=Reach(), file_digest=b"", created_at=NOW,
    )  # fmt: skip


def read(data: bytes, layout: FileLayout) -> ReadPunches:
    return read_file(data, made(recognised_layout(data, layout)), NEW_YORK)


def read_or_words(data: bytes, layout: FileLayout) -> ReadPunches | tuple[str, str]:
    try:
        return read(data, layout)
    except FileRefused as refused:
        return tuple(file_words(refused))


@given(st.one_of(texts, st.binary(max_size=60)), layouts)
def test_whatever_is_handed_in_is_read_or_refused(data: bytes, layout: FileLayout) -> None:
    found = read_or_words(data, layout)
    if isinstance(found, ReadPunches):
        batches, unknown = found.chunk(0, len(found), {"A-1": bytes(16)})
        assert sum(len(batch.seconds) for batch in batches) + len(unknown) == len(found)
    else:
        assert all(found)


@pytest.mark.parametrize("day", ["31/12/9999", "01/01/0001"])
def test_a_day_of_another_age_in_a_wide_file_moves_no_clock_beyond_its_time(day: str) -> None:
    (until,) = read(f",{day}\n1,NA\n".encode(), FileLayout.WIDE_IN).shown.values()

    assert datetime(1970, 1, 1, tzinfo=UTC) <= until <= datetime(2026, 3, 5, tzinfo=UTC)


def test_punches_come_in_the_order_of_their_key_whatever_the_order_of_the_lines() -> None:
    lines = [f"{who}\t2026-02-0{day} 08:20:00\t1\t0\t1\t0" for day in (3, 1, 2) for who in ("B", "A")]
    people = {"A": b"\x02" * 16, "B": b"\x01" * 16}
    found = read("\n".join(lines).encode(), FileLayout.ATTLOG)

    (batch,), unknown = found.chunk(0, len(found), people)

    assert list(zip(batch.persons, batch.seconds, strict=True)) == sorted(
        zip(batch.persons, batch.seconds, strict=True)
    )
    assert not unknown


def test_a_line_is_read_in_the_zone_that_the_site_had_on_its_day() -> None:
    site_zones = SiteZones((ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Tokyo")), (date(2026, 2, 2).toordinal() - EPOCH,))
    lines = [f"A-1\t2026-02-0{day} 08:20:00\t1\t0\t1\t0" for day in (2, 1, 3)]
    data = "\n".join(lines).encode()

    found = read_file(data, made(recognised_layout(data, FileLayout.ATTLOG)), site_zones)
    batches, _ = found.chunk(0, len(found), {"A-1": bytes(16)})

    kept = [(batch.time_zone, batch.line_numbers, batch.offsets_minutes) for batch in batches]
    assert kept == [("Asia/Shanghai", [2], [480]), ("Asia/Tokyo", [1, 3], [540, 540])]
