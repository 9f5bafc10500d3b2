"""Opens what is kept of a recipient, or says why that cannot be (CUS-1)."""

from uuid import UUID

import sqlalchemy as sa

from bylaw_orders.ports.customers import Customers, RecipientUnreadable
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.privacy.refusals import CustomerErased, OrderWithoutRecipient, RecipientDamaged


def recipient_of(customers: Customers, connection: sa.Connection, order: UUID) -> Recipient:
    """To whom an order goes; refuses ORDER_WITHOUT_RECIPIENT, CUSTOMER_ERASED and RECIPIENT_DAMAGED."""
    try:
        found = customers.opened(connection, [order])
    except RecipientUnreadable:
        raise RecipientDamaged from None
    if order not in found:
        raise OrderWithoutRecipient
    recipient = found[order]
    if recipient is None:
        raise CustomerErased
    return recipient
