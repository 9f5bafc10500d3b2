"""Loads the demonstration company's goods: all that its keeper, its shop manager and finance have done with them."""

from bylaw_cli.demonstration.asking import Asking
from bylaw_cli.demonstration.goods import arriving, books, counting, house, leaving, offering, shelves
from bylaw_cli.demonstration.goods.shelves import Shelves


def load(asking: Asking) -> Shelves:
    """All but what has to wait for prices to be in force."""
    put_up = shelves.put_up(asking)
    offering.ask(put_up)
    books.keep(put_up)
    arriving.receive(put_up)
    leaving.issue(put_up)
    counting.count(put_up)
    house.keep(put_up)
    return put_up
