"""How inventory says no about reservations."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation


class StockShort(Refusal):
    """There is not so much free; each item that is short is named with what is."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCK_SHORT"
    clause = "WHS-4"
    zh = "库存不足（{count} 处），整单未作任何记录；请减少数量或等待到货。"
    en = "There is not enough free in {count} places, and nothing was recorded; ask for less, or wait for a delivery."

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))


class ReservationNotFound(Refusal):
    """No such reservation within reach."""

    code = Code.NOT_FOUND
    reason = "RESERVATION_NOT_FOUND"
    zh = "没有找到该预留，或不在您的权限范围内；请核对名称。"
    en = "There is no such reservation within your reach; check its name."


class ReservationReleased(Refusal):
    """Its release came first: a reserve that comes late must not hold goods for nobody."""

    code = Code.FAILED_PRECONDITION
    reason = "RESERVATION_RELEASED"
    zh = "该预留已先被释放，不能再占用；如仍需要，请用新的编号预留。"
    en = "This reservation was released before it was made, and holds nothing; if it is still wanted, use a new id."


class ReservationDiffers(Refusal):
    """The id is taken by another wish."""

    code = Code.ALREADY_EXISTS
    reason = "RESERVATION_DIFFERS"
    zh = "该编号已用于内容不同的预留；请用新的编号。"
    en = "This id is taken by a reservation of something else; use a new one."


class ReservationEnded(Refusal):
    """It holds no more."""

    code = Code.FAILED_PRECONDITION
    reason = "RESERVATION_ENDED"
    zh = "该预留已结束（{state}），不再占用货物；请重新预留。"
    en = "The reservation has ended ({state}) and holds nothing; reserve anew."


class ReservationShort(Refusal):
    """More is issued than the reservation holds there."""

    code = Code.FAILED_PRECONDITION
    reason = "RESERVATION_SHORT"
    clause = "WHS-3"
    zh = "{field}：该预留在此处只占有 {held}；请从预留的货位发货，或减少数量。"
    en = "{field}: the reservation holds {held} there; issue from the bins it holds, or less."
