"""Stocktakes as keeper and finance do them: what each step takes, in a line, and who decides in the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import grpc
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stocktakes_pb2 as messages
from bylaw.inventory.v1 import stocktakes_pb2_grpc
from bylaw.people.v1 import decisions_pb2
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from bylaw_people.permissions import known_permissions
from bylaw_people.rules.access.roles import OWN, roles
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.decisions import AGREE, REFUSE, Department
from tests.builders.inventory import EVERYTHING, InventoryService, KnownWarehouse

OPENED, COUNTING = messages.STOCKTAKE_STATE_OPENED, messages.STOCKTAKE_STATE_COUNTING
EXPLAINING, SUBMITTED = messages.STOCKTAKE_STATE_EXPLAINING, messages.STOCKTAKE_STATE_SUBMITTED
DONE, BLOCKED = messages.STOCKTAKE_STATE_DONE, messages.STOCKTAKE_STATE_BLOCKED
CANCELLED = messages.STOCKTAKE_STATE_CANCELLED
UNCOUNTED, COUNTED = messages.STOCKTAKE_LINE_STATE_UNCOUNTED, messages.STOCKTAKE_LINE_STATE_COUNTED
RECOUNT = messages.STOCKTAKE_LINE_STATE_RECOUNT
SURPLUS, SHORTAGE = messages.STOCKTAKE_DIFFERENCE_KIND_SURPLUS, messages.STOCKTAKE_DIFFERENCE_KIND_SHORTAGE
DAMAGE = messages.STOCKTAKE_DIFFERENCE_KIND_DAMAGE
ADJUST, KEEP = messages.STOCKTAKE_PROPOSAL_ADJUST, messages.STOCKTAKE_PROPOSAL_KEEP
COUNT_AGAIN = messages.STOCKTAKE_PROPOSAL_RECOUNT

ROLES = roles(known_permissions())
KEEPER, FINANCE, COUNTER = "sun", "zhou", "wang"
HELD = {
    KEEPER: ROLES["warehouse-keeper"].permissions | OWN,
    FINANCE: ROLES["finance"].permissions | OWN,
    COUNTER: frozenset({"inventory.stocktakes.count", "inventory.stocktakes.read"}),
}
Token = tuple[tuple[str, str], ...]
Told = messages.StocktakeCount


@dataclass
class Counting:
    """Sun keeps the stock, Zhou is of finance, Wang helps to count; Qian and Lin above her decide what Sun asks."""

    acme: Department
    inventory: InventoryService
    warehouse: KnownWarehouse

    def __post_init__(self) -> None:
        self.stub = stocktakes_pb2_grpc.StocktakesStub(self.inventory.channel)

    def token(self, who: str) -> Token:
        """Somebody's token of now."""
        held = HeldGrant(Scope.COMPANY, None, HELD[who])
        return self.acme.service.as_caller(held, person=UUID(self.person(who).rpartition("/")[2]))

    def person(self, who: str) -> str:
        """Somebody's resource name."""
        return self.acme.name(who)

    def open(self, who: str = KEEPER, **more: Any) -> messages.Stocktake:
        """Opens a stocktake."""
        wish = messages.Stocktake(**{"warehouse": self.warehouse.name, **more})
        return self.stub.CreateStocktake(messages.CreateStocktakeRequest(stocktake=wish), metadata=self.token(who))

    def join(self, made: messages.Stocktake, who: str = FINANCE) -> messages.Stocktake:
        """Joins it."""
        return self.stub.JoinStocktake(messages.JoinStocktakeRequest(name=made.name), metadata=self.token(who))

    def begun(self, **more: Any) -> messages.Stocktake:
        """A stocktake that is being counted."""
        return self.join(self.open(**more))

    def seen(self, made: messages.Stocktake) -> messages.Stocktake:
        """As it stands."""
        return self.stub.GetStocktake(messages.GetStocktakeRequest(name=made.name), metadata=self.token(KEEPER))

    def record(self, made: messages.Stocktake, *counts: Told, who: str = KEEPER) -> list[Told]:
        """Records counts."""
        request = messages.RecordStocktakeCountsRequest(parent=made.name, counts=counts)
        return list(self.stub.RecordStocktakeCounts(request, metadata=self.token(who)).counts)

    def confirmed(self, made: messages.Stocktake, *counts: Told) -> None:
        """Two people count the same."""
        self.record(made, *counts)
        self.record(made, *counts, who=FINANCE)

    def counts(self, made: messages.Stocktake, who: str = KEEPER) -> list[Told]:
        """The counts that somebody sees."""
        request = messages.ListStocktakeCountsRequest(parent=made.name, page_size=1000)
        return list(self.stub.ListStocktakeCounts(request, metadata=self.token(who)).counts)

    def lines(self, made: messages.Stocktake, state: int = 0) -> list[messages.StocktakeLine]:
        """What there is to count."""
        request = messages.ListStocktakeLinesRequest(parent=made.name, page_size=1000, state=state)  # type: ignore[arg-type] # an enumeration's number
        return list(self.stub.ListStocktakeLines(request, metadata=self.token(KEEPER)).lines)

    def end(self, made: messages.Stocktake, who: str = KEEPER) -> messages.Stocktake:
        """Ends counting."""
        request = messages.EndStocktakeCountingRequest(name=made.name)
        return self.stub.EndStocktakeCounting(request, metadata=self.token(who))

    def differences(self, made: messages.Stocktake) -> list[messages.StocktakeDifference]:
        """What differs."""
        request = messages.ListStocktakeDifferencesRequest(parent=made.name, page_size=1000)
        return list(self.stub.ListStocktakeDifferences(request, metadata=self.token(KEEPER)).differences)

    def explain(
        self, made: messages.Stocktake, proposal: int = ADJUST, *, only: Sequence[str] = (), **more: Any
    ) -> messages.Stocktake:
        """Explains all that differs, or only some of it, all in the same way."""
        said: dict[str, Any] = {"cause": "miscounted", "responsible": self.person(KEEPER), "proposal": proposal, **more}
        names = only or [one.name for one in self.differences(made)]
        request = messages.ExplainStocktakeRequest(
            name=made.name,
            explanations=[messages.StocktakeExplanation(difference=name, **said) for name in names],
            report="counted at the end of the quarter",
        )
        return self.stub.ExplainStocktake(request, metadata=self.token(KEEPER))

    def sign(self, made: messages.Stocktake, who: str, etag: str = "") -> messages.Stocktake:
        """Signs the result."""
        request = messages.SignStocktakeRequest(name=made.name, etag=etag)
        return self.stub.SignStocktake(request, metadata=self.token(who))

    def signed(self, made: messages.Stocktake) -> messages.Stocktake:
        """Both sign."""
        self.sign(made, KEEPER)
        return self.sign(made, FINANCE)

    def submit(self, made: messages.Stocktake, who: str = KEEPER) -> messages.Stocktake:
        """Sends it for decision."""
        return self.stub.SubmitStocktake(messages.SubmitStocktakeRequest(name=made.name), metadata=self.token(who))

    def sent(self, made: messages.Stocktake, proposal: int = ADJUST) -> messages.Stocktake:
        """Ends counting, explains all that differs, signs and sends it."""
        self.end(made)
        self.explain(made, proposal)
        self.signed(made)
        return self.submit(made)

    def withdraw(self, made: messages.Stocktake, who: str = KEEPER) -> messages.Stocktake:
        """Takes it back."""
        return self.stub.WithdrawStocktake(messages.WithdrawStocktakeRequest(name=made.name), metadata=self.token(who))

    def book(self, made: messages.Stocktake) -> messages.Stocktake:
        """Books what could not be booked."""
        return self.stub.BookStocktake(messages.BookStocktakeRequest(name=made.name), metadata=self.token(KEEPER))

    def cancel(self, made: messages.Stocktake, reason: str = "the roof leaks") -> messages.Stocktake:
        """Gives it up."""
        request = messages.CancelStocktakeRequest(name=made.name, reason=reason)
        return self.stub.CancelStocktake(request, metadata=self.token(KEEPER))

    def decide(self, made: messages.Stocktake, *, agree: bool = True) -> messages.Stocktake:
        """Qian answers, then Lin where she agreed; and inventory learns of it."""
        decision = decisions_pb2.Decision(name=made.decision)
        for who in ("qian", "lin") if agree else ("qian",):
            seen = self.acme.see(who, decision)
            self.acme.answer(who, seen, AGREE if agree else REFUSE)
        self.learn()
        return self.seen(made)

    def learn(self) -> None:
        """Reads people's feed on, and has what has ended take effect."""
        self.inventory.run_timer("organisation")
        self.inventory.run_timer("outcomes")


