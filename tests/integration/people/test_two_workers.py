"""Two workers on one database: what one does counts for the other, for nothing that matters lives in a process."""

from collections.abc import Iterator

import grpc
import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_people.app import build

from tests.builders.people import QUICK, PeopleService, reason, settings
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15


@pytest.fixture
def other(shop: Shop) -> Iterator[PeopleService]:
    """The second worker."""
    first = shop.service
    service = build(settings(first.url), clock=first.clock, check=QUICK)
    yield PeopleService(service, first.clock, first.url, first.administrator)
    service.close()


def test_a_token_of_one_worker_is_good_at_the_other(shop: Shop, other: PeopleService) -> None:
    token = shop.service.signed_in("wang")
    assert other.sign_in.GetSelf(sessions.GetSelfRequest(), metadata=token).person.name == shop.wang.name


def test_failures_at_both_workers_count_together(shop: Shop, other: PeopleService) -> None:
    wrong = sessions.CreateSessionRequest(login="wang", password="not it at all")  # noqa: S106
    answers = []
    for worker in (shop.service, other) * 3:
        with pytest.raises(grpc.RpcError) as refused:
            worker.sign_in.CreateSession(wrong)
        answers.append(reason(refused.value))
    assert answers == ["SIGN_IN_REFUSED"] * 5 + ["SIGN_IN_THROTTLED"]


def test_a_wish_repeated_at_the_other_worker_is_carried_out_once(shop: Shop, other: PeopleService) -> None:
    request = staff.EndEmploymentRequest(name=shop.wang.name, last_date="2026-06-30", request_id="once")
    first = shop.service.staff.EndEmployment(request, metadata=shop.service.everything)
    told = len(shop.service.events())
    assert other.staff.EndEmployment(request, metadata=other.everything) == first
    assert len(other.events()) == told
    request.last_date = "2026-07-31"
    with pytest.raises(grpc.RpcError) as refused:
        other.staff.EndEmployment(request, metadata=other.everything)
    assert reason(refused.value) == "KEY_REUSED"


def test_timers_of_both_workers_run_and_keep_what_counts(shop: Shop, other: PeopleService) -> None:
    shop.service.service.runner.write_timers()
    other.service.runner.write_timers()
    while shop.service.service.runner.run_one() or other.service.runner.run_one():
        pass
    assert shop.service.signed_in("wang")


@pytest.mark.clause("SEC-3")
def test_roles_are_listed_with_their_permissions(shop: Shop, other: PeopleService) -> None:
    listed = other.access.ListRoles(access.ListRolesRequest(), metadata=other.everything).roles
    names = [role.name for role in listed]
    assert names == sorted(names)
    assert {"roles/hr", "roles/unit-head", "roles/administrator", "roles/auditor"} <= set(names)
    assert all(
        role.title.zh and role.title.en and list(role.permissions) == sorted(role.permissions) for role in listed
    )
    assert shop.service.access.ListRoles(access.ListRolesRequest(), metadata=other.everything).roles == listed
