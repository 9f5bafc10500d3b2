"""The importer `bylaw-online-retail@1`: the UCI sets "Online Retail", a line for each line of an invoice (ORD-1)."""

from collections.abc import Iterator

from bylaw_hooks import Both
from bylaw_hooks.orders import Header, OrderImporter, OrderTable, ReadFault, ReadOrder, Shop

from bylaw_retail_sets.invoices import COLUMNS, Invoices


class OnlineRetail(OrderImporter):
    """`C` invoices are credits, `A` ones figures of the books; codes count in upper case."""

    name, version, title = "bylaw-online-retail", 1, Both("英国网络零售数据集(UCI)", "Online Retail (UCI)")

    def recognises(self, header: Header) -> bool:
        return not COLUMNS.missing(header)

    def missing(self, headers: tuple[Header, ...]) -> tuple[str, ...]:
        return COLUMNS.missing(headers[0])

    def read(self, tables: tuple[OrderTable, ...], shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        invoices = Invoices(tables[0].header)
        yield from invoices.gather(tables[0])
        yield from invoices.orders(shop)
