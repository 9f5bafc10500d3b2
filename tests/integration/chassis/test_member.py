"""A service beside people, as an author writes it: who calls, what they reach, and that it ends within seconds."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import grpc
import pytest
from bylaw_chassis.caller import NOBODY, Caller, HeldGrant, Scope
from bylaw_chassis.clock import system_clock
from bylaw_chassis.doctor import Examined
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.migrate import migrate
from bylaw_chassis.organisation.checks import organisation_check
from bylaw_chassis.serving import Listener, Service
from bylaw_chassis.settings import ServiceSettings
from bylaw_chassis.tokens import mint
from bylaw_chassis.values import new_id
from bylaw_people.store.work import Store
from grpc_health.v1 import health_pb2, health_pb2_grpc
from sqlalchemy import make_url

from tests.builders.people import (
    MASTER_KEY,
    ROLE_PASSWORD,
    PeopleService,
    SetClock,
    identifier,
    people_service,
    url_of_admin,
)
from tests.databases import Databases
from tests.integration.chassis import shelves
from tests.integration.chassis.counting import ShowRequest
from tests.integration.chassis.shelves import ListShelvesResponse
from tests.integration.chassis.worlds import reason_of, unary

WITHIN_SECONDS = 5.0
"""What "within seconds" means here, with the timers running as they do in service."""


@dataclass
class Suite:
    """People and a service of shelves beside it, with a shelf in each of three units: a shop, its team, a store."""

    people: PeopleService
    inventory: Service
    shop: str
    team: str
    store: str

    def shelves(self, metadata: Any) -> list[str]:
        """The shelves a caller is shown."""
        call = unary(LocalChannel(self.inventory.server), "Shelves/ListShelves", answer=ListShelvesResponse)
        return list(call(ShowRequest(), metadata=metadata).codes)

    def caller(self, scope: Scope, unit: str = "", **more: Any) -> Any:
        """Metadata of somebody with a grant."""
        held = HeldGrant(scope, identifier(unit) if unit else None, frozenset({"shelves.read"}))
        caller = Caller(person=more.pop("person", self.people.administrator), grants=(held,), **more)
        key = self.people.keys.current()
        token = mint(caller, key_id=key.id, key=key.private, now=self.people.clock(), lifetime=timedelta(minutes=15))
        return (("authorization", f"Bearer {token}"),)


@pytest.fixture
def suite(postgres: Databases) -> Iterator[Suite]:
    with people_service(postgres, SetClock(system_clock())) as people, inventory_beside(people, postgres) as inventory:
        top = people.unit("co").name
        shop, store = people.unit("shop", parent=top).name, people.unit("store", parent=top).name
        team = people.unit("team", parent=shop).name
        shelves.put(inventory.database, shop=shop, team=team, store=store)
        yield Suite(people, inventory, shop, team, store)


@contextmanager
def inventory_beside(people: PeopleService, postgres: Databases) -> Iterator[Service]:
    admin = postgres.prepared("shelves", lambda url: migrate(url, shelves.MIGRATIONS, password=ROLE_PASSWORD))
    url = make_url(admin).set(username="bylaw_inventory", password=ROLE_PASSWORD)
    settings = ServiceSettings(database_url=url.render_as_string(hide_password=False), master_key=MASTER_KEY)
    service = shelves.build(settings, {"people": people.channel}, people.clock)
    try:
        yield service
    finally:
        service.close()
        postgres.drop(url_of_admin(postgres, admin))


@contextmanager
def running(*services: Service) -> Iterator[None]:
    """The timers and jobs of services, as a process runs them."""
    for service in services:
        service.runner.start()
    try:
        yield
    finally:
        for service in services:
            service.runner.stop()


def eventually(holds: Callable[[], object]) -> None:
    give_up = time.monotonic() + WITHIN_SECONDS
    while not holds():
        assert time.monotonic() < give_up, "it did not come about within seconds"
        threading.Event().wait(0.05)


def refused(act: Callable[[], object]) -> str:
    """The reason of a refusal; nothing where it was answered."""
    try:
        act()
    except grpc.RpcError as error:
        return reason_of(error)
    return ""


@pytest.mark.clause("SEC-1")
@pytest.mark.postgresql15
def test_within_seconds_a_caller_reaches_what_lies_below_their_unit_in_the_tree_of_the_day(suite: Suite) -> None:
    head, company = suite.caller(Scope.SUBTREE, suite.shop), suite.caller(Scope.COMPANY)
    with running(suite.people.service, suite.inventory):
        eventually(lambda: suite.shelves(head) == ["shop", "team"])
        assert suite.shelves(suite.caller(Scope.UNIT, suite.shop)) == ["shop"]
        assert suite.shelves(company) == ["shop", "store", "team"]
        assert suite.shelves(suite.caller(Scope.SELF)) == []

        later = suite.people.unit("corner", parent=suite.team).name
        shelves.put(suite.inventory.database, corner=later)
        eventually(lambda: suite.shelves(head) == ["corner", "shop", "team"])


@pytest.mark.clause("SEC-1")
def test_what_the_contract_does_not_allow_is_refused_without_a_line_by_the_author(suite: Suite) -> None:
    assert refused(lambda: suite.shelves(())) == "SIGN_IN_REQUIRED"
    assert refused(lambda: suite.shelves((("authorization", "Bearer x.y.z"),))) == "TOKEN_INVALID"
    assert refused(lambda: suite.shelves((("authorization", "Bearer bylaw_pat_made-up"),))) == "TOKEN_INVALID"
    nothing = suite.people.as_caller(HeldGrant(Scope.COMPANY, None, frozenset({"shelves.write"})))
    assert refused(lambda: suite.shelves(nothing)) == "PERMISSION_MISSING"


@pytest.mark.clause("SEC-1")
@pytest.mark.postgresql15
def test_a_session_that_ended_and_access_that_changed_in_people_end_here_within_seconds(suite: Suite) -> None:
    session, person = new_id(), suite.people.administrator
    mine = suite.caller(Scope.COMPANY, session=session)
    elsewhere, service = suite.caller(Scope.COMPANY, session=new_id()), suite.caller(Scope.COMPANY, person=new_id())
    with running(suite.people.service, suite.inventory):
        eventually(lambda: suite.shelves(mine))
        with Store(suite.people.service.database).work(NOBODY) as records:
            records.end_sessions([session])
        eventually(lambda: refused(lambda: suite.shelves(mine)) == "TOKEN_ENDED")
        assert suite.shelves(elsewhere)

        with Store(suite.people.service.database).work(NOBODY) as records:
            records.renew_access([person])
        eventually(lambda: refused(lambda: suite.shelves(elsewhere)) == "TOKEN_ENDED")
        assert suite.shelves(suite.caller(Scope.COMPANY, access_revision=99))
        assert suite.shelves(service)


def test_while_people_is_away_the_service_answers_on_and_health_and_doctor_say_how_old_it_is(suite: Suite) -> None:
    """Liveness and readiness stay: a caller is better served by what was true a minute ago than by nobody."""
    company = suite.caller(Scope.COMPANY)
    listener = Listener(suite.inventory, "127.0.0.1:0", linger_seconds=0, drain_seconds=5)
    listener.start()
    try:
        with grpc.insecure_channel(f"127.0.0.1:{listener.port}") as channel:
            health = health_pb2_grpc.HealthStub(channel)

            def serving(name: str) -> bool:
                answer = health.Check(health_pb2.HealthCheckRequest(service=name), timeout=5)
                return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)

            eventually(lambda: serving("organisation"))
            suite.inventory.runner.stop()
            assert doctor(suite) == (True, "0 s ago")
            suite.people.clock.pass_time(seconds=61)
            eventually(lambda: not serving("organisation"))
            assert serving("")
            assert suite.shelves(company)
            assert doctor(suite) == (False, "61 s ago")
    finally:
        listener.stop()


def doctor(suite: Suite) -> tuple[bool, str]:
    """Whether the doctor finds the organisation well, and how old it says it is."""
    name, check = organisation_check(suite.people.service.database)
    with suite.inventory.database.read() as connection:
        found = check(connection, Examined(suite.inventory.database, shelves.MIGRATIONS))
    assert (name, found.check) == ("organisation", "organisation")
    return found.holds, found.seen.en.split("; ")[0].split("), ")[1]
