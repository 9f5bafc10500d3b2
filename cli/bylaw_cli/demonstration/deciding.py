"""What the demonstration company decided, refused and sent back, what waits, and who decides for whom (DEC-1..3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bylaw.people.v1 import decisions_pb2, decisions_pb2_grpc
from bylaw.types.v1.amount_pb2 import Money, Quantity

from bylaw_cli.demonstration.asking import Asking

DIRECTOR, PROMOTER, SHOPS, SERVICE, AGENT = "1014", "1018", "1006", "1020", "1008"
ENGINEER, DESIGNER, KEEPER, CLERK = "1016", "1004", "1022", "1010"
AGREE, REFUSE, SEND_BACK, DISSENT = (
    decisions_pb2.ANSWER_KIND_AGREE,
    decisions_pb2.ANSWER_KIND_REFUSE,
    decisions_pb2.ANSWER_KIND_SEND_BACK,
    decisions_pb2.ANSWER_KIND_DISSENT,
)
RELATED_TO_PROMOTIONS = ("OPS", "SERVICE")
DELEGATED_DAYS = 14


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a request, by number."""

    by: str
    kind: decisions_pb2.AnswerKind.ValueType
    text: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody asked for, and what was said of it, in order; what was said last leaves it where it stands."""

    asked_by: str
    kind: str
    text: str
    amount: Money | Quantity | None = None
    said: tuple[Said, ...] = ()


MATTERS = (
    Matter(AGENT, "ordinary-matter", "为客服席位添置两副降噪耳机，约 600 元。"),
    Matter(
        PROMOTER,
        "promotion-budget",
        "年货节站内推广预算，投放期三周。",
        Money(minor_units=3_000_000, currency="CNY"),
        (Said(SHOPS, AGREE, "货源可保证。"),),
    ),
    Matter(
        PROMOTER,
        "promotion-budget",
        "双十二直播间推广预算，投放期一周。",
        Money(minor_units=1_200_000, currency="CNY"),
        (
            Said(SHOPS, AGREE),
            Said(SERVICE, AGREE, "直播当晚需加一个值班席位。"),
            Said(DIRECTOR, AGREE, "同意，按周复盘。"),
            Said(AGENT, DISSENT, "值班席位仍不足，建议分两晚进行。"),
        ),
    ),
    Matter(
        DESIGNER,
        "ordinary-matter",
        "更换一台数位屏。",
        said=(Said(ENGINEER, REFUSE, "本季度设备预算已用完，请于下季度再提。"),),
    ),
    Matter(
        CLERK,
        "stock-adjustment",
        "盘亏亚麻桌布 12 条，申请调账。",
        Money(minor_units=96_000, currency="CNY"),
        (Said(KEEPER, REFUSE, "复盘后已在 B3 货位找到。"),),
    ),
    Matter(
        AGENT,
        "ordinary-matter",
        "调整晚班排班。",
        said=(Said(SERVICE, SEND_BACK, "请附上每晚的接待量。"),),
    ),
    Matter(
        SHOPS,
        "price-change",
        "陶瓷餐具套装调价。",
        Quantity(value="8", unit="percent"),
        (Said(DIRECTOR, SEND_BACK, "请补充竞品价格。"),),
    ),
)


def decide(asking: Asking) -> None:
    """Sets who is heard on promotions, delegates, asks for everything and says what was said of it."""
    stub = asking.stub(decisions_pb2_grpc.DecisionsStub)
    asking.sign_in(
        {DIRECTOR} | {each.asked_by for each in MATTERS} | {said.by for each in MATTERS for said in each.said}
    )
    _set_process(asking, stub)
    _delegate(asking, stub)
    asked = _asked(asking, stub)

    def settle(matter: Matter) -> None:
        key = asking.name(matter.asked_by), matter.kind, matter.text
        say(asking, (asked.get(key) or _ask(asking, stub, matter)).name, matter.said)

    asking.together(settle, MATTERS)


def _set_process(asking: Asking, stub: Any) -> None:
    """Promotions concern those who run the shops and those who answer customers; the director has set it so."""
    kind = "promotion-budget"
    listed = asking.ask(stub.ListProcesses, decisions_pb2.ListProcessesRequest(kind=kind), by=DIRECTOR).processes
    if len(listed) > 1 or any(process.related_units for process in listed):
        return
    process = decisions_pb2.Process(
        kind=kind,
        weight=decisions_pb2.WEIGHT_MAJOR,
        measure="CNY",
        money=True,
        steps=[
            decisions_pb2.ProcessStep(kind=decisions_pb2.STEP_KIND_OPINION),
            decisions_pb2.ProcessStep(kind=decisions_pb2.STEP_KIND_HEAD),
        ],
        opinion=decisions_pb2.OPINION_RULE_ALL_AGREE,
        related_units=[asking.units[code] for code in RELATED_TO_PROMOTIONS],
    )
    asking.ask(stub.SetProcess, decisions_pb2.SetProcessRequest(process=process), by=DIRECTOR)


def _delegate(asking: Asking, stub: Any) -> None:
    """The director has the shops' head decide ordinary matters too for two weeks (DEC-2)."""
    if asking.ask(stub.ListDelegations, decisions_pb2.ListDelegationsRequest(), by=DIRECTOR).delegations:
        return
    delegation = decisions_pb2.Delegation(
        delegate=asking.name(SHOPS), kinds=["ordinary-matter"], end_date=asking.day(DELEGATED_DAYS)
    )
    asking.ask(stub.CreateDelegation, decisions_pb2.CreateDelegationRequest(delegation=delegation), by=DIRECTOR)


def _asked(asking: Asking, stub: Any) -> dict[tuple[str, str, str], decisions_pb2.Decision]:
    """What a load that was broken off has asked for already, by who asked, kind and text."""
    listed = asking.ask(stub.ListDecisions, decisions_pb2.ListDecisionsRequest(page_size=1000)).decisions
    return {(found.requester, found.kind, found.text): found for found in listed}


def _ask(asking: Asking, stub: Any, matter: Matter) -> decisions_pb2.Decision:
    wish = decisions_pb2.Decision(kind=matter.kind, text=matter.text)
    if isinstance(matter.amount, Money):
        wish.money.CopyFrom(matter.amount)
    elif matter.amount:
        wish.quantity.CopyFrom(matter.amount)
    request = decisions_pb2.CreateDecisionRequest(decision=wish)
    decision: decisions_pb2.Decision = asking.ask(stub.CreateDecision, request, by=matter.asked_by)
    return decision


def say(asking: Asking, name: str, what: Sequence[Said]) -> None:
    """Says of a decision what has not been said yet; answers stand on record in the order in which they were given."""
    if not what:
        return
    stub = asking.stub(decisions_pb2_grpc.DecisionsStub)
    present = asking.ask(stub.GetDecision, decisions_pb2.GetDecisionRequest(name=name))
    for said in what[len(present.answers) :]:
        if said.kind == DISSENT:
            statement = decisions_pb2.AddStatementRequest(name=name, kind=said.kind, text=said.text)
            present = asking.ask(stub.AddStatement, statement, by=said.by)
        else:
            answer = decisions_pb2.AnswerDecisionRequest(name=name, step=present.step, answer=said.kind, text=said.text)
            present = asking.ask(stub.AnswerDecision, answer, by=said.by)
