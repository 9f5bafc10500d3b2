"""What `bylaw returns` says, in both languages (WHS-6)."""

from bylaw_cli.stock.tables import Column
from bylaw_cli.wording import Wording

ABOUT = Wording(
    "What customers sent back, and what becomes of it. A return is named by the number of its slip, or by the end of"
    " its ID.\n\n\b\nbylaw returns waiting\nbylaw returns sale TH-9001 MJ-CUP=2 --cause 'never opened'\n"
    "bylaw returns list",
    "客户退货及其处理。退货以退货单号或编号末几位指明。\n\n\b\nbylaw returns waiting\n"
    "bylaw returns sale TH-9001 MJ-CUP=2 --cause 未拆封\nbylaw returns list",
)
SHOW_WAITING = Wording(
    "List the returns of which something waits in inspection, the longest waiting first.\n\n\b\nbylaw returns waiting",
    "列出待检区尚未处理的退货，等得最久的在前。\n\n\b\nbylaw returns waiting",
)
LIST = Wording(
    "List what was decided, the newest first.\n\n\b\nbylaw returns list",
    "列出处理决定，新的在前。\n\n\b\nbylaw returns list",
)
PHOTO = Wording(
    "Keep a photo of a return, FILE, JPEG or PNG: scrap needs one.\n\n\b\nbylaw returns photo TH-9001 broken.jpg",
    "保存退货照片 FILE（JPEG 或 PNG）；报废须有照片。\n\n\b\nbylaw returns photo TH-9001 broken.jpg",
)
WITHDRAW = Wording(
    "Take scrap back that you asked for and that waits for its decision. ID is the end of the decision's.\n\n\b\n"
    "bylaw returns withdraw 24cfea49",
    "撤回本人提出、尚待决定的报废。ID 为决定编号末几位。\n\n\b\nbylaw returns withdraw 24cfea49",
)
DECIDE = {
    "sale": Wording(
        "Put goods of a return back to sale, ITEM=QTY each: into their fixed place, or the bin that is said.\n\n\b\n"
        "bylaw returns sale TH-9001 MJ-CUP=2 --cause 'never opened'\n"
        "bylaw returns sale TH-9001 MJ-CUP=2 --cause 'never opened' --to A-01-1",
        "将退货重新上架，各写 商品=数量：放入固定货位或指定货位。\n\n\b\n"
        "bylaw returns sale TH-9001 MJ-CUP=2 --cause 未拆封\n"
        "bylaw returns sale TH-9001 MJ-CUP=2 --cause 未拆封 --to A-01-1",
    ),
    "supplier": Wording(
        "Send goods of a return back to the supplier, ITEM=QTY each, by the number of a slip.\n\n\b\n"
        "bylaw returns supplier TH-9001 MJ-CUP=1 --cause 'a crack from the kiln' --slip GYS-12",
        "将退货退回供应商，各写 商品=数量，须有单号。\n\n\b\n"
        "bylaw returns supplier TH-9001 MJ-CUP=1 --cause 窑裂 --slip GYS-12",
    ),
    "scrap": Wording(
        "Ask for goods of a return to be scrapped, ITEM=QTY each: they stay in inspection until it is agreed. It takes"
        " a photo, and somebody responsible.\n\n\b\n"
        "bylaw returns scrap TH-9001 MJ-CUP=1 --cause 'broken in the post' --responsible me",
        "申请将退货报废，各写 商品=数量：批准前仍在待检区。须有照片与责任人。\n\n\b\n"
        "bylaw returns scrap TH-9001 MJ-CUP=1 --cause 运输破损 --responsible me",
    ),
}
CAUSE = Wording("Why, such as what is damaged.", "原因，如何处损坏。")
LOT = Wording("The lot or serial number, of goods that are told apart.", "批号或序列号，区分的货物填写。")
TO = Wording("Into the bin with this label.", "放入该货位。")
SLIP = Wording("Number of the slip to the supplier.", "退供应商单号。")
WHO = Wording(
    "Number, login or name of whoever is responsible; me: yourself.", "责任人的工号、登录名或姓名；me 为本人。"
)
OUTCOMES = {
    "SALE": Wording("for sale again", "重新上架"),
    "SCRAP": Wording("scrap", "报废"),
    "SUPPLIER": Wording("to the supplier", "退供应商"),
}
SCRAPS = {
    "WAITING": Wording("scrap waits for its decision", "报废待决定"),
    "BOOKED": Wording("scrapped", "已报废"),
    "REFUSED": Wording("scrap refused", "报废未获批准"),
    "WITHDRAWN": Wording("scrap taken back", "报废已撤回"),
    "LAPSED": Wording("agreed when they were not there any more", "批准时货物已不在"),
}
COLUMNS = (
    Column(Wording("Slip", "退货单")),
    Column(Wording("ID", "编号")),
    Column(Wording("Days", "天数"), number=True),
    Column(Wording("Item", "编码")),
    Column(Wording("Lot", "批号")),
    Column(Wording("Place", "货位")),
    Column(Wording("Came", "退回"), number=True),
    Column(Wording("Waits", "待处理"), number=True),
)
