"""How orders says no about parcels and what providers of tracking push."""

from bylaw_chassis.refusals import Code, Refusal


class ParcelNotFound(Refusal):
    """No such parcel within reach."""

    code = Code.NOT_FOUND
    reason = "PARCEL_NOT_FOUND"
    zh = "没有找到该包裹，或不在您的权限范围内；请核对名称。"
    en = "There is no such parcel within your reach; check its name."


class ParcelFromWarehouse(Refusal):
    """Our warehouse hands the parcels of this order over; it alone says which there are."""

    code = Code.FAILED_PRECONDITION
    reason = "PARCEL_FROM_WAREHOUSE"
    clause = "ORD-2"
    zh = "订单 {number} 由本方仓库发货，包裹由仓库交接时登记；请在仓库交接，不要手工添加。"
    en = "Order {number} is shipped by our warehouse, which records its parcels when it hands them over; do it there."


class CourierUnknown(Refusal):
    """No such adapter is set up here."""

    code = Code.NOT_FOUND
    reason = "COURIER_UNKNOWN"
    zh = "这里没有启用该快递接口；请核对推送地址。"
    en = "No such courier adapter is set up here; check the address that is pushed to."


class PushForged(Refusal):
    """The signature of what was pushed is not the provider's: nothing of it was believed."""

    code = Code.PERMISSION_DENIED
    reason = "PUSH_FORGED"
    clause = "ORD-2"
    zh = "推送的签名不符，未采信任何内容；请核对密钥。"
    en = "The signature of the push is not right, and nothing of it was believed; check the secret."


class PushUnreadable(Refusal):
    """What was pushed cannot be read."""

    code = Code.INVALID_ARGUMENT
    reason = "PUSH_UNREADABLE"
    zh = "推送的内容无法识别，未作任何记录。"
    en = "What was pushed cannot be read, and nothing of it was recorded."


class PushPostponed(Refusal):
    """The adapter broke while reading it."""

    code = Code.UNAVAILABLE
    reason = "PUSH_POSTPONED"
    zh = "暂时无法受理推送，请稍后重推。"
    en = "The push cannot be taken right now; push it again later."
