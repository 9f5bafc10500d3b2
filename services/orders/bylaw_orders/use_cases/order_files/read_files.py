"""Reads files of orders: which importer, and which lines are headings; then orders and refused rows (ORD-1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from bylaw_chassis.files.refused import FileRefused
from bylaw_hooks.orders import OrderTable, ReadFault, ReadOrder, Shop

from bylaw_orders.rules.order_files.choosing import Chosen, Importers, choose
from bylaw_orders.rules.order_files.refusals import OrderFileRefused
from bylaw_orders.rules.order_files.tables import candidates


class Reads(Importers, Protocol):
    """The importers that are installed, and what they read; see `importers.py` of the service."""

    def read(self, importer: str, tables: Sequence[OrderTable], shop: Shop) -> Iterator[ReadOrder | ReadFault]: ...


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Nothing of this is done inside a transaction."""

    importers: Reads

    def choose(self, files: Sequence[bytes], importer: str) -> Chosen:
        """Refuses FILE_*, IMPORTER_NOT_FOUND and IMPORTER_AMBIGUOUS."""
        try:
            return choose([candidates(content) for content in files], importer, self.importers)
        except FileRefused as refused:
            raise OrderFileRefused(refused) from refused

    def read(self, chosen: Chosen, zone: str, currency: str) -> Iterator[ReadOrder | ReadFault]:
        """Orders and refused rows, one after the other; refuses FILE_DAMAGED and the like, and IMPORTER_BROKEN."""
        tables = [heading.table(number) for number, heading in enumerate(chosen.headings)]
        try:
            yield from self.importers.read(chosen.importer, tables, Shop(ZoneInfo(zone), currency))
        except FileRefused as refused:
            raise OrderFileRefused(refused) from refused
