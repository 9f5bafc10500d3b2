"""Lists of tickets, of what they move and of reviews show what single reads allow, as do messages (SEC-1)."""

import random

import pytest

from tests.integration import lists, ticket_lists
from tests.integration.asking import callers, everything, parts_shown
from tests.integration.organisations import Company

pytestmark = pytest.mark.clause("SEC-1")


def test_the_tickets_listed_are_those_that_are_shown_alone(made: Company, chance: random.Random) -> None:
    assert parts_shown(made, ticket_lists.of_tickets(made.orders), chance, name="ListTickets")


def test_what_tickets_move_is_listed_where_it_is_shown_alone(made: Company, chance: random.Random) -> None:
    assert parts_shown(made, ticket_lists.of_actions(made.orders), chance, name="ListTicketActions")


def test_the_reviews_listed_are_those_that_are_shown_alone(made: Company, chance: random.Random) -> None:
    assert parts_shown(made, ticket_lists.of_reviews(made.orders), chance, name="ListReviews")


def test_what_was_written_is_shown_where_its_ticket_is_and_else_refused_like_that_of_none(
    made: Company, chance: random.Random
) -> None:
    outcomes, single = set(), ticket_lists.of_tickets(made.orders).shown
    for reads in callers(made):
        for name in (*(sold["tickets"] for sold in made.sales), f"tickets/{lists.NEVER}"):
            visible = bool(single(reads, ticket_lists.tickets_pb2.Ticket(name=name)))
            walk = ticket_lists.said_in(made.orders, name)
            seen = walk.all(reads.caller, chance)
            assert seen == (everything(made, walk, chance) if visible else "TICKET_NOT_FOUND")
            outcomes.add(visible)
    assert outcomes == {True, False}


def test_reviews_are_counted_where_their_channel_is_shown(made: Company, chance: random.Random) -> None:
    counts = set()
    for reads in callers(made):
        shown = ticket_lists.of_reviews(made.orders).walk.all(reads.caller, chance)
        counted = ticket_lists.figures(made.orders).all(reads.caller, chance)
        assert isinstance(shown, list) == isinstance(counted, list)
        if isinstance(shown, list) and isinstance(counted, list):
            assert sum(one.count for one in counted) == len(shown)
            counts.add(len(shown))
    assert len(counts) > 1
