"""Which assignment decides a person's day."""

from datetime import date, timedelta
from uuid import UUID

from bylaw_attendance.rules.judging.assignment import EVERYBODY, Assignment, Resolver, SubjectKind
from bylaw_chassis.organisation.facts import Stay, Tree, UnitVersion
from hypothesis import given
from hypothesis import strategies as st

COMPANY, SHOP, TEAM, ANNA = (UUID(int=number) for number in range(1, 5))
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
KINDS = {ANNA: SubjectKind.PERSON, EVERYBODY: SubjectKind.ORGANISATION}


def made(subject: UUID, first_day: date = FIRST, last_day: date | None = None, pattern: str = "p@1") -> Assignment:
    kind = KINDS.get(subject, SubjectKind.UNIT)
    return Assignment(UUID(int=hash((subject, first_day)) % 2**64), kind, subject, pattern, "{}", first_day, last_day)


def tree(*versions: tuple[UUID, UUID | None]) -> Tree:
    return Tree.of(UnitVersion(unit, date(2020, 1, 1), None, parent) for unit, parent in versions)


PLAIN = tree((COMPANY, None), (SHOP, COMPANY), (TEAM, SHOP))
STAY = Stay(ANNA, date(2020, 1, 1), None, TEAM, None)


def test_the_persons_own_assignment_comes_before_the_units_and_that_before_everybodys() -> None:
    own, shop, everybody = made(ANNA), made(SHOP), made(EVERYBODY)

    assert Resolver.of(PLAIN, [everybody, shop, own]).on(ANNA, TEAM, FIRST) == own.followed
    assert Resolver.of(PLAIN, [everybody, shop]).on(ANNA, TEAM, FIRST) == shop.followed
    assert Resolver.of(PLAIN, [everybody]).on(ANNA, TEAM, FIRST) == everybody.followed
    assert Resolver.of(PLAIN, []).on(ANNA, TEAM, FIRST) is None


def test_a_unit_that_moves_in_the_tree_takes_its_new_parents_pattern_from_that_day() -> None:
    moved = Tree.of(
        [
            UnitVersion(TEAM, date(2020, 1, 1), date(2026, 3, 14), SHOP),
            UnitVersion(TEAM, date(2026, 3, 15), None, COMPANY),
            UnitVersion(SHOP, date(2020, 1, 1), None, COMPANY),
        ]
    )
    shop, company = made(SHOP), made(COMPANY)

    runs = list(Resolver.of(moved, [shop, company]).runs([STAY], FIRST, LAST))

    decided = [(run.first_day.day, run.last_day.day, run.followed) for run in runs]
    assert decided == [(1, 14, shop.followed), (15, 31, company.followed)]


def test_a_tree_that_goes_round_ends_instead_of_looking_for_ever() -> None:
    assert Resolver.of(tree((SHOP, TEAM), (TEAM, SHOP)), []).on(ANNA, TEAM, FIRST) is None


def test_days_before_the_first_appointment_belong_to_no_run() -> None:
    joined = STAY._replace(first_day=date(2026, 3, 10), last_day=date(2026, 3, 20))

    runs = list(Resolver.of(PLAIN, [made(EVERYBODY)]).runs([joined], FIRST, LAST))

    assert [(run.first_day.day, run.last_day.day) for run in runs] == [(10, 20)]


spans = st.tuples(st.integers(-20, 40), st.integers(0, 40)).map(
    lambda span: (FIRST + timedelta(days=span[0]), FIRST + timedelta(days=span[0] + span[1]))
)
assignments = st.lists(
    st.builds(
        lambda subject, span, number: made(subject, *span, pattern=f"p{number}@1"),
        st.sampled_from([ANNA, TEAM, SHOP, COMPANY, EVERYBODY]),
        spans,
        st.integers(0, 3),
    ),
    max_size=8,
)


@given(assignments, st.lists(spans, max_size=3))
def test_runs_cover_each_employed_day_once_and_agree_with_the_day_by_day_answer(
    given_assignments: list[Assignment], employed: list[tuple[date, date]]
) -> None:
    resolver = Resolver.of(PLAIN, given_assignments)
    stays, after = [], date.min
    for first, last in sorted(employed):
        if first > after:
            stays.append(Stay(ANNA, first, last, TEAM, None))
            after = last
    days = [FIRST + timedelta(days=number) for number in range(31)]

    runs = list(resolver.runs(stays, FIRST, LAST))

    covered = [day for run in runs for day in days if run.first_day <= day <= run.last_day]
    expected = [day for day in days if any(stay.first_day <= day <= (stay.last_day or LAST) for stay in stays)]
    assert covered == expected
    for run in runs:
        for day in days:
            if run.first_day <= day <= run.last_day:
                assert run.followed == resolver.on(ANNA, TEAM, day)
