"""How inventory says no about delivery notes and deliveries (WHS-1, WHS-2)."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation


class NoteNotFound(Refusal):
    """No such note within reach."""

    code = Code.NOT_FOUND
    reason = "DELIVERY_NOTE_NOT_FOUND"
    zh = "没有找到该送货单，或不在您的权限范围内；请核对名称。"
    en = "There is no such delivery note within your reach; check its name."


class NoteExists(Refusal):
    """A note is one paper: put on record twice, its goods would be expected twice."""

    code = Code.ALREADY_EXISTS
    reason = "DELIVERY_NOTE_EXISTS"
    clause = "WHS-1"
    zh = "{supplier} 的送货单 {number} 已登记为 {note}；同一送货单只登记一次。"
    en = "The delivery note {number} of {supplier} is on record as {note}; a note is put on record once."


class NoteEnded(Refusal):
    """Nothing arrives any more against a note that has ended."""

    code = Code.FAILED_PRECONDITION
    reason = "DELIVERY_NOTE_ENDED"
    clause = "WHS-1"
    zh = "该送货单已结束（{state}）；请核对单号，或登记新的送货单。"
    en = "The delivery note has ended ({state}); check its number, or put another on record."


class NoteOpen(Refusal):
    """A note that is open need not be opened."""

    code = Code.FAILED_PRECONDITION
    reason = "DELIVERY_NOTE_OPEN"
    clause = "WHS-1"
    zh = "该送货单并未结束，无需重新打开；请核对单号。"
    en = "The delivery note has not ended, and is open as it is; check its number."


class NoteArrived(Refusal):
    """What has arrived is not called off."""

    code = Code.FAILED_PRECONDITION
    reason = "DELIVERY_NOTE_ARRIVED"
    clause = "WHS-1"
    zh = "该送货单已有到货，不能取消；请对到货作出处理，再关闭送货单。"
    en = "Something of this note has arrived, and it is not called off; decide on that, and close the note."


class NoteUnmet(Refusal):
    """A note of which nothing has arrived does not close."""

    code = Code.FAILED_PRECONDITION
    reason = "DELIVERY_NOTE_UNMET"
    clause = "WHS-1"
    zh = "该送货单尚无到货，不能关闭；不再送货的请取消。"
    en = "Nothing of this note has arrived, and it does not close; if nothing will, call it off."


class NoteOutcomeRefused(Refusal):
    """What was asked for the note does not go with its quantities."""

    code = Code.FAILED_PRECONDITION
    reason = "NOTE_OUTCOME_REFUSED"
    clause = "WHS-1"
    zh = "送货单不能这样处理：{why_zh}；本次未作任何记录。"
    en = "The note cannot end so: {why_en}; nothing was recorded."

    def __init__(self, why_zh: str, why_en: str) -> None:
        super().__init__(why_zh=why_zh, why_en=why_en)


class DeliveryNotFound(Refusal):
    """No such delivery within reach."""

    code = Code.NOT_FOUND
    reason = "DELIVERY_NOT_FOUND"
    zh = "没有找到该到货，或不在您的权限范围内；请核对名称。"
    en = "There is no such delivery within your reach; check its name."


class DeliveryExists(Refusal):
    """A reference is one delivery of its note."""

    code = Code.ALREADY_EXISTS
    reason = "DELIVERY_EXISTS"
    clause = "WHS-1"
    zh = "“{reference}”已登记为 {delivery}；同一到货只登记一次。"
    en = "`{reference}` is on record as {delivery}; a delivery is put on record once."


class DeliveryUndecided(Refusal):
    """A note with a delivery that waits does not close."""

    code = Code.FAILED_PRECONDITION
    reason = "DELIVERY_UNDECIDED"
    clause = "WHS-1"
    zh = "{delivery} 尚未处理；请先接收或拒收，再关闭送货单。"
    en = "{delivery} is not decided yet; accept or refuse it, and close the note then."


class DeliveryCounted(Refusal):
    """A count that is finished does not change."""

    code = Code.FAILED_PRECONDITION
    reason = "DELIVERY_COUNTED"
    clause = "WHS-1"
    zh = "该到货已点收，数量不能再改；请作出处理。"
    en = "This delivery was counted, and its count does not change; decide on it."


class DeliveryNotCounted(Refusal):
    """What is not counted yet is not decided."""

    code = Code.FAILED_PRECONDITION
    reason = "DELIVERY_NOT_COUNTED"
    clause = "WHS-1"
    zh = "该到货尚未点收完毕；请先完成点收，再作处理。"
    en = "This delivery is still being counted; finish the count, and decide then."


class DeliveryEmpty(Refusal):
    """A count of nothing is none."""

    code = Code.FAILED_PRECONDITION
    reason = "DELIVERY_EMPTY"
    clause = "WHS-1"
    zh = "没有点到任何在册商品；登记有误的请取消该到货，无法辨认的货物请备注后拒收。"
    en = "No goods on record were counted; call it off if it was begun by mistake, or say what came and refuse it."


class DeliveryEnded(Refusal):
    """A delivery is decided once."""

    code = Code.FAILED_PRECONDITION
    reason = "DELIVERY_ENDED"
    clause = "WHS-2"
    zh = "该到货已处理（{state}{movement}），不能更改；入库有误请冲销。"
    en = "This delivery was decided before ({state}{movement}); if its receipt was a mistake, reverse that."


class DeliveryNotFit(Refusal):
    """Damaged goods and another variety never enter the stock."""

    code = Code.FAILED_PRECONDITION
    reason = "DELIVERY_NOT_FIT"
    clause = "WHS-1"
    zh = "到货中有残损或不符品种的货物，不能全部接收；请部分接收或拒收。"
    en = "Some of it is damaged or of another variety, and not all is accepted; accept a part, or refuse it."


class AcceptedBeyondCount(Refusal):
    """No more is accepted than arrived fit."""

    code = Code.FAILED_PRECONDITION
    reason = "ACCEPTED_BEYOND_COUNT"
    clause = "WHS-1"
    zh = "有 {count} 行的接收数量超过点到的完好数量；请按点收结果接收。"
    en = "Lines of which more would be accepted than arrived fit: {count}; accept what was counted."

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))


class OverTolerance(Refusal):
    """More than announced is accepted for a reason that is on record, or refused."""

    code = Code.FAILED_PRECONDITION
    reason = "OVER_TOLERANCE"
    clause = "WHS-1"
    zh = "有 {count} 行超出送货单数量及允差，或未在送货单上；请拒收多出的部分，或填写超收原因。"
    en = (
        "Lines of more than announced and tolerated, or not announced at all: {count}; refuse the rest, or say why it"
        " is accepted."
    )

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))


class RefusalUnexplained(Refusal):
    """Whoever refuses, or closes a note short, says why."""

    code = Code.FAILED_PRECONDITION
    reason = "REFUSAL_UNEXPLAINED"
    clause = "WHS-2"
    zh = "拒收或短缺结单须填写原因；请说明后重发。"
    en = "To refuse goods, or to close a note that is short, takes a reason; say why and send it again."


class RefusalUnproven(Refusal):
    """Whoever refuses shows it."""

    code = Code.FAILED_PRECONDITION
    reason = "REFUSAL_UNPROVEN"
    clause = "WHS-2"
    zh = "拒收须附至少一张照片；请先上传该到货的照片。"
    en = "To refuse goods takes at least one photo of them; add a photo to the delivery first."


class PhotoNotFound(Refusal):
    """No such photo, or one of a delivery outside the caller's reach."""

    code = Code.NOT_FOUND
    reason = "PHOTO_NOT_FOUND"
    zh = "没有找到该到货照片，或不在您的权限范围内。"
    en = "There is no such photo within your reach."


