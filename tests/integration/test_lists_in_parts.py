"""What a list shows is what single reads allow, for lists under a thing, counts, one's own, and those without parts.

Every list of every service is walked here or in `test_list_equals_check`: a new one fails the last test until it is.
"""

import random
from collections.abc import Iterable
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import access_review_pb2 as review
from bylaw.people.v1 import access_review_pb2_grpc, accounts_pb2
from bylaw.people.v1 import duties_pb2 as duties
from bylaw.people.v1 import notices_pb2 as notices
from google.protobuf import descriptor_pool
from google.protobuf.descriptor import MethodDescriptor

from tests.builders.notices import Office
from tests.builders.people import reason
from tests.builders.sign_in import accounts_of
from tests.integration import (
    closing_lists,
    company_lists,
    customer_lists,
    figure_lists,
    goods_lists,
    leave_lists,
    leave_questions,
    lists,
    office_lists,
    order_file_lists,
    order_lists,
    overtime_lists,
    packing_lists,
    receiving_lists,
    stock_lists,
    stocktake_lists,
    ticket_lists,
)
from tests.integration.asking import callers, everything, in_order, sees_everything
from tests.integration.lists import SingleReads, Walk
from tests.integration.organisations import MONTH, Company

pytestmark = pytest.mark.clause("SEC-1")


def test_who_read_a_notice_is_shown_of_whom_one_may_see_and_counted_of_them_alone(
    made: Company, chance: random.Random
) -> None:
    stub, in_part = Office(made.attendance.people).notices, 0
    names = office_lists.notice_names(made.attendance.people)
    for reads in callers(made):
        for name in (*names, f"notices/{lists.NEVER}"):
            walk = Walk(stub.ListReceipts, notices.ListReceiptsRequest(parent=name), "receipts")
            whole = [] if name.endswith(lists.NEVER) else everything(made, walk, chance)
            expected = [receipt for receipt in whole if reads.person(receipt.person)]
            seen = walk.all(reads.caller, chance)
            if not expected:
                assert seen == "NOTICE_NOT_FOUND"
                continue
            assert in_order(seen) == in_order(expected)
            page = stub.ListReceipts(notices.ListReceiptsRequest(parent=name, page_size=1), metadata=reads.caller)
            counts = page.addressee_count, page.read_count, page.acknowledged_count
            assert counts == (len(expected), *(stamped(expected, f"{what}_time") for what in ("read", "acknowledge")))
            in_part += len(expected) < len(whole)
    assert in_part


def stamped(receipts: Iterable[Any], field: str) -> int:
    """How many of some receipts have a time."""
    return sum(receipt.HasField(field) for receipt in receipts)


def test_unread_notices_are_counted_as_the_feed_shows_them(made: Company) -> None:
    stub, counts = Office(made.attendance.people).notices, set()
    unread = notices.NOTICE_FILTER_UNREAD
    for reads in callers(made):
        for narrowed in (notices.NOTICE_FILTER_UNSPECIFIED, unread, notices.NOTICE_FILTER_SENT):
            listed = notices.ListNoticesRequest(filter=narrowed, page_size=1)
            page = stub.ListNotices(listed, metadata=reads.caller)
            shown = stub.ListNotices(notices.ListNoticesRequest(filter=unread), metadata=reads.caller).notices
            assert page.unread_count == sum(not notice.HasField("withdraw_time") for notice in shown)
            counts.add(page.unread_count)
    assert len(counts) > 1


def test_what_is_due_of_a_unit_or_a_duty_is_what_single_reads_allow_of_it(made: Company, chance: random.Random) -> None:
    stub, outcomes = Office(made.attendance.people).duties, set()
    every = Walk(stub.ListDuties, duties.ListDutiesRequest(), "duties")
    named = [
        *(("unit", unit) for unit in made.units),
        *(("duty", duty.name) for duty in everything(made, every, chance)),
    ]
    for reads in callers(made):
        for kind, name in named:
            request = duties.ListDutyOccurrencesRequest(**{kind: name})
            walk = Walk(stub.ListDutyOccurrences, request, "duty_occurrences")
            single = duties.GetDutyRequest(name=name)
            visible = reads.unit(name) if kind == "unit" else reads.allowed(stub.GetDuty, single)
            seen = walk.all(reads.caller, chance)
            outcomes.add((kind, visible))
            if not visible:
                assert seen == f"{kind.upper()}_NOT_FOUND"
                continue
            whole = everything(made, walk, chance)
            get = stub.GetDutyOccurrence
            due = [one for one in whole if reads.allowed(get, duties.GetDutyOccurrenceRequest(name=one.name))]
            assert in_order(seen) == in_order(due)
    assert len(outcomes) == 4


