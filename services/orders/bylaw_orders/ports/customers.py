"""What use cases need of the store of customers' data; see `store.customers` (CUS-1)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.conversation import Said
from bylaw_chassis.queries import Query

from bylaw_orders.rules.privacy.customer import Customer, Erasure, ErasureReason, Held, HeldMessage, HeldOrder
from bylaw_orders.rules.privacy.masking import MaskedRecipient
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.privacy.reveal import Counted, Reveal

ById = tuple[UUID | None, int]


class CustomerMadeMeanwhile(Exception):  # noqa: N818 - what happened, and no fault
    """Another transaction made one of these customers first, or erased one: repeat from `prepared`."""


class RecipientUnreadable(Exception):  # noqa: N818 - what was found
    """What is kept of a recipient does not open; shows nothing of it."""


@dataclass(frozen=True, slots=True)
class PreparedRecipient:
    """A recipient whose customer is known or made, ready to be written; shows nothing of them."""

    customer: UUID
    sealing: object
    """The store's own."""

    def __repr__(self) -> str:
        """The customer's id alone."""
        return f"PreparedRecipient({self.customer})"


@dataclass(frozen=True, slots=True)
class HashedRecipient:
    """A recipient and the keyed hashes of what they are found by; shows nothing of them.

    `identity`: by what the customer is known, empty where they have nothing that is their own.
    """

    identity: bytes
    phone: bytes
    tail: bytes
    nick: bytes
    recipient: Recipient

    @property
    def others(self) -> tuple[bytes, bytes, bytes]:
        """By what orders are found."""
        return self.phone, self.tail, self.nick

    def __repr__(self) -> str:
        """Nothing."""
        return "HashedRecipient()"


class Customers(Protocol):
    """Whom orders go to. Nothing of them is in clear but what `opened` answers, and that in memory alone."""

    def prepared(
        self, connection: sa.Connection, recipients: Sequence[Recipient | None]
    ) -> list[PreparedRecipient | None]:
        """Finds each one's customer in one query for all; makes those that are new. None stays none.

        A customer is who has the account of the platform, else the telephone number, else the e-mail; who has none of
        them is a customer of this order alone.
        """
        ...

    def hashed(self, recipients: Sequence[Recipient | None]) -> list[HashedRecipient | None]:
        """By what each one's customer is known; none stays none."""
        ...

    def finding(self, hashed: Sequence[HashedRecipient | None]) -> Query[list[PreparedRecipient | None]]:
        """The same as `prepared`, to be asked together with others."""
        ...

    def writing(self, written: Sequence[tuple[UUID, PreparedRecipient]], now: datetime) -> Said:
        """Parts of the statement that places new orders (`OrderStore.place`), one of them `to_whom`: a row of each."""
        ...

    def shown(self, prepared: PreparedRecipient) -> MaskedRecipient:
        """What is shown of one who is just being written."""
        ...

    def write(
        self, connection: sa.Connection, written: Sequence[tuple[UUID, PreparedRecipient]], now: datetime
    ) -> None:
        """Puts on record to whom orders go, sealed for each order: behind the orders, in one statement for all.

        An order written before gets this recipient in place of its former one, which is gone. Raises
        CustomerMadeMeanwhile, and the transaction may go on: repeat from `prepared`.
        """
        ...

    def masked(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, MaskedRecipient]:
        """What is shown of those to whom orders go; an order without a recipient is left out."""
        ...

    def masking(self, order: UUID) -> Query[MaskedRecipient | None]:
        """What is shown of the one to whom an order goes, to be asked together with others."""
        ...

    def opened(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, Recipient | None]:
        """To whom orders go, in clear, none where they were erased; an order without a recipient is left out.

        Whoever asks answers for why (CUS-1). Raises RecipientUnreadable.
        """
        ...

    def customer_of(self, connection: sa.Connection, order: UUID) -> UUID:
        """Whose an order is that has a recipient."""
        ...


