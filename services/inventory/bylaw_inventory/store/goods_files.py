"""Items written by the thousand, and stock lists that were taken in."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.ports.goods_files import TakenList
from bylaw_inventory.rules.goods.item import Item, gtin14
from bylaw_inventory.store.goods_tables import stock_lists
from bylaw_inventory.store.items import SHOWN, as_item, item_row, locked
from bylaw_inventory.store.tables import item_barcodes, items

_TEXTS = pg.ARRAY(sa.Text)


def by_codes(connection: sa.Connection, codes: Collection[str], *, lock: bool = False) -> dict[str, Item]:
    """Items by these codes, in lower case, as the database folds case; locked in the order of their ids."""
    told = sa.func.unnest(sa.cast(sorted(codes), _TEXTS)).column_valued("told")
    own = sa.func.lower(items.c.code) == sa.func.lower(told)
    if lock:
        connection.execute(locked(sa.exists(sa.select(told).where(own))))
    query = SHOWN.add_columns(told.label("told")).where(own)
    return {row.told.lower(): as_item(row) for row in connection.execute(query)}


def owners(connection: sa.Connection, gtins: Collection[str]) -> Mapping[str, UUID]:
    """Whose these barcodes are, by their long form."""
    among = sa.cast(sorted(gtins), _TEXTS)
    query = sa.select(item_barcodes.c.gtin, item_barcodes.c.item).where(item_barcodes.c.gtin == sa.any_(among))
    return {row.gtin: row.item for row in connection.execute(query)}


def add(connection: sa.Connection, made: Sequence[Item]) -> bool:
    """Puts items on record; says no where somebody has made one of them meanwhile."""
    done = pg.insert(items).on_conflict_do_nothing().returning(items.c.id)
    return len(connection.execute(done, [item_row(one) for one in made]).all()) == len(made)


def change(connection: sa.Connection, made: Sequence[Item]) -> None:
    """Writes what a file may change of items."""
    names = ("display_name", "specification", "category", "revision")
    statement = items.update().where(items.c.id == sa.bindparam("of"))
    values = [{"of": one.identifier, **{name: item_row(one)[name] for name in names}} for one in made]
    connection.execute(statement.values({name: sa.bindparam(name) for name in names}), values)


def add_barcodes(connection: sa.Connection, made: Sequence[tuple[Item, str]]) -> None:
    """Gives items a barcode each, behind those that they have."""
    rows = [
        {
            "gtin": gtin14(barcode),
            "item": one.identifier,
            "place": one.wish.barcodes.index(barcode),
            "written": barcode,
        }
        for one, barcode in made
    ]
    connection.execute(item_barcodes.insert(), sorted(rows, key=lambda row: str(row["gtin"])))


def take_list(connection: sa.Connection, made: TakenList) -> TakenList | None:
    """Notes that a list is taken in; answers the one of this name or content that was before."""
    row = dict(zip(("id", *TakenList._fields[1:]), made, strict=True))
    done = pg.insert(stock_lists).values(row).on_conflict_do_nothing().returning(stock_lists.c.id)
    if connection.execute(done).first():
        return None
    same = sa.or_(stock_lists.c.digest == made.digest, stock_lists.c.file_name == made.file_name)
    there = connection.execute(sa.select(stock_lists).where(stock_lists.c.warehouse == made.warehouse, same)).first()
    return TakenList._make(there) if there else made
