"""What may be written into the rulebook: ids of the company's own clauses, words, reasons."""

import re
from datetime import date

from bylaw_chassis.refusals import FieldInvalid, FieldsInvalid, Violation

from bylaw_people.rules.fields import both_languages
from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.rulebook.clauses import ClauseKind, ClauseRecord, Origin, Revision
from bylaw_people.rules.rulebook.refusals import ClauseChanged

LONGEST_WORDING, LONGEST_REASON = 2_000, 500
OWN_ID = re.compile(r"[A-Z]{4,20}-[1-9][0-9]{0,3}", re.ASCII)
"""Clauses that ship have three letters, now and in every later edition: the company's own never meet them."""

OWN_POSITION = 1_000_000
"""The company's own stand behind all that ships."""


def require_own_id(clause: str, *, field: str = "clause_id") -> None:
    """Refuses FIELD_INVALID."""
    if not OWN_ID.fullmatch(clause):
        raise FieldInvalid(
            field=field,
            zh="应为 4 至 20 个大写字母、连字符和编号，如 COMPANY-1",
            en="expected 4 to 20 capital letters, a hyphen and a number, such as COMPANY-1",
        )


def require_own_kind(kind: ClauseKind, *, field: str = "clause.kind") -> None:
    """No rule of ours decides by a clause that the company made up; refuses FIELD_INVALID."""
    if kind is ClauseKind.RULE:
        raise FieldInvalid(
            field=field,
            zh="公司自有条款只能是 record 或 duty：系统没有据以裁决的规则",
            en="the company's own clause is a record or a duty: the system has no rule that decides by it",
        )


def revision(
    wording: Wording, day: date, reason: str, *, field: str = "wording", reason_field: str = "reason"
) -> Revision:
    """The company's words from a day on; refuses FIELD_INVALID with everything that is wrong."""
    wrong = [*_wrong_text(field, wording.zh or wording.en, LONGEST_WORDING)]
    if wording.zh and wording.en:
        wrong += _wrong_text(f"{field}.en", wording.en, LONGEST_WORDING)
    _require([*wrong, *_wrong_text(reason_field, reason, LONGEST_REASON)])
    return Revision(0, day, both_languages(wording), Origin.COMPANY, reason)


def require_reason(reason: str) -> None:
    """Why is always said; refuses FIELD_INVALID."""
    _require(_wrong_text("reason", reason, LONGEST_REASON))


def require_seen(record: ClauseRecord, etag: str) -> None:
    """That the caller saw the newest revision of a clause, as of whatever day; refuses CLAUSE_CHANGED."""
    if etag and etag.partition(".")[0] != str(record.revision):
        raise ClauseChanged(clause_id=record.id)


def _require(wrong: list[Violation]) -> None:
    if len(wrong) == 1:
        raise FieldInvalid(field=wrong[0].field, zh=wrong[0].zh, en=wrong[0].en)
    if wrong:
        raise FieldsInvalid(wrong)


def _wrong_text(field: str, text: str, longest: int) -> list[Violation]:
    if not text.strip():
        return [Violation(field, FieldInvalid.reason, "必填", "is needed")]
    if len(text) > longest:
        said = (f"最多 {longest} 个字符", f"must have at most {longest} characters")
        return [Violation(field, FieldInvalid.reason, *said)]
    if text != text.strip() or not text.isprintable():
        said = (
            "须为一行，首尾不能有空格，不能含控制字符",
            "must be one line without blanks around it or control characters",
        )
        return [Violation(field, FieldInvalid.reason, *said)]
    return []
