"""Exact amounts as people write them: a decimal number where there is an exact one, else a fraction."""

import re
from fractions import Fraction

_WRITTEN = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9}|/[1-9][0-9]{0,8})?")


def exact_text(amount: Fraction) -> str:
    """`1.5`, `-2`, `1/3`."""
    rest, places = amount.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest != 1:
        return f"{amount.numerator}/{amount.denominator}"
    scaled = abs(amount.numerator) * 10**places // amount.denominator
    whole, part = divmod(scaled, 10**places)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole}.{part:0{places}}" if places else f"{sign}{whole}"


def exact_amount(text: str) -> Fraction | None:
    """The amount that was written; nothing where it is none."""
    return Fraction(text) if _WRITTEN.fullmatch(text) else None