class PhotoNotImage(Refusal):
    """What was sent is no image that we keep."""

    code = Code.INVALID_ARGUMENT
    reason = "PHOTO_NOT_IMAGE"
    clause = "WHS-2"
    zh = "所传文件不是完整的 JPEG 或 PNG 图像（边长至多 {side} 像素）；请重新拍照上传。"
    en = "This is no whole JPEG or PNG image of at most {side} pixels a side; take the photo again and send it."


class PhotoTooLarge(Refusal):
    """The file is larger than a photo needs to be."""

    code = Code.INVALID_ARGUMENT
    reason = "PHOTO_TOO_LARGE"
    clause = "WHS-2"
    zh = "照片超过上限 {limit_bytes} 字节；请降低分辨率后重新上传。"
    en = "The photo is larger than {limit_bytes} bytes; take it with a lower resolution and send it again."


class PhotoQuotaUsed(Refusal):
    """The delivery takes no more photos."""

    code = Code.FAILED_PRECONDITION
    reason = "PHOTO_QUOTA_USED"
    clause = "WHS-2"
    zh = "每次到货至多 {limit} 张照片，已达上限。"
    en = "A delivery takes {limit} photos, and it has as many."


class PhotosNotKept(Refusal):
    """The installation keeps no photos of goods."""

    code = Code.FAILED_PRECONDITION
    reason = "PHOTOS_NOT_KEPT"
    clause = "WHS-2"
    zh = "本系统未设置货物照片文件夹；请管理员设置 BYLAW_GOODS_PHOTO_FOLDER。"
    en = "This installation keeps no photos of goods; whoever runs it has to set BYLAW_GOODS_PHOTO_FOLDER."
