"""What a field may hold, and which fields an update changes: what cannot be read is refused with the field."""

from collections.abc import Callable
from datetime import time
from typing import Any
from uuid import UUID

import pytest
from bylaw.people.v1 import duties_pb2, organisation_pb2, staff_pb2
from bylaw_chassis.refusals import FieldInvalid, FieldNotWritable, Refusal
from bylaw_people.rules.organisation import Wording
from bylaw_people.use_cases import forms
from bylaw_people.use_cases.access.targets import target_named
from bylaw_people.use_cases.masks import Mask, fixed_mask, mask_of, take_over, text_paths

SOME = UUID(int=7)
PERSON = staff_pb2.Person(login="chen", display_name="Chen Ming")


def refused(call: Callable[[], Any], why: type[Refusal] = FieldInvalid) -> str:
    """The field that is refused."""
    with pytest.raises(why) as refusal:
        call()
    return str(refusal.value.variables.get("field", ""))


def unread() -> str:
    raise AssertionError("a field that does not change is not read")


def test_a_mask_names_what_changes_and_without_one_it_is_what_is_filled() -> None:
    known = ("login", "display_name", "number")
    assert mask_of([], PERSON, known).paths == {"login", "display_name"}
    mask = mask_of(["login"], PERSON, known)
    assert mask.chosen({"login": lambda: PERSON.login, "display_name": unread}) == {"login": "chen"}
    assert (mask.value("login", lambda: "x"), mask.value("number", unread)) == ("x", None)
    assert mask.names("login")
    assert not mask.names("number")


def test_a_path_that_is_no_field_and_one_that_changes_elsewhere_are_refused() -> None:
    assert refused(lambda: mask_of(["wings\n"], PERSON, ("login",))) == "update_mask"
    elsewhere = ("head", "appointment")
    assert (
        refused(
            lambda: mask_of(["head"], PERSON, ("login",), elsewhere=elsewhere, prefix="person"), why=FieldNotWritable
        )
        == "person.head"
    )
    assert mask_of([], staff_pb2.Person(head="people/x"), ("login",), elsewhere=elsewhere).paths == {"head"}


def test_where_all_changes_without_a_mask_what_steers_changes_nothing() -> None:
    assert fixed_mask([], ("title",), ("etag",)).paths == {"title"}
    assert fixed_mask(["etag"], ("title",), ("etag",)).paths == frozenset()
    assert refused(lambda: fixed_mask(["wings"], ("title",), ("etag",))) == "update_mask"


def test_a_text_changes_in_the_languages_that_are_named_and_comes_whole_where_none_is() -> None:
    one, both = Wording("仓库", ""), Wording("仓库", "Warehouse")
    whole = Mask(frozenset({"title", "duties"}))
    assert whole.languages("title", both, prefix="unit") == {"zh": "仓库", "en": "Warehouse"}
    assert whole.languages("duties", Wording(), prefix="unit") == {"zh": "", "en": ""}
    assert refused(lambda: whole.languages("title", one, prefix="unit")) == "unit.title.en"
    assert refused(lambda: whole.texts({"duties": Wording("", "x")}, prefix="unit")) == "unit.duties.zh"
    assert Mask(frozenset({"title.zh"})).languages("title", one, prefix="unit") == {"zh": "仓库"}
    assert Mask(frozenset({"title"})).texts({"title": both, "duties": one}, prefix="unit") == {
        "title": {"zh": "仓库", "en": "Warehouse"}
    }
    assert text_paths("work") == {"work", "work.zh", "work.en"}


def test_of_whose_a_duty_is_one_takes_the_place_of_another() -> None:
    duty = duties_pb2.Duty(person="people/a", clause="ATT-1", key="kept")
    sent = duties_pb2.Duty(position="positions/b", clause="ATT-2", key="not asked for")
    take_over(duty, sent, Mask(frozenset({"person"})), choice="whose")
    assert duty == duties_pb2.Duty(position="positions/b", clause="ATT-1", key="kept")
    take_over(duty, duties_pb2.Duty(), Mask(frozenset({"clause", "position"})), choice="whose")
    assert duty == duties_pb2.Duty(key="kept")


def test_what_no_database_can_hold_and_what_is_no_name_or_time_is_refused() -> None:
    assert refused(lambda: forms.plain("a\0", field="code")) == "code"
    for name in ("ATT-2", "clauses/", "clauses/a/b", "units/ATT-2", "clauses/\0"):
        assert refused(lambda name=name: forms.clause_id(name)) == "name"
    assert forms.clause_id("clauses/ATT-2") == "ATT-2"
    for text in ("", "24:00", "9:00", "09:60", "09:00:00", "٠٩:٠٠"):
        assert refused(lambda text=text: forms.wall_time(text, field="time")) == "time"
    assert forms.wall_time("09:30", field="time") == time(9, 30)
    for name in ("people/x", "sites/" + str(SOME), "people", "units/"):
        assert refused(lambda name=name: target_named(name)) == "target"
    assert target_named(f"units/{SOME}").unit == SOME
    assert target_named("").person is None


def test_a_value_that_the_contract_does_not_have_is_refused_and_none_may_be_left_out() -> None:
    known = {"unit": organisation_pb2.CHANGE_KIND_UNIT}
    assert forms.one_of(known, organisation_pb2.CHANGE_KIND_UNIT, field="kind") == "unit"
    assert refused(lambda: forms.one_of(known, 0, field="kind")) == "kind"
    assert forms.optional_of(known, 0, field="kind") is None
    assert refused(lambda: forms.optional_of(known, 99, field="kind")) == "kind"
    assert forms.known_filter({0: (False, False)}, 0) == (False, False)
    assert refused(lambda: forms.known_filter({0: 1}, 99)) == "filter"


def test_the_own_things_of_who_is_no_person_are_none() -> None:
    assert forms.whose(SOME, mine=True) == SOME
    assert forms.whose(None, mine=True) == forms.NOBODY
    assert forms.whose(SOME, mine=False) is None


def test_a_session_is_the_present_one_or_named() -> None:
    assert forms.session_named("sessions/current") is None
    assert forms.session_named(f"sessions/{SOME}") == SOME
    assert refused(lambda: forms.session_named("sessions/none")) == "name"


def test_each_place_in_a_list_is_read_as_it_was_written_and_a_list_begins_at_none() -> None:
    places = (
        forms.one_id,
        forms.instant_and_text,
        forms.instant_and_id,
        forms.read_and_id,
        forms.two_ids_and_text,
    )
    assert [place("") for place in places] == [None] * 5
    assert forms.one_id(str(SOME)) == SOME
    assert forms.read_and_id(f"1.{SOME}") == (True, SOME)
    assert forms.two_ids_and_text(f"{SOME}.{SOME}.smtp.mail") == (SOME, SOME, "smtp.mail")
    found = forms.instant_and_text("2026-03-02T09:00:00+00:00 row/1")
    assert found is not None
    assert (found[0].isoformat(), found[1]) == ("2026-03-02T09:00:00+00:00", "row/1")
