"""How large an answer may be: the service takes nothing larger, and the kit finds it first (C2, L1 to L3, L10)."""

import re
from fractions import Fraction

from bylaw_hooks import Both
from bylaw_hooks.leave import LeaveKind

MOST_SEGMENTS = 48
"""A day has no more: one for every half hour."""
MOST_KINDS, LONGEST_CODE, LONGEST_TEXT = 100, 60, 500
MOST_OBJECTIONS = MOST_KINDS
MOST_ANSWERS = 10_000
"""Entitlements of one call, and whatever else an iterator brings."""
MOST_DAYS = 366
"""Beyond a year nothing is asked ahead, no request runs, and no balance is given at once."""
MOST_MINUTES = MOST_DAYS * 1440
FINEST = 1_000_000
"""The greatest denominator of an amount: it is stored and told exactly."""
CODE = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
REASON = re.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


def is_code(text: str) -> bool:
    """Whether a kind or a balance may be called so."""
    return len(text) <= LONGEST_CODE and CODE.fullmatch(text) is not None


def is_reason(text: str) -> bool:
    """Whether an objection may be called so."""
    return len(text) <= LONGEST_CODE and REASON.fullmatch(text) is not None


def is_wording(text: Both) -> bool:
    """Whether it says something in both languages, and not too much."""
    return all(one.strip() and len(one) <= LONGEST_TEXT for one in text)


def is_bounded(kind: LeaveKind) -> bool:
    """Whether what a kind asks for lies within a year, and asks nobody twice."""
    most = kind.most_days is None or 1 <= kind.most_days <= MOST_DAYS
    once = len(set(kind.steps)) == len(kind.steps)
    return most and once and abs(kind.notice_days) <= MOST_DAYS and 0 <= kind.evidence_beyond_days <= MOST_DAYS


def is_amount(amount: Fraction, unit: str) -> bool:
    """Whether so much can be given, in days or in minutes."""
    finest, most = (1, MOST_MINUTES) if unit == "minutes" else (FINEST, MOST_DAYS)
    return bool(amount) and amount.denominator <= finest and abs(amount) <= most
