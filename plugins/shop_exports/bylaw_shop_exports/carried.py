"""Who carries an order, as an export says it: one order may go in several parcels."""

from collections.abc import Callable, Iterable

from bylaw_hooks.orders import Cells


def carried(rows: Iterable[Cells], read: Callable[[Cells], str], most: int) -> str:
    """What its rows say, each once, in their order; of more than `most` characters those that fit."""
    said = ""
    for one in dict.fromkeys(filter(None, map(read, rows))):
        longer = f"{said}, {one}" if said else one
        if len(longer) > most:
            break
        said = longer
    return said
