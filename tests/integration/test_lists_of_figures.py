"""Figures are of the orders and tickets that a caller is shown, and of nothing else (SEC-1, ANA-1)."""

import random

import pytest
from bylaw.orders.v1 import orders_pb2

from tests.integration import figure_lists, order_lists, ticket_lists
from tests.integration.asking import callers
from tests.integration.organisations import Company

pytestmark = [pytest.mark.clause("SEC-1"), pytest.mark.clause("ANA-1")]


def test_figures_count_the_orders_that_are_shown(made: Company, chance: random.Random) -> None:
    counts = set()
    for reads in callers(made):
        shown = order_lists.of_orders(made.orders).walk.all(reads.caller, chance)
        counted = figure_lists.sold(made.orders).all(reads.caller, chance)
        assert isinstance(shown, list) == isinstance(counted, list)
        if isinstance(shown, list) and isinstance(counted, list):
            wanted = [one.name for one in shown if one.fulfilment_state != orders_pb2.FULFILMENT_STATE_CANCELLED]
            assert sorted(one.order for one in counted) == sorted(wanted)
            summed = figure_lists.sales(made.orders).all(reads.caller, chance)
            assert sum(one.order_count for one in summed) == len(wanted)
            counts.add(len(wanted))
    assert len(counts) > 1


def test_how_sales_went_counts_the_tickets_that_are_shown(made: Company, chance: random.Random) -> None:
    counts = set()
    for reads in callers(made):
        shown = ticket_lists.of_tickets(made.orders).walk.all(reads.caller, chance)
        went = figure_lists.how_it_went(made.orders).all(reads.caller, chance)
        assert isinstance(shown, list) == isinstance(went, list)
        if isinstance(shown, list) and isinstance(went, list):
            tickets = (one.count for figure in went if not figure.channel for one in figure.counts if one.kind == 9)
            assert sum(tickets) == len(shown)
            counts.add(len(shown))
    assert len(counts) > 1