def faults(call: Callable[[], object]) -> dict[str, str]:
    """What is at fault where in a call that is refused."""
    try:
        call()
    except grpc.RpcError as error:
        return {one.field: one.reason for one in refusal_from(error).violations}
    raise AssertionError("it was not refused")


def begun_stocktake(warehouse: KnownWarehouse, place: str) -> str:
    """The name of a stocktake of a place, opened by whoever may do everything and joined by somebody else."""
    inventory = warehouse.inventory
    stub = stocktakes_pb2_grpc.StocktakesStub(inventory.channel)
    wish = messages.CreateStocktakeRequest(stocktake=messages.Stocktake(warehouse=warehouse.name, places=[place]))
    made = stub.CreateStocktake(wish, metadata=inventory.everything)
    other = inventory.people.as_caller(EVERYTHING, person=uuid4())
    stub.JoinStocktake(messages.JoinStocktakeRequest(name=made.name), metadata=other)
    return made.name


def count(
    item: items.Item, place: str, value: str, damaged: str = "", *, at: Timestamp | None = None, **more: Any
) -> Told:
    """So much of an item at a place, and of that so much damaged beside it."""
    found = Told(item=item.name, place=place, quantity=Quantity(value=value), count_time=at, **more)
    if damaged:
        found.damaged.value = damaged
    return found
