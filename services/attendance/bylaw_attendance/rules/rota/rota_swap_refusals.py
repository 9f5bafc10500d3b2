"""How attendance says no to swaps of the rota: each refusal with its reason and both languages."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal


class RotaSwapNotFound(Refusal):
    """No such swap, or one of people outside the caller's reach."""

    code = Code.NOT_FOUND
    reason = "ROTA_SWAP_NOT_FOUND"
    zh = "没有找到该换班申请。"
    en = "There is no such swap."


class RotaSwapPast(Refusal):
    """One of its days is past."""

    code = Code.FAILED_PRECONDITION
    reason = "ROTA_SWAP_PAST"
    clause = "HRS-2"
    zh = "{day} 已过，不能再换班。请选择今天或以后的日子；过去的出勤可申请补卡或请假。"
    en = (
        "{day} is past and cannot be swapped any more. Choose today or later; for what is past, ask for a correction or"
        " for leave."
    )


class RotaSwapNothing(Refusal):
    """The rota says the same of both on all of the days."""

    code = Code.FAILED_PRECONDITION
    reason = "ROTA_SWAP_NOTHING"
    clause = "HRS-2"
    zh = "两人在这些日子的排班相同，没有可换的内容。换休息日须同时写明双方的休息日。"
    en = (
        "The rota says the same of both on these days, so there is nothing to exchange. To exchange days of rest, name"
        " both people's."
    )


class RotaSwapAsked(Refusal):
    """Another swap of one of the two about one of the days waits."""

    code = Code.FAILED_PRECONDITION
    reason = "ROTA_SWAP_ASKED"
    zh = "{days} 已有等待中的换班申请（{swap}）；请等待结果，或先撤回它。"
    en = "A swap about {days} waits already ({swap}); wait for it, or withdraw it first."


class RotaSwapNotAgreed(Refusal):
    """Heads consent once both people are agreed."""

    code = Code.FAILED_PRECONDITION
    reason = "ROTA_SWAP_NOT_AGREED"
    clause = "HRS-2"
    zh = "对方尚未同意换班；须对方先同意，再由双方负责人同意。"
    en = "The other person has not agreed yet; they do first, then the heads of both consent."


class RotaSwapNotOwn(Refusal):
    """Only the person asked agrees, and only one of the two takes it back; whoever sees it is told who may."""

    code = Code.PERMISSION_DENIED
    reason = "ROTA_SWAP_NOT_OWN"
    clause = "HRS-2"
    zh = "只有 {people_zh} 本人可以这样做；双方的负责人可同意（consent）或不同意（refuse）。"
    en = "Only {people_en} may do that; a head of one of the two consents or refuses."

    def __init__(self, people: Sequence[str]) -> None:
        """`people` by employee number."""
        super().__init__(people_zh="或".join(people), people_en=" or ".join(people))


class RotaSwapOwn(Refusal):
    """Nobody decides on a swap of their own, in whatever post."""

    code = Code.PERMISSION_DENIED
    reason = "ROTA_SWAP_OWN"
    clause = "ORG-3"
    zh = "不能审批自己的换班；请由上级负责人处理。"
    en = "Nobody decides on a swap of their own; the next head up has to."


class RotaSwapOver(Refusal):
    """What is asked of it was done already, or it has ended."""

    code = Code.FAILED_PRECONDITION
    reason = "ROTA_SWAP_OVER"
    zh = "该换班申请的这一步已办理，或申请已有结果，不能再更改。"
    en = "This step of the swap was taken already, or the swap has ended and does not change any more."


class RotaSwapChanged(Refusal):
    """Somebody changed the swap after the caller looked at it."""

    code = Code.ABORTED
    reason = "ROTA_SWAP_CHANGED"
    zh = "该换班申请在您查看之后已有变化；请重新查看后再处理。"
    en = "The swap was changed after you looked at it; look again, then act."
