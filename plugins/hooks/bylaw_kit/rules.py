"""The conformance list: every rule that a pattern must keep, by id, in both languages."""

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
RULES = ANSWERS | BEHAVIOUR | PACKAGE
