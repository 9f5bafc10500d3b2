"""Reads codes as scanners send them, all in one look: labels and items' own codes come before barcodes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.refusals import Refusal

from bylaw_inventory.ports.scanning import CodeStore
from bylaw_inventory.rules.scanning.barcode import Barcode, CodeKind, read_barcode, stripped
from bylaw_inventory.rules.scanning.reading import CodeRead


def read_codes(
    codes: CodeStore, connection: sa.Connection, warehouse: UUID, raw: Sequence[str], *, today: date
) -> list[CodeRead]:
    """What each is, in the same order; one that cannot be read says why, and the others are read all the same.

    `today` is the day at the warehouse, from which a barcode's year is told.
    """
    texts = {one: _stripped(one) for one in raw}
    plain = {text for text in texts.values() if isinstance(text, str)}
    places, own = codes.places(connection, warehouse, plain), codes.items_by_code(connection, plain)
    barcodes = {text: _read(text, today) for text in plain if text not in places and text not in own}
    gtins = {one.gtin for one in barcodes.values() if isinstance(one, Barcode) and one.gtin}
    goods = codes.items_by_gtin(connection, gtins)

    def read(text: str | Refusal) -> CodeRead:
        if isinstance(text, Refusal):
            return CodeRead(text)
        if place := places.get(text):
            return CodeRead(Barcode(CodeKind.PLACE), place=place)
        if item := own.get(text):
            return CodeRead(Barcode(CodeKind.ITEM_CODE), item=item)
        found = barcodes[text]
        return CodeRead(found, item=goods.get(found.gtin) if isinstance(found, Barcode) else None)

    return [read(texts[one]) for one in raw]


def _stripped(raw: str) -> str | Refusal:
    try:
        return stripped(raw)
    except Refusal as refusal:
        return refusal


def _read(text: str, today: date) -> Barcode | Refusal:
    try:
        return read_barcode(text, today=today)
    except Refusal as refusal:
        return refusal
