"""From a file of punches to a month sheet."""

from bylaw.attendance.v1 import punches_pb2, sheets_pb2

from tests.builders.attendance import AttendanceService

CSV = """employee_number,local_time
A-1,2026-02-02 08:20:31
A-1,2026-02-02 12:00:00
A-1,2026-02-02 13:50:00
A-1,2026-02-02 18:01:00
A-1,2026-02-03 08:35:59
A-1,2026-02-03 12:01:00
"""


def test_a_file_of_punches_becomes_a_sheet_that_names_the_clause_of_each_finding(
    attendance: AttendanceService,
) -> None:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    person = people.person("A-1", unit.name, site.name)
    attendance.assign(since="2026-01-01")

    made = attendance.imported(CSV.encode(), "HQ", file_name="february.csv", complete_until_date="2026-02-28")

    assert made.state == punches_pb2.IMPORT_STATE_DONE
    assert (made.read_count, made.taken_count, made.repeated_count, made.refused_count) == (6, 6, 0, 0)
    sheet = attendance.sheet(person.name, "2026-02")
    assert len(sheet.days) == 28
    second = sheet.days[2]
    late = second.halves[0].card_points[0]
    assert (late.finding, late.minutes, late.clause) == (sheets_pb2.FINDING_LATE, 10, "ATT-2")
    assert late.explanation.en == "Signed in 08:35, 10 minutes after 08:25: late (ATT-2)."
    assert second.halves[1].verdict == sheets_pb2.FINDING_ABSENT
    assert sheet.totals.late_count == 1
