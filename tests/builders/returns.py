"""What becomes of returned goods: the calls tests make, in a line each."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import returns_pb2 as messages
from bylaw.inventory.v1 import returns_pb2_grpc
from bylaw.people.v1 import decisions_pb2
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions
from bylaw_people.rules.access.roles import OWN, roles
from google.api.httpbody_pb2 import HttpBody

from tests.builders.decisions import AGREE, REFUSE, Department
from tests.builders.images import png
from tests.builders.inventory import InventoryService, KnownWarehouse

SALE, SCRAP, SUPPLIER = range(1, 4)
WAITING, BOOKED, REFUSED, WITHDRAWN, LAPSED = range(1, 6)
KEEPER, OTHER = "sun", "zhou"
KEEPING = roles(known_permissions())["warehouse-keeper"].permissions | OWN


@dataclass
class Returns:
    """The returns of a warehouse, decided on by Sun; the heads above agree to scrap."""

    acme: Department
    inventory: InventoryService
    warehouse: KnownWarehouse
    stub: returns_pb2_grpc.ReturnsStub = field(init=False)

    def __post_init__(self) -> None:
        self.stub = returns_pb2_grpc.ReturnsStub(self.inventory.channel)

    def token(self, who: str) -> Any:
        """A token of a warehouse keeper."""
        grant = HeldGrant(Scope.COMPANY, None, KEEPING)
        return self.inventory.people.as_caller(grant, person=UUID(self.acme.name(who).rpartition("/")[2]))

    def line(self, item: items.Item, value: str, outcome: int = SALE, **more: Any) -> messages.ReturnDecisionLine:
        """So much of an item, and what becomes of it."""
        said: dict[str, Any] = {"cause": "as it came back", **more}
        if outcome == SCRAP:
            said = {"responsible": self.acme.name(KEEPER), **said}
        quantity = Quantity(value=value, unit=said.pop("unit", ""))
        return messages.ReturnDecisionLine(item=item.name, quantity=quantity, outcome=outcome, **said)  # type: ignore[arg-type] # an enumeration's number

    def decide(self, name: str, *lines: messages.ReturnDecisionLine, who: str = KEEPER, **more: Any) -> Any:
        """Decides on a return."""
        metadata = more.pop("metadata", None) or self.token(who)
        return self.stub.DecideReturn(messages.DecideReturnRequest(name=name, lines=lines, **more), metadata=metadata)

    def withdraw(self, name: str, who: str = KEEPER, metadata: Any = None) -> messages.ReturnDecision:
        """Takes scrap back."""
        request = messages.WithdrawReturnDecisionRequest(name=name)
        return self.stub.WithdrawReturnDecision(request, metadata=metadata or self.token(who))

    def one(self, name: str, metadata: Any = None) -> messages.ReturnDecision:
        """A decision as it stands."""
        request = messages.GetReturnDecisionRequest(name=name)
        return self.stub.GetReturnDecision(request, metadata=metadata or self.inventory.everything)

    def listed(self, **more: Any) -> list[messages.ReturnDecision]:
        """The decisions, newest first."""
        request = messages.ListReturnDecisionsRequest(parent=self.warehouse.name, **more)
        return list(self.stub.ListReturnDecisions(request, metadata=self.inventory.everything).return_decisions)

    def waiting(self, **more: Any) -> list[messages.WaitingReturn]:
        """What waits, the longest waiting first."""
        request = messages.ListWaitingReturnsRequest(parent=self.warehouse.name, **more)
        return list(self.stub.ListWaitingReturns(request, metadata=self.inventory.everything).waiting_returns)

    def waits(self) -> list[tuple[str, str]]:
        """The same, as returns and how much waits of each in all its lines."""
        return [(one.stock_movement, "+".join(line.waiting.value for line in one.lines)) for one in self.waiting()]

    def photo(self, name: str, content: bytes = b"", metadata: Any = None) -> messages.ReturnPhoto:
        """Keeps a photo of a return."""
        image = HttpBody(content_type="image/png", data=content or png(shade=7))
        request = messages.AddReturnPhotoRequest(parent=name, image=image)
        return self.stub.AddReturnPhoto(request, metadata=metadata or self.token(KEEPER))

    def image(self, name: str, metadata: Any = None) -> HttpBody:
        """The image of a photo."""
        request = messages.GetReturnPhotoImageRequest(name=name)
        return self.stub.GetReturnPhotoImage(request, metadata=metadata or self.inventory.everything)

    def settle(self, made: messages.ReturnDecision, *, agree: bool = True) -> messages.ReturnDecision:
        """Qian answers, then Lin where she agreed; and inventory learns of it."""
        decision = decisions_pb2.Decision(name=made.decision)
        for who in ("qian", "lin") if agree else ("qian",):
            self.acme.answer(who, self.acme.see(who, decision), AGREE if agree else REFUSE)
        self.learn()
        return self.one(made.name)

    def learn(self) -> None:
        """Reads people's feed on, and has what has ended take effect."""
        self.inventory.run_timer("organisation")
        self.inventory.run_timer("outcomes")
