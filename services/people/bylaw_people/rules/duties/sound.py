"""What the terms of a duty and a proof can hold; refuses FIELD_INVALID with the field that cannot be what it is."""

import re
from collections.abc import Iterable
from datetime import date

from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.duties.duty import SUNDAY, DutyTerms, Proof, ProofKind
from bylaw_people.rules.duties.refusals import DutyProofMissing
from bylaw_people.rules.duties.schedule import Rhythm
from bylaw_people.rules.fields import Fields

LONGEST_KEY, LONGEST_PROOF, LONGEST_REFERENCE, LONGEST_EXCUSE = 128, 4_000, 200, 1_000
MOST_INTERVAL, MOST_REMIND_MINUTES = 366, 60 * 24 * 31
RESOURCE = re.compile(r"[A-Za-z]+/[A-Za-z0-9._~-]+(/[A-Za-z]+/[A-Za-z0-9._~-]+)*")
"""A resource name; no address of a page, so that a proof leads nowhere outside."""
SHA256 = re.compile(r"[0-9a-f]{64}")
WEEK = range(1, 8)


def require_sound_terms(terms: DutyTerms) -> None:
    """Refuses FIELD_INVALID."""
    fields = Fields()
    fields.title("duty.title", terms.title)
    fields.duties("duty.instructions", terms.instructions)
    fields.require()
    whose = terms.whose
    if sum(map(bool, (whose.person, whose.position, whose.head_of))) != 1:
        raise FieldInvalid(
            field="duty",
            zh="请指定 person（人员）、position（岗位）、head_of（单位负责人）之一",
            en="must name one of: person, position, head_of",
        )
    _require_rhythm(terms)
    if not 0 <= terms.remind_minutes <= MOST_REMIND_MINUTES:
        most = MOST_REMIND_MINUTES
        raise _wrong("remind_minutes", f"应为 0 至 {most}", f"must be from 0 to {most}")


def _require_rhythm(terms: DutyTerms) -> None:
    if not 1 <= terms.interval <= MOST_INTERVAL:
        raise _wrong("schedule.interval", f"应为 1 至 {MOST_INTERVAL}", f"must be from 1 to {MOST_INTERVAL}")
    _require_days(terms)
    once = terms.rhythm is Rhythm.ONCE
    if once != bool(terms.once_on) or (terms.once_on and terms.once_on < terms.effective_date):
        raise _wrong(
            "schedule.date",
            "仅一次性事项填写，且不早于生效日期",
            "belongs to what is due once, and is not before the effective date",
        )
    if (terms.rhythm is Rhythm.WEEKLY) != bool(terms.weekdays):
        raise _wrong("schedule.weekdays", "仅按周的事项填写，至少一天", "belongs to a weekly duty, at least one")
    monthly = terms.month_day == -1 or 1 <= terms.month_day <= 31
    if (terms.rhythm is Rhythm.MONTHLY) != monthly or (terms.month_day and not monthly):
        raise _wrong(
            "schedule.month_day", "仅按月的事项填写，1 至 31 或 -1", "belongs to a monthly duty, 1 to 31, or -1"
        )


def _require_days(terms: DutyTerms) -> None:
    for name, days in (("weekdays", terms.weekdays), ("rest_weekdays", terms.rest_weekdays)):
        if not days <= set(WEEK) or (len(days) == len(WEEK) and name == "rest_weekdays"):
            raise _wrong(f"schedule.{name}", "应为 1 至 7，且至少留一个工作日", "must be from 1 to 7, not all at rest")


def rest_weekdays(given: Iterable[int], *, holidays_only: bool) -> frozenset[int]:
    """The weekly days of rest: those that are given, Sunday where none is, none where holidays alone count (HRS-1)."""
    days = frozenset(given)
    if days and holidays_only:
        raise _wrong("schedule.holidays_only", "不能与 rest_weekdays 同时填写", "and rest_weekdays do not go together")
    return days or frozenset(() if holidays_only else {SUNDAY})


def require_sound_key(key: str) -> None:
    """A service's own key: visible characters in one line; refuses FIELD_INVALID."""
    if not key.strip() or len(key) > LONGEST_KEY or not key.isprintable():
        raise FieldInvalid(
            field="key", zh=f"必填，最多 {LONGEST_KEY} 个可见字符", en=f"is needed, at most {LONGEST_KEY} characters"
        )


def require_end(end: date, effective: date) -> None:
    """A duty has at least one day; refuses FIELD_INVALID."""
    if end < effective:
        raise FieldInvalid(
            field="end_date", zh=f"不能早于生效日期 {effective}", en=f"must not be before {effective}, its first day"
        )


def require_sound_proof(proof: Proof) -> None:
    """Refuses FIELD_INVALID."""
    if len(proof.text) > LONGEST_PROOF or "\0" in proof.text:
        most = LONGEST_PROOF
        raise _wrong_proof("text", f"最多 {most} 个字符", f"must have at most {most} characters")
    if len(proof.photo) > LONGEST_REFERENCE or not proof.photo.isprintable():
        most = LONGEST_REFERENCE
        raise _wrong_proof("photo", f"最多 {most} 个可见字符", f"must have at most {most} visible characters")
    if bool(proof.photo) != bool(SHA256.fullmatch(proof.photo_sha256)) or (proof.photo_sha256 and not proof.photo):
        raise _wrong_proof(
            "photo_sha256", "照片须附 64 位十六进制的 SHA-256", "goes with a photo, in 64 hexadecimal digits"
        )
    if proof.record and (len(proof.record) > LONGEST_REFERENCE or not RESOURCE.fullmatch(proof.record)):
        raise _wrong_proof("record", "应为资源名", "expected a resource name")


PROOF_WORDS = {
    ProofKind.TEXT: ("文字说明", "a text"),
    ProofKind.PHOTO: ("照片", "a photo"),
    ProofKind.RECORD: ("相关记录的链接", "a link to a record"),
    ProofKind.ANY: ("文字、照片或记录", "a text, a photo or a record"),
}


def require_proof(kind: ProofKind, proof: Proof) -> None:
    """What is asked for is there; refuses DUTY_PROOF_MISSING."""
    handed_in = {
        ProofKind.NONE: True,
        ProofKind.TEXT: bool(proof.text.strip()),
        ProofKind.PHOTO: bool(proof.photo),
        ProofKind.RECORD: bool(proof.record),
        ProofKind.ANY: bool(proof.text.strip() or proof.photo or proof.record),
    }
    if not handed_in[kind]:
        zh, en = PROOF_WORDS[kind]
        raise DutyProofMissing(proof_zh=zh, proof_en=en)


def require_excuse(excuse: str) -> None:
    """An excuse says why; refuses FIELD_INVALID."""
    if not excuse.strip() or len(excuse) > LONGEST_EXCUSE or "\0" in excuse:
        raise FieldInvalid(
            field="excuse",
            zh=f"请写明原因，最多 {LONGEST_EXCUSE} 个字符",
            en=f"say why, in at most {LONGEST_EXCUSE} characters",
        )


def _wrong(field: str, zh: str, en: str) -> FieldInvalid:
    return FieldInvalid(field=f"duty.{field}", zh=zh, en=en)


def _wrong_proof(field: str, zh: str, en: str) -> FieldInvalid:
    return FieldInvalid(field=f"proof.{field}", zh=zh, en=en)
