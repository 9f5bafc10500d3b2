"""How inventory says no about sheets, pictures and listings (GDS-1)."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation

MOST_NAMED = 5


class _Named(Refusal):
    """A refusal of several lines, the first of which are named in its words."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        first = violations[:MOST_NAMED]
        more = len(violations) > MOST_NAMED
        super().__init__(
            violations=violations,
            count=len(violations),
            named_zh="；".join(one.zh for one in first) + ("等" if more else ""),
            named_en="; ".join(one.en for one in first) + (" and others" if more else ""),
        )


class ItemIncomplete(_Named):
    """An incomplete item cannot be listed."""

    code = Code.FAILED_PRECONDITION
    reason = "ITEM_INCOMPLETE"
    clause = "GDS-1"
    zh = "商品信息不完整，不能上架：{named_zh}。请补齐后再上架。"
    en = "An incomplete item is not listed: {named_en}. Add what is missing, and list it then."


class ItemListed(_Named):
    """It is listed: not a second time, and not made incomplete."""

    code = Code.FAILED_PRECONDITION
    reason = "ITEM_LISTED"
    clause = "GDS-1"
    zh = "商品在架：{named_zh}。如确需如此，请先写明原因下架。"
    en = "The item is listed: {named_en}. Take it off first, saying why, if that is what you want."


class ChannelNotOwn(Refusal):
    """A shop lists on its own channels."""

    code = Code.PERMISSION_DENIED
    reason = "CHANNEL_NOT_OWN"
    clause = "GDS-1"
    zh = "渠道 {channel} 不由您所管的单位经营，不能在其上架、下架或申请调价；如有误，请运营总监设置该渠道的经营单位。"
    en = (
        "The channel {channel} is kept by none of your units: you neither list there, nor take off, nor ask for its"
        " prices; if that is wrong, ask the operations director to say who keeps it."
    )


class ItemNotListed(_Named):
    """What is not listed cannot be taken off."""

    code = Code.FAILED_PRECONDITION
    reason = "ITEM_NOT_LISTED"
    clause = "GDS-1"
    zh = "商品不在架：{named_zh}。请核对渠道与商品。"
    en = "The item is not listed: {named_en}. Check the channel and the item."


class CategoryRuleStricter(_Named):
    """A rule does not make listed items incomplete unless it is said that they come off."""

    code = Code.FAILED_PRECONDITION
    reason = "CATEGORY_RULE_STRICTER"
    clause = "GDS-1"
    zh = "按此规则，在架商品有 {count} 处不完整：{named_zh}。请先补齐，或注明将其下架（delist_incomplete）。"
    en = (
        "By this rule listed items would lack {count} parts: {named_en}. Add them first, or say that such items are"
        " taken off (delist_incomplete)."
    )


class SheetChanged(Refusal):
    """Somebody else changed it since it was read."""

    code = Code.ABORTED
    reason = "SHEET_CHANGED"
    zh = "该商品资料已被更改；请重新读取后再改。"
    en = "The sheet has changed since it was read; read it again and repeat your change."


class VariantInvalid(Refusal):
    """A variant that cannot be one."""

    code = Code.FAILED_PRECONDITION
    reason = "VARIANT_INVALID"
    clause = "GDS-1"
    zh = "款式有误：{words}。"
    en = "The variant is wrong: {words}."

    def __init__(self, *, field: str, zh: str, en: str) -> None:
        super().__init__(violations=[Violation(field, self.reason, zh, en)], words="")
        self.message_zh, self.message_en = f"{field}：{zh}。", f"{field}: {en}."


class VariantExists(Refusal):
    """Two variants of an item are never alike."""

    code = Code.ALREADY_EXISTS
    reason = "VARIANT_EXISTS"
    clause = "GDS-1"
    zh = "{sibling} 的规格项与此完全相同；请更正其中之一。"
    en = "{sibling} has the very same options; correct one of the two."


class PictureNotFound(Refusal):
    """No such picture, or it was taken off."""

    code = Code.NOT_FOUND
    reason = "PICTURE_NOT_FOUND"
    zh = "没有找到该图片，或已移除。"
    en = "There is no such picture, or it was taken off."


class PictureNotImage(Refusal):
    """What was sent is no image that we keep."""

    code = Code.INVALID_ARGUMENT
    reason = "PICTURE_NOT_IMAGE"
    clause = "GDS-1"
    zh = "所传文件不是完整的 JPEG、PNG 或 WebP 图像（边长至多 {side} 像素）；请重新导出后上传。"
    en = "This is no whole JPEG, PNG or WebP image of at most {side} pixels a side; save it again and send it."


class PictureTooLarge(Refusal):
    """The file is larger than a picture needs to be."""

    code = Code.INVALID_ARGUMENT
    reason = "PICTURE_TOO_LARGE"
    clause = "GDS-1"
    zh = "图片超过上限 {limit_bytes} 字节；请压缩后重新上传。"
    en = "The picture is larger than {limit_bytes} bytes; save it smaller and send it again."


class PicturesFull(Refusal):
    """A sheet has only so many pictures."""

    code = Code.FAILED_PRECONDITION
    reason = "PICTURES_FULL"
    zh = "该商品已有 {limit} 张图片，达到上限；请先移除不用的图片。"
    en = "The item has {limit} pictures, and that is the limit; take one off first."


class PicturesNotKept(Refusal):
    """The installation keeps no pictures."""

    code = Code.FAILED_PRECONDITION
    reason = "PICTURES_NOT_KEPT"
    zh = "本系统未设置商品图片文件夹；请管理员设置 BYLAW_GOODS_PHOTO_FOLDER。"
    en = "This installation keeps no pictures; whoever runs it has to set BYLAW_GOODS_PHOTO_FOLDER."
