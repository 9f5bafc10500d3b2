"""What a stock code of the wholesaler means: goods, or one of the codes that stand for something else."""

from collections.abc import Mapping
from types import MappingProxyType

CHARGES: Mapping[str, str] = MappingProxyType(
    {
        "POST": "postage",
        "DOT": "postage",
        "C2": "carriage",
        "D": "discount",
        "M": "manual_entry",
        "S": "samples",
        "B": "bad_debt",
        "CRUK": "commission",
        "BANK CHARGES": "bank_charges",
        "AMAZONFEE": "marketplace_fee",
    }
)
"""Codes that are no goods, and the oddity that each counts as."""
VOUCHER = "GIFT_0001_"


def charge(code: str) -> str:
    """The oddity of a code, in upper case, that is no goods; "" of goods."""
    return "voucher" if code.startswith(VOUCHER) else CHARGES.get(code, "")
