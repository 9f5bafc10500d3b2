"""What the commands on deliveries say of themselves, in both languages (WHS-1, WHS-2, WHS-8)."""

from bylaw_cli.wording import Wording

FLOW = (
    "\n\n\b\nbylaw receive list\nbylaw receive start CH-3107 --reference SF-771204\n"
    "bylaw receive count CH-3107 MJ-CUP 56\nbylaw receive count CH-3107 MJ-CUP 4 --damaged\n"
    "bylaw receive finish CH-3107\nbylaw receive photo CH-3107 chipped.jpg\n"
    "bylaw receive decide CH-3107 --accept-fit 'four are chipped'\nbylaw receive put-away"
)
ABOUT = Wording(
    "Deliveries: counted against the supplier's note, put beside it, accepted or refused, and put away. NOTE is the"
    f" number on the note.{FLOW}",
    "收货：按供应商送货单点收、比对，接收或拒收，然后上架。NOTE 为送货单号。" + FLOW,
)
LIST = Wording(
    "List the delivery notes whose goods are expected, the newest first.\n\n\b\nbylaw receive list\n"
    "bylaw receive list --all",
    "列出待到货的送货单，新的在前。\n\n\b\nbylaw receive list\nbylaw receive list --all",
)
EVERY = Wording("Those that have ended too.", "包括已结束的。")
ANNOUNCE = Wording(
    "Put a supplier's delivery note on record ahead of the goods: FILE is CSV with the columns item, quantity, and,"
    " where there are any, lot, expiry_date."
    "\n\n\b\nbylaw receive announce Potters CH-3108 note.csv --expected 2026-12-03",
    "在到货前登记供应商的送货单：FILE 为 CSV，列为 item、quantity，另可有 lot、expiry_date。"
    "\n\n\b\nbylaw receive announce 晨晖陶瓷 CH-3108 note.csv --expected 2026-12-03",
)
EXPECTED = Wording("When the goods are expected, YYYY-MM-DD.", "预计到货日，YYYY-MM-DD。")
BLIND = Wording("How much is announced is not shown while they are counted.", "点收时不显示送货单上的数量。")
SHOW = Wording(
    "Show a note with its deliveries: what is announced, what was counted, in what it differs, what was decided."
    "\n\n\b\nbylaw receive show CH-3107",
    "显示送货单及其各次到货：应到、实点、差异与处理。\n\n\b\nbylaw receive show CH-3107",
)
START = Wording(
    "Begin to count a delivery of a note.\n\n\b\nbylaw receive start CH-3107 --reference SF-771204",
    "开始点收送货单的一次到货。\n\n\b\nbylaw receive start CH-3107 --reference SF-771204",
)
REFERENCE = Wording("Its own reference, such as the waybill.", "本次到货的单号，如运单号。")
PARTIAL = Wording("More of the note is to come with another delivery.", "送货单还有后续到货。")
COUNT = Wording(
    "Add to the count: QUANTITY of ITEM, by its code or barcode.\n\n\b\nbylaw receive count CH-3107 MJ-CUP 56\n"
    "bylaw receive count CH-3107 6970812300015 4 --damaged",
    "计入点收：ITEM（编码或条码）QUANTITY 件。\n\n\b\nbylaw receive count CH-3107 MJ-CUP 56\n"
    "bylaw receive count CH-3107 6970812300015 4 --damaged",
)
DAMAGED = Wording("They came damaged.", "到货残损。")
OTHER = Wording("They are of another variety than the item.", "规格或品种不符。")
ONE_CONDITION = Wording("Give one of --damaged and --other-variety.", "--damaged 与 --other-variety 只选其一。")
LOT, EXPIRES = (
    Wording("The lot or serial number.", "批号或序列号。"),
    Wording("When it expires, YYYY-MM-DD.", "有效期，YYYY-MM-DD。"),
)
TAKE_OFF = Wording("Take it off the count: too much was counted.", "从点收中减去：此前多点了。")
FINISH = Wording(
    "Finish the count: it does not change any more, and what differs from the note is told to the operations director"
    " and the shop managers.\n\n\b\nbylaw receive finish CH-3107",
    "结束点收：此后不再更改，与送货单的差异即时告知运营总监与店长。\n\n\b\nbylaw receive finish CH-3107",
)
REMARK = Wording("What else is to be said, such as goods that are no item on record.", "其他说明，如未建档的货物。")
PHOTO = Wording(
    "Keep a photo of a delivery, JPEG or PNG: what is refused takes one."
    "\n\n\b\nbylaw receive photo CH-3107 chipped.jpg",
    "保存到货照片（JPEG 或 PNG）：拒收须有照片。\n\n\b\nbylaw receive photo CH-3107 chipped.jpg",
)
DECIDE = Wording(
    "Decide on a delivery whose count is finished: take all of it in, take in what is fit and refuse the rest, or"
    " refuse it.\n\n\b\nbylaw receive decide QY-0552 --accept\n"
    "bylaw receive decide CH-3107 --accept-fit 'four are chipped'\n"
    "bylaw receive decide CH-3107 --refuse 'the glaze is another one'",
    "处理点收完毕的到货：全部接收；接收完好的、拒收其余；或全部拒收。\n\n\b\nbylaw receive decide QY-0552 --accept\n"
    "bylaw receive decide CH-3107 --accept-fit 四只破损\nbylaw receive decide CH-3107 --refuse 釉色不符",
)
ACCEPT = Wording("Take all of it in.", "全部接收。")
ACCEPT_FIT = Wording("Take in what is fit; the rest is refused, and why.", "接收完好的，其余拒收，并写明理由。")
REFUSE = Wording("Refuse it, and say why.", "全部拒收，并写明理由。")
ONE_DECISION = Wording(
    "Give one of --accept, --accept-fit TEXT and --refuse TEXT.",
    "--accept、--accept-fit TEXT、--refuse TEXT 三者选一。",
)
OVER = Wording("Why more than announced is taken in.", "接收超出应到数量的理由。")
CLOSES = Wording(
    "The note ends with it, and why: the rest will not come.", "送货单就此结束，并写明理由：余下的不再来。"
)
TO = Wording("Where the goods go; the inspection place, if nothing is said.", "入库货位；默认为待检货位。")
TO_FIXED = Wording("Straight to each item's fixed place.", "直接上架到各商品的固定货位。")
PUT_AWAY = Wording(
    "Put away what waits in inspection, each to its fixed place; what that is is shown first.\n\n\b\n"
    "bylaw receive put-away\nbylaw receive put-away --item MJ-CUP --yes",
    "将待检货位的货物上架到各自的固定货位；先显示再询问。\n\n\b\n"
    "bylaw receive put-away\nbylaw receive put-away --item MJ-CUP --yes",
)
ONLY_ITEM = Wording("Only this item, by code or barcode.", "只上架该商品（编码或条码）。")
NO_FIXED = Wording("has no fixed place yet", "尚无固定货位")
NONE = Wording(
    "There is no delivery note {typed}; see them: bylaw receive list --all.",
    "没有送货单 {typed}；见 bylaw receive list --all。",
)
SEVERAL = Wording(
    "Several suppliers have a note {typed}; say which: --supplier.",
    "多个供应商有送货单 {typed}；请用 --supplier 注明。",
)
SUPPLIER = Wording("The supplier, where several have a note of this number.", "供应商（单号相同时）。")
NO_DELIVERY = Wording(
    "No delivery of {typed} stands so: bylaw receive show {typed}.",
    "{typed} 没有处于该状态的到货：bylaw receive show {typed}。",
)
STATES = {
    "OPEN": Wording("expected", "待到货"),
    "CLOSED": Wording("closed", "已完成"),
    "RETURNED": Wording("went back", "已退回"),
    "CALLED_OFF": Wording("called off", "已取消"),
}
DELIVERY_STATES = {
    "COUNTING": Wording("is counted", "点收中"),
    "COUNTED": Wording("counted, to be decided", "已点收，待处理"),
    "DECIDED": Wording("decided", "已处理"),
    "CALLED_OFF": Wording("called off", "已取消"),
}
DECISIONS = {
    "ACCEPTED": Wording("accepted", "全部接收"),
    "ACCEPTED_IN_PART": Wording("accepted in part", "部分接收"),
    "REFUSED": Wording("refused", "拒收"),
}
DIFFERENCES = {
    "SHORT": Wording("short", "短少"),
    "OVER": Wording("over", "多到"),
    "DAMAGED": Wording("damaged", "残损"),
    "OTHER_VARIETY": Wording("another variety", "品种不符"),
    "UNANNOUNCED": Wording("not announced", "单上没有"),
    "EXPIRY": Wording("expiry", "有效期不符"),
}
ANNOUNCED = Wording("announced {announced}, accepted {accepted}", "应到 {announced}，已收 {accepted}")
COUNTED = Wording("announced {announced}, counted {counted}", "应到 {announced}，实点 {counted}")
JUST_COUNTED = Wording(
    "fit {fit}, damaged {damaged}, another variety {other}", "完好 {fit}，残损 {damaged}，品种不符 {other}"
)
IS_EXPECTED = Wording("for {day}", "预计 {day}")
IS_BLIND = Wording("counted blind", "盲点")
DELIVERY = Wording("delivery {number}", "第 {number} 次到货")
PHOTOS = Wording("photos {count}", "照片 {count}")
PLACES = {
    "reference": "--reference",
    "reason": "TEXT",
    "overReason": "--over-reason",
    "toPlace": "--to",
    "expiryDate": "--expires",
    "quantity": "QUANTITY",
    "lot": "--lot",
    "expectedDate": "--expected",
    "supplier": "SUPPLIER",
    "number": "NUMBER",
}
