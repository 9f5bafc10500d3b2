"""The importer `bylaw-online-retail@1`: the UCI sets "Online Retail", a line for each line of an invoice (ORD-1)."""

from collections.abc import Iterator

from bylaw_hooks import Both
from bylaw_hooks.orders import Header, OrderImporter, OrderTable, ReadFault, ReadOrder, Shop

from bylaw_retail_sets.invoices import COLUMNS, Invoices


class OnlineRetail(OrderImporter):
    """`C` invoices are credits, `A` ones figures of the books; codes count in upper case."""

    name, version, title = "bylaw-online-retail", 1, Both("英国网络零售数据集（UCI）", "Online Retail (UCI)")

    sample = (
        (
            ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"),
            ("536365", "85123A", "WHITE HOLDER", "6", "2010-12-01 08:26:00", "2.55", "17850.0", "United Kingdom"),
            ("536365", "POST", "POSTAGE", "1", "2010-12-01 08:27:00", "18.00", "17850.0", "United Kingdom"),
            ("C536379", "D", "Discount", "-1", "2010-12-01 09:41:00", "27.50", "14527.0", "United Kingdom"),
            ("536414", "22139", "", "-56", "2010-12-01 11:52:00", "0.0", "", "United Kingdom"),
        ),
    )

    def recognises(self, header: Header) -> bool:
        return not COLUMNS.missing(header)

    def missing(self, headers: tuple[Header, ...]) -> tuple[str, ...]:
        return COLUMNS.missing(headers[0])

    def read(self, tables: tuple[OrderTable, ...], shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        invoices = Invoices(tables[0].header)
        yield from invoices.gather(tables[0])
        yield from invoices.orders(shop)
