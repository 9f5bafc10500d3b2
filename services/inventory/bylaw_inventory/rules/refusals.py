"""How inventory says no about goods, warehouses and the form of a request."""

from collections.abc import Sequence
from dataclasses import dataclass

from bylaw_chassis.refusals import Code, Refusal, Violation


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a part of a request: a stable reason, and words that say what to do."""

    reason: str
    zh: str
    en: str

    def at(self, field: str) -> Violation:
        """The fault, at its place."""
        return Violation(field, self.reason, self.zh, self.en)


class LinesRefused(Refusal):
    """Lines of a request are at fault; each is named, and nothing of the request was done."""

    code = Code.INVALID_ARGUMENT
    reason = "LINES_REFUSED"
    zh = "有 {count} 处不能受理，整单未作任何记录；请逐处更正后重发。"
    en = "Places at fault: {count}; nothing was recorded. Mend each and send it again."

    def __init__(self, violations: Sequence[Violation]) -> None:
        self.reason = violations[0].reason if len({one.reason for one in violations}) == 1 else type(self).reason
        super().__init__(violations=violations, count=len(violations))


class ItemNotFound(Refusal):
    """No such item."""

    code = Code.NOT_FOUND
    reason = "ITEM_NOT_FOUND"
    zh = "没有找到该商品；请核对名称。"
    en = "There is no such item; check its name."


class ItemExists(Refusal):
    """A code or barcode is another item's."""

    code = Code.ALREADY_EXISTS
    reason = "ITEM_EXISTS"
    zh = "“{code}”已属于 {item}；请改用其他编码，或更新那一商品。"
    en = "`{code}` is that of {item} already; choose another, or update that item."


class ItemChanged(Refusal):
    """Somebody else changed it since it was read."""

    code = Code.ABORTED
    reason = "ITEM_CHANGED"
    zh = "该商品已被更改；请重新读取后再改。"
    en = "The item has changed since it was read; read it again and repeat your change."


class BarcodeInvalid(Refusal):
    """A GTIN with a wrong check digit names other goods, or none."""

    code = Code.INVALID_ARGUMENT
    reason = "BARCODE_INVALID"
    clause = "GDS-1"
    zh = "条码 {barcode} 的位数或校验码不对；请对照商品重新扫描。"
    en = "The barcode {barcode} has a wrong length or check digit; scan the goods again."


class StockBelowZero(Refusal):
    """An item that is below zero somewhere cannot be forbidden it."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCK_BELOW_ZERO"
    clause = "WHS-4"
    zh = "该商品在 {place} 的账面为负；请先补齐，再禁止负库存。"
    en = "The item is below zero at {place}; bring it back before you forbid it."


class WarehouseNotFound(Refusal):
    """No such warehouse within reach."""

    code = Code.NOT_FOUND
    reason = "WAREHOUSE_NOT_FOUND"
    zh = "没有找到该仓库，或不在您的权限范围内；请核对名称。"
    en = "There is no such warehouse within your reach; check its name."


class WarehouseExists(Refusal):
    """The code is another warehouse's."""

    code = Code.ALREADY_EXISTS
    reason = "WAREHOUSE_EXISTS"
    zh = "已有编码为“{code}”的仓库；请改用其他编码。"
    en = "There is a warehouse with the code `{code}` already; choose another."


class PlaceExists(Refusal):
    """The warehouse has a place with this code."""

    code = Code.ALREADY_EXISTS
    reason = "PLACE_EXISTS"
    clause = "WHS-8"
    zh = "该仓库已有货位“{code}”；每个标签只属于一个货位，请改用其他编码。"
    en = "The warehouse has a place `{code}` already; a label belongs to one place, choose another."


class SiteNotFound(Refusal):
    """No such site."""

    code = Code.NOT_FOUND
    reason = "SITE_NOT_FOUND"
    zh = "没有找到地点 {site}；请核对名称或编码。"
    en = "There is no site {site}; check its name or code."


class UnitNotFound(Refusal):
    """No such unit within reach."""

    code = Code.NOT_FOUND
    reason = "UNIT_NOT_FOUND"
    zh = "没有找到单位 {unit}，或不在您的权限范围内。"
    en = "There is no unit {unit} within your reach."
