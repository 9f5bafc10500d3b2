"""How inventory says no about rounds (WHS-11)."""

from bylaw_chassis.refusals import Code, Refusal


class RoundNotFound(Refusal):
    """No such round within reach."""

    code = Code.NOT_FOUND
    reason = "ROUND_NOT_FOUND"
    zh = "没有找到该检查记录，或不在您的权限范围内；请核对名称。"
    en = "There is no such round within your reach; check its name."


class RoundHandedIn(Refusal):
    """A keeper hands in one round on arriving and one on leaving."""

    code = Code.ALREADY_EXISTS
    reason = "ROUND_HANDED_IN"
    clause = "WHS-11"
    zh = "您当日的这次检查已上报（{round}），不能再改；新的异常请直接报告负责人。"
    en = "You handed this round of the day in already ({round}), and it stays; report what is new to your head."


class RoundCheckFine(Refusal):
    """A photo shows something unusual."""

    code = Code.FAILED_PRECONDITION
    reason = "ROUND_CHECK_FINE"
    clause = "WHS-11"
    zh = "该项检查为正常，无需照片；请选择有异常的一项。"
    en = "That check was fine, and there is nothing to show; choose the one that was unusual."


class RoundPhotoNotFound(Refusal):
    """No such photo, or one of a round outside the caller's reach."""

    code = Code.NOT_FOUND
    reason = "PHOTO_NOT_FOUND"
    zh = "没有找到该检查照片，或不在您的权限范围内。"
    en = "There is no such photo of a round within your reach."


class RoundPhotoNotImage(Refusal):
    """What was sent is no image that we keep."""

    code = Code.INVALID_ARGUMENT
    reason = "PHOTO_NOT_IMAGE"
    clause = "WHS-11"
    zh = "所传文件不是完整的 JPEG 或 PNG 图像（边长至多 {side} 像素）；请重新拍摄异常之处并上传。"
    en = "This is no whole JPEG or PNG image of at most {side} pixels a side; take the photo of what is unusual again."


class RoundPhotoTooLarge(Refusal):
    """The file is larger than a photo needs to be."""

    code = Code.INVALID_ARGUMENT
    reason = "PHOTO_TOO_LARGE"
    clause = "WHS-11"
    zh = "检查照片超过上限 {limit_bytes} 字节；请降低分辨率后重新上传。"
    en = "The photo of a round is larger than {limit_bytes} bytes; take it with a lower resolution and send it again."


class RoundPhotoQuotaUsed(Refusal):
    """The round takes no more photos."""

    code = Code.FAILED_PRECONDITION
    reason = "PHOTO_QUOTA_USED"
    clause = "WHS-11"
    zh = "每次检查至多 {limit} 张照片，已达上限。"
    en = "A round takes {limit} photos, and it has as many."


class RoundPhotosNotKept(Refusal):
    """The installation keeps no photos of rounds."""

    code = Code.FAILED_PRECONDITION
    reason = "PHOTOS_NOT_KEPT"
    clause = "WHS-11"
    zh = "本系统未设置照片文件夹，检查照片无处保存；请管理员设置 BYLAW_GOODS_PHOTO_FOLDER。"
    en = "This installation keeps no photos of rounds; whoever runs it has to set BYLAW_GOODS_PHOTO_FOLDER."
