"""What a position asks of people: what is needed and not there is named, what is wished for never stands in the way."""

from datetime import date

import pytest
from bylaw_people.rules.dated_refusals import PositionRequirementsNotMet
from bylaw_people.rules.importing.lines import Faults, Line
from bylaw_people.rules.importing.skills import months_in, skills_in
from bylaw_people.rules.refusals import ImportRefused
from bylaw_people.rules.requirements import Qualification, Requirement, lacking, require_met
from hypothesis import given
from hypothesis import strategies as st

DAY = date(2026, 3, 1)
skills = st.sampled_from(["Excel", "excel ", "SQL", "叉车", ""])
asked = st.lists(st.builds(Requirement, skills, st.integers(0, 36), st.booleans()), max_size=5)
known = st.lists(st.builds(Qualification, skills, st.integers(0, 36)), max_size=5)


@pytest.mark.clause("POS-2")
@given(asked, known)
def test_more_that_somebody_can_do_never_makes_them_lack_more(
    needs: list[Requirement], can: list[Qualification]
) -> None:
    missing = lacking(needs, can, DAY)
    assert not any(need.optional for need in missing)
    for more in can:
        fewer = [one for one in can if one is not more]
        assert set(missing) <= set(lacking(needs, fewer, DAY))
    everything = [Qualification(need.skill, need.experience_months) for need in needs]
    assert lacking(needs, everything, DAY) == []


@pytest.mark.clause("POS-2")
def test_letter_case_and_width_do_not_matter_and_the_date_does() -> None:
    need = [Requirement("Ｅｘｃｅｌ")]
    assert lacking(need, [Qualification("EXCEL", since=DAY)], DAY) == []
    assert lacking(need, [Qualification("EXCEL", since=DAY)], date(2026, 2, 28)) == need


@pytest.mark.clause("POS-2")
def test_a_reason_of_blanks_is_none_and_each_thing_that_is_missing_is_named_in_both_languages() -> None:
    missing = [Requirement("Excel", 12), Requirement("SQL"), Requirement("", 24)]
    with pytest.raises(PositionRequirementsNotMet) as refused:
        require_met("CLERK", missing, "  ", field="appointment.position")
    assert refused.value.variables["missing_en"] == "12 months of Excel, the skill SQL, 24 months of experience"
    assert refused.value.variables["missing_zh"] == "Excel 经验 12 个月、技能 SQL、工作经验 24 个月"
    require_met("CLERK", missing, "Learns on the job.", field="appointment.position")
    require_met("CLERK", [], "", field="appointment.position")


def cell(text: str) -> Line:
    return Line(2, {"skills": text, "experience_months": text})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("Excel", {"Excel": 0}),
        (" Excel : 12 ; SQL", {"Excel": 12, "SQL": 0}),
        ("Excel：12；叉车、", {"Excel": 12, "叉车": 0}),
    ],
)
def test_skills_are_read_as_people_write_them(text: str, expected: dict[str, int]) -> None:
    faults = Faults()
    assert skills_in(cell(text), "skills", faults) == expected
    faults.require_none()


@pytest.mark.parametrize(
    "text", ["Excel:many", "Excel:-1", "Excel:99999", ":12", "Excel;EXCEL:3", ";".join("abcdefghij" * 6)]
)
def test_skills_that_are_none_are_a_fault_of_the_line(text: str) -> None:
    faults = Faults()
    assert skills_in(cell(text), "skills", faults) is None
    with pytest.raises(ImportRefused):
        faults.require_none()


@pytest.mark.parametrize(("text", "expected"), [("", 0), ("24", 24), ("two", None), ("-1", None), ("961", None)])
def test_months_are_whole_numbers_of_a_working_life(text: str, expected: int | None) -> None:
    assert months_in(cell(text), "experience_months", Faults()) == expected
