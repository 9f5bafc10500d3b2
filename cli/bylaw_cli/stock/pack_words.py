"""What `bylaw pack` says, in both languages (WHS-3, WHS-12)."""

from bylaw_cli.stock.tables import Column
from bylaw_cli.wording import Wording

ABOUT = Wording(
    "Check what is packed, scan by scan, against what must go in. A check is named by what it is of, such as an order's"
    " number, or by the end of its ID.\n\n\b\nbylaw pack start 7002\nbylaw pack scan 7002 6901234500202\n"
    "bylaw pack close 7002",
    "装箱复核：逐件扫描，与应装货物核对。以其所属（如订单号）或编号末几位指明。\n\n\b\nbylaw pack start 7002\n"
    "bylaw pack scan 7002 6901234500202\nbylaw pack close 7002",
)
LIST = Wording(
    "List the checks, the newest first.\n\n\b\nbylaw pack list\nbylaw pack list --state short",
    "列出复核，新的在前。\n\n\b\nbylaw pack list\nbylaw pack list --state short",
)
START = Wording(
    "Begin to check what is packed for a reservation, or by an issue: NUMBER is what it is for, the number of its"
    " paper, or the end of its ID. Begun again it goes on.\n\n\b\nbylaw pack start 7002",
    "开始复核某预留或某次出库的装箱：NUMBER 为其用途、单据号或编号末几位。再次开始即继续。"
    "\n\n\b\nbylaw pack start 7002",
)
SCAN = Wording(
    "Check scans in their order: what may go in is counted in, what may not is refused and stays on record; then the"
    " exit code is 1. Without CODE they are read from standard input, one in each line, as a scanner types them."
    "\n\n\b\nbylaw pack scan 7002 6901234500202 --lot L-7\nbylaw pack scan 7002 < scanned.txt",
    "依次核对扫描：可装的计入，不可装的拒绝并留存，退出码为 1。不写 CODE 时从标准输入读取，每行一个，如扫描枪所输。"
    "\n\n\b\nbylaw pack scan 7002 6901234500202 --lot L-7\nbylaw pack scan 7002 < scanned.txt",
)
SHOW = Wording(
    "Show a check: what must go in, what is, and which scans were refused.\n\n\b\nbylaw pack show 7002",
    "显示复核：应装、已装，以及被拒的扫描。\n\n\b\nbylaw pack show 7002",
)
CLOSE = Wording(
    "Close a check. While something is lacking it takes a reason, and is short.\n\n\b\nbylaw pack close 7002\n"
    "bylaw pack close 7002 --reason 'one is broken, it follows'",
    "关闭复核。尚有缺少时须写明理由，记为短装。\n\n\b\nbylaw pack close 7002\n"
    "bylaw pack close 7002 --reason 一件破损，随后补发",
)
CALL_OFF = Wording(
    "Call a check off: nothing was packed by it. It stays on record.\n\n\b\n"
    "bylaw pack call-off 7002 --reason 'the wrong order'",
    "取消复核：未按其装箱，记录保留。\n\n\b\nbylaw pack call-off 7002 --reason 拿错订单",
)
STATE = Wording("Only those that stand so.", "只列处于该状态的。")
LOT = Wording("The lot, where the code does not say it.", "批号，条码未含时填写。")
HOW_MANY = Wording("How much each is, where it is not one.", "每次的数量，不为一件时填写。")
OUT = Wording("They are taken out again.", "取出。")
WHY = Wording("Why.", "理由。")
STATES = {
    "OPEN": Wording("open", "进行中"),
    "COMPLETE": Wording("complete", "齐全"),
    "SHORT": Wording("short", "短装"),
    "CALLED_OFF": Wording("called off", "已取消"),
}
COLUMNS = (
    Column(Wording("Line", "行"), number=True),
    Column(Wording("Item", "编码")),
    Column(Wording("Lot", "批号")),
    Column(Wording("In", "已装"), number=True),
    Column(Wording("Must be", "应装"), number=True),
)
OF = Wording("reservation or issue", "预留或出库")
REFUSED = Wording("{code}: {said} ({reason})", "{code}：{said}（{reason}）")
