"""Every way in which a call on notices says no."""

from bylaw_chassis.refusals import Code, Refusal


class NoticeNotFound(Refusal):
    """No such notice, or none that concerns the caller: the answers are the same."""

    code = Code.NOT_FOUND
    reason = "NOTICE_NOT_FOUND"
    zh = "未找到该通知，或它与您无关；请从通知列表中选择。"
    en = "There is no such notice that concerns you; choose one from your list."


class NoticeBeyondReach(Refusal):
    """The notice would go further than the caller may send."""

    code = Code.PERMISSION_DENIED
    reason = "NOTICE_BEYOND_REACH"
    clause = "SEC-1"
    zh = "您只能向本单位发送通知，不能发给其下级单位；请去掉 with_subtree，或请上级负责人发送。"
    en = "You may send to this unit, not to those below it; leave with_subtree out, or ask the head above."


class NoticeReachesNobody(Refusal):
    """Nobody within the caller's reach is among the addressees on the day."""

    code = Code.FAILED_PRECONDITION
    reason = "NOTICE_REACHES_NOBODY"
    clause = "PLN-2"
    zh = "在您的范围内今天没有人会收到该通知；请核对收件单位、角色或岗位。"
    en = "Nobody within your reach would get this notice today; check the unit, the role or the position."


class NoticeAsksNothing(Refusal):
    """The notice asks for no acknowledgement."""

    code = Code.FAILED_PRECONDITION
    reason = "NOTICE_ASKS_NOTHING"
    clause = "PLN-2"
    zh = "该通知不要求确认；标记为已读即可。"
    en = "The notice asks for no acknowledgement; it is enough to mark it as read."
