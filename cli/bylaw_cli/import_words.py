"""What `bylaw import` teaches: the columns of each kind of file, with lines to copy."""

from bylaw_cli.wording import Wording

KINDS = {
    "sites": Wording(
        "Sites: code, title_zh, title_en, time_zone, calendar.", "地点：code, title_zh, title_en, time_zone, calendar。"
    ),
    "units": Wording(
        "Units: code, title_zh, title_en, kind, parent, duties_zh, duties_en, head.",
        "部门：code, title_zh, title_en, kind, parent, duties_zh, duties_en, head。",
    ),
    "positions": Wording(
        "Positions: code, title_zh, title_en, unit, duties_zh, duties_en, work_zh, work_en, required_skills, "
        "optional_skills, required_experience_months; skills as in Excel:12;SQL, months behind the colon.",
        "岗位：code, title_zh, title_en, unit, duties_zh, duties_en, work_zh, work_en, required_skills, "
        "optional_skills, required_experience_months；技能写作 Excel:12;SQL，冒号后为月数。",
    ),
    "people": Wording(
        "People: number, name, login, unit, position, site, employment_kind, start_date, skills, experience_months, "
        "reason; known HR exports as well.",
        "人员：number, name, login, unit, position, site, employment_kind, start_date, skills, experience_months, "
        "reason；也识别常见人事导出文件。",
    ),
    "service-records": Wording(
        "Cumulative service and birthdays of people on record: number, service_since, birthday (MM-DD; of a whole date "
        "of birth the year is dropped). An empty cell leaves what is on record.",
        "在册人员的累计工龄与生日：number, service_since, birthday（月-日；完整的出生日期只留月和日）。"
        "空格不改变原有记录。",
    ),
}


def _example(header: str, en: str, zh: str, *commands: str) -> Wording:
    """A file and the commands that bring it in; a mark keeps click from joining the lines."""
    typed = "\n".join(commands)
    return Wording(f"{header}\n{en}\n\n\b\n{typed}", f"{header}\n{zh}\n\n\b\n{typed}")


EXAMPLES = {
    "sites": _example(
        "code,title_zh,title_en,time_zone,calendar",
        "HQ,Zongbu,Headquarters,Asia/Shanghai,CN",
        "HQ,总部,Headquarters,Asia/Shanghai,CN",
        "bylaw import sites sites.csv",
    ),
    "units": _example(
        "code,title_zh,title_en,kind,parent",
        "ACME,Mou,Acme,company,\nSALES,Xiaoshou,Sales,department,ACME",
        "ACME,某公司,Acme,company,\nSALES,销售部,Sales,department,ACME",
        "bylaw import units units.csv --effective-date 2026-01-01",
    ),
    "positions": _example(
        "code,title_zh,title_en,unit",
        "CLERK,Wenyuan,Clerk,SALES",
        "CLERK,文员,Clerk,SALES",
        "bylaw import positions positions.csv",
    ),
    "people": _example(
        "number,name,login,unit,site,employment_kind,start_date",
        "1004,Wu Nian,wu.nian,SALES,HQ,formal,2026-01-01",
        "1004,吴念,wu.nian,SALES,HQ,formal,2026-01-01",
        "bylaw import people people.csv",
        "bylaw import people general_data.csv.gz --site HQ --parent-unit ACME --effective-date 2026-01-01",
    ),
    "service-records": _example(
        "number,service_since,birthday",
        "1004,2015-07-01,02-29",
        "1004,2015-07-01,02-29",
        "bylaw import service-records service.csv",
    ),
}
PUNCH_EXAMPLES = (
    "bylaw import punches attlog.dat --site HQ --complete-until 2026-11-23\n"
    "bylaw import punches in_time.csv.gz --site HQ --format wide-in\n"
    "bylaw import punches punches.csv --site HQ --device door-1\n"
    "bylaw import punches dingtalk_20260301-20260331.xlsx --site HQ"
)
