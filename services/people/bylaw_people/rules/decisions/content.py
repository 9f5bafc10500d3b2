"""What a request for a decision can hold; everything that is wrong with it is said at once."""

import re
from decimal import Decimal

from bylaw_chassis.refusals import FieldInvalid, FieldsInvalid, Violation

from bylaw_people.rules.decisions.decision import Content
from bylaw_people.rules.decisions.process import Amount

MOST_SUBJECTS, MOST_FACTS, LONGEST_NAME, LONGEST_VALUE, LONGEST_TEXT = 20, 30, 200, 500, 4_000
LARGEST_AMOUNT = Decimal(10) ** 15
KIND = re.compile(r"[a-z][a-z0-9-]{0,63}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_SUBJECT = re.compile(r"[a-zA-Z][a-zA-Z0-9]*(/[A-Za-z0-9._~-]+)+")
_MEASURE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def require_content(subjects: tuple[str, ...], content: Content) -> None:
    """Refuses FIELD_INVALID with each field."""
    found = [*_subjects(subjects), *_facts(content.facts), *_text(content.text, "decision.text")]
    if content.amount:
        found += _amount(content.amount)
    _refuse(found)


def require_amount(amount: Amount | None) -> None:
    """Refuses FIELD_INVALID for an amount in no unit or currency, or one too large, that stands by itself."""
    if amount:
        _refuse(_amount(amount, within=""))


def require_kind(kind: str, *, field: str) -> None:
    """Refuses FIELD_INVALID."""
    if not KIND.fullmatch(kind):
        _refuse([_wrong(field, "应为小写字母、数字和连字符", "must be small letters, digits and hyphens")])


def require_short(text: str, *, field: str = "text") -> None:
    """Refuses FIELD_INVALID for a text that is too long to be kept."""
    _refuse(_text(text, field))


def decimal_of(text: str, *, field: str) -> Decimal:
    """A plain decimal number of at most 15 digits before and 6 behind the point; refuses FIELD_INVALID.

    A sign is none: nothing is below zero, and `-0` would come back as something else than was sent.
    """
    if not _NUMBER.fullmatch(text):
        raise FieldInvalid(
            field=field, zh="应为不小于零的数，如 2.5", en="must be a number such as 2.5, not below zero"
        )
    return Decimal(text)


def require_measure(measure: str, *, money: bool, field: str) -> None:
    """Refuses FIELD_INVALID for what is neither a currency nor a unit."""
    _refuse(_measure(measure, money=money, field=field))


def _subjects(subjects: tuple[str, ...]) -> list[Violation]:
    field = "decision.subjects"
    if len(subjects) > MOST_SUBJECTS:
        return [_wrong(field, f"最多 {MOST_SUBJECTS} 个", f"at most {MOST_SUBJECTS}")]
    faulty = [name for name in subjects if len(name) > LONGEST_NAME or not _SUBJECT.fullmatch(name)]
    return [_wrong(field, "应为资源名，如 products/{id}", "expected resource names such as products/{id}")] * bool(
        faulty
    )


def _facts(facts: tuple[tuple[str, str], ...]) -> list[Violation]:
    field, keys = "decision.facts", [key for key, _ in facts]
    if len(facts) > MOST_FACTS or len(set(keys)) < len(keys):
        return [_wrong(field, f"最多 {MOST_FACTS} 项且不重名", f"at most {MOST_FACTS}, each key once")]
    found = []
    for place, (key, value) in enumerate(facts):
        if not _KEY.fullmatch(key):
            said = ("键应为小写字母、数字和下划线", "keys are small letters, digits, underscores")
            found.append(_wrong(f"{field}[{place}].key", *said))
        elif len(value) > LONGEST_VALUE or "\0" in value:
            found.append(
                _wrong(f"{field}[{place}].value", f"最多 {LONGEST_VALUE} 个字符", f"at most {LONGEST_VALUE} characters")
            )
    return found


def _amount(amount: Amount, *, within: str = "decision.") -> list[Violation]:
    field = within + ("money" if amount.money else "quantity")
    found = _measure(amount.measure, money=amount.money, field=field)
    if not 0 <= amount.value < LARGEST_AMOUNT:
        found.append(_wrong(field, "不能为负，也不能超过 15 位数", "must not be negative nor have more than 15 digits"))
    return found


def _measure(measure: str, *, money: bool, field: str) -> list[Violation]:
    if money and not _CURRENCY.fullmatch(measure):
        return [_wrong(field, "货币应为三个大写字母，如 CNY", "a currency is three capital letters such as CNY")]
    if not money and not _MEASURE.fullmatch(measure):
        return [_wrong(field, "单位应为小写英文，如 day", "a unit is in small letters, such as day")]
    return []


def _text(text: str, field: str) -> list[Violation]:
    if len(text) > LONGEST_TEXT or "\0" in text:
        return [_wrong(field, f"最多 {LONGEST_TEXT} 个字符", f"must have at most {LONGEST_TEXT} characters")]
    return []


def _wrong(field: str, zh: str, en: str) -> Violation:
    return Violation(field, FieldInvalid.reason, zh, en)


def _refuse(found: list[Violation]) -> None:
    if len(found) == 1:
        raise FieldInvalid(field=found[0].field, zh=found[0].zh, en=found[0].en)
    if found:
        raise FieldsInvalid(found)
