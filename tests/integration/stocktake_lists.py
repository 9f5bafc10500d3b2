"""Stocktakes of warehouses, each kept by a unit: how they come there, the lists of them, and what is asked of each."""

from collections.abc import Callable
from typing import Any

from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stocktakes_pb2 as stocktakes
from bylaw.inventory.v1 import stocktakes_pb2_grpc
from google.protobuf.message import Message

from tests.builders.inventory import InventoryService, KnownWarehouse
from tests.builders.stocktakes import begun_stocktake, count
from tests.integration.lists import Walk

Question = tuple[Callable[..., Any], Message]


def counted_in(kept: KnownWarehouse, item: items.Item, shelf: str) -> dict[str, str]:
    """A stocktake of a shelf that is being counted; its name by collection."""
    made = begun_stocktake(kept, shelf)
    request = stocktakes.RecordStocktakeCountsRequest(parent=made, counts=[count(item, shelf, "9")])
    stub = stocktakes_pb2_grpc.StocktakesStub(kept.inventory.channel)
    stub.RecordStocktakeCounts(request, metadata=kept.inventory.everything)
    return {"stocktakes": made}


def under_a_warehouse(inventory: InventoryService, name: str) -> dict[str, Walk]:
    """The lists under a warehouse."""
    stub = stocktakes_pb2_grpc.StocktakesStub(inventory.channel)
    return {"ListStocktakes": Walk(stub.ListStocktakes, stocktakes.ListStocktakesRequest(parent=name), "stocktakes")}


def under_a_stocktake(inventory: InventoryService, name: str) -> dict[str, Walk]:
    """The lists under a stocktake that show the same to whoever sees it: counts are each counter's own."""
    stub = stocktakes_pb2_grpc.StocktakesStub(inventory.channel)
    lines = stocktakes.ListStocktakeLinesRequest(parent=name)
    differences = stocktakes.ListStocktakeDifferencesRequest(parent=name)
    return {
        "ListStocktakeLines": Walk(stub.ListStocktakeLines, lines, "lines"),
        "ListStocktakeDifferences": Walk(stub.ListStocktakeDifferences, differences, "differences"),
    }


def counts_of(inventory: InventoryService, name: str) -> Walk:
    """The counts of a stocktake: one's own to a counter, all of them to whoever settles it."""
    stub = stocktakes_pb2_grpc.StocktakesStub(inventory.channel)
    return Walk(stub.ListStocktakeCounts, stocktakes.ListStocktakeCountsRequest(parent=name), "counts")


def about_a_stocktake(inventory: InventoryService, item: str, name: str) -> list[Question]:
    """Every single read of it, every list under it, and what would change it."""
    stub = stocktakes_pb2_grpc.StocktakesStub(inventory.channel)
    counted = stocktakes.StocktakeCount(item=item, place=f"places/{name.rpartition('/')[2]}")
    return [
        (stub.GetStocktake, stocktakes.GetStocktakeRequest(name=name)),
        (stub.JoinStocktake, stocktakes.JoinStocktakeRequest(name=name)),
        (stub.RecordStocktakeCounts, stocktakes.RecordStocktakeCountsRequest(parent=name, counts=[counted])),
        (stub.ListStocktakeCounts, stocktakes.ListStocktakeCountsRequest(parent=name)),
        (stub.EndStocktakeCounting, stocktakes.EndStocktakeCountingRequest(name=name)),
        (stub.ExplainStocktake, stocktakes.ExplainStocktakeRequest(name=name, report="x")),
        (stub.ExportStocktake, stocktakes.ExportStocktakeRequest(name=name)),
        (stub.SignStocktake, stocktakes.SignStocktakeRequest(name=name)),
        (stub.SubmitStocktake, stocktakes.SubmitStocktakeRequest(name=name)),
        (stub.WithdrawStocktake, stocktakes.WithdrawStocktakeRequest(name=name)),
        (stub.BookStocktake, stocktakes.BookStocktakeRequest(name=name)),
        (stub.CancelStocktake, stocktakes.CancelStocktakeRequest(name=name, reason="x")),
        *((walk.method, walk.request) for walk in under_a_stocktake(inventory, name).values()),
    ]
