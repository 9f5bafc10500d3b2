"""To whom an order goes, in clear: lives in memory alone and is never shown by accident (CUS-1)."""

from dataclasses import dataclass

SEALED = ("name", "phone", "address", "region", "postcode", "email", "nick", "remark")
"""What of a recipient is sealed, one by one, in the order in which it is stored."""


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """Whom an order goes to; what is not known is empty.

    `region` is the province or country as the source writes it, `remark` what the buyer wrote to the shop. `platform`
    and `account` say who it is there: with them, orders of one account are one customer's, whatever the phone.
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    region: str = ""
    postcode: str = ""
    email: str = ""
    nick: str = ""
    remark: str = ""
    platform: str = ""
    account: str = ""

    def __repr__(self) -> str:
        """Nothing of what it holds: whatever is logged or raised with it shows nothing."""
        return "Recipient(...)"

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is said."""
        return not (self.account or any(getattr(self, field) for field in SEALED))
