"""Where no folder is set, photos of returns are not kept, and nothing can be scrapped without one (WHS-6)."""

import pytest
from bylaw.inventory.v1 import returns_pb2, returns_pb2_grpc
from google.api.httpbody_pb2 import HttpBody

from tests.builders.images import png
from tests.builders.inventory import SLIP, InventoryService, line
from tests.builders.receiving import refusal_of
from tests.integration.inventory.conftest import House


@pytest.mark.clause("WHS-6")
def test_photos_are_refused_where_none_are_kept(inventory: InventoryService, house: House) -> None:
    cup = house.item("CUP")
    made = house.warehouse.post(line(cup, house.customer, house.inspection, "1"), papers=[SLIP])
    request = returns_pb2.AddReturnPhotoRequest(parent=made.name, image=HttpBody(data=png()))
    stub = returns_pb2_grpc.ReturnsStub(inventory.channel)
    assert refusal_of(lambda: stub.AddReturnPhoto(request, metadata=inventory.everything)) == "PHOTOS_NOT_KEPT"
