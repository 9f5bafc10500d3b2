"""The distribution's entry point: registers every version of the importers of retail data sets."""

from bylaw_hooks import hookimpl
from bylaw_hooks.orders import OrderImporter

from bylaw_retail_sets.online_retail import OnlineRetail
from bylaw_retail_sets.tmall_report import TmallReport

__all__ = ["OnlineRetail", "TmallReport", "bylaw_api", "register_order_importers"]
bylaw_api = 1


@hookimpl
def register_order_importers() -> list[OrderImporter]:
    """The invoices of a wholesaler, and a shop's report of orders without goods; version 1 of each."""
    return [OnlineRetail(), TmallReport()]
