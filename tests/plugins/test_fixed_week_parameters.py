"""What a company may set of the fixed week, in both languages, and what is refused."""

import pytest
from bylaw_fixed_week import Week, WorkSegment
from pydantic import BaseModel, ValidationError


def hours(*spans: str) -> tuple[WorkSegment, ...]:
    return tuple(WorkSegment(hours=span) for span in spans)


@pytest.mark.clause("HRS-1", "HRS-4", "HRS-5", "ATT-2", "ATT-3")
def test_the_defaults_are_the_rulebooks() -> None:
    week = Week()
    assert week.working_days == ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
    assert [segment.hours for segment in week.segments] == ["08:30-12:00", "14:00-18:00"]
    assert {(segment.late_minutes, segment.early_minutes) for segment in week.segments} == {(15, 5)}
    assert (week.sign_in_lead_minutes, week.seconds, week.without_leave) == (5, "drop", "absent")


@pytest.mark.parametrize("model", [Week, WorkSegment])
def test_c25_each_field_is_titled_in_chinese_and_english(model: type[BaseModel]) -> None:
    for field in model.model_json_schema()["properties"].values():
        assert set(field["x-title"]) == {"zh", "en"}
        assert all(field["x-title"].values())


def test_c26_parameters_survive_json_and_equal_ones_hash_alike() -> None:
    week = Week(segments=hours("22:00-06:00"), working_days=("sunday",), seconds="count")
    again = Week.model_validate_json(week.model_dump_json())
    assert again == week
    assert hash(again) == hash(week)
    assert hash(Week()) != hash(week)


@pytest.mark.parametrize(
    "text",
    [
        '{"segments": []}',
        '{"segments": [{"hours": "8:30-12:00"}]}',
        '{"segments": [{"hours": "08:30-24:00"}]}',
        '{"segments": [{"hours": "０8:30-12:00"}]}',
        '{"sign_in_lead_minutes": "5"}',
        '{"sign_in_lead_minutes": -1}',
        '{"working_days": ["someday"]}',
        '{"grace": 3}',
        '{"seconds": "round"}',
        '{"latest_minutes": 721}',
    ],
)
def test_a_wrong_field_is_refused_by_its_path(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Week.model_validate_json(text)
    assert refused.value.errors()[0]["loc"]


@pytest.mark.parametrize(
    ("segments", "lead"),
    [
        (hours("08:30-12:00", "11:00-18:00"), 5),
        (hours("08:00-08:00"), 5),
        (hours("22:00-20:30"), 5),
        (hours("08:30-12:00", "12:03-18:00"), 5),
        ((WorkSegment(hours="08:30-12:00", sign_in=False, sign_out=False),), 5),
    ],
)
def test_hours_that_cannot_be_judged_are_refused_in_both_languages(
    segments: tuple[WorkSegment, ...],
    lead: int,
) -> None:
    with pytest.raises(ValidationError) as refused:
        Week(segments=segments, sign_in_lead_minutes=lead)
    context = refused.value.errors()[0]["ctx"]
    assert context["field"] in {"segments", "sign_in_lead_minutes"}
    assert context["zh"] and context["en"]  # noqa: PT018


def test_a_working_day_is_listed_once() -> None:
    with pytest.raises(ValidationError, match="working_days"):
        Week(working_days=("monday", "monday"))


def test_a_night_ends_on_the_next_day_and_what_follows_it_too() -> None:
    assert Week(segments=hours("22:00-02:00", "03:00-06:00")).segments[1].hours == "03:00-06:00"
