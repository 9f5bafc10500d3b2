"""What `bylaw replay` says, in both languages."""

from bylaw_cli.wording import Wording

ABOUT = Wording(
    "Try a shift pattern on months past before it is switched on: what would change, and what that costs in hours."
    " UNIT is a unit's code, with the units below it; `all` is everybody within your reach. Months are YYYY-MM, at most"
    " 12 of them. No sheet is changed. Ctrl-C cancels the replay; one that was lost sight of is found with --list.\n\n"
    "For scripts it exits with 0 if something was compared, 3 if it is done but nothing was (nobody follows"
    " what --in-place-of names, nobody is employed there, or nobody could be judged), 1 if it was refused, failed or"
    " was cancelled by somebody else, 2 if the command was typed wrongly, 130 after Ctrl-C.\n\n\b\n"
    "bylaw replay SALES 2026-01 2026-03 --pattern rest-by-rota@1\n"
    "bylaw replay SALES 2026-02 --pattern fixed-week@1 --parameters week.json --xlsx changes.xlsx\n"
    "bylaw replay --list --state running\n"
    "bylaw replay --show replays/018f2c3a-...\n"
    "bylaw replay --cancel replays/018f2c3a-...",
    "在启用之前，用过去的月份试算一个班制：会改变什么，折合多少工时。UNIT 为单位代码（含下级单位），`all` 为您可见的"
    "全部人员。月份为 YYYY-MM，至多 12 个月。不改动任何月表。按 Ctrl-C 取消试算；找不到的试算可用 --list 找回。\n\n"
    "供脚本使用的退出码：0 已有比较结果；3 试算完成但没有任何可比较的内容（没有人按 --in-place-of 所写的班制上班、"
    "该范围无人在职，或无人能够核算）；1 被拒绝、失败或被他人取消；2 命令有误；130 按了 Ctrl-C。\n\n\b\n"
    "bylaw replay SALES 2026-01 2026-03 --pattern rest-by-rota@1\n"
    "bylaw replay SALES 2026-02 --pattern fixed-week@1 --parameters week.json --xlsx changes.xlsx\n"
    "bylaw replay --list --state running\n"
    "bylaw replay --show replays/018f2c3a-...\n"
    "bylaw replay --cancel replays/018f2c3a-...",
)
PATTERN = Wording("The pattern and its version, as in rest-by-rota@1.", "班制及其版本，例如 rest-by-rota@1。")
PARAMETERS = Wording(
    "A JSON file with the pattern's parameters; what it does not name has its default.",
    "含班制参数的 JSON 文件；未写明的取默认值。",
)
IN_PLACE_OF = Wording("Only the days that an assignment puts under this pattern.", "仅重算现由该班制指派所决定的日子。")
XLSX = Wording("Write a workbook with everything that changes.", "将全部变化写入 Excel 工作簿。")
AS_JSON = Wording("Print the answer as JSON instead.", "改为输出 JSON。")
LIST = Wording("List the replays that you may see, newest first.", "列出您可以查看的试算，最新的在前。")
STATE = Wording("Of the list only those that stand so.", "仅列出处于该状态的试算。")
SHOW = Wording(
    "Show this replay again; one that is under way is watched to its end.", "再次显示该试算；进行中的则等到其结束。"
)
CANCEL = Wording("Cancel this replay.", "取消该试算。")
ONE_THING = Wording(
    "Ask for one thing: UNIT FIRST [LAST] with --pattern, or --list (with --state), or --show, or --cancel.",
    "请只做一件事：UNIT FIRST [LAST] 与 --pattern，或 --list（可加 --state），或 --show，或 --cancel。",
)
UNIT_FIRST_PATTERN = Wording(
    "Say what to replay: UNIT FIRST [LAST] --pattern NAME@VERSION. Or ask for --list, --show or --cancel.",
    "请写明要试算什么：UNIT FIRST [LAST] --pattern NAME@VERSION；或用 --list、--show、--cancel。",
)
NO_MONTH = Wording("FIRST and LAST are months such as 2026-01.", "FIRST、LAST 应为月份，如 2026-01。")
NOT_JSON = Wording("{file} holds no JSON object: {error}", "{file} 中不是 JSON 对象：{error}")
NO_UNIT = Wording("There is no unit with the code {code}.", "没有代码为 {code} 的单位。")
RUNNING = Wording("months of people", "人月")
CANCELLED = Wording(
    "The replay was cancelled by {who} at {when}, after {done} of {total} months of people. Start it again if it is"
    " still wanted.",
    "试算已由 {who} 于 {when} 取消，完成 {done}/{total} 人月。如仍需要，请重新发起。",
)
A_SERVICE = Wording("a service", "某个服务")
FAILED = Wording(
    "A fault on our side kept the replay from its end, after {done} of {total} months of people; start it again, and if"
    " that fails too, ask an operator to look into the log.",
    "试算因系统内部故障未能完成（已完成 {done}/{total} 人月）；请重新发起。若仍失败，请联系管理员查看日志。",
)
NOTHING_STARTED = Wording("Interrupted; no replay was started.", "已中断；没有发起试算。")
UNKNOWN_WHETHER_CANCELLED = Wording(
    "Interrupted before the service answered. Whether it was cancelled: bylaw replay --show {name}",
    "服务尚未答复即已中断。是否已取消，请查看：bylaw replay --show {name}",
)
IS_DONE = Wording(
    "Interrupted; the replay is done. Back to it: bylaw replay --show {name}",
    "已中断；试算已经完成。再次查看：bylaw replay --show {name}",
)
YOU_CANCELLED = Wording(
    "The replay was cancelled after {done} of {total} months of people; nothing goes on at the service.\n"
    "What it came to is kept: bylaw call GET /v1/{name}",
    "试算已取消，完成 {done}/{total} 人月；服务端不再继续。\n已得结果仍保留：bylaw call GET /v1/{name}",
)
HAD_ENDED = Wording(
    "The replay had ended before it could be cancelled. Back to it: bylaw replay --show {name}",
    "试算在取消之前已经结束。再次查看：bylaw replay --show {name}",
)
GOES_ON = Wording(
    "The replay goes on at the service as {name}.\n"
    "  Back to it: bylaw replay --show {name}\n  Cancel it:  bylaw replay --cancel {name}",
    "试算 {name} 仍在服务端继续。\n  再次查看：bylaw replay --show {name}\n  取消：bylaw replay --cancel {name}",
)
UNKNOWN_WHETHER_STARTED = Wording(
    "Interrupted, and the service does not say whether the replay was started. Look for it: bylaw replay --list",
    "已中断，无法得知试算是否已经发起。请查看：bylaw replay --list",
)
NO_REPLAYS = Wording("There are no such replays.", "没有这样的试算。")
ALL = Wording("all", "全部")
STATES = {
    "waiting": Wording("waiting", "等待"),
    "running": Wording("running", "进行中"),
    "done": Wording("done", "完成"),
    "cancelled": Wording("cancelled", "已取消"),
    "failed": Wording("failed", "失败"),
}
LIST_COLUMNS = (
    Wording("replay", "试算"),
    Wording("state", "状态"),
    Wording("progress", "进度"),
    Wording("started", "发起时间"),
    Wording("pattern", "班制"),
    Wording("months", "月份"),
    Wording("unit", "单位"),
    Wording("by", "发起人"),
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
    "{people} people change, in {changes} places; {uncompared} months of people could not be compared.",
    "{people} 人有变化，共 {changes} 处；{uncompared} 个人月无法比较。",
)
WRITTEN = Wording("Everything that changes: {file}", "全部变化：{file}")
SWITCH_ON = Wording("To switch it on from a date:", "自某日起启用：")
