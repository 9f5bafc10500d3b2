"""The conformance list: all that a pattern, leave policy (L), layout (X), channel (D) or courier adapter (T) keeps."""

from bylaw_hooks import Both

ANSWERS = {
    "C1": Both("只回答所问的人，且次序不变", "only the people asked about, in their order"),
    "C2": Both("当月每天恰好排一次且依次排列", "each day inside the month exactly once and in order"),
    "C3": Both("时段依次排列、互不重叠、非空", "segments are ordered, do not overlap and are not empty"),
    "C4": Both("相邻两天的时段也不重叠", "nor do they overlap across neighbouring days"),
    "C5": Both("收卡窗口有序且互不重叠", "the windows in which cards count are ordered and do not overlap"),
    "C6": Both(
        "每次打卡至多归一个卡点，且确有其事、在窗口之内",
        "a punch is bound at most once, exists, and lies in its window",
    ),
    "C7": Both("分钟数不为负，也不荒谬", "no negative or absurd minutes"),
    "C8": Both("半天的结论与其卡点相符", "a half is as grave as its graver card"),
    "C9": Both("所引条款当日有效", "a clause that exists on that day"),
    "C10": Both("只用约定的结论种类", "declared kinds only"),
    "C11": Both("出勤不超过计划；旷工不计出勤", "worked minutes fit the plan, and absence is not worked"),
}
BEHAVIOUR = {
    "C12": Both("同样的事实得到同样的字节，不论进程", "same facts, same bytes, in whatever process"),
    "C13": Both("人员次序与批量大小无关", "the order of people and the size of batches do not matter"),
    "C14": Both("同时刻打卡的次序无关", "the order of equal punches does not matter"),
    "C15": Both("重复的打卡不改变结果", "a doubled punch changes nothing"),
    "C16": Both("他人的事实不影响本人", "another person's facts change nothing"),
    "C17": Both("所有窗口之外的打卡不改变结果", "a punch outside every window changes nothing"),
    "C18": Both("事实与参数用后不变", "facts and parameters are unchanged afterwards"),
    "C19": Both("两次调用之间不留状态", "no state from call to call"),
    "C21": Both("来得更晚不会判得更轻", "a later arrival is never judged milder"),
    "C22": Both("迟到、早退上限那一分钟两侧分明", "the ladder's edge minutes hold both ways"),
    "C23": Both("空月、28 至 31 天、月中入离职皆可", "an empty month, 28 to 31 days, hire and leaving mid-month"),
    "C24": Both(
        "时钟拨动、半小时时区、跨月夜班：两月不丢不重", "clock changes, half-hour zones, a night over month end"
    ),
}
PACKAGE = {
    "C25": Both(
        "参数模式有效，默认值可用，字段有中英文标题", "the schema is valid, defaults pass, fields are titled twice"
    ),
    "C26": Both("参数经 JSON 往返不变", "parameters survive JSON"),
    "C27": Both("简单式与批量式一致", "easy and batch forms agree, if both exist"),
    "C28": Both("旧版本的黄金摘要不变", "goldens are unmoved"),
    "C29": Both("每人每月用时有限，随人数至多线性增长", "time per person-month is bounded and grows at most linearly"),
    "C30": Both(
        "调用中不用时钟、网络、文件、线程与环境变量", "no clock, network, file, thread or environment in the call"
    ),
    "C31": Both("安装包只靠所声明的依赖即可通过", "the wheel passes with only its declared dependencies"),
}
LEAVE = {
    "L1": Both(
        "假种代码不重复、有中英文名称和条款；同一余额同一单位",
        "kinds have codes of their own, both titles, a clause, and one unit a balance",
    ),
    "L2": Both(
        "只在所问期间、任职期间内发放，并按日期排列", "what is given lies in the span and the employment, in order"
    ),
    "L3": Both(
        "数额精确、有余额可归、有理由和条款，不在发放前失效",
        "amounts are exact, have their balance, a reason and a clause, and do not lapse before they are given",
    ),
    "L4": Both("分段询问与整段询问结果相同", "a span asked for by parts brings the same"),
    "L5": Both(
        "请假的每一天恰好计一次，不为负，不超过排班分钟",
        "each day of a request is measured once, not below zero nor above what is planned",
    ),
    "L6": Both(
        "按排班计的假休息日不计，按日历计的假每天都计",
        "days of rest count for nothing, or every day of the calendar does",
    ),
    "L7": Both(
        "拆成几次请假不改变所扣；两个半天等于一天", "splitting a request takes the same, and two halves are a day"
    ),
    "L8": Both("同一时段不得请两次", "the same part of a day is not admitted twice"),
    "L9": Both("余额不足不得准请", "no more is admitted than is there"),
    "L10": Both("每条异议有原因代码、条款和中英文说明", "an objection has its reason, its clause, and words twice"),
    "L11": Both(
        "至少一级审批、不重复；时间更长审批不更少", "somebody approves, each once, and of longer leave no fewer"
    ),
    "L12": Both("更早离职不会得到更多", "who leaves sooner is not given more"),
    "L13": Both("同样的事实同样的答案，不用时钟、网络、文件", "same facts, same answer; no clock, network or file"),
    "L14": Both(
        "参数有中英文标题、默认值可用、经 JSON 不变", "parameters are titled twice, have defaults, survive JSON"
    ),
}
EXPORT = {
    "X1": Both(
        "至少一个表，表名不重复，versions 留给系统",
        "there is a table, each has a name of its own, and none is called versions",
    ),
    "X2": Both(
        "列名不重复，标题要有就两种语言都有，每行格数与列数相同",
        "columns have names of their own, titles twice or not at all, and each row fills them",
    ),
    "X3": Both(
        "格中只有文字、整数、至多六位小数的数或空",
        "a cell is text, a whole number, a number of at most six places, or nothing",
    ),
    "X4": Both("表名与列不随月份内容变化", "tables and columns are the same whatever the month holds"),
    "X5": Both(
        "同样的事实同样的表，不用时钟、网络、文件，不改事实",
        "same facts, same tables; no clock, network or file; facts unchanged",
    ),
}
DELIVERY = {
    "D1": Both(
        "名称规范、有中英文标题；必填的设置有示例",
        "it has a plain name and titles twice; a setting that must be stated has an example",
    ),
    "D2": Both(
        "设置以文本给出(环境变量)，读回不变", "settings are stated as text, as in the environment, and survive it"
    ),
    "D3": Both(
        "不是恰好一个地址的，永久拒绝，且不联系外部",
        "what is not exactly one address is refused for good, and nobody outside is asked",
    ),
    "D4": Both(
        "外部不在或挂断时，以固定的大写原因失败，不含个人信息，可再试",
        "where nobody answers it fails by a stable word in capitals, without personal data, and may be tried again",
    ),
    "D5": Both(
        "外部沉默时在限定时间内结束，不当作已送达", "silence ends in the time given, and is not taken for delivered"
    ),
    "D6": Both("不读环境变量，两次之间不留状态", "it reads no environment and keeps nothing from try to try"),
}
COURIER = {
    "T1": Both(
        "名称规范、有中英文标题；必填的设置有示例",
        "it has a plain name and titles twice; a setting that must be stated has an example",
    ),
    "T2": Both(
        "设置以文本给出(环境变量)，读回不变", "settings are stated as text, as in the environment, and survive it"
    ),
    "T3": Both(
        "未签名、签错或读不懂的推送一律以固定的大写原因拒绝，不联系外部",
        "what is not signed, wrongly signed or unreadable is refused by a stable word, and nobody outside is asked",
    ),
    "T4": Both(
        "外部不在或挂断时，以固定的大写原因失败，不含单号与密钥，可再试",
        "where nobody answers it fails by a stable word, without number or secret, and may be tried again",
    ),
    "T5": Both("外部沉默时在限定时间内结束", "silence ends in the time given"),
    "T6": Both("不读环境变量，两次之间不留状态", "it reads no environment and keeps nothing from call to call"),
    "T7": Both("对推送的答复是可读的短文本，不含密钥", "what it answers a push is a short text that holds no secret"),
}
ORDERS = {
    "O1": Both("按列名识别与读取，列序无关", "it goes by the names of columns, wherever they stand"),
    "O2": Both(
        "每一行恰好交代一次：或属一个订单，或被拒并有原因",
        "each row is accounted for exactly once: in one order, or refused with its reason",
    ),
    "O3": Both("同一文件中订单号不重复", "no order's number comes twice out of a file"),
    "O4": Both(
        "事实合规：有编号、时间带时区、金额为精确小数、种类与状态为约定者",
        "sound facts: a number, times with their zone, exact amounts, kinds and states that were agreed",
    ),
    "O5": Both(
        "缺列时说出列名，且不声称能读", "it names the columns that are missing, and does not claim to read without them"
    ),
    "O6": Both(
        "同样的表同样的结果，不用时钟、网络、文件、环境变量",
        "same tables, same orders; no clock, network, file or environment",
    ),
    "O7": Both(
        "任何内容都不使其出错；打印与原因中不出现单元格内容",
        "nothing in a cell makes it fail, and no content of a cell shows in what is printed or said of it",
    ),
}
RULES = ANSWERS | BEHAVIOUR | PACKAGE | LEAVE | EXPORT | DELIVERY | COURIER | ORDERS
