"""The distribution's entry point: registers every version of the importers of Taobao, Tmall and Douyin."""

from bylaw_hooks import hookimpl
from bylaw_hooks.orders import OrderImporter

from bylaw_taobao_orders.douyin import DouyinExport
from bylaw_taobao_orders.taobao import TaobaoExport

__all__ = ["DouyinExport", "TaobaoExport", "bylaw_api", "register_order_importers"]
bylaw_api = 1


@hookimpl
def register_order_importers() -> list[OrderImporter]:
    """The list and the goods that Qianniu exports, and the layout of main and sub orders; version 1 of each."""
    return [TaobaoExport(), DouyinExport()]
