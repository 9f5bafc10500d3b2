"""What `bylaw replay` says, in both languages."""

from bylaw_cli.wording import Wording

ABOUT = Wording(
    "Try a shift pattern on months past before it is switched on: what would change, and what that costs in hours."
    " UNIT is a unit's code, with the units below it; `all` is everybody within your reach. Months are YYYY-MM, at most"
    " 12 of them. No sheet is changed. Ctrl-C stops the replay.\n\n\b\n"
    "bylaw replay SALES 2026-01 2026-03 --pattern rest-by-rota@1\n"
    "bylaw replay SALES 2026-02 --pattern fixed-week@1 --parameters week.json --xlsx changes.xlsx",
    "在启用之前，用过去的月份试算一个班制：会改变什么，折合多少工时。UNIT 为单位代码（含下级单位），`all` 为您可见的"
    "全部人员。月份为 YYYY-MM，至多 12 个月。不改动任何月表。按 Ctrl-C 取消。\n\n\b\n"
    "bylaw replay SALES 2026-01 2026-03 --pattern rest-by-rota@1\n"
    "bylaw replay SALES 2026-02 --pattern fixed-week@1 --parameters week.json --xlsx changes.xlsx",
)
PATTERN = Wording("The pattern and its version, as in rest-by-rota@1.", "班制及其版本，例如 rest-by-rota@1。")
PARAMETERS = Wording(
    "A JSON file with the pattern's parameters; what it does not name has its default.",
    "含班制参数的 JSON 文件；未写明的取默认值。",
)
IN_PLACE_OF = Wording("Only the days that an assignment puts under this pattern.", "仅重算现由该班制指派所决定的日子。")
XLSX = Wording("Write a workbook with everything that changes.", "将全部变化写入 Excel 工作簿。")
AS_JSON = Wording("Print the answer as JSON instead.", "改为输出 JSON。")
NO_MONTH = Wording("FIRST and LAST are months such as 2026-01.", "FIRST、LAST 应为月份，如 2026-01。")
NOT_JSON = Wording("{file} holds no JSON object: {error}", "{file} 中不是 JSON 对象：{error}")
NO_UNIT = Wording("There is no unit with the code {code}.", "没有代码为 {code} 的单位。")
RUNNING = Wording("months of people", "人月")
CANCELLED = Wording("The replay was cancelled.", "试算已取消。")
FAILED = Wording(
    "A fault on our side kept the replay from its end; start it again, and if that fails too, ask an operator to look"
    " into the log.",
    "试算因系统内部故障未能完成；请重新发起。若仍失败，请联系管理员查看日志。",
)
COLUMNS = (
    Wording("", ""),
    Wording("before", "现行"),
    Wording("after", "试算"),
    Wording("difference", "差额"),
)
HOURS = {
    "plannedHours": Wording("hours planned", "计划工时"),
    "workedHours": Wording("hours worked", "工作工时"),
    "absentHours": Wording("hours absent", "旷工工时"),
}
SUMMARY = Wording(
    "{people} people change, in {changes} places; {faults} months of people could not be compared.",
    "{people} 人有变化，共 {changes} 处；{faults} 个人月无法比较。",
)
WRITTEN = Wording("Everything that changes: {file}", "全部变化：{file}")
SWITCH_ON = Wording("To switch it on from a date:", "自某日起启用：")
