"""What the customer is told of a parcel, at each step once (ORD-2): no name, no address, only what is their own."""

from enum import IntEnum

from bylaw_orders.rules.tracking.states import State


class Step(IntEnum):
    """A step that is worth a message; the numbers are those of the contract."""

    SHIPPED = 1
    OUT_FOR_DELIVERY = 2
    IN_LOCKER = 3
    SIGNED = 4
    PROBLEM = 5


_STEPS = {
    State.OUT_FOR_DELIVERY: Step.OUT_FOR_DELIVERY,
    State.IN_LOCKER: Step.IN_LOCKER,
    State.SIGNED: Step.SIGNED,
    State.PROBLEM: Step.PROBLEM,
    State.REFUSED: Step.PROBLEM,
    State.RETURNING: Step.PROBLEM,
}
_TITLES = {
    Step.SHIPPED: ("您的订单 {number} 已发货", "Your order {number} is on its way"),
    Step.OUT_FOR_DELIVERY: ("您的订单 {number} 正在派送", "Your order {number} is out for delivery"),
    Step.IN_LOCKER: ("您的订单 {number} 已放入快递柜或驿站", "Your order {number} waits in a locker or at a station"),
    Step.SIGNED: ("您的订单 {number} 已签收", "Your order {number} was signed for"),
    Step.PROBLEM: ("您的订单 {number} 的配送遇到问题", "There is a problem with the delivery of your order {number}"),
}
_BODY = (
    "{shop}：{title}。\n承运商：{carrier}\n运单号：{waybill}\n如有疑问，请联系店铺客服。",
    "{shop}: {title}.\nCarrier: {carrier}\nWaybill: {waybill}\nIf you have questions, ask the shop.",
)


def step_of(state: State) -> Step | None:
    """The step that a state is; none where it is not worth a message of its own."""
    return _STEPS.get(state)


def message(
    step: Step, *, language: str, number: str, shop: tuple[str, str], parcel: tuple[str, str]
) -> tuple[str, str]:
    """Title and text in a language ("zh" or "en"); `parcel` is carrier and waybill."""
    place = 0 if language == "zh" else 1
    title = _TITLES[step][place].format(number=number)
    carrier, waybill = parcel
    return title, _BODY[place].format(shop=shop[place], title=title, carrier=carrier, waybill=waybill)
