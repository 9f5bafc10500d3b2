"""Sentences about many punches at once: they mean the same as one by one."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bylaw_attendance.formats.attlog import read_attlog
from bylaw_attendance.formats.csv_punches import read_csv_text
from bylaw_attendance.formats.localising import localise_columns
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.judging.punch import LineRefusal, LocalTime, Located, PunchReason, localise, read_local_time
from hypothesis import given
from hypothesis import strategies as st

from .clock_files import usb_export

RECEIVED = int(datetime(2026, 10, 30, 12, 0, tzinfo=UTC).timestamp())
HEADER = "employee_number,local_time\n"
# Around clock changes of Berlin, Lord Howe (half an hour), Havana (at midnight) and Samoa (a day lost).
DAYS = [date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 5), date(2026, 3, 8), date(2011, 12, 30),
        date(2026, 10, 30), date(2026, 10, 31), date(1999, 12, 31), date(2000, 1, 1), date(9999, 12, 31)]  # fmt: skip
ZONES = ["Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia",
         "Pacific/Kiritimati", "America/Sao_Paulo"]  # fmt: skip
TEXTS = st.builds(
    lambda day, hour, minute, offset: f"{day} {hour:02}:{minute:02}:00{offset}",
    st.sampled_from(DAYS),
    st.integers(0, 23),
    st.sampled_from([0, 15, 30, 59]),
    st.sampled_from(["", "", "+14:00", "Z"]),
)


def one_by_one(text: str, zone: ZoneInfo) -> Located | PunchReason:
    reading = read_local_time(text)
    assert isinstance(reading, LocalTime)
    return localise(
        reading.local_second, zone, received_second=RECEIVED, sent_offset_minutes=reading.sent_offset_minutes
    )


@given(st.lists(TEXTS, min_size=1, max_size=30, unique=True), st.sampled_from(ZONES))
def test_many_punches_mean_the_same_as_each_on_its_own(texts: list[str], name: str) -> None:
    zone = ZoneInfo(name)
    columns = read_csv_text(HEADER + "".join(f"7,{text}\n" for text in texts)).columns
    found = localise_columns(columns, SiteZones((zone,)), received_second=RECEIVED)
    taken = {
        text: Located(*where)
        for text, *where in zip(
            found.columns.local_texts,
            found.instant_seconds.tolist(),
            found.utc_offsets_minutes.tolist(),
            strict=True,
        )
    }
    refused = {refusal.seen: refusal.reason for refusal in found.refusals}
    assert taken | refused == {text: one_by_one(text, zone) for text in texts}


def test_a_refused_time_is_named_with_its_line() -> None:
    columns = read_csv_text(HEADER + "7,2026-03-29 01:30\n7,2026-03-29 02:30\n7,2026-03-29 03:30\n").columns
    found = localise_columns(columns, SiteZones((ZoneInfo("Europe/Berlin"),)), received_second=RECEIVED)
    assert found.refusals == (LineRefusal(3, "local_time", PunchReason.TIME_SKIPPED, "2026-03-29 02:30"),)
    assert [row.line_number for row in found.columns.rows()] == [2, 4]


def test_a_whole_log_of_shanghai_is_eight_hours_ahead() -> None:
    columns = read_attlog(usb_export(days=28, people=20).encode()).columns
    found = localise_columns(columns, SiteZones((ZoneInfo("Asia/Shanghai"),)), received_second=RECEIVED)
    assert found.refusals == ()
    assert set(found.utc_offsets_minutes.tolist()) == {480}
    assert (columns.local_seconds - found.instant_seconds == 480 * 60).all()
