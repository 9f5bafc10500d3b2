"""Amounts as people read them, and the arithmetic that nothing is rounded in."""

from decimal import Context, Decimal

EXACT = Context(prec=100)
"""Wide enough for every product of a quantity and a price: nothing is rounded where it is compared."""

_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3}
_MOST = 2


def fraction_digits(currency: str) -> int:
    """How many digits of its smallest unit a currency has."""
    return _DIGITS.get(currency, _MOST)


def money(minor_units: Decimal | int, currency: str) -> str:
    """`12.50 CNY` for 1250 fen; what is finer than the smallest unit is shown too: `0.001 CNY` for a tenth of a fen."""
    digits = fraction_digits(currency)
    amount = EXACT.scaleb(Decimal(minor_units), -digits)
    whole = EXACT.quantize(amount, Decimal(1).scaleb(-digits))
    shown = whole if whole == amount else amount.normalize(EXACT)
    return f"{shown:f} {currency}"
