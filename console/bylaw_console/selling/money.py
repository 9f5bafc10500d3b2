"""Amounts as people read and type them; the contract holds them in the smallest unit of their currency."""

from decimal import Decimal, InvalidOperation

DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3}
"""How many digits of its smallest unit a currency has; the others have two."""
TWO = 2


def money(smallest: int | str, currency: str) -> str:
    """1,234.50; what is finer than the smallest unit is shown too."""
    digits = DIGITS.get(currency, TWO)
    amount = Decimal(smallest or 0).scaleb(-digits)
    rounded = amount.quantize(Decimal(1).scaleb(-digits))
    return f"{rounded:,f}" if rounded == amount else f"{amount.normalize():,f}"


def mean(smallest: str, currency: str) -> str:
    """A mean, rounded to what can be paid, half to even."""
    digits = DIGITS.get(currency, TWO)
    return f"{Decimal(smallest).scaleb(-digits).quantize(Decimal(1).scaleb(-digits)):,f}" if smallest else ""


def plain(smallest: int | str, currency: str) -> str:
    """The same as a field of a form takes it back: 1234.50."""
    return money(smallest, currency).replace(",", "")


def smallest_of(typed: str, currency: str) -> Decimal:
    """What was typed, in the smallest unit; ValueError where that is no amount."""
    try:
        amount = Decimal(typed.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        raise ValueError(typed) from None
    if not amount.is_finite():
        raise ValueError(typed)
    return amount.scaleb(DIGITS.get(currency, TWO))
