"""What a list shows is what single reads allow: in every list of every service, for organisations and grants by chance.

Who is moved where, who leaves, who holds what, and how long pages are, are drawn by chance; `tests/prove` draws more.
"""

import random

import grpc
import pytest
from bylaw.attendance.v1 import feed_pb2 as attendance_feed
from bylaw.inventory.v1 import feed_pb2 as inventory_feed
from bylaw.orders.v1 import feed_pb2 as orders_feed
from bylaw.people.v1 import feed_pb2 as people_feed
from bylaw.people.v1 import organisation_pb2 as org
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.people import identifier, reason
from tests.integration import lists, office_lists, overtime_lists
from tests.integration.asking import callers, everything, parts_shown
from tests.integration.organisations import MONTH, Company

pytestmark = pytest.mark.clause("SEC-1")
DAYS = ("", "2026-02-20", "2026-04-02")


def test_a_list_of_all_shows_what_each_single_read_allows(made: Company, chance: random.Random) -> None:
    shown_in_part = 0
    for day in DAYS:
        for name, listing in lists.of_people(made.attendance, day).items():
            if day and "as_of_date" not in listing.walk.request.DESCRIPTOR.fields_by_name:
                continue
            shown_in_part += parts_shown(made, listing, chance, name=f"{name} as of {day}")
    assert shown_in_part > 8


def test_a_list_of_an_office_shows_what_each_single_read_allows(made: Company, chance: random.Random) -> None:
    listings = office_lists.of_offices(made.attendance).items()
    in_part = {name: parts_shown(made, listing, chance, name=name) for name, listing in listings}
    assert sum(map(bool, in_part.values())) > len(in_part) / 2


def test_a_list_under_a_person_is_shown_where_the_person_is_and_else_refused_like_nobodys(
    made: Company, chance: random.Random
) -> None:
    outcomes = set()
    for reads in callers(made):
        for person in made.people:
            visible = reads.person(person)
            for name, walk in lists.under_a_person(made.attendance, person).items():
                seen = walk.all(reads.caller, chance)
                assert seen == (everything(made, walk, chance) if visible else "PERSON_NOT_FOUND"), name
                outcomes.add((name, visible))
    assert len(outcomes) == 6


def test_a_list_under_a_unit_is_shown_where_the_unit_is_and_else_refused_like_one_there_is_not(
    made: Company, chance: random.Random
) -> None:
    for reads in callers(made):
        for unit in made.units:
            visible = reads.unit(unit)
            for name, walk in lists.under_a_unit(made.attendance, unit).items():
                seen = walk.all(reads.caller, chance)
                assert seen == (everything(made, walk, chance) if visible else "UNIT_NOT_FOUND"), name


def test_a_list_under_a_position_is_shown_where_the_position_is(made: Company, chance: random.Random) -> None:
    people = made.attendance.people
    positions = people.organisation.ListPositions(org.ListPositionsRequest(), metadata=people.everything).positions
    for reads in callers(made):
        for position in (*lists.names(positions), f"positions/{lists.NEVER}"):
            visible = reads.position(position)
            for walk in lists.under_a_position(made.attendance, position).values():
                seen = walk.all(reads.caller, chance)
                assert seen == (everything(made, walk, chance) if visible else "POSITION_NOT_FOUND")


def test_the_sheets_of_a_unit_are_those_of_whom_single_sheets_are_shown_and_so_are_the_totals(
    made: Company, chance: random.Random
) -> None:
    attendance, in_part = made.attendance, 0
    for reads in callers(made):
        for unit in (made.units[0], *chance.sample(made.units[1:], 2)):
            walk = lists.sheets_of(attendance, unit, MONTH)
            seen = walk.all(reads.caller, chance)
            if not reads.unit(unit, "2026-02-28"):
                assert seen == "UNIT_NOT_FOUND"
                continue
            whole = everything(made, walk, chance)
            expected = [sheet for sheet in whole if reads.sheet(sheet.name.partition("/sheets/")[0], MONTH)]
            assert lists.names(seen) == lists.names(expected)
            in_part += len(expected) < len(whole)
            page = attendance.unit_sheets(unit, MONTH, reads.caller, page_size=1)
            for total in ("planned_days", "absent_halves", "missing_card_count", "late_minutes"):
                assert getattr(page.totals, total) == sum(getattr(sheet.totals, total) for sheet in expected), total
    assert in_part


