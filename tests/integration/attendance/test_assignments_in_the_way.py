"""An assignment refused because another holds its days says which one, and what to do about it."""

import grpc
import pytest
from bylaw.attendance.v1 import policies_pb2
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import AttendanceService


@pytest.mark.parametrize("kind", ["person", "unit", "organisation"])
def test_a_refused_overlap_names_what_is_in_the_way_and_what_to_do(attendance: AttendanceService, kind: str) -> None:
    people = attendance.people
    shop = people.unit("shop").name
    anna = people.person("A-1", shop, people.site().name).name
    subject = {"person": anna, "unit": shop, "organisation": ""}[kind]
    known = {
        "person": ("员工 A-1", "employee A-1"),
        "unit": ("shop（shop）", "shop (shop)"),
        "organisation": ("全组织", "the whole organisation"),
    }[kind]
    made = attendance.assign(subject, since="2026-02-01", until="2026-02-10")
    later = attendance.assign(subject, since="2026-02-20")

    with pytest.raises(grpc.RpcError) as error:
        attendance.assign(subject, since="2026-02-05", until="2026-03-01")
    refusal = refusal_from(error.value)
    assert refusal.reason == "ASSIGNMENT_OVERLAPS"
    for words, of_whom in zip((refusal.message_zh, refusal.message_en), known, strict=True):
        assert all(part in words for part in (of_whom, "fixed-week@1", "2026-02-01", "2026-02-10", made.name))
    assert ("请先结束该指派" in refusal.message_zh, "另有 1 项" in refusal.message_zh) == (True, True)
    assert ("withdraw it" in refusal.message_en, "and 1 more" in refusal.message_en) == (True, True)
    assert (refusal.variables["assignment"], refusal.variables["first_day"]) == (made.name, "2026-02-01")

    end = policies_pb2.EndPatternAssignmentRequest(name=made.name, last_date="2026-02-25")
    with pytest.raises(grpc.RpcError) as error:
        attendance.policies.EndPatternAssignment(end, metadata=attendance.everything)
    refusal = refusal_from(error.value)
    assert later.name in refusal.message_en
    assert ("2026-02-20 起，未定止日" in refusal.message_zh, "from 2026-02-20 on" in refusal.message_en) == (True, True)
