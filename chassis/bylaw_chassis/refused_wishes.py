"""Refusals within an answer: of many wishes each is answered by itself, and a refused one says why."""

from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw.types.v1.refused_wish_pb2 import RefusedField, RefusedWish

from bylaw_chassis.call import Call
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.status import MOST_VIOLATIONS


def refused_wish(call: Call, refusal: Refusal, name: str) -> RefusedWish:
    """Why a wish was refused, as a message; the trail learns of it as of any refusal. `name` is what it was about."""
    if all(told is not refusal for told, _ in call.refused):
        call.refused.append((refusal, name))
    fields = (
        RefusedField(field=one.field, reason=one.reason, message=LocalizedText(zh=one.zh, en=one.en))
        for one in refusal.violations[:MOST_VIOLATIONS]
    )
    message = LocalizedText(zh=refusal.message_zh, en=refusal.message_en)
    return RefusedWish(reason=refusal.reason, message=message, clause=refusal.clause, fields=fields)
