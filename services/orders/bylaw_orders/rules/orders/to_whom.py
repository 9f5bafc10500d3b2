"""To whom an order goes, as somebody of the platform that it came through (CUS-1)."""

from dataclasses import replace

from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.orders.order import OrderWish
from bylaw_orders.rules.privacy.recipient import Recipient


def to_whom(wish: OrderWish, channel: Channel) -> Recipient | None:
    """The recipient with the channel's platform; none where nothing is said of them."""
    return replace(wish.recipient, platform=channel.wish.platform) if wish.recipient else None
