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
