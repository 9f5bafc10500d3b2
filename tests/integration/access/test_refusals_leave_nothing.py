"""A call that is refused leaves every table of its service as it was: no row more, none less, none changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions

from tests.builders.access import Token, outcome
from tests.builders.people import identifier
from tests.integration.access.bodies import MADE, Bodies
from tests.integration.access.conftest import Department
from tests.integration.access.late_refusals import LATE
from tests.integration.access.matrix import ANYBODY, SIGNED_IN, TABLE
from tests.integration.access.poisoning import poisoned
from tests.integration.access.rows import Rows, different
from tests.integration.access.sound_requests import sound

READING = ("Get", "List", "Stream", "Watch", "Diff", "Why", "Export")
WRITING = [call for call in TABLE if not call.rpartition(".")[2].startswith(READING)]
TAKES_NO_VALUE = {"people.SignIn.RotateSigningKey", "orders.StockClaims.ReconcileStock"}
"""What can be said to it is yes or no."""


@dataclass
class Office:
    """Every service, whose tables are looked at before and behind every call."""

    department: Department
    bodies: Bodies
    rows: Mapping[str, Rows]
    refusals: int = 0
    left_behind: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def ask(self, call: str, request: Any, token: Token, what: str = "") -> str:
        """Makes a call; answers why it was refused, nothing where it was not, and notes what a refusal left."""
        return self.ask_all(call, [(what, request)], token)[0]

    def ask_all(self, call: str, requests: Iterable[tuple[str, Any]], token: Token) -> list[str]:
        """The same for many requests of one call, one behind the other."""
        rows, answers = self.rows[call.partition(".")[0]], []
        if not call.startswith("people."):
            self.department.suite.follow_people()  # what people told so far is no matter of this call
        before = rows.now()
        for what, request in requests:
            answers.append(outcome(partial(self.department.suite.ask, call, request, token)))
            after = rows.now()
            if answers[-1]:
                self._note(call, f"{what} {answers[-1]}", different(before, after))
            before = after
        return answers

    def _note(self, call: str, what: str, changed: list[str]) -> None:
        self.refusals += 1
        if changed or what.endswith("INTERNAL"):
            self.left_behind.append((call, what, changed))

    def sound(self, call: str) -> Any:
        """A request of a call that could be meant."""
        if call in MADE:
            return self.bodies.request(call)
        descriptor: Any = self.department.suite.calls[call][0].request_class.DESCRIPTOR
        return sound(descriptor, self.own)

    @property
    def own(self) -> dict[str, str]:
        """Names of what there is."""
        return {
            "people": self.bodies.spare.name,
            "units": self.department.own.name,
            "positions": self.bodies.position,
            "sites": self.bodies.site,
            "roles": self.bodies.role,
            "duties": self.bodies.duty.name,
            "warehouses": self.bodies.stock.warehouse.name,
            "items": self.bodies.stock.tea.name,
        }


@pytest.fixture(scope="module")
def built(department: Department) -> Office:
    """The services, with something of each kind in them."""
    suite = department.suite
    bodies = Bodies(department)
    return Office(department, bodies, {service.name: Rows(service.database) for service in suite.services})


@pytest.fixture
def office(built: Office) -> Iterator[Office]:
    """The same, with nothing noted yet."""
    built.refusals, built.left_behind = 0, []
    yield built
    assert built.left_behind == []


@pytest.mark.clause("SEC-3")
@pytest.mark.parametrize("call", [call for call in WRITING if TABLE[call] != ANYBODY])
def test_whoever_is_not_let_in_leaves_nothing(office: Office, call: str) -> None:
    assert office.ask(call, office.sound(call), ()) == "SIGN_IN_REQUIRED"
    person = identifier(office.bodies.spare.name)
    suite = office.department.suite
    elsewhere = HeldGrant(Scope.UNIT, identifier(office.department.other.name), known_permissions())
    office.ask(call, office.sound(call), suite.token(elsewhere, person=person), "elsewhere")
    if TABLE[call] != SIGNED_IN:
        assert office.ask(call, office.sound(call), suite.token(person=person)) == "PERMISSION_MISSING"


@pytest.mark.clause("SEC-3")
@pytest.mark.parametrize("call", WRITING)
def test_a_request_with_one_value_that_nobody_could_mean_leaves_nothing(office: Office, call: str) -> None:
    method, _ = office.department.suite.calls[call]
    wrong = [("empty", method.request_class()), *poisoned(office.sound(call))]
    office.ask_all(call, wrong, office.bodies.token(call))
    assert office.refusals or call in TAKES_NO_VALUE


@pytest.mark.clause("SEC-3")
@pytest.mark.parametrize("call", MADE)
def test_the_same_again_and_another_wish_under_the_same_key_leave_nothing(office: Office, call: str) -> None:
    token, first = office.bodies.token(call), office.sound(call)
    first.request_id = f"key of {call}"
    rows = office.rows[call.partition(".")[0]]
    before = rows.now()
    assert office.ask(call, first, token) == ""
    assert different(before, rows.now())  # what is taken is seen
    other = office.sound(call)
    other.request_id = first.request_id
    if other != first:
        assert office.ask(call, other, token, "another wish") == "KEY_REUSED"
    first.ClearField("request_id")
    office.ask(call, first, token, "the same again")


@pytest.mark.clause("SEC-3")
@pytest.mark.parametrize("what", LATE)
def test_what_is_refused_late_leaves_nothing(office: Office, what: str) -> None:
    call, request, expected = LATE[what](office.bodies)
    assert office.ask(call, request, office.bodies.token(call)) == expected