def test_who_holds_a_permission_there_is_who_is_let_in_there(made: Company, chance: random.Random) -> None:
    people, reviews = made.attendance.people, access_review_pb2_grpc.AccessReviewStub(made.attendance.people.channel)
    for target in (made.units[0], made.units[-1], made.people[0]):
        asked = {"permission": office_lists.HOLDING, "target": target}
        walk = Walk(reviews.ListHolders, review.ListHoldersRequest(**asked), "holders")
        whole = everything(made, walk, chance)
        held = {holder.person: list(holder.standings) for holder in whole}
        for person in made.people:
            why = reviews.WhyAccess(review.WhyAccessRequest(person=person, **asked), metadata=people.everything)
            assert held.get(person, []) == [standing for standing in why.standings if standing.reaches]
            assert why.allowed == (person in held)
        for reads in callers(made):
            seen = walk.all(reads.caller, chance)
            if not {"people": reads.person, "units": reads.unit}[target.partition("/")[0]](target):
                assert str(seen).endswith("_NOT_FOUND")
                continue
            assert in_order(seen) == in_order([holder for holder in whole if reads.person(holder.person)])


def test_a_clause_is_counted_where_the_unit_is_shown_and_nowhere_else(made: Company, chance: random.Random) -> None:
    shown_in_part = set()
    made.attendance.unit_sheets(made.units[0], MONTH)
    for reads in callers(made):
        for parent in ("", *made.units[:2]):
            for name, walk in company_lists.clause_use(made.attendance, parent).items():
                day = "2026-02-28" if name == "attendance" else ""
                visible = not parent or reads.unit(parent, day)
                # Refused reads are counted themselves: both lists are asked before anything else is.
                seen, whole = (walk.all(caller, chance) for caller in (reads.caller, sees_everything(made)))
                if not visible:
                    assert seen == "UNIT_NOT_FOUND"
                    continue
                expected = [use for use in whole if is_shown(reads, use.unit, day)]
                assert in_order(seen) == in_order(expected), name
                shown_in_part |= {name} if 0 < len(expected) < len(whole) else set()
    assert shown_in_part == {"people", "attendance"}


def is_shown(reads: SingleReads, unit: str, day: str) -> bool:
    """Whether somebody is shown the counts of a unit; those of nobody's unit take a reach over everybody."""
    return reads.unit(unit, day) if unit else reads.sees_everybody


def test_what_belongs_to_no_unit_is_shown_whole_to_whoever_may_ask(made: Company, chance: random.Random) -> None:
    for name, walk in company_lists.shown_to_all(made.attendance, made.site).items():
        whole = everything(made, walk, chance)
        assert whole, name
        for reads in callers(made):
            assert walk.all(reads.caller, chance) == whole, name


def test_what_tells_of_everybody_takes_a_reach_over_everybody(made: Company) -> None:
    for name, walk in company_lists.for_whoever_sees_everybody(made.attendance, made.units[0]).items():
        for reads in callers(made):
            if reads.sees_everybody:
                assert getattr(walk.method(walk.request, metadata=reads.caller), walk.field), name
                continue
            with pytest.raises(grpc.RpcError) as refused:
                walk.method(walk.request, metadata=reads.caller)
            assert reason(refused.value) == "PERMISSION_MISSING", name


