"""How changes in time, posts and requirements are refused, one class each (ORG-1, ORG-3, ORG-4, POS-1, POS-2)."""

from collections.abc import Mapping, Sequence
from datetime import date

from bylaw_chassis.refusals import Code, Refusal, Violation


class ChangeNotFound(Refusal):
    """Nothing on record begins on that date."""

    code = Code.NOT_FOUND
    reason = "CHANGE_NOT_FOUND"
    zh = "没有自 {date} 起生效的变更；请先查看变更历史。"
    en = "No change on record begins on {date}; look at the history first."


class FirstChangeStays(Refusal):
    """The change without which there would be no such thing at all cannot be taken back."""

    code = Code.FAILED_PRECONDITION
    reason = "FIRST_CHANGE_STAYS"
    zh = "自 {date} 起的记录是第一条，不能撤回；请改为关闭或结束。"
    en = "What begins on {date} is the first on record and cannot be taken back; close or end it instead."


class UnitClosed(Refusal):
    """A unit does not exist on a day on which something would be in it."""

    code = Code.FAILED_PRECONDITION
    reason = "UNIT_CLOSED"
    clause = "ORG-1"
    zh = "单位 {unit_code} 在 {date} 不存在（尚未设立或已关闭）；请选择其他单位或日期。"
    en = "The unit {unit_code} does not exist on {date}: choose another unit, or dates on which it exists."


class UnitInUse(Refusal):
    """A unit cannot be closed while something is in it."""

    code = Code.FAILED_PRECONDITION
    reason = "UNIT_IN_USE"
    clause = "ORG-1"
    zh = (
        "单位 {unit_code} 在 {date} 仍有下级单位 {units} 个、岗位 {positions} 个、人员 {people} 名、"
        "负责人或副职 {heads} 名；"
        "请先移出或结束。"
    )
    en = (
        "On {date} the unit {unit_code} still holds {units} units, {positions} positions, {people} people and {heads} "
        "heads or deputies; move or end them first."
    )

    def __init__(self, unit_code: str, day: date, used: Mapping[str, int]) -> None:
        counts = {name: used[name] for name in ("units", "positions", "people", "heads")}
        super().__init__(violations=(), unit_code=unit_code, date=day, **counts)


class UnitHasNoHead(Refusal):
    """Nobody heads the unit, or deputises, on that day."""

    code = Code.FAILED_PRECONDITION
    reason = "UNIT_HAS_NO_HEAD"
    clause = "ORG-3"
    zh = "该单位在 {date} 没有负责人（或副职）；请核对日期。"
    en = "Nobody holds that post of the unit on {date}; check the date."


class TwoHeads(Refusal):
    """Two people would hold one post of a unit at once."""

    code = Code.FAILED_PRECONDITION
    reason = "TWO_HEADS"
    clause = "ORG-3"
    zh = "{date} 已有他人按期限担任该职务，同一时间只能有一人；请先结束其任期，或另选日期。"
    en = "On {date} somebody else holds this post for a set time, and only one can; end that, or choose other dates."


class HeadIsDeputy(Refusal):
    """Nobody is their own deputy."""

    code = Code.FAILED_PRECONDITION
    reason = "HEAD_IS_DEPUTY"
    clause = "ORG-3"
    zh = "该人员在 {date} 将同时是负责人和副职；请先结束其中一项。"
    en = "The person would be head and deputy of the unit at once on {date}; end one of the two first."


class PositionClosed(Refusal):
    """A position does not exist on a day on which somebody would hold it."""

    code = Code.FAILED_PRECONDITION
    reason = "POSITION_CLOSED"
    clause = "POS-1"
    zh = "岗位 {position_code} 在 {date} 不存在（尚未设立或已关闭）；请选择其他岗位或日期。"
    en = "The position {position_code} does not exist on {date}: choose another, or dates on which it exists."


class PositionInUse(Refusal):
    """A position cannot be closed while people hold it."""

    code = Code.FAILED_PRECONDITION
    reason = "POSITION_IN_USE"
    clause = "POS-1"
    zh = "岗位 {position_code} 在 {date} 仍有 {people} 人任职；请先调整其岗位。"
    en = "On {date} the position {position_code} is still held by {people} people; appoint them elsewhere first."


class PositionChanged(Refusal):
    """Somebody changed the position after the caller looked at it."""

    code = Code.ABORTED
    reason = "POSITION_CHANGED"
    zh = "该岗位在您查看之后已被修改；请重新读取后再改。"
    en = "The position was changed after you looked at it; read it again, then change it."


class PositionRequirementsNotMet(Refusal):
    """The person lacks what the position asks for, and no head wrote down why they are appointed all the same."""

    code = Code.FAILED_PRECONDITION
    reason = "POSITION_REQUIREMENTS_NOT_MET"
    clause = "POS-2"
    zh = "不符合岗位 {position_code} 的任职要求：{missing_zh}；请补充资格，或由该单位或其上级的负责人书面写明理由。"
    en = (
        "Lacks what the position {position_code} asks for: {missing_en}; record the qualification, or let the head of"
        " the unit or of one above appoint with a written reason."
    )

    def __init__(self, *, position_code: str, missing: Sequence[tuple[str, str]], field: str) -> None:
        violations = [Violation(field, self.reason, zh, en) for zh, en in missing]
        zh, en = "、".join(zh for zh, _ in missing), ", ".join(en for _, en in missing)
        super().__init__(violations=violations, position_code=position_code, missing_zh=zh, missing_en=en)


class SiteClosed(Refusal):
    """A site does not exist on a day on which somebody would work there."""

    code = Code.FAILED_PRECONDITION
    reason = "SITE_CLOSED"
    zh = "地点 {site_code} 在 {date} 不存在（尚未启用或已关闭）；请选择其他地点或日期。"
    en = "The site {site_code} does not exist on {date}: choose another, or dates on which it exists."


class SiteInUse(Refusal):
    """A site cannot be closed while people work there."""

    code = Code.FAILED_PRECONDITION
    reason = "SITE_IN_USE"
    zh = "地点 {site_code} 在 {date} 仍有 {people} 人；请先调整其工作地点。"
    en = "On {date} there are still {people} people at the site {site_code}; appoint them elsewhere first."


class SiteChanged(Refusal):
    """Somebody changed the site after the caller looked at it."""

    code = Code.ABORTED
    reason = "SITE_CHANGED"
    zh = "该地点在您查看之后已被修改；请重新读取后再改。"
    en = "The site was changed after you looked at it; read it again, then change it."


class PersonChanged(Refusal):
    """Somebody changed the person after the caller looked at them."""

    code = Code.ABORTED
    reason = "PERSON_CHANGED"
    zh = "该人员在您查看之后已被修改；请重新读取后再改。"
    en = "The person was changed after you looked at them; read them again, then change them."


class PersonEmployed(Refusal):
    """The person is employed already on the date in question."""

    code = Code.FAILED_PRECONDITION
    reason = "PERSON_EMPLOYED"
    clause = "ORG-4"
    zh = "该人员在 {date} 已在职；调动请用任职变更。"
    en = "The person is employed already on {date}; appoint them to something else instead."
