"""Every way in which the people service says no, one class each; what is out of reach is refused as not found."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation


class UnitNotFound(Refusal):
    """No such unit on that date, or none within the caller's reach."""

    code = Code.NOT_FOUND
    reason = "UNIT_NOT_FOUND"
    zh = "未找到该单位；请核对单位及其生效日期。"
    en = "There is no such unit; check the unit and the date from which it exists."


class UnitCodeTaken(Refusal):
    """Another unit has the code."""

    code = Code.ALREADY_EXISTS
    reason = "UNIT_CODE_TAKEN"
    zh = "单位代码 {unit_code} 已被使用；请换一个代码。"
    en = "The unit code {unit_code} is taken; choose another."


class CompanyHasNoParent(Refusal):
    """A company was put below another unit."""

    code = Code.INVALID_ARGUMENT
    reason = "COMPANY_HAS_NO_PARENT"
    clause = "ORG-1"
    zh = "公司是单位树的顶端，不能有上级单位；请去掉上级，或改为部门。"
    en = "A company is the top of the tree and has no parent; leave the parent out, or make it a department."


class UnitNeedsParent(Refusal):
    """A department or team without a unit above it."""

    code = Code.INVALID_ARGUMENT
    reason = "UNIT_NEEDS_PARENT"
    clause = "ORG-1"
    zh = "部门和小组必须隶属于上级单位；请填写 parent。"
    en = "A department or team belongs to a unit above it; state its parent."


class UnitCycle(Refusal):
    """A unit would come to stand above itself."""

    code = Code.FAILED_PRECONDITION
    reason = "UNIT_CYCLE"
    clause = "ORG-1"
    zh = "该单位将在 {date} 成为自己的上级；请选择不在其下的上级单位。"
    en = "The unit would stand above itself on {date}; choose a parent that is not below it."


class UnitChanged(Refusal):
    """Somebody changed the unit after the caller looked at it."""

    code = Code.ABORTED
    reason = "UNIT_CHANGED"
    zh = "该单位在您查看之后已被修改；请重新读取后再改。"
    en = "The unit was changed after you looked at it; read it again, then change it."


class PositionNotFound(Refusal):
    """No such position, or none within the caller's reach."""

    code = Code.NOT_FOUND
    reason = "POSITION_NOT_FOUND"
    zh = "未找到该岗位；请从岗位列表中选择。"
    en = "There is no such position; choose one from the list of positions."


class PositionCodeTaken(Refusal):
    """Another position has the code."""

    code = Code.ALREADY_EXISTS
    reason = "POSITION_CODE_TAKEN"
    zh = "岗位代码 {position_code} 已被使用；请换一个代码。"
    en = "The position code {position_code} is taken; choose another."


class SiteNotFound(Refusal):
    """No such site."""

    code = Code.NOT_FOUND
    reason = "SITE_NOT_FOUND"
    zh = "未找到该工作地点；请从地点列表中选择。"
    en = "There is no such site; choose one from the list of sites."


class SiteCodeTaken(Refusal):
    """Another site has the code."""

    code = Code.ALREADY_EXISTS
    reason = "SITE_CODE_TAKEN"
    zh = "地点代码 {site_code} 已被使用；请换一个代码。"
    en = "The site code {site_code} is taken; choose another."


class TimeZoneUnknown(Refusal):
    """The zone is not in the IANA database."""

    code = Code.INVALID_ARGUMENT
    reason = "TIME_ZONE_UNKNOWN"
    zh = "时区 {time_zone} 不在 IANA 时区库中；例如 Asia/Shanghai。"
    en = "The time zone {time_zone} is not in the IANA database; an example is Asia/Shanghai."


class CalendarUnknown(Refusal):
    """The calendar is neither NONE nor that of a country whose holidays are known."""

    code = Code.INVALID_ARGUMENT
    reason = "CALENDAR_UNKNOWN"
    clause = "HRS-3"
    zh = "没有国家或地区 {calendar} 的假日历；请填写两位代码（如 CN），不按假日历则填 NONE。"
    en = "No holidays are known of a country {calendar}; state a code of two letters such as CN, or NONE for none."


class PersonNotFound(Refusal):
    """No such person, or none within the caller's reach: the answers are the same."""

    code = Code.NOT_FOUND
    reason = "PERSON_NOT_FOUND"
    zh = "未找到该人员，或不在您的查看范围内。"
    en = "There is no such person within your reach."


class PersonNumberTaken(Refusal):
    """Another person has the employee number; numbers are never used again."""

    code = Code.ALREADY_EXISTS
    reason = "PERSON_NUMBER_TAKEN"
    zh = "工号 {number} 已被使用，工号不可重复使用；请换一个工号。"
    en = "The employee number {number} is taken and is never used again; choose another."


class LoginTaken(Refusal):
    """Another person signs in with that name."""

    code = Code.ALREADY_EXISTS
    reason = "LOGIN_TAKEN"
    zh = "登录名 {login} 已被使用；请换一个登录名。"
    en = "The login {login} is taken; choose another."


class PersonNotEmployed(Refusal):
    """The person is not employed on the date in question."""

    code = Code.FAILED_PRECONDITION
    reason = "PERSON_NOT_EMPLOYED"
    clause = "ORG-4"
    zh = "该人员在 {date} 不在职；请核对日期。"
    en = "The person is not employed on {date}; check the date."


class PersonHeadsUnit(Refusal):
    """The person still heads a unit after the day in question, or is the deputy of its head."""

    code = Code.FAILED_PRECONDITION
    reason = "PERSON_HEADS_UNIT"
    clause = "ORG-3"
    zh = "该人员在 {date} 之后仍是单位 {unit_code} 的负责人或代理负责人；请先任命他人，或结束其任职。"
    en = "The person heads the unit {unit_code} after {date}, or is its deputy; appoint another or end that first."


class ClauseNotFound(Refusal):
    """No such clause on that date."""

    code = Code.NOT_FOUND
    reason = "CLAUSE_NOT_FOUND"
    zh = "章程在该日期没有此条款。"
    en = "The rulebook has no such clause on that date."


class FileEmpty(Refusal):
    """The file holds no line beside its header."""

    code = Code.INVALID_ARGUMENT
    reason = "FILE_EMPTY"
    zh = "文件中没有数据行。"
    en = "The file holds no line of data."


class FileTooLarge(Refusal):
    """The file is larger than what is taken at once."""

    code = Code.INVALID_ARGUMENT
    reason = "FILE_TOO_LARGE"
    zh = "文件过大：最多 {limit}；请拆分后再导入。"
    en = "The file is too large: at most {limit}; split it and hand in the parts."


class FileNotRecognised(Refusal):
    """The file is no such CSV: encoding, form or columns."""

    code = Code.INVALID_ARGUMENT
    reason = "FILE_NOT_RECOGNISED"
    zh = "无法识别文件：{detail_zh}。"
    en = "The file is not recognised: {detail_en}."


class ImportRefused(Refusal):
    """Lines of the file are at fault; nothing of it was taken."""

    code = Code.INVALID_ARGUMENT
    reason = "IMPORT_REFUSED"
    zh = "文件中有 {count} 处错误，未导入任何内容；请改正后重新导入。"
    en = "Faults in the file: {count}. Nothing of it was taken; correct it and hand it in again."

    def __init__(self, violations: Sequence[Violation], *, count: int) -> None:
        super().__init__(violations=violations, count=count)
