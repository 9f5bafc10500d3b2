"""How attendance says no to clocks that push, and to those who look after them."""

from bylaw_chassis.refusals import Code, Refusal


class ClockUnknown(Refusal):
    """A clock whose serial number is not registered, or was retired: the same words for both."""

    code = Code.NOT_FOUND
    reason = "CLOCK_UNKNOWN"
    zh = "该序列号未登记或已停用；请先登记该考勤机。"
    en = "This serial number is not registered, or was retired; register the clock first."


class ClockNotTrusted(Refusal):
    """A known serial number without the key or the network that its clock was registered with."""

    code = Code.PERMISSION_DENIED
    reason = "CLOCK_NOT_TRUSTED"
    zh = "该序列号登记时设有通信密钥或来源网络，两者之一不符；请核对考勤机菜单中的通信密钥及其所在网络。"
    en = "This clock was registered with a communication key or a network, and one of them does not match; check both."


class ClockSerialNumberTaken(Refusal):
    """The serial number is in use at another site."""

    code = Code.ALREADY_EXISTS
    reason = "CLOCK_SERIAL_NUMBER_TAKEN"
    zh = "序列号“{serial_number}”已在另一地点使用；请先在那里停用该考勤机。"
    en = "The serial number “{serial_number}” is in use at another site; retire the clock there first."


class ClockBackfillsWaiting(Refusal):
    """A clock has as many commands waiting as it may."""

    code = Code.FAILED_PRECONDITION
    reason = "CLOCK_BACKFILLS_WAITING"
    zh = "该考勤机已有 {count} 条补传等待执行；请等它联机执行后再试。"
    en = "{count} backfills wait for this clock already; let it come online and carry them out first."


class ClockPushPostponed(Refusal):
    """Lines of a person who is not known here, while people does not answer; the clock keeps them and sends again."""

    code = Code.UNAVAILABLE
    reason = "CLOCK_PUSH_POSTPONED"
    zh = "暂时无法核对员工编号，未保存任何一条；考勤机稍后会重发。"
    en = "The employee numbers cannot be checked right now, nothing was stored; the clock will send it again."