def test_sessions_and_access_tokens_are_shown_to_nobody_else(made: Company, chance: random.Random) -> None:
    walks = company_lists.ones_own(made.attendance)
    assert {name: len(walk.all(made.clerk, chance)) for name, walk in walks.items()} == {
        "sessions": 2,
        "access tokens": 1,
    }
    for reads in callers(made):
        assert [walk.all(reads.caller, chance) for walk in walks.values()] == [[], []]
        request = accounts_pb2.ListAccessTokensRequest(service_account=made.account)
        listed = Walk(accounts_of(made.attendance.people).ListAccessTokens, request, "access_tokens")
        of_program = listed.all(reads.caller, chance)
        assert of_program == ([] if reads.sees_everybody else "SERVICE_ACCOUNT_NOT_FOUND")


def test_every_list_of_every_service_is_walked(made: Company) -> None:
    attendance, unit, person = made.attendance, made.units[0], made.people[0]
    receipts = Walk(Office(attendance.people).notices.ListReceipts, notices.ListReceiptsRequest(), "receipts")
    listings = (*lists.of_people(attendance).values(), *office_lists.of_offices(attendance).values())
    groups = (
        lists.under_a_person(attendance, person),
        lists.under_a_unit(attendance, unit),
        lists.under_a_position(attendance, ""),
        leave_questions.under_a_unit(attendance, unit),
        closing_lists.under_a_unit(attendance, unit, MONTH),
        closing_lists.under_a_person(attendance, person, MONTH),
        overtime_lists.under_a_unit(attendance, unit, MONTH),
        leave_lists.under_a_person(attendance, person),
        lists.under_an_import(attendance, ""),
        company_lists.shown_to_all(attendance, made.site),
        company_lists.for_whoever_sees_everybody(attendance, unit),
        company_lists.ones_own(attendance),
        company_lists.clause_use(attendance),
        stock_lists.under_a_warehouse(made.inventory, ""),
        stock_lists.shown_to_all(made.inventory),
        stock_lists.for_whoever_sees_everybody(made.inventory),
        goods_lists.decided(made.inventory),
        stocktake_lists.under_a_stocktake(made.inventory, ""),
        order_lists.for_whoever_sees_everybody(made.orders),
    )
    walks = [listing.walk for listing in listings] + [walk for group in groups for walk in group.values()]
    walks += [lists.changes_of(attendance, ""), stock_lists.card_of(made.inventory, "")]
    walks.append(receiving_lists.deliveries_of(made.inventory, ""))
    walks.append(stocktake_lists.counts_of(made.inventory, ""))
    walks.append(packing_lists.scans_of(made.inventory, ""))
    walks.append(stock_lists.of_warehouses(made.inventory).walk)
    walks += walks_of_orders(made)
    walked = {
        walk.request.DESCRIPTOR.full_name
        for walk in (*walks, receipts, lists.sheets_of(attendance, unit, MONTH), lists.rota_of(attendance, unit, MONTH))
    }
    services = (attendance.service, attendance.people.service, made.inventory.service, made.orders.service)
    assert {method.input_type.full_name for method in lists_of(*services)} == walked


def walks_of_orders(made: Company) -> list[lists.Walk]:
    """The lists of orders."""
    orders = made.orders
    walks = [order_lists.of_channels(orders).walk, order_lists.of_orders(orders).walk]
    walks += [order_lists.events_of(orders, ""), order_lists.checks_of(orders, "")]
    walks += [order_lists.claims_of(orders, "")]
    walks += [order_lists.the_checks(orders), order_file_lists.the_importers(orders)]
    walks += [order_file_lists.of_imports(orders).walk, order_file_lists.lines_of(orders, "")]
    walks += [order_lists.parcels_of(orders, ""), order_lists.track_of(orders, "")]
    walks += [order_lists.promises(orders), order_lists.candidates(orders), order_lists.warehouses_of_channels(orders)]
    walks += [*ticket_lists.all_walks(orders), *figure_lists.all_walks(orders), customer_lists.reveals(orders)]
    return walks


def lists_of(*services: Any) -> Iterable[MethodDescriptor]:
    """Every call that lists or searches, as the contract has it."""
    pool = descriptor_pool.Default()
    for service in services:
        for path in service.server.methods:
            owner, _, name = path.strip("/").partition("/")
            if name.startswith(("List", "Search", "BatchGet")):
                yield pool.FindServiceByName(owner).methods_by_name[name]
