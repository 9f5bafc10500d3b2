"""How attendance says no to photos by which people sign in: each refusal with its reason and both languages."""

from bylaw_chassis.refusals import Code, Refusal


class PhotoNotFound(Refusal):
    """No such photo, or one of somebody outside the caller's reach."""

    code = Code.NOT_FOUND
    reason = "PHOTO_NOT_FOUND"
    zh = "没有找到该签到照片。"
    en = "There is no such photo."


class PhotoPurged(Refusal):
    """The image is gone by now, or was withdrawn; what is on record of it stays."""

    code = Code.NOT_FOUND
    reason = "PHOTO_PURGED"
    zh = "照片图像已按期限清除，只保留审核结果。"
    en = "The image was purged in time; what was decided of it stays on record."


class PhotoNotImage(Refusal):
    """What was sent is no image that we keep."""

    code = Code.INVALID_ARGUMENT
    reason = "PHOTO_NOT_IMAGE"
    clause = "ATT-1"
    zh = "所传文件不是完整的 JPEG 或 PNG 图像（边长至多 {side} 像素）；请重新拍照上传。"
    en = "This is no whole JPEG or PNG image of at most {side} pixels a side; take the photo again and send it."


class PhotoTooLarge(Refusal):
    """The file is larger than a photo needs to be."""

    code = Code.INVALID_ARGUMENT
    reason = "PHOTO_TOO_LARGE"
    clause = "ATT-1"
    zh = "照片超过上限 {limit_bytes} 字节；请降低分辨率后重新上传。"
    en = "The photo is larger than {limit_bytes} bytes; take it with a lower resolution and send it again."


class PhotoQuotaUsed(Refusal):
    """The day takes no more photos of this person."""

    code = Code.FAILED_PRECONDITION
    reason = "PHOTO_QUOTA_USED"
    clause = "ATT-1"
    zh = "{day} 您已上传 {limit} 张签到照片，达到当日上限；请与负责人联系，或申请补卡。"
    en = "You have sent {limit} photos on {day}, and that is the limit; talk to your head, or ask for a correction."


class PhotosNotKept(Refusal):
    """The installation keeps no photos."""

    code = Code.FAILED_PRECONDITION
    reason = "PHOTOS_NOT_KEPT"
    clause = "ATT-1"
    zh = "本系统未设置照片文件夹，不接受照片签到；请管理员设置 BYLAW_PHOTO_FOLDER。"
    en = "This installation keeps no photos; whoever runs it has to set BYLAW_PHOTO_FOLDER."


class PhotoOwn(Refusal):
    """Nobody reviews a photo of their own, in whatever post."""

    code = Code.PERMISSION_DENIED
    reason = "PHOTO_OWN"
    clause = "ORG-3"
    zh = "不能审核自己的签到照片；请由上级负责人或人力资源处理。"
    en = "Nobody reviews a photo of their own; the next head up or human resources has to."


class PhotoOver(Refusal):
    """It was accepted, refused or withdrawn already, or expired."""

    code = Code.FAILED_PRECONDITION
    reason = "PHOTO_OVER"
    zh = "该签到照片已有结果或已过期，不能再更改。"
    en = "The photo was accepted, refused or withdrawn already, or expired, and does not change any more."
