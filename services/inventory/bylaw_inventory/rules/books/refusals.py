"""How inventory says no about days and months of the books (WHS-4, WHS-5)."""

from collections.abc import Sequence
from datetime import date

from bylaw_chassis.refusals import Code, Refusal, Violation

from bylaw_inventory.rules.books.day import Disagreement, DisagreementKind

REASONS = {
    DisagreementKind.CARD: "CARD_DISAGREES",
    DisagreementKind.MOVEMENT: "MOVEMENT_DISAGREES",
    DisagreementKind.COUNT: "COUNT_DISAGREES",
    DisagreementKind.NOTHING_COUNTED: "NOTHING_COUNTED",
    DisagreementKind.NOT_POSTED: "NOT_POSTED",
}


class DayClosed(Refusal):
    """A closed day takes nothing any more."""

    code = Code.FAILED_PRECONDITION
    reason = "DAY_CLOSED"
    clause = "WHS-4"
    zh = "{day} 已日结（已结至 {closed_through}），不再接受记账；差错请在未结的日期冲销更正。"
    en = "{day} is closed (as is all up to {closed_through}) and takes nothing; reverse mistakes on a day that is open."

    def __init__(self, day: date, closed_through: date) -> None:
        super().__init__(day=day, closed_through=closed_through)


class DayNotOver(Refusal):
    """A day is closed once it is over."""

    code = Code.FAILED_PRECONDITION
    reason = "DAY_NOT_OVER"
    clause = "WHS-4"
    zh = "{day} 在仓库所在地尚未结束，不能日结；今天是 {today}。"
    en = "{day} is not over where the warehouse stands, and cannot be closed; it is {today} there."

    def __init__(self, day: date, today: date) -> None:
        super().__init__(day=day, today=today)


class DayBeforeOpen(Refusal):
    """Days close in their order."""

    code = Code.FAILED_PRECONDITION
    reason = "DAY_BEFORE_OPEN"
    clause = "WHS-4"
    zh = "须按日期顺序日结；请先结 {before}，再结 {day}。"
    en = "Days close in their order; close {before} before {day}."

    def __init__(self, day: date, before: date) -> None:
        super().__init__(day=day, before=before)


class DayDisagrees(Refusal):
    """Ledger, cards and goods do not agree, and nothing explains it."""

    code = Code.FAILED_PRECONDITION
    reason = "DAY_DISAGREES"
    clause = "WHS-4"
    zh = "账账、账卡、账物有 {count} 处不符，不能日结；请查明更正，或写明原因后再结。"
    en = "Ledger, cards and goods disagree at {count} places; put them right, or close the day with an explanation."

    def __init__(self, found: Sequence[Disagreement]) -> None:
        super().__init__(
            violations=[Violation(one.subject, REASONS[one.kind], one.zh, one.en) for one in found], count=len(found)
        )


class DayBelowZero(Refusal):
    """An entry into a day gone by would have taken more than was there since."""

    code = Code.FAILED_PRECONDITION
    reason = "DAY_BELOW_ZERO"
    clause = "WHS-4"
    zh = "记入 {day} 会使其后某日的结存为负（{count} 处）；请改记较晚的日期，或先补记漏记的入库。"
    en = (
        "Booked into {day} it would leave less than nothing at the end of a day since ({count} places); book it later,"
        " or post first what came in and was forgotten."
    )

    def __init__(self, day: date, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, day=day, count=len(violations))


class StockMonthNotBegun(Refusal):
    """There is nothing to tell of a month to come."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCK_MONTH_NOT_BEGUN"
    clause = "WHS-5"
    zh = "{month} 尚未开始，还没有进销存可报；今天是 {today}。"
    en = "{month} has not begun, and there is nothing to report yet; it is {today} there."

    def __init__(self, month: str, today: date) -> None:
        super().__init__(month=month, today=today)


class StockMonthHandedOver(Refusal):
    """Exactly this report was handed over before."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCK_MONTH_HANDED_OVER"
    clause = "WHS-5"
    zh = "同样内容的报表已上报（第 {version} 次），此后没有变化，无需再报。"
    en = (
        "Exactly this was handed over before (the {version}. time) and nothing has changed since; it need not be again."
    )

    def __init__(self, version: int) -> None:
        super().__init__(version=version)
