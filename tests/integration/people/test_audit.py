"""The audit trail of people: who did what to whom under which grant, for whoever may see all of it and nobody else."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import audit_pb2 as trail
from bylaw.people.v1 import audit_pb2_grpc
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from bylaw.types.v1 import audit_pb2 as types
from bylaw_chassis.audit.heads import ExportedHead, Head, HeadKey
from bylaw_chassis.audit.pseudonyms import pseudonyms
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.values import new_id
from bylaw_people.permissions import known_permissions

from tests.builders.addresses import coming_from
from tests.builders.audit import PLANTED, kept_of, plant_in_every_call, rows, sealed
from tests.builders.people import MASTER_KEY, PASSWORD, PeopleService, identifier, reason
from tests.builders.sign_in import enrolled, session_of
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.clause("SEC-3")
READ = frozenset({"people.audit.read"})
GRANT = f"grants/{new_id()}"


def stub(people: PeopleService) -> Any:
    """The calls on the trail."""
    return audit_pb2_grpc.AuditStub(people.channel)


def entries(people: PeopleService, **asked: Any) -> list[types.AuditEntry]:
    """What an auditor sees of what they ask for, newest first."""
    auditor = people.as_caller(HeldGrant(Scope.COMPANY, None, READ))
    request = trail.ListAuditEntriesRequest(**asked)
    return list(stub(people).ListAuditEntries(request, metadata=auditor).audit_entries)


def refusal(call: Any, *given: Any, **named: Any) -> str:
    """Why a call was refused."""
    with pytest.raises(grpc.RpcError) as error:
        call(*given, **named)
    return reason(error.value)


@pytest.mark.postgresql15
def test_what_somebody_did_is_found_by_the_thing_by_who_by_the_call_and_by_the_grant(shop: Shop) -> None:
    people = shop.service
    held = HeldGrant(Scope.COMPANY, None, known_permissions(), (GRANT, "roles/administrator"))
    who = people.as_caller(held, person=identifier(shop.chen.name))
    made = org.Unit(code="NEW", title={"zh": "新", "en": "New"}, kind=org.UNIT_KIND_TEAM, parent=shop.sales.name)
    made.effective_date, made.duties.zh, made.duties.en = "2026-03-02", "做", "does"
    for request_id in ("", "k"):
        made.code = f"NEW{request_id}"
        people.organisation.CreateUnit(org.CreateUnitRequest(unit=made, request_id=request_id), metadata=who)
    by_grant = entries(people, grant=GRANT)
    assert len(by_grant) == 2
    for entry in by_grant:
        assert entry.actor == shop.chen.name
        assert entry.method == "bylaw.people.v1.Organisation/CreateUnit"
        assert (entry.grants, entry.scopes) == ([GRANT, "roles/administrator"], ["company"])
        assert entry.outcome == types.AUDIT_OUTCOME_DONE
        new = next(name for name in entry.targets if name != shop.sales.name)
        assert entry in entries(people, target=new)
        assert entry in entries(people, target=shop.sales.name, actor=shop.chen.name)
        assert len(entry.trace_id) == 32
    assert len(entries(people, actor=shop.chen.name, method=by_grant[0].method)) == 2
    assert entries(people, actor=shop.wang.name) == []


def test_a_refusal_is_found_by_its_outcome_and_its_clause(shop: Shop) -> None:
    people = shop.service
    wang = people.signed_in("wang")
    wish = staff.GetPersonRequest(name=shop.qian.name)
    refusal(people.staff.GetPerson, wish, metadata=wang)
    assert refusal(people.staff.EndEmployment, staff.EndEmploymentRequest(name=shop.qian.name), metadata=wang)
    found = entries(people, outcome=types.AUDIT_OUTCOME_REFUSED, clause="SEC-1", actor=shop.wang.name)
    assert [(entry.reason, entry.targets) for entry in found] == [("PERMISSION_MISSING", [shop.qian.name])]


def test_signing_in_leaves_who_did_and_a_refused_try_at_whose_account_it_was(shop: Shop) -> None:
    people = shop.service
    before = len(rows(people.service))
    people.signed_in("wang")
    wrong = sessions.CreateSessionRequest(login="wang", password="wrong-password-1")  # noqa: S106
    address = coming_from(PLANTED[-1])
    assert refusal(people.sign_in.CreateSession, wrong, metadata=address) == "SIGN_IN_REFUSED"
    done, refused = rows(people.service)[before:]
    assert (done.actor, done.reason) == (shop.wang.name, "")
    assert (refused.actor, refused.reason, refused.targets) == ("", "SIGN_IN_REFUSED", [shop.wang.name])
    assert refused.address == pseudonyms(MASTER_KEY).address(PLANTED[-1])
    assert (done.digest, refused.digest) == ("", "")


@pytest.mark.clause("SEC-1")
def test_guessing_shows_per_account_and_no_login_stands_in_the_trail(shop: Shop) -> None:
    people = shop.service
    before = len(rows(people.service))
    bare = staff.Person(name=shop.zhao.name, login="zhao-new")
    people.staff.UpdatePerson(staff.UpdatePersonRequest(person=bare), metadata=people.everything)
    tries = ("wang", " WANG ", "zhao-new", "nobody-has-this", "Nobody-Has-This", "another-one")
    for login in tries:
        wrong = sessions.CreateSessionRequest(login=login, password="wrong-password-1")  # noqa: S106
        assert refusal(people.sign_in.CreateSession, wrong) == "SIGN_IN_REFUSED"
    names = [entry.targets for entry in entries(people, outcome=types.AUDIT_OUTCOME_REFUSED)][::-1]
    unknown = [f"logins/{pseudonyms(MASTER_KEY).login(login)}" for login in ("nobody-has-this", "another-one")]
    assert names == [[shop.wang.name]] * 2 + [[shop.zhao.name]] + [[unknown[0]]] * 2 + [[unknown[1]]]
    assert len(entries(people, target=shop.wang.name, outcome=types.AUDIT_OUTCOME_REFUSED)) == 2
    assert len(entries(people, target=unknown[0])) == 2
    kept = str(rows(people.service)[before:]).casefold()
    assert not [login for login in tries if login.strip().casefold() in kept]


@pytest.mark.clause("SEC-1")
def test_who_is_slowed_down_or_has_the_wrong_code_is_named_as_well(shop: Shop) -> None:
    people = shop.service
    _, codes = enrolled(people, session_of(people, "wang"))
    bad = sessions.CreateSessionRequest(login="wang", password=PASSWORD, one_time_code="000000")
    assert refusal(people.sign_in.CreateSession, bad) == "SECOND_FACTOR_REFUSED"
    wrong = sessions.CreateSessionRequest(login="wang", password="wrong-password-1")  # noqa: S106
    for _ in range(20):
        if refusal(people.sign_in.CreateSession, wrong) == "SIGN_IN_THROTTLED":
            break
    found = entries(people, target=shop.wang.name, outcome=types.AUDIT_OUTCOME_REFUSED)
    assert (found[0].reason, found[-1].reason) == ("SIGN_IN_THROTTLED", "SECOND_FACTOR_REFUSED")
    assert codes[0] not in str(rows(people.service))


@pytest.mark.clause("SEC-1")
@pytest.mark.parametrize("scope", [Scope.SELF, Scope.UNIT, Scope.SUBTREE])
def test_whoever_holds_the_permission_for_less_than_the_company_sees_nothing_of_it(shop: Shop, scope: Scope) -> None:
    people = shop.service
    part = people.as_caller(HeldGrant(scope, identifier(shop.company.name), READ))
    for call, request in (
        (stub(people).ListAuditEntries, trail.ListAuditEntriesRequest()),
        (stub(people).GetAuditHead, trail.GetAuditHeadRequest()),
    ):
        assert refusal(call, request, metadata=part) == "PERMISSION_MISSING"


@pytest.mark.clause("SEC-1")
def test_that_somebody_looked_is_an_entry_of_its_own(people: PeopleService) -> None:
    entries(people)
    seen = entries(people)[0]
    assert seen.method == "bylaw.people.v1.Audit/ListAuditEntries"
    assert seen.actor == f"people/{people.administrator}"


def pages(people: PeopleService, size: int) -> Iterator[list[str]]:
    """The trail in pages, up to where it was when the first was read."""
    auditor, token = people.as_caller(HeldGrant(Scope.COMPANY, None, READ)), ""
    while True:
        request = trail.ListAuditEntriesRequest(page_size=size, page_token=token)
        answer = stub(people).ListAuditEntries(request, metadata=auditor)
        yield [entry.name for entry in answer.audit_entries]
        token = answer.next_page_token
        if not token:
            return


def test_pages_are_newest_first_and_hold_everything_once(shop: Shop) -> None:
    expected = [f"auditEntries/{row.id}" for row in reversed(rows(shop.service.service))]
    assert len(expected) > 10
    assert [name for page in pages(shop.service, 4) for name in page] == expected


def test_times_narrow_from_the_first_instant_on_and_before_the_second(people: PeopleService) -> None:
    noon = people.clock.now
    for turn in range(3):
        people.clock.now = noon + timedelta(minutes=turn)
        people.site(f"S{turn}")
    one, two = noon + timedelta(minutes=1), noon + timedelta(minutes=2)
    asked = trail.ListAuditEntriesRequest()
    asked.start_time.FromDatetime(one)
    asked.end_time.FromDatetime(two)
    found = entries(people, start_time=asked.start_time, end_time=asked.end_time)
    assert [entry.record_time.ToDatetime(tzinfo=UTC) for entry in found] == [one]


def test_a_filter_that_no_entry_can_match_is_refused_or_empty_and_never_a_fault(people: PeopleService) -> None:
    auditor = people.as_caller(HeldGrant(Scope.COMPANY, None, READ))
    for asked in ({"actor": "x" * 201}, {"target": "a\0"}, {"page_size": -1}):
        request = trail.ListAuditEntriesRequest(**asked)
        assert refusal(stub(people).ListAuditEntries, request, metadata=auditor) == "FIELD_INVALID"
    late = trail.ListAuditEntriesRequest()
    late.start_time.seconds = 2**62
    assert refusal(stub(people).ListAuditEntries, late, metadata=auditor) == "FIELD_INVALID"
    assert entries(people, actor="people/'; drop table audit; --") == []


def test_the_head_is_signed_and_says_what_waits_behind_it(shop: Shop) -> None:
    people = shop.service
    auditor = people.as_caller(HeldGrant(Scope.COMPANY, None, READ))

    def head() -> types.AuditHead:
        return stub(people).GetAuditHead(trail.GetAuditHeadRequest(), metadata=auditor)

    assert (head().number, head().signature, head().unsealed_count) == (0, "", len(rows(people.service)))
    proof = sealed(people.service)
    assert proof.broken is None
    seen = head()
    assert (seen.service, seen.number, seen.unsealed_count) == ("people", proof.seals, 0)
    known = Head(seen.service, seen.number, seen.head, _instant(seen.seal_time))
    exported = ExportedHead(known, _instant(seen.export_time), seen.signature)
    assert HeadKey(MASTER_KEY).signed(exported)
    assert not HeadKey(MASTER_KEY).signed(dataclasses.replace(exported, exported_at=datetime.now(UTC)))


def _instant(stamp: Any) -> datetime:
    found: datetime = stamp.ToDatetime(tzinfo=UTC)
    return found


@pytest.mark.clause("SEC-1")
def test_nothing_personal_is_ever_in_it_whatever_is_sent_to_whichever_call(
    shop: Shop, capfd: pytest.CaptureFixture[str]
) -> None:
    people = shop.service
    hired = people.person(PLANTED[2], shop.sales.name, shop.site.name, login="zhang.xiaofeng")
    people.signed_in("zhang.xiaofeng")
    refusal(
        people.sign_in.CreateSession,
        sessions.CreateSessionRequest(login="zhang.xiaofeng", password=PASSWORD[::-1]),
    )
    own = people.as_caller(HeldGrant(Scope.SELF, None, known_permissions()), person=identifier(hired.name))
    assert plant_in_every_call(people.service, people.channel, (people.everything, own, ())) > 150
    assert sealed(people.service).broken is None
    assert len(rows(people.service)) > 20
    assert kept_of(people.service, (*PLANTED, "zhang.xiaofeng", "xiaofeng", PASSWORD)) == []
    logged = "".join(capfd.readouterr())
    assert [
        text for text in (*PLANTED, "xiaofeng") if text in logged or text.encode("unicode_escape").decode() in logged
    ] == []
