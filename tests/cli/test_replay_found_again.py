"""`bylaw replay --list`, `--show` and `--cancel`: a replay that was lost sight of is found, read and stopped."""

import json
from collections.abc import Iterator

import pytest
from bylaw.people.v1 import organisation_pb2
from bylaw_chassis.caller import Scope

from tests.builders.attendance import AttendanceService
from tests.builders.what_if import WhatIf
from tests.cli.replaying import Bylaw, listening, small_company, token_of, typed, working
from tests.databases import Databases


@pytest.fixture
def attendance(postgres: Databases) -> Iterator[AttendanceService]:
    with small_company(postgres) as made:
        yield made


@pytest.fixture
def what_if(attendance: AttendanceService) -> WhatIf:
    return WhatIf(attendance)


@pytest.fixture
def bylaw(attendance: AttendanceService, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bylaw]:
    monkeypatch.setenv("BYLAW_TOKEN", token_of(attendance))
    with listening(attendance) as port:
        yield typed(port)


@pytest.fixture
def hannah(attendance: AttendanceService) -> str:
    """Somebody with a name, who came in March."""
    people = attendance.people
    desk, site = people.unit("DESK").name, people.site("DESK").name
    return str(people.person("H-1", desk, site, since="2026-03-01").name)


def test_replays_are_listed_with_state_progress_and_who_started_them(
    bylaw: Bylaw, what_if: WhatIf, hannah: str
) -> None:
    by_hannah = what_if.attendance.caller(Scope.COMPANY, person=hannah)
    done = what_if.done("", "2026-01", "2026-02", caller=by_hannah).name
    waiting = what_if.start(unit_of(what_if), "2026-01", caller=by_hannah).name

    listed = bylaw("--list")

    assert listed.exit_code == 0, listed.output
    heads, *lines = [line.split() for line in listed.output.splitlines()]
    assert heads == ["replay", "state", "progress", "started", "pattern", "months", "unit", "by"]
    assert [line[0] for line in lines] == [waiting, done], "whole names, for they are typed again"
    assert [(line[1], line[2]) for line in lines] == [("waiting", "0"), ("done", "100")]
    assert [line[-5:] for line in lines] == [
        ["fixed-week@1", "2026-01", "SHOP", "H-1", "H-1"],
        ["fixed-week@1", "2026-01/2026-02", "all", "H-1", "H-1"],
    ]


def test_the_list_is_of_one_state_and_as_json_too(bylaw: Bylaw, what_if: WhatIf) -> None:
    what_if.done("")
    waiting = what_if.start("").name

    found = bylaw("--list", "--state", "waiting", "--json")
    nothing = bylaw("--list", "--state", "failed", language="zh")

    assert [one["name"] for one in json.loads(found.output)] == [waiting]
    assert nothing.output.strip() == "没有这样的试算。"


def test_a_replay_is_shown_again_when_it_is_done(bylaw: Bylaw, what_if: WhatIf, attendance: AttendanceService) -> None:
    made = what_if.start("", working_days=["monday"])

    with working(attendance):
        shown = bylaw("--show", made.name)

    assert shown.exit_code == 0, shown.output
    assert "1 people change" in shown.output
    assert made.name in shown.output


def test_a_replay_is_cancelled_by_its_name(bylaw: Bylaw, what_if: WhatIf) -> None:
    waiting = what_if.start("").name
    cancelled = bylaw("--cancel", waiting.removeprefix("replays/"))
    done = what_if.done("").name
    too_late = bylaw("--cancel", done, language="zh")

    assert (cancelled.exit_code, too_late.exit_code) == (0, 0)
    assert "cancelled after 0 of 1 months of people; nothing goes on" in cancelled.output
    assert "已经结束" in too_late.output
    assert [one["state"] for one in json.loads(bylaw("--list", "--json").output)] == [
        "REPLAY_STATE_DONE",
        "REPLAY_STATE_CANCELLED",
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The replay was cancelled by H-1 H-1 at 20"), ("zh", "试算已由 H-1 H-1 于 20")],
)
def test_a_replay_that_somebody_else_cancelled_says_who_when_and_how_far(
    bylaw: Bylaw, what_if: WhatIf, hannah: str, language: str, said: str
) -> None:
    made = what_if.start("")
    what_if.cancel(made.name, what_if.attendance.caller(Scope.COMPANY, person=hannah))

    shown = bylaw("--show", made.name, language=language)  # type: ignore[arg-type]

    assert shown.exit_code == 1
    assert said in shown.output
    assert ("after 0 of 1 months" if language == "en" else "0/1 人月") in shown.output


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No assignment puts any of these people under crews@1 in these months"),
        ("zh", "没有一天由指派的班制 crews@1 决定"),
    ],
)
def test_a_replay_that_compared_nothing_says_so_and_exits_with_three(
    bylaw: Bylaw, attendance: AttendanceService, language: str, said: str
) -> None:
    wish = ("SHOP", "2026-01", "--pattern", "fixed-week@1", "--in-place-of", "crews@1")
    with working(attendance):
        plain = bylaw(*wish, language=language)  # type: ignore[arg-type]
        as_json = bylaw(*wish, "--json")

    assert (plain.exit_code, as_json.exit_code) == (3, 3)
    assert said in plain.output
    assert "fixed-week@1" in plain.output, "what is there instead"
    assert "0.00" not in plain.output, "nobody is shown noughts"
    assert json.loads(as_json.stdout)["remark"]["en"].startswith("No assignment puts")


def test_a_mistyped_pattern_to_be_replaced_is_refused_with_those_there_are(bylaw: Bylaw) -> None:
    refused = bylaw("SHOP", "2026-01", "--pattern", "fixed-week@1", "--in-place-of", "fixed-weak@1")

    assert refused.exit_code == 1
    assert "REPLACED_PATTERN_UNKNOWN" in refused.output
    assert "fixed-weak@1" in refused.output
    assert "crews@1, fixed-week@1" in refused.output


def test_a_replay_too_many_names_the_two_and_what_to_do(bylaw: Bylaw, what_if: WhatIf) -> None:
    two = [what_if.start("").name for _ in range(2)]

    refused = bylaw("SHOP", "2026-01", "--pattern", "fixed-week@1")

    assert refused.exit_code == 1
    assert all(name in refused.output for name in two)
    assert "bylaw replay --cancel REPLAY" in refused.output


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("SHOP",),
        ("SHOP", "2026-01"),
        ("--list", "--show", "x"),
        ("SHOP", "2026-01", "--pattern", "fixed-week@1", "--list"),
        ("--show", "x", "--state", "done"),
    ],
    ids=["nothing", "unit", "months", "two", "both", "state"],
)
def test_what_is_typed_wrongly_exits_with_two(bylaw: Bylaw, arguments: tuple[str, ...]) -> None:
    assert bylaw(*arguments).exit_code == 2


def unit_of(what_if: WhatIf) -> str:
    """The shop."""
    people = what_if.attendance.people
    request = organisation_pb2.ListUnitsRequest(code="SHOP")
    (shop,) = people.organisation.ListUnits(request, metadata=people.everything).units
    return str(shop.name)
