"""What the commands on stocktakes say of themselves, in both languages (WHS-6)."""

from bylaw_cli.wording import Wording

FLOW = (
    "\n\n\b\nbylaw stocktake open --place B-02-2\nbylaw stocktake join\nbylaw stocktake count counted.csv\n"
    "bylaw stocktake compare\nbylaw stocktake explain 1 --cause 'lent out' --report 'the quarter’s count'\n"
    "bylaw stocktake sign\nbylaw stocktake submit"
)
ABOUT = Wording(
    "Stocktakes: the keeper opens one, finance joins, both count without seeing the book; what differs is explained and"
    f" signed by both, and the book is adjusted once that is approved (bylaw inbox).{FLOW}",
    "盘点：库管发起、财务加入，双方盲盘；差异经说明、双方签字、批准（bylaw inbox）后才调账。" + FLOW,
)
LIST = Wording(
    "List the stocktakes, the newest first.\n\n\b\nbylaw stocktake list",
    "列出盘点，新的在前。\n\n\b\nbylaw stocktake list",
)
OPEN = Wording(
    "Open a stocktake as the keeper: of the whole warehouse, or of places and items of it. It waits for finance to"
    " join.\n\n\b\nbylaw stocktake open\nbylaw stocktake open --place B-02-2 --tolerance 1 --freeze",
    "作为库管发起盘点：全仓，或指定货位与商品；待财务加入后开始。"
    "\n\n\b\nbylaw stocktake open\nbylaw stocktake open --place B-02-2 --tolerance 1 --freeze",
)
COUNT = Wording(
    "Hand in what you have counted, all of FILE or nothing: CSV with the columns place, item, quantity, and where there"
    " are any damaged, lot, expiry_date. Where nothing is, that is a quantity of 0.\n\n\b\n"
    "bylaw stocktake count counted.csv",
    "提交您的盘点结果，FILE 全部接受或全部不接受：CSV，列为 place、item、quantity，另可有 damaged、lot、expiry_date。"
    "没有货的写 0。\n\n\b\nbylaw stocktake count counted.csv",
)
COMPARE = Wording(
    "End counting, compare it with the book as of the instant of each count, and show what differs. Counting ends only"
    " once everything is counted, and by two people where it differs beyond tolerance.\n\n\b\nbylaw stocktake compare",
    "结束盘点，与每次清点时点的账面比较，并显示差异。须全部盘到，超出容差的须两人盘到，方可结束。"
    "\n\n\b\nbylaw stocktake compare",
)
EXPLAIN = Wording(
    "Explain the difference with this NUMBER: its cause, who is responsible, what is proposed. Signatures are void by"
    " that.\n\n\b\nbylaw stocktake explain 1 --cause 'lent for a photograph' --responsible 1022",
    "说明编号为 NUMBER 的差异：原因、责任人、处理建议。已有签字随之失效。"
    "\n\n\b\nbylaw stocktake explain 1 --cause 借出拍摄 --responsible 1022",
)
SHOW = Wording(
    "Show a stocktake: where it stands, what there is to count, what differs.\n\n\b\nbylaw stocktake show",
    "显示盘点：进展、待盘货品与差异。\n\n\b\nbylaw stocktake show",
)
REPORT = Wording(
    "Write the report to FILE, .xlsx or .csv, once counting is over.\n\n\b\nbylaw stocktake report quarter.xlsx",
    "盘点结束后将报告写入 FILE（.xlsx 或 .csv）。\n\n\b\nbylaw stocktake report quarter.xlsx",
)
CANCEL = Wording(
    "Give a stocktake up: nothing of it is booked.\n\n\b\nbylaw stocktake cancel --reason 'the wrong place'",
    "作废盘点：不作任何调账。\n\n\b\nbylaw stocktake cancel --reason 货位选错",
)
STEPS = {
    "join": Wording(
        "Join a stocktake as finance: counting begins.\n\n\b\nbylaw stocktake join",
        "作为财务加入盘点：开始清点。\n\n\b\nbylaw stocktake join",
    ),
    "sign": Wording(
        "Sign the result as you see it, as keeper or as finance.\n\n\b\nbylaw stocktake sign",
        "作为库管或财务，对当前结果签字。\n\n\b\nbylaw stocktake sign",
    ),
    "submit": Wording(
        "Send the signed result for decision; where nothing differs it is done.\n\n\b\nbylaw stocktake submit",
        "将双方签字的结果送审；没有差异时即告完成。\n\n\b\nbylaw stocktake submit",
    ),
    "withdraw": Wording(
        "Take a result back before it is decided, as whoever sent it.\n\n\b\nbylaw stocktake withdraw",
        "由送审人在决定前撤回。\n\n\b\nbylaw stocktake withdraw",
    ),
    "book": Wording(
        "Book what was approved and could not be booked at once.\n\n\b\nbylaw stocktake book",
        "将已批准、当时不能入账的调整入账。\n\n\b\nbylaw stocktake book",
    ),
}
STOCKTAKE = Wording(
    "The ID that the list shows; not needed where one alone is going on.", "列表中的编号；只有一项进行中时无需填写。"
)
PLACE = Wording("The label of a place that is counted; may be given again.", "要盘点的货位标签，可重复。")
ITEM = Wording("An item that is counted, by code or barcode; may be given again.", "要盘点的商品编码或条码，可重复。")
TOLERANCE = Wording(
    "Up to how many per cent of the book one person's count will do; none: any difference takes a second one.",
    "差异在账面百分之几以内只需一人盘点；不填则有差异即须复盘。",
)
FREEZE = Wording("Nothing moves in or out of its places meanwhile.", "盘点期间其货位不得出入库。")
CAUSE, RESPONSIBLE = Wording("Its cause.", "原因。"), Wording("Who is responsible.", "责任人。")
PROPOSAL = Wording("What is proposed.", "处理建议。")
WHOLE_REPORT = Wording("What is to be said of the result as a whole.", "对整个结果的说明。")
WHY = Wording("Why.", "理由。")
NO_FORMAT = Wording("FILE ends in .xlsx or .csv.", "FILE 应以 .xlsx 或 .csv 结尾。")
COUNTED = Wording("{file}: {count} counts are on record", "{file}：已登记 {count} 项清点")
DIFFERS_IN_NOTHING = Wording("Nothing differs.", "没有差异。")
PLACES = {
    "places": "--place",
    "items": "--item",
    "tolerance": "--tolerance",
    "reason": "--reason",
    "report": "--report",
    "explanations[0].cause": "--cause",
    "explanations[0].responsible": "--responsible",
}
