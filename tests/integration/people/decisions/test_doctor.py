"""The doctor of decisions: what waits for nobody, asks the wrong people or was never told is found."""

from collections.abc import Callable

import pytest

from tests.builders.decisions import REFUSE, Department
from tests.databases import Databases
from tests.integration.people.test_doctor import found, tampered

pytestmark = pytest.mark.postgresql15
Tamper = Callable[[str], None]


@pytest.fixture
def tamper(acme: Department, postgres: Databases) -> Tamper:
    """Does something as the database's administrator."""
    return lambda statement: tampered(postgres, acme.service, statement)


@pytest.fixture
def asked(acme: Department) -> Department:
    """One leave waits for Chen, one was refused; the organisation of today is followed."""
    acme.ask("wang", subjects=["leaveRequests/1"])
    acme.answer("chen", acme.ask("zhao", subjects=["leaveRequests/2"]), REFUSE)
    acme.service.events()
    acme.run_timers()
    return acme


@pytest.mark.clause("DEC-1", "DEC-2", "DEC-3")
def test_decisions_in_order_are_found_well(asked: Department) -> None:
    finding = found(asked.service)["decisions"]
    assert finding.holds, finding.seen.en
    assert finding.seen.en.startswith("1 wait, 0 of them at no step, 0 ask others than the rule says;")


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ("update decision_slots set open = false", "1 of them at no step"),
        ("update decision_slots set open = true, answer = null", "1 places are open though it is over"),
        (
            "update decision_seats set person = (select id from people where login = 'zhou') where state = 'open'",
            "1 ask others",
        ),
        ("delete from decision_seats where state = 'open'", "1 ask others"),
        ("delete from feed where kind = 'decision_changed'", "1 outcomes were not told"),
        ("update decisions set state = 'agreed' where state = 'refused'", "1 outcomes were not told"),
    ],
)
def test_decisions_that_were_tampered_with_are_found(asked: Department, tamper: Tamper, change: str, seen: str) -> None:
    tamper(change)
    finding = found(asked.service)["decisions"]
    assert not finding.holds
    assert seen in finding.seen.en


@pytest.mark.clause("ORG-3")
def test_while_a_change_of_the_organisation_is_followed_whom_decisions_ask_is_not_compared(asked: Department) -> None:
    asked.service.unit("LATER", asked.units["ACME"].name)
    finding = found(asked.service)["decisions"]
    assert finding.holds
    assert "was not compared" in finding.seen.en
