"""What files there are and how their columns are headed, here and in common HR exports."""

import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum

from bylaw_people.rules.refusals import FileNotRecognised


class FileKind(StrEnum):
    """What a file of the organisation holds."""

    SITES = "sites"
    UNITS = "units"
    POSITIONS = "positions"
    PEOPLE = "people"
    SERVICE_RECORDS = "service-records"
    CLAUSES = "clauses"


_TITLE = {"title_zh": "title_zh 中文名称 名称 标题", "title_en": "title_en 英文名称 title"}
_DUTIES = {"duties_zh": "duties_zh 职责 中文职责 工作内容", "duties_en": "duties_en 英文职责 duties"}
_CODE = {"code": "code 代码 编码 编号"}

COLUMNS: Mapping[FileKind, Mapping[str, str]] = {
    FileKind.SITES: {
        **_CODE,
        **_TITLE,
        "time_zone": "time_zone timezone zone 时区",
        "calendar": "calendar 日历 节假日日历",
    },
    FileKind.UNITS: {
        **_CODE,
        **_TITLE,
        **_DUTIES,
        "kind": "kind type 类型 单位类型",
        "parent": "parent parent_unit 上级 上级单位 上级部门",
        "head": "head manager 负责人 负责人工号",
    },
    FileKind.POSITIONS: {
        **_CODE,
        **_TITLE,
        **_DUTIES,
        "unit": "unit department 单位 部门 所属单位 所属部门",
        "work_zh": "work_zh 工作说明 中文工作说明",
        "work_en": "work_en 英文工作说明 work",
        "required_skills": "required_skills 必备技能 任职技能",
        "optional_skills": "optional_skills 优先技能 加分技能",
        "required_experience_months": "required_experience_months 要求经验月数",
    },
    FileKind.PEOPLE: {
        "number": "number employee_id employee_number employee_no emp_id staff_no 工号 员工编号 员工工号 人员编号",
        "name": "name employee_name full_name display_name 姓名 员工姓名",
        "login": "login login_name user_name 登录名 登录账号",
        "unit": "unit department dept 单位 部门 所属部门 所在部门",
        "position": "position job_role job_title 职位 岗位 职务",
        "site": "site location work_location office 地点 工作地点 办公地点",
        "employment_kind": "employment_kind employment_type 用工类型 用工性质 员工类型",
        "skills": "skills 技能 专业技能",
        "experience_months": "experience_months 工作经验月数",
        "reason": "reason 任职理由",
        "start_date": "start_date hire_date date_of_joining join_date 入职日期 入职时间 生效日期 任职日期",
    },
    FileKind.SERVICE_RECORDS: {
        "number": "number employee_id employee_number employee_no emp_id staff_no 工号 员工编号 员工工号 人员编号",
        "service_since": "service_since service_since_date 累计工龄起始日 参加工作日期 参加工作时间 首次参加工作日期",
        "birthday": "birthday date_of_birth birth_date 生日 出生日期",
    },
    FileKind.CLAUSES: {
        "clause": "clause id clause_id 条款 条款编号 编号",
        "kind": "kind type 类型",
        "effective_date": "effective_date from start_date 生效日期 起始日期",
        "retired": "retired 废止 已废止",
        "wording_zh": "wording_zh zh 中文条文 条文",
        "wording_en": "wording_en en 英文条文 wording",
        "reason": "reason note 理由 修订理由 备注",
    },
}
"""Per file our own column and the headers under which it is known, apart by blanks, ours first."""

NEEDED: Mapping[FileKind, Sequence[str]] = {
    FileKind.SITES: ("code", "time_zone"),
    FileKind.UNITS: ("code",),
    FileKind.POSITIONS: ("code", "unit"),
    FileKind.PEOPLE: ("number", "unit"),
    FileKind.SERVICE_RECORDS: ("number",),
    FileKind.CLAUSES: ("clause", "effective_date"),
}


def columns_of(kind: FileKind, header: Sequence[str]) -> dict[str, int]:
    """Where each of our columns stands; unknown columns are left alone.

    Refuses FILE_NOT_RECOGNISED where one that is needed is missing, or two columns claim to be the same.
    """
    known = {_plain(word): column for column, words in COLUMNS[kind].items() for word in words.split()}
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        column = known.get(_plain(title))
        if column in places:
            raise FileNotRecognised(
                detail_zh=f"有两列都是 {column}；请只保留一列", detail_en=f"two columns are {column}; keep one of them"
            )
        if column:
            places[column] = place
    for column in NEEDED[kind]:
        if column not in places:
            words = COLUMNS[kind][column].replace(" ", ", ")
            raise FileNotRecognised(
                detail_zh=f"缺少 {column} 列，可用表头：{words}",
                detail_en=f"the column {column} is missing, known as {words}",
            )
    return places


def _plain(title: str) -> str:
    """A header without what people vary: width, letter case, blanks, `_`, `-`."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(character for character in folded if character.isalnum())
