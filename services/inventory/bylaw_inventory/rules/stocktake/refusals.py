"""How inventory says no about stocktakes (WHS-6)."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation

from bylaw_inventory.rules.stocktake.stocktake import Stocktake, StocktakeState

STATE_WORDS = {
    StocktakeState.OPENED: ("待财务加入", "waits for finance to join"),
    StocktakeState.COUNTING: ("正在点数", "is being counted"),
    StocktakeState.EXPLAINING: ("正在查因", "is being explained"),
    StocktakeState.SUBMITTED: ("待批准", "waits for its decision"),
    StocktakeState.DONE: ("已完成", "is done"),
    StocktakeState.BLOCKED: ("已批准但尚不能入账", "is approved and cannot be booked yet"),
    StocktakeState.CANCELLED: ("已放弃", "was given up"),
}


class StocktakeNotFound(Refusal):
    """No such stocktake within reach."""

    code = Code.NOT_FOUND
    reason = "STOCKTAKE_NOT_FOUND"
    zh = "没有找到该盘点，或不在您的权限范围内；请核对名称。"
    en = "There is no such stocktake within your reach; check its name."


class StocktakeNeedsPerson(Refusal):
    """Keeper, finance and counters are people."""

    code = Code.PERMISSION_DENIED
    reason = "STOCKTAKE_NEEDS_PERSON"
    clause = "WHS-6"
    zh = "盘点须由人员本人进行，服务账号不能代替；请以个人身份登录。"
    en = "People count the stock, not services; sign in as a person."


class StocktakeSamePerson(Refusal):
    """Keeper and finance are two people."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCKTAKE_SAME_PERSON"
    clause = "WHS-6"
    zh = "盘点由仓库与财务两人会同进行，您已以保管员身份发起；请由另一名财务人员加入。"
    en = "Keeper and finance count together, and you opened it as keeper; have somebody of finance join."


class StocktakeOverlaps(Refusal):
    """The same goods at the same place are counted by one stocktake at a time."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCKTAKE_OVERLAPS"
    clause = "WHS-6"
    zh = "{stocktake} 尚未结束，且盘点范围重叠；请先完成或放弃它，或改选货位、商品。"
    en = (
        "{stocktake} is not over and counts some of the same; finish it or give it up, or choose other places or items."
    )


class StocktakeNotInState(Refusal):
    """It stands where this cannot be done."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCKTAKE_NOT_IN_STATE"
    clause = "WHS-6"
    zh = "该盘点{state_zh}，不能进行此操作。"
    en = "The stocktake {state_en}, and this cannot be done now."

    def __init__(self, found: Stocktake) -> None:
        zh, en = STATE_WORDS[found.state]
        super().__init__(state_zh=zh, state_en=en, state=found.state.name)


class StocktakeUncounted(Refusal):
    """The book has goods that nobody counted."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCKTAKE_UNCOUNTED"
    clause = "WHS-6"
    zh = "账上还有 {count} 处未点：{named}；实际没有的也请录入零。"
    en = "Not counted yet: {count} ({named}); where nothing is, record a count of zero."

    def __init__(self, named: Sequence[str]) -> None:
        super().__init__(count=len(named), named=_some(named))


class StocktakeRecountNeeded(Refusal):
    """A difference beyond tolerance takes a second person."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCKTAKE_RECOUNT_NEEDED"
    clause = "WHS-6"
    zh = "有 {count} 处超出容差，须由另一人复点：{named}。"
    en = "Beyond tolerance, to be counted by another person too: {count} ({named})."

    def __init__(self, named: Sequence[str]) -> None:
        super().__init__(count=len(named), named=_some(named))


class StocktakeNotSignatory(Refusal):
    """The two who count together sign and send."""

    code = Code.PERMISSION_DENIED
    reason = "STOCKTAKE_NOT_SIGNATORY"
    clause = "WHS-6"
    zh = "只有会同盘点的保管员与财务本人可以签字、送批。"
    en = "Only the keeper and the person of finance who count together sign the result and send it."


class StocktakeUnexplained(Refusal):
    """Each difference has its explanation."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCKTAKE_UNEXPLAINED"
    clause = "WHS-6"
    zh = "还有 {count} 项差异未写明原因、责任人与处理建议（首项：{first}）。"
    en = "Differences without cause, responsible person and proposal: {count} (the first: {first})."


class StocktakeNotReported(Refusal):
    """Differences are reported in writing."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCKTAKE_NOT_REPORTED"
    clause = "WHS-6"
    zh = "有差异的盘点须附书面报告；请填写报告后再签字。"
    en = "Where anything differs there is a written report; write it before you sign."


class StocktakeNotSigned(Refusal):
    """Both sign the result as it is."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCKTAKE_NOT_SIGNED"
    clause = "WHS-6"
    zh = "盘点结果须由保管员与财务双方签字；改动后须重新签字。"
    en = "Keeper and finance both sign the result first, and again after any change."


class StocktakeChanged(Refusal):
    """The result is another than was seen."""

    code = Code.ABORTED
    reason = "STOCKTAKE_CHANGED"
    clause = "WHS-6"
    zh = "盘点结果已被更改；请重新查看后再签字。"
    en = "The result has changed since it was seen; look at it again and sign then."


class PlaceFrozen(Refusal):
    """Nothing moves in or out of a place that is frozen while it is counted."""

    code = Code.FAILED_PRECONDITION
    reason = "PLACE_FROZEN"
    clause = "WHS-6"
    zh = "货位因盘点 {stocktake} 暂停收发；请待点数结束，或改用其他货位。"
    en = "The place is frozen while {stocktake} counts it; wait until counting ends, or use another place."

    def __init__(self, violations: Sequence[Violation], stocktake: str) -> None:
        super().__init__(violations=violations, stocktake=stocktake)


def _some(named: Sequence[str]) -> str:
    shown = ", ".join(named[:3])
    return f"{shown}, …" if len(named) > 3 else shown