def test_the_hours_of_a_unit_are_those_of_whom_single_sheets_are_shown(made: Company, chance: random.Random) -> None:
    in_part = 0
    for reads in callers(made):
        for unit in (made.units[0], *chance.sample(made.units[1:], 2)):
            walk = overtime_lists.under_a_unit(made.attendance, unit, MONTH)["ListWorkHours"]
            seen = walk.all(reads.caller, chance)
            if not reads.unit(unit, "2026-02-28"):
                assert seen == "UNIT_NOT_FOUND"
                continue
            whole = everything(made, walk, chance)
            assert seen == [one for one in whole if reads.sheet(one.name.partition("/workHours/")[0], MONTH)]
            in_part += len(seen) < len(whole)
    assert in_part


def test_the_rota_of_a_unit_or_a_person_is_that_of_whom_single_sheets_are_shown(
    made: Company, chance: random.Random
) -> None:
    in_part = 0
    for reads in callers(made):
        for parent in (made.units[0], *chance.sample(made.units[1:], 2), *chance.sample(made.people, 3)):
            walk = lists.rota_of(made.attendance, parent, MONTH)
            seen = walk.all(reads.caller, chance)
            of_unit = parent.startswith("units/")
            if not (reads.unit(parent, "2026-02-28") if of_unit else reads.sheet(parent, MONTH)):
                assert seen == ("UNIT_NOT_FOUND" if of_unit else "PERSON_NOT_FOUND")
                continue
            whole = everything(made, walk, chance)
            assert seen == [cell for cell in whole if reads.sheet(cell.person, MONTH)]
            in_part += 0 < len(seen) < len(whole)
    assert in_part


def test_what_an_import_could_not_take_is_shown_to_whom_the_import_is(made: Company, chance: random.Random) -> None:
    outcomes = set()
    for reads in callers(made):
        for name in (*made.imports, f"punchImports/{lists.NEVER}"):
            visible = reads.punch_import(name)
            outcomes.add(visible)
            for walk in lists.under_an_import(made.attendance, name).values():
                seen = walk.all(reads.caller, chance)
                assert seen == (everything(made, walk, chance) if visible else "PUNCH_IMPORT_NOT_FOUND")
    assert outcomes == {True, False}


def test_what_a_replay_changes_is_shown_to_whom_the_replay_is(made: Company, chance: random.Random) -> None:
    outcomes = set()
    for reads in callers(made):
        for name in (*made.replays, f"replays/{lists.NEVER}"):
            walk, visible = lists.changes_of(made.attendance, name), reads.replay(name)
            seen = walk.all(reads.caller, chance)
            assert seen == (everything(made, walk, chance) if visible else "REPLAY_NOT_FOUND")
            if visible and not reads.sees_everybody:
                assert all(reads.sheet(person, MONTH) for person in {change.person for change in seen})
            outcomes.add((visible, reads.sees_everybody))
    assert outcomes == {(True, True), (False, True), (True, False), (False, False)}


def test_a_feed_tells_of_everybody_and_so_takes_a_reach_over_everybody(made: Company) -> None:
    for stub, message, name in (
        (made.attendance.feed, attendance_feed, "attendance"),
        (made.inventory.feed, inventory_feed, "inventory"),
        (made.orders.feed, orders_feed, "orders"),
        (made.attendance.people.feed, people_feed, "people"),
    ):
        permission = frozenset({f"{name}.feed.read"})
        head = made.attendance.people.as_caller(
            HeldGrant(Scope.SUBTREE, identifier(made.units[0]), permission), HeldGrant(Scope.SELF, None, permission)
        )
        with pytest.raises(grpc.RpcError) as refused:
            stub.ListEvents(message.ListEventsRequest(), metadata=head)
        assert reason(refused.value) == "PERMISSION_MISSING"
        with pytest.raises(grpc.RpcError) as refused:
            list(stub.StreamEvents(message.StreamEventsRequest(), metadata=head, timeout=5))
        assert reason(refused.value) == "PERMISSION_MISSING"
        service = made.attendance.people.as_caller(HeldGrant(Scope.COMPANY, None, permission))
        assert stub.ListEvents(message.ListEventsRequest(), metadata=service).events


def test_a_page_token_of_one_caller_opens_nothing_for_another(made: Company) -> None:
    units = made.attendance.people.organisation.ListUnits
    whole = made.attendance.people.as_caller(HeldGrant(Scope.COMPANY, None, lists.READS))
    other = made.attendance.people.as_caller(
        HeldGrant(Scope.COMPANY, None, lists.READS), person=identifier(made.people[0])
    )
    request = lists.organisation_pb2.ListUnitsRequest(page_size=2)
    request.page_token = units(request, metadata=whole).next_page_token
    walk = lists.Walk(units, request, "units")
    assert walk.all(other, random.Random(0)) == "PAGE_TOKEN_INVALID"  # noqa: S311
