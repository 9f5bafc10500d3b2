"""What tests of parcels do: a shop that ships by itself, its parcels, providers that tell of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

from bylaw.orders.v1 import parcels_pb2 as parcels
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.courier_servers import Kuaidi100Server, Step
from tests.builders.orders import OrdersService, ordered

CHINA = timezone(timedelta(hours=8))
CODES = {
    "picked up": "103",
    "under way": "0",
    "out": "5",
    "locker": "501",
    "signed": "301",
    "problem": "2",
    "back": "6",
}


def state(name: str) -> int:
    """A state of a parcel by its short name."""
    return int(parcels.ParcelState.Value(f"PARCEL_STATE_{name}"))


@dataclass
class OwnShop:
    """A shop that ships by itself, and the provider that knows of its parcels."""

    service: OrdersService
    provider: Kuaidi100Server
    channel: Any
    number: int
    placed: int = 0

    def place(self, **more: Any) -> Any:
        """An order."""
        self.placed += 1
        return self.service.place(self.channel, f"P-{self.number}-{self.placed}", ordered("TEA"), **more)

    def waybill(self, suffix: str = "1") -> str:
        """A number of this test's own."""
        return f"YT{self.number:08d}{suffix}"

    def add(self, order: str, waybill: str = "", metadata: Any = None, **more: Any) -> parcels.OrderParcel:
        """A parcel of an order, handed over now."""
        told = {"carrier": "圆通速递", "waybill": waybill or self.waybill(), **more}
        request = parcels.AddOrderParcelRequest(parent=order, parcel=parcels.OrderParcel(**told))
        request.request_id = str(uuid4())
        return self.service.parcels.AddOrderParcel(request, metadata=metadata or self.service.everything)

    def parcel(self, name: str) -> parcels.OrderParcel:
        """A parcel as it stands."""
        request = parcels.GetOrderParcelRequest(name=name)
        return self.service.parcels.GetOrderParcel(request, metadata=self.service.everything)

    def events(self, name: str) -> list[parcels.TrackEvent]:
        """What is known of its way."""
        request = parcels.ListTrackEventsRequest(parent=name)
        return list(self.service.parcels.ListTrackEvents(request, metadata=self.service.everything).track_events)

    def knows(self, waybill: str, *happened: str, text: str = "") -> None:
        """Has the provider know of a parcel: one thing an hour from the present hour on."""
        begun = self.service.clock().astimezone(CHINA).replace(minute=0, second=0)
        self.provider.histories[waybill] = [
            Step((begun + timedelta(hours=hour)).strftime("%Y-%m-%d %H:%M:%S"), text or one, CODES[one])
            for hour, one in enumerate(happened)
        ]

    def pushed(self, waybill: str, steps: Sequence[Step] | None = None, **more: Any) -> Any:
        """Has the provider push what it knows, signed."""
        return self.send(self.provider.push(waybill, steps=steps, **more))

    def send(self, body: bytes, courier: str = "kuaidi100") -> Any:
        """Sends something as a push."""
        return self.service.couriers.ReceivePush(parcels.ReceivePushRequest(courier=courier, body=body))

    def report(self, name: str, said: str, at: datetime, **more: Any) -> parcels.OrderParcel:
        """A clerk records what the courier said."""
        when = Timestamp()
        when.FromDatetime(at)
        told = {"text": "电话告知", "reason": "The courier said so on the telephone.", **more}
        request = parcels.ReportTrackRequest(parent=name, state=state(said), occur_time=when, **told)
        request.request_id = str(uuid4())
        return self.service.parcels.ReportTrack(request, metadata=self.service.everything)

    def ask(self) -> None:
        """Asks couriers for what is due, as the job does that the timer enqueues."""
        self.service.service.runner.functions["ask-couriers"](None)  # type: ignore[arg-type]

    def late(self, status: str = "", **more: Any) -> list[parcels.OrderPromise]:
        """The promises that are not on time."""
        told = {"status": parcels.PromiseStatus.Value(f"PROMISE_STATUS_{status}")} if status else {}
        request = parcels.ListOrderPromisesRequest(channel=self.channel.name, **told, **more)
        return list(self.service.parcels.ListOrderPromises(request, metadata=self.service.everything).order_promises)

    def tells_customers(self, *steps: str, language: str = "en") -> parcels.CustomerMessages:
        """Says at which steps customers are told."""
        request = parcels.SetCustomerMessagesRequest(name=f"{self.channel.name}/customerMessages", language=language)
        request.steps.extend(parcels.CustomerStep.Value(f"CUSTOMER_STEP_{step}") for step in steps)
        request.request_id = str(uuid4())
        return self.service.parcels.SetCustomerMessages(request, metadata=self.service.everything)
