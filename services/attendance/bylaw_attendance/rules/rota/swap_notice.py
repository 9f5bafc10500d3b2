"""What the two people of a swap are told of it: that they are asked, and what became of it."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from bylaw_chassis.notice_wish import NoticeWish, Words, said

from bylaw_attendance.rules.rota.rota_swap import Swap, SwapState

TITLES: Mapping[SwapState, Words] = MappingProxyType(
    {
        SwapState.ASKED: ("有人想与您换班", "Somebody asks to swap days with you"),
        SwapState.DONE: ("换班已生效", "Your swap is done"),
        SwapState.REFUSED: ("换班未获同意", "Your swap was turned down"),
        SwapState.WITHDRAWN: ("换班已撤回", "A swap was taken back"),
    }
)
BODIES: Mapping[SwapState, Words] = MappingProxyType(
    {
        SwapState.ASKED: (
            "{asker} 想与您互换 {days} 的排班。同意后还须双方负责人同意；不同意可以撤回。",
            (
                "{asker} asks to exchange {days} of the rota with you. If you agree, the heads of both consent; if not,"
                " take it back."
            ),
        ),
        SwapState.DONE: (
            "{asker} 与 {other} 在 {days} 的排班已互换。请查看当月排班。",
            "The rota of {asker} and {other} was exchanged on {days}. Look at your rota of the month.",
        ),
        SwapState.REFUSED: (
            "{asker} 与 {other} 互换 {days} 的申请未获同意，排班不变。理由见该申请。",
            "The swap of {asker} and {other} on {days} was turned down and the rota stays as it is. The swap says why.",
        ),
        SwapState.WITHDRAWN: (
            "{asker} 与 {other} 互换 {days} 的申请已撤回，排班不变。",
            "The swap of {asker} and {other} on {days} was taken back, and the rota stays as it is.",
        ),
    }
)


def swap_notice(swap: Swap, by: UUID | None) -> NoticeWish | None:
    """What those of the two are told who did not do it themselves; nothing while heads are waited for."""
    if swap.state not in TITLES:
        return None
    people = [person for person in swap.both if person != by]
    told = {"asker": swap.numbers[0], "other": swap.numbers[1], "days": ", ".join(map(str, swap.days))}
    return NoticeWish(people, TITLES[swap.state], said(BODIES[swap.state], **told), swap.name)
