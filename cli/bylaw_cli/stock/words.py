"""The words of goods in both languages: what places, movements, papers, codes and findings are called."""

from collections.abc import Mapping
from typing import Any

from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
MOVEMENTS = {
    "RECEIPT": Wording("receipt", "入库"),
    "ISSUE": Wording("issue", "出库"),
    "TRANSFER": Wording("transfer", "移位"),
    "CUSTOMER_RETURN": Wording("customer's return", "客户退货"),
    "SUPPLIER_RETURN": Wording("return to the supplier", "退供应商"),
    "DELIVERY": Wording("delivered", "妥投"),
    "REVERSAL": Wording("reversal", "冲销"),
    "STOCKTAKE": Wording("stocktake", "盘点调账"),
}
PAPERS = {
    "DELIVERY_NOTE": Wording("delivery note", "送货单"),
    "SALES_ORDER": Wording("order", "订单"),
    "REQUISITION": Wording("requisition", "领料单"),
    "RETURN_SLIP": Wording("return slip", "退货单"),
    "CARRIER_RECEIPT": Wording("carrier's receipt", "承运商回执"),
}
CODES = {
    "PLACE": Wording("the label of a place", "货位标签"),
    "ITEM_CODE": Wording("an item's code", "商品编码"),
    "GTIN": Wording("a barcode (GTIN)", "商品条码（GTIN）"),
    "GS1": Wording("a GS1 barcode", "GS1 条码"),
    "SSCC": Wording("the number of a box or pallet (SSCC)", "箱或托盘编号（SSCC）"),
}
ACTIONS = {
    "SHOW_STOCK": Wording("look at its stock: bylaw stock {what}", "查看库存：bylaw stock {what}"),
    "RECEIVE": Wording("receive it: bylaw receive list", "收货：bylaw receive list"),
    "PUT_AWAY": Wording("put it away", "上架"),
    "MOVE": Wording("move or issue it", "移位或出库"),
    "COUNT": Wording(
        "count it: bylaw stock-day count, bylaw stocktake count", "清点：bylaw stock-day count、bylaw stocktake count"
    ),
    "RESERVE": Wording("reserve it", "预留"),
    "CREATE_ITEM": Wording("put an item with this barcode on record", "为该条码建立商品"),
}
DISAGREEMENTS = {
    "CARD": Wording("book and card", "账卡不符"),
    "MOVEMENT": Wording("book and paper", "账单不符"),
    "COUNT": Wording("book and goods", "账物不符"),
    "NOTHING_COUNTED": Wording("nothing counted", "未抽点"),
    "NOT_POSTED": Wording("not posted", "未入账"),
}


def shown(words: Mapping[str, Wording], value: str, prefix: str, language: Language) -> str:
    """A value of the contract in a word; one that is new here keeps its own."""
    bare = value.removeprefix(prefix)
    return words[bare].show(language) if bare in words else bare


def movement_kind(kind: str, language: Language) -> str:
    """What a movement is."""
    return shown(MOVEMENTS, kind, "STOCK_MOVEMENT_KIND_", language)


def papers_of(papers: list[Tree], language: Language) -> str:
    """Papers with their numbers."""
    told = (f"{shown(PAPERS, one['kind'], 'PAPER_KIND_', language)} {one['number']}" for one in papers)
    return ", ".join(told)


def quantity(told: Tree | None) -> str:
    """How much, without its unit; nothing where nothing is said."""
    return str(told["value"]) if told else ""


def amount(told: Tree | None) -> str:
    """How much of what unit."""
    return f"{told['value']} {told['unit']}".strip() if told else ""
