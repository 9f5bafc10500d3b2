"""Loads the demonstration company's orders in two steps: what its own shops sold, and what needs prices in force."""

from bylaw_cli.demonstration.goods.shelves import Shelves
from bylaw_cli.demonstration.orders import channels, placing, shipping
from bylaw_cli.demonstration.orders.channels import TMALL, Shops


def begin(shelves: Shelves) -> Shops:
    """Opens the shops and takes in what is not held against prices; its goods are reserved behind the answer."""
    shelves.asking.hear("orders", "goods")
    shops = channels.open_shops(shelves)
    placing.take_in(shops, placing.EARLIER)
    return shops


def finish(shops: Shops) -> None:
    """Ships, takes in what the flagship shop sold once orders knows what is listed at which price, and tracks."""
    shipping.issue(shops)
    placing.work_on(shops)
    shops.asking.hear("orders", "goods")
    placing.take_in(shops, (TMALL,))
    shipping.track(shops)
