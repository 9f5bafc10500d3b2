"""How inventory says no about visits (WHS-10)."""

from bylaw_chassis.refusals import Code, Refusal


class VisitNotFound(Refusal):
    """No such visit within reach."""

    code = Code.NOT_FOUND
    reason = "VISIT_NOT_FOUND"
    zh = "没有找到该出入登记，或不在您的权限范围内；请核对名称。"
    en = "There is no such visit within your reach; check its name."


class PersonNotFound(Refusal):
    """Nobody of the house."""

    code = Code.NOT_FOUND
    reason = "PERSON_NOT_FOUND"
    zh = "没有找到 {person}；请核对人员，外来人员请登记姓名。"
    en = "There is no {person}; check who it is, and register a visitor by name."


class VisitorInside(Refusal):
    """Nobody is in twice."""

    code = Code.FAILED_PRECONDITION
    reason = "VISITOR_INSIDE"
    clause = "WHS-10"
    zh = "此人当时已在库内（{visit}）；请先登记离开，同名的另一人请加以区分。"
    en = "They are, or were then, inside already ({visit}); sign them out first, or tell another of that name apart."


class VisitNotYet(Refusal):
    """What is still to come is not registered."""

    code = Code.INVALID_ARGUMENT
    reason = "VISIT_NOT_YET"
    clause = "WHS-10"
    zh = "时刻尚未到来；请填写实际出入的时刻。"
    en = "The instant is still to come; say when it was."


class OutBeforeIn(Refusal):
    """Nobody leaves before they came."""

    code = Code.INVALID_ARGUMENT
    reason = "OUT_BEFORE_IN"
    clause = "WHS-10"
    zh = "离开时刻早于进入时刻；请核对。"
    en = "They would have left before they came in; check the instant."


class VisitOver(Refusal):
    """They left already."""

    code = Code.FAILED_PRECONDITION
    reason = "VISIT_OVER"
    clause = "WHS-10"
    zh = "已登记离开；登记有误的，请先划去离开记录。"
    en = "They left already; strike the entry out first if it was a mistake."


class VisitStruckOut(Refusal):
    """It never was."""

    code = Code.FAILED_PRECONDITION
    reason = "VISIT_STRUCK_OUT"
    clause = "WHS-10"
    zh = "该登记已划去；确有其事的，请重新登记进入。"
    en = "It was struck out; sign them in anew if they did come."


class VisitNotOut(Refusal):
    """There is no entry out to strike."""

    code = Code.FAILED_PRECONDITION
    reason = "VISIT_NOT_OUT"
    clause = "WHS-10"
    zh = "此人仍在库内，没有可划去的离开记录。"
    en = "They are still inside; there is no entry out to strike."


class VisitOutStands(Refusal):
    """The entry out goes first."""

    code = Code.FAILED_PRECONDITION
    reason = "VISIT_OUT_STANDS"
    clause = "WHS-10"
    zh = "离开记录仍然有效；请先划去离开记录，再划去进入记录。"
    en = "The entry out stands; strike it before the entry in."


class VisitForgotten(Refusal):
    """Who it was is forgotten."""

    code = Code.FAILED_PRECONDITION
    reason = "VISIT_FORGOTTEN"
    clause = "WHS-10"
    zh = "登记人员信息已到期删除，该登记不再更正。"
    en = "Who it was is forgotten by now; nothing of that visit is struck out any more."
