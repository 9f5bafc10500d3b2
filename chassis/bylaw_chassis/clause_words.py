"""A clause's words from a date on, in the process and on the wire."""

from datetime import date
from typing import NamedTuple

from bylaw.types.v1 import clause_wording_pb2, localized_text_pb2

from bylaw_chassis.refusals import ClauseWords


class ClauseWording(NamedTuple):
    """A clause's words from a date on; retired: its last words."""

    clause: str
    effective_date: date
    zh: str
    en: str
    retired: bool


def wording_message(wording: ClauseWords) -> clause_wording_pb2.ClauseWording:
    """A wording as the contract has it."""
    return clause_wording_pb2.ClauseWording(
        clause=wording.clause,
        effective_date=wording.effective_date.isoformat(),
        wording=localized_text_pb2.LocalizedText(zh=wording.zh, en=wording.en),
        retired=wording.retired,
    )


def wording_told(message: clause_wording_pb2.ClauseWording) -> ClauseWording:
    """A wording as a neighbour tells it."""
    text = message.wording
    return ClauseWording(message.clause, date.fromisoformat(message.effective_date), text.zh, text.en, message.retired)
