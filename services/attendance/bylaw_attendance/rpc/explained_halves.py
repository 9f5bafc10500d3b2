"""The halves of an explained day as messages."""

from typing import Any

from bylaw.attendance.v1 import explanations_pb2

from bylaw_attendance.explaining import fields, sentences
from bylaw_attendance.messages.records import text, text_if_any
from bylaw_attendance.rpc.sheet_days import card_message
from bylaw_attendance.rpc.sheet_days import half_message as shown_half
from bylaw_attendance.rules.explaining.explaining import ExplainedCard, ExplainedDay, ExplainedHalf


def half_message(day: ExplainedDay, half: ExplainedHalf) -> Any:
    """A half with its window and its card points, which stand once."""
    return explanations_pb2.HalfExplanation(
        half=shown_half(half.shown._replace(cards=()), day.corrected),
        card_points=[_card(day, half, card) for card in half.cards],
        window=text_if_any(*sentences.window(day, half)),
        explanation=text(*sentences.verdict(half)),
        **fields.window(day, half),
    )


def _card(day: ExplainedDay, half: ExplainedHalf, card: ExplainedCard) -> Any:
    return explanations_pb2.CardExplanation(
        card_point=card_message(card.shown, day.corrected),
        limits=text_if_any(*sentences.limits(day, half, card)),
        remedy=text_if_any(*sentences.remedy(day, half, card)),
        **fields.limits(day, card),
    )
