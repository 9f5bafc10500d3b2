"""A punch is missed: who missed it asks over REST or shows a photo, the head decides, the month comes out right."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.builders.images import PLACE, jpeg, segment
from tests.journeys.client import Client
from tests.journeys.department import Department, department_of, today
from tests.journeys.problems import in_both_languages, problem

TIMES = ("12:03:00", "13:50:00", "18:01:00")


@pytest.fixture(scope="module")
def department(client: Client) -> Iterator[Department]:
    with department_of(client) as made:
        week = [f"{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")]
        parameters = {"working_days": week, "holidays_off": False}
        client.post(
            "/v1/patternAssignments",
            {
                "shiftPattern": "shiftPatterns/fixed-week@1",
                "startDate": "2026-01-01",
                "parameters": parameters,
                "hoursSystem": "HOURS_SYSTEM_IRREGULAR",
                "hoursApproval": "every day of the week",
            },
        )
        yield made


def wish(day: str, time: str = "08:21", direction: str = "DIRECTION_IN") -> dict[str, Any]:
    return {"localTime": f"{day} {time}", "direction": direction, "reason": "忘带工牌", "evidence": "何嘉可证明"}


def first_card(client: Client, person: str, day: str) -> Any:
    sheet = client.get(f"/v1/{person}/sheets/{day[:7]}")
    (found,) = [one for one in sheet["days"] if one["workDate"] == day]
    return found["halves"][0]["cardPoints"][0]


@pytest.mark.clause("ATT-1")
def test_a_missed_punch_is_asked_for_decided_and_judged(department: Department) -> None:
    designer, head, other = (department.sign_in(login) for login in ("designer", "marketing", "service"))
    person, day = department.people["designer"], f"{today() - timedelta(days=2)}"
    rows = "".join(f"4,{day} {time}\n" for time in TIMES)
    content = f"employee_number,local_time\n{rows}".encode()
    department.administrator.import_punches(content, site="HQ", completeUntilDate=f"{today() - timedelta(days=1)}")
    assert first_card(designer, person, day)["finding"] == "FINDING_MISSING_CARD"

    asked = designer.post("/v1/punchCorrections", wish(day), key="missed-1")
    assert designer.post("/v1/punchCorrections", wish(day), key="missed-1") == asked
    (waits,) = head.all("/v1/punchCorrections", "punchCorrections", state="PUNCH_CORRECTION_STATE_WAITING")
    assert (waits["name"], waits["employeeNumber"], waits["reason"]) == (asked["name"], "4", "忘带工牌")
    assert list(other.all("/v1/punchCorrections", "punchCorrections")) == []
    problem(other.http.post(f"/v1/{asked['name']}:accept", json={}), 404, "CORRECTION_NOT_FOUND")
    problem(designer.http.post(f"/v1/{asked['name']}:accept", json={}), 403, "PERMISSION_MISSING")

    accepted = head.post(f"/v1/{asked['name']}:accept", {"text": "确认到岗", "etag": waits["etag"]})

    assert (accepted["state"], accepted["endedBy"]) == (
        "PUNCH_CORRECTION_STATE_ACCEPTED",
        department.people["marketing"],
    )
    card = first_card(designer, person, day)
    assert (card["finding"], card["punchCorrection"]) == ("FINDING_ON_TIME", asked["name"])
    punches = designer.all(f"/v1/{person}/punches", "punches")
    assert [one["source"] for one in punches].count("correction") == 1
    problem(head.http.post(f"/v1/{asked['name']}:refuse", json={"text": "no"}), 400, "CORRECTION_OVER")


@pytest.mark.clause("ATT-1")
def test_a_photo_signs_in_and_the_head_who_sees_it_accepts_it(department: Department) -> None:
    designer, head, other = (department.sign_in(login) for login in ("designer", "marketing", "service"))
    as_image = {"Content-Type": "image/jpeg"}
    sent = jpeg(shade=7, beside=segment(0xE1, b"Exif" + PLACE))
    taken = designer.http.post("/v1/signInPhotos?direction=DIRECTION_IN", content=sent, headers=as_image).json()

    seen = head.http.get(f"/v1/{taken['name']}/image")
    assert (seen.headers["Content-Type"], seen.content) == ("image/jpeg", jpeg(shade=7))
    problem(other.http.get(f"/v1/{taken['name']}/image"), 404, "PHOTO_NOT_FOUND")
    problem(designer.http.post(f"/v1/{taken['name']}:accept", json={}), 403, "PERMISSION_MISSING")
    accepted = head.post(f"/v1/{taken['name']}:accept", {"text": "是本人"})
    punches = designer.all(f"/v1/{taken['person']}/punches", "punches")
    assert [one["source"] for one in punches if one["name"] == accepted["punch"]] == ["photo"]


@pytest.mark.parametrize(
    ("content", "status", "reason"),
    [
        (b"%PDF-1.7 no photo", 400, "PHOTO_NOT_IMAGE"),
        (bytes(6 * 1024 * 1024), 413, "PHOTO_TOO_LARGE"),
        (bytes(50 * 1024 * 1024), 413, "BODY_TOO_LARGE"),
    ],
    ids=["no image", "6 MiB", "50 MiB"],
)
def test_what_is_no_photo_is_refused_in_both_languages(
    department: Department, content: bytes, status: int, reason: str
) -> None:
    agent = department.sign_in("agent")
    in_both_languages(
        lambda headers: agent.http.post("/v1/signInPhotos", content=content, headers=headers), status, reason
    )
    assert list(agent.all("/v1/signInPhotos", "signInPhotos")) == []


@pytest.mark.clause("ORG-3")
def test_a_head_does_not_decide_on_their_own_but_the_next_one_up_does(department: Department) -> None:
    head, director = department.sign_in("marketing"), department.sign_in("director")
    own = head.post("/v1/punchCorrections", wish(f"{today() - timedelta(days=3)}"))
    in_both_languages(
        lambda headers: head.http.post(f"/v1/{own['name']}:accept", json={}, headers=headers), 403, "CORRECTION_OWN"
    )
    refused = director.post(f"/v1/{own['name']}:refuse", {"text": "当天请了假"})
    assert (refused["state"], refused["endText"]) == ("PUNCH_CORRECTION_STATE_REFUSED", "当天请了假")
    assert head.get(f"/v1/{own['name']}") == refused


def test_what_cannot_be_corrected_is_refused_in_both_languages_and_leaves_nothing(department: Department) -> None:
    agent = department.sign_in("agent")
    tomorrow, long_ago = f"{today() + timedelta(days=1)}", f"{today() - timedelta(days=32)}"
    for body, status, reason in (
        (wish(tomorrow), 400, "PUNCH_IN_FUTURE"),
        (wish(long_ago), 400, "CORRECTION_TOO_LATE"),
        (wish("2023-12-31"), 400, "PERSON_NOT_EMPLOYED"),
        ({**wish(f"{today()}", "00:00"), "direction": "DIRECTION_UNSPECIFIED"}, 400, "FIELD_INVALID"),
    ):
        in_both_languages(
            lambda headers, body=body: agent.http.post("/v1/punchCorrections", json=body, headers=headers),
            status,
            reason,
        )
    assert list(agent.all("/v1/punchCorrections", "punchCorrections")) == []
