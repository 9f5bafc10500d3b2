"""The distribution's entry point: registers every version of the importers of Shopify's and Amazon's exports."""

from bylaw_hooks import hookimpl
from bylaw_hooks.orders import OrderImporter

from bylaw_shop_exports.amazon import AmazonReport
from bylaw_shop_exports.shopify import ShopifyExport

__all__ = ["AmazonReport", "ShopifyExport", "bylaw_api", "register_order_importers"]
bylaw_api = 1


@hookimpl
def register_order_importers() -> list[OrderImporter]:
    """Shopify's export of orders, and Amazon's flat-file report of orders; version 1 of each."""
    return [ShopifyExport(), AmazonReport()]
