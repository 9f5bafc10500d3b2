"""Each call says in the contract what it does, who may make it, how it is reached and what it refuses."""

import pytest

from tests.contract.contracts import Rpc, field_names, rpcs
from tests.contract.refusals import SERVICES, import_all, reasons_of, words_of

NOT_OVER_REST = {
    "bylaw.attendance.v1.ClockLine.AnswerCommands",
    "bylaw.attendance.v1.ClockLine.GreetClock",
    "bylaw.attendance.v1.ClockLine.PollClock",
    "bylaw.attendance.v1.ClockLine.RecordPushed",
    "bylaw.orders.v1.CourierLine.ReceivePush",
    "bylaw.people.v1.SignIn.CreateServiceSession",
}
"""Services sign in with a secret that belongs in no browser and no REST client; others speak words of their own."""

SHORT_BY_NATURE = {
    "bylaw.attendance.v1.ExportLayouts.ListExportLayouts",  # what is installed
    "bylaw.attendance.v1.Leave.ListLeaveBalances",  # one person's
    "bylaw.attendance.v1.Leave.ListLeaveKinds",  # what one person may ask for
    "bylaw.attendance.v1.LeavePolicies.ListLeavePolicies",  # what is installed
    "bylaw.attendance.v1.Policies.ListShiftPatterns",  # what is installed
    "bylaw.attendance.v1.Punches.ListClocks",  # the clocks on the walls
    "bylaw.attendance.v1.PushingClocks.ListPushingClocks",  # those of them that push
    "bylaw.people.v1.Access.ListRoles",  # what the product ships
    "bylaw.people.v1.Organisation.ListHeadships",  # one unit's
    "bylaw.people.v1.Organisation.ListPositionVersions",  # one position's
    "bylaw.people.v1.Organisation.ListSiteVersions",  # one site's
    "bylaw.people.v1.Organisation.ListUnitVersions",  # one unit's
    "bylaw.people.v1.Rulebook.ListClauses",  # one book
    "bylaw.people.v1.Staff.ListAppointments",  # one person's
}
"""Lists that are answered whole."""

EVERYWHERE = reasons_of("bylaw_chassis")
"""What any call may refuse: its comment need not repeat it."""


def each(calls: tuple[Rpc, ...] = rpcs()) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rpc", calls, ids=lambda rpc: rpc.name.removeprefix("bylaw."))


def test_there_are_calls_to_hold_to_this() -> None:
    assert len(rpcs()) >= 45
    assert {"people", "attendance", "inventory", "orders"} <= set(SERVICES)
    assert {rpc.name for rpc in rpcs()} >= SHORT_BY_NATURE | NOT_OVER_REST


@each()
def test_a_call_states_its_effect_and_its_refusals(rpc: Rpc) -> None:
    effect, _, refusals = rpc.comment.partition("Refuses")
    assert len(effect.split()) >= 3, rpc.comment
    assert refusals.strip(": \n"), "the comment does not say what it refuses"
    assert effect[0].isupper()


@each()
def test_a_call_states_who_may_make_it(rpc: Rpc) -> None:
    kind = rpc.access.WhichOneof("rule")
    assert kind, "no access option"
    assert getattr(rpc.access, kind), "an access option that says nothing"
    if kind == "permission":
        service, *rest = rpc.access.permission.split(".")
        assert service == rpc.service.split(".")[1]
        assert len(rest) >= 2


@each()
def test_a_call_is_reached_over_rest(rpc: Rpc) -> None:
    assert bool(rpc.http) != (rpc.name in NOT_OVER_REST)
    if rpc.http:
        verb = rpc.http.WhichOneof("pattern")
        assert getattr(rpc.http, verb).startswith("/v1/")
        assert bool(rpc.http.body) == (verb in {"post", "patch", "put"})


@each(tuple(rpc for rpc in rpcs() if not rpc.only_reads))
def test_a_call_that_changes_something_takes_a_key(rpc: Rpc) -> None:
    """But where a secret goes in or comes out: what must not be stored cannot be answered again."""
    assert ("request_id" in field_names(rpc.request)) != rpc.access.secret


@each(tuple(rpc for rpc in rpcs() if rpc.only_reads))
def test_a_call_that_only_reads_takes_none(rpc: Rpc) -> None:
    assert "request_id" not in field_names(rpc.request)


@each(tuple(rpc for rpc in rpcs() if rpc.method.name.startswith("List") and rpc.name not in SHORT_BY_NATURE))
def test_a_list_comes_in_pages(rpc: Rpc) -> None:
    """By page tokens; a feed by cursors, which its readers keep."""
    if rpc.method.name == "ListEvents":
        assert {"after_cursor", "page_size"} <= field_names(rpc.request)
        assert {"events", "cursor"} <= field_names(rpc.response)
        return
    assert {"page_size", "page_token"} <= field_names(rpc.request)
    assert "next_page_token" in field_names(rpc.response)


ASKS = {"attendance": ("people",), "inventory": ("people",), "orders": ("people", "inventory")}
"""Whom a service asks in its user's name, and whose refusals it passes on."""


@pytest.mark.parametrize("service", SERVICES)
def test_every_reason_a_call_names_exists_and_every_refusal_is_named_by_a_call(service: str) -> None:
    for one in (service, *ASKS.get(service, ())):
        import_all(one)
    named = {reason for rpc in rpcs() if rpc.service.split(".")[1] == service for reason in rpc.reasons}
    own = reasons_of(f"bylaw_{service}")
    assert own, f"bylaw_{service} has no refusal of its own"
    passed_on = {reason for asked in ASKS.get(service, ()) for reason in reasons_of(f"bylaw_{asked}")}
    known = own | passed_on | EVERYWHERE | words_of(service)
    assert named - known == set(), "named in the contract, and nowhere in the service nor in one that it asks"
    assert own - named == set(), "refused by the service, and named by no call"