class CustomerRecords(Protocol):
    """Customers as they are shown: whoever has an order within reach; see `store.customer_records`."""

    def one(
        self, connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, locked: bool = False
    ) -> Customer | None:
        """A customer, masked; one without an order within reach is none."""
        ...

    def found(self, connection: sa.Connection, asked: "Asked", reach: Reach, day: date) -> list[Customer]:
        """Customers by what was asked, masked, those who came last first."""
        ...

    def held(self, connection: sa.Connection, customer: UUID) -> list[HeldOrder]:
        """All that is held in a customer's orders, in clear, the oldest first."""
        ...

    def written(self, connection: sa.Connection, customer: UUID) -> list[HeldMessage]:
        """What was written in a customer's tickets, in clear, the oldest first."""
        ...

    def open_orders(self, connection: sa.Connection, customer: UUID, now: datetime) -> list[UUID]:
        """Which orders of a customer have not ended."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """By what customers are asked for: one of these."""

    phone: str = ""
    digits: str = ""
    nick: str = ""
    platform: str = ""


class PrivacyLog(Protocol):
    """Who saw, searched, exported or erased what: nothing of it is ever changed; see `store.privacy_log`."""

    def counted(self, connection: sa.Connection, by: str, *, day_began: datetime, now: datetime) -> Counted:
        """What somebody has had revealed; two reveals of the same person wait for each other."""
        ...

    def add_reveal(self, connection: sa.Connection, made: Reveal) -> None:
        """Puts a reveal on record."""
        ...

    def reveals(
        self, connection: sa.Connection, query: "RevealQuery", reach: Reach, day: date, *, page: ById
    ) -> list[Reveal]:
        """Reveals of orders within reach, newest first."""
        ...

    def search(self, connection: sa.Connection, by: str, kind: int, now: datetime) -> int:
        """Puts a search on record; answers how many of the last hour there are, this one among them."""
        ...

    def add_export(self, connection: sa.Connection, customer: UUID, by: str, why: str, made: Held) -> None:
        """Puts an export on record."""
        ...

    def erasure(self, connection: sa.Connection, customer: UUID) -> Erasure | None:
        """That a customer was erased, if they were."""
        ...

    def erasures(self, connection: sa.Connection, *, page: ById) -> list[Erasure]:
        """Erasures, newest first."""
        ...

    def all_erasures(self, connection: sa.Connection) -> list[Erasure]:
        """All of them, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class RevealQuery:
    """Which reveals are asked for; what is none does not matter."""

    by: str = ""
    order: UUID | None = None
    unusual: bool = False


class Erasing(Protocol):
    """What takes customers' data away for good; see `store.erasing`."""

    def erase(self, connection: sa.Connection, made: Erasure) -> int:
        """Takes away a customer's key and what they were found by, and records it; answers how many orders stay."""
        ...

    def forget(self, connection: sa.Connection, before: datetime, now: datetime, most: int) -> tuple[int, list[UUID]]:
        """Takes recipients off up to so many orders that ended and were placed before.

        Answers how many, and which customers have nothing left by that.
        """
        ...

    def rewrap(self, connection: sa.Connection, most: int) -> int:
        """Wraps up to so many keys anew that a previous master key wraps; answers how many."""
        ...

    def idle(self, connection: sa.Connection, before: datetime, done: Sequence[UUID], most: int) -> list[UUID]:
        """Customers of whom no order tells any more, and whose tickets all ended before: of those `done`, and others.

        Of the others up to so many, who came before.
        """
        ...

    def not_erased(self, connection: sa.Connection, wanted: Collection[UUID]) -> list[UUID]:
        """Which of these customers are on record and not erased; orders wait to be written to them."""
        ...


class KeptErasures(Protocol):
    """Who was erased, kept outside of the database; see `store.erasures_file`."""

    def kept(self) -> Mapping[UUID, tuple[datetime, ErasureReason]]:
        """When and why each was erased."""
        ...

    def add(self, made: Iterable[Erasure]) -> None:
        """Adds erasures."""
        ...
