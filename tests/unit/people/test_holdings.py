"""What somebody holds on a day, each permission by its own source, and that it fits into a token (SEC-1, SEC-3)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from bylaw_chassis.caller import Caller, Reach, Scope
from bylaw_chassis.tokens import TokenVerifier, mint
from bylaw_people.permissions import known_permissions
from bylaw_people.rules.access.granting import Grant, in_own_right
from bylaw_people.rules.access.holding import Given, Post, held_by, standings_of
from bylaw_people.rules.access.roles import OWN, roles
from bylaw_people.rules.staff import Appointment, EmploymentKind, PersonRecord
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

KNOWN = known_permissions()
ROLES = roles(KNOWN)
DAY, NOW = date(2026, 3, 2), datetime(2026, 3, 2, 4, tzinfo=UTC)
SALES, STOCK, SITE, CHEN = (UUID(int=number) for number in range(1, 5))


def employed(kind: EmploymentKind = EmploymentKind.FORMAL) -> PersonRecord:
    """Chen, who works in sales."""
    return PersonRecord(CHEN, "1001", "Chen", "chen", 1, (Appointment(SALES, None, SITE, kind, date(2026, 1, 1)),))


def grant(role: str, scope: Scope = Scope.COMPANY, unit: UUID | None = None, number: int = 100) -> Grant:
    """A grant to Chen."""
    return Grant(UUID(int=number), CHEN, role, scope, unit, DAY, None, None, NOW)


def post(unit: UUID, role: str = "unit-head") -> Post:
    """That Chen heads a unit, or deputises."""
    return Post(role, unit, date(2026, 1, 1), None)


def caller(*grants: Grant, posts: tuple[Post, ...] = (), kind: EmploymentKind = EmploymentKind.FORMAL) -> Caller:
    """Chen as a caller."""
    return Caller(CHEN, grants=held_by(standings_of(employed(kind), DAY, Given(grants, posts), ROLES)))


@pytest.mark.clause("ORG-3")
def test_an_employee_holds_for_themselves_and_a_head_for_the_unit_and_below() -> None:
    head = caller(posts=(post(SALES),))
    assert head.reach("attendance.sheets.read") == Reach(own=CHEN, subtrees=frozenset({SALES}))
    assert head.reach("people.units.read").everyone
    assert {source for held in head.grants for source in held.sources} == {"roles/employee", "roles/unit-head"}


def test_whoever_never_was_employed_holds_what_was_granted_and_nothing_by_post() -> None:
    account = PersonRecord(CHEN, "admin", "admin", "admin", 1)
    given_ = Given((grant("administrator"),), (post(SALES),))
    assert [standing.source for standing in standings_of(account, DAY, given_, ROLES)] == [f"grants/{UUID(int=100)}"]


@pytest.mark.clause("SEC-2")
def test_an_outsider_holds_their_own_data_and_what_was_granted_and_no_post() -> None:
    outsider = caller(grant("finance"), posts=(post(SALES),), kind=EmploymentKind.EXTERNAL)
    assert [(held.scope, held.permissions) for held in outsider.grants] == [
        (Scope.COMPANY, ROLES["finance"].permissions),
        (Scope.SELF, OWN & KNOWN),
    ]


@pytest.mark.clause("SEC-3")
def test_no_source_is_credited_with_the_permission_of_another() -> None:
    both = caller(
        grant("hr", Scope.UNIT, SALES, 1), grant("finance", Scope.UNIT, SALES, 2), grant("a role of yesterday")
    )
    by_source = {held.sources: held.permissions for held in both.grants if held.scope is Scope.UNIT}
    assert by_source == {
        (f"grants/{UUID(int=1)}",): ROLES["hr"].permissions,
        (f"grants/{UUID(int=2)}",): ROLES["finance"].permissions,
    }


@pytest.mark.clause("SEC-3")
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(ROLES)),
            st.sampled_from([Scope.UNIT, Scope.SUBTREE]),
            st.sampled_from([SALES, STOCK]),
        ),
        max_size=8,
    )
)
def test_what_is_carried_is_what_stands_source_by_source(wishes: list[tuple[str, Scope, UUID]]) -> None:
    grants = [grant(role, scope, unit, number) for number, (role, scope, unit) in enumerate(wishes, 1)]
    standings = standings_of(employed(), DAY, Given(tuple(grants), (post(STOCK),)), ROLES)
    stated = {
        (standing.source, standing.scope, standing.unit, permission)
        for standing in standings
        for permission in standing.permissions
    }
    carried = {
        (source, held.scope, held.unit, permission)
        for held in held_by(standings)
        for source in held.sources
        for permission in held.permissions
    }
    assert carried == stated


@pytest.mark.clause("SEC-1")
def test_what_a_deputy_holds_in_a_heads_stead_is_not_theirs_to_give() -> None:
    deputy = caller(posts=(post(SALES, "deputy-head"), post(STOCK)))
    own = in_own_right(deputy)
    assert deputy.reach("people.staff.appoint").subtrees == {SALES, STOCK}
    assert own.reach("people.staff.appoint").subtrees == {STOCK}
    both = caller(posts=(post(SALES, "deputy-head"), post(SALES)))
    assert in_own_right(both).reach("people.staff.appoint").subtrees == {SALES}


def test_an_administrator_who_heads_thirty_units_has_a_token_that_fits() -> None:
    units = [UUID(int=1_000 + number) for number in range(30)]
    busy = caller(grant("administrator"), posts=tuple(post(unit) for unit in units))
    key = Ed25519PrivateKey.generate()
    token = mint(busy, key_id="k", key=key, now=NOW, lifetime=timedelta(minutes=15))
    assert len(token) < 12_000
    assert TokenVerifier(lambda _: key.public_key(), lambda: NOW).verify(token) == busy
