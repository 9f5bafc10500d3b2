"""The words of an explained day in both languages: its plan, its windows, its limits, what would have been right."""

from collections.abc import Mapping
from types import MappingProxyType

from bylaw_hooks import DayKind, Kind
from bylaw_kit.reading import Side

from bylaw_attendance.rules.explaining.explaining_punches import Outcome
from bylaw_attendance.rules.explaining.explaining_source import Level
from bylaw_attendance.rules.sheets.shown_sheet import ShownKind
from bylaw_attendance.wording import Sentence

FINDINGS: Mapping[Kind, Sentence] = MappingProxyType(
    {
        Kind.UNASKED: Sentence("不要求打卡", "not asked for"),
        Kind.ON_TIME: Sentence("正常", "as it should be"),
        Kind.LATE: Sentence("迟到", "late"),
        Kind.EARLY: Sentence("早退", "left early"),
        Kind.LEAVE_REQUIRED: Sentence("须请假", "leave required"),
        Kind.MISSING_CARD: Sentence("缺卡", "missing card"),
        Kind.ABSENT: Sentence("旷工", "absent"),
        Kind.PENDING: Sentence("待定", "not decided"),
    }
)
LEVELS: Mapping[Level, Sentence] = MappingProxyType(
    {
        Level.ROTA_CELL: Sentence(
            "已发布的轮班表为当天指定{pattern}。", "The published rota names {pattern} for the day."
        ),
        Level.PERSON: Sentence("{pattern}，分配给本人，{days}。", "{pattern}, assigned to this person {days}."),
        Level.UNIT: Sentence(
            "{pattern}，分配给所在部门{unit}，{days}。", "{pattern}, assigned to the unit {unit} {days}."
        ),
        Level.UNIT_ABOVE: Sentence(
            "{pattern}，分配给上级部门{unit}，{days}。",
            "{pattern}, assigned to {unit}, above the person's unit, {days}.",
        ),
        Level.ORGANISATION: Sentence(
            "{pattern}，分配给全组织，{days}。", "{pattern}, assigned to the whole organisation {days}."
        ),
    }
)
CELL = Sentence("轮班表当天写明“{cell}”。", "The rota says “{cell}” of the day.")
GONE = Sentence(
    "该班制已不再安装：此处为当时保留的结果，收卡时段与各时限无从得知。",
    "The pattern is not installed any more: what was kept is shown; windows and limits are not known.",
)
UNASSIGNED = Sentence(
    "当天没有分配任何班制，不要求打卡。", "No pattern is assigned for the day, so no card is asked for."
)
NOT_EMPLOYED = Sentence("当天不在职。", "The person was not employed on the day.")
REASONS: Mapping[tuple[ShownKind, DayKind], Sentence] = MappingProxyType(
    {
        (ShownKind.HOLIDAY, DayKind.HOLIDAY): Sentence(
            "日历为公众假期：休息（{clause}）。", "A public holiday: off ({clause})."
        ),
        (ShownKind.MAKE_UP_WORK, DayKind.MAKE_UP_WORK): Sentence(
            "日历为调休上班日：上班（{clause}）。", "A make-up working day: worked ({clause})."
        ),
        (ShownKind.WORK, DayKind.HOLIDAY): Sentence(
            "日历为公众假期，而班制当天上班（{clause}）。",
            "A public holiday that the pattern works all the same ({clause}).",
        ),
        (ShownKind.REST, DayKind.MAKE_UP_WORK): Sentence(
            "日历为调休上班日，而班制当天休息（{clause}）。",
            "A make-up working day on which the pattern rests ({clause}).",
        ),
        (ShownKind.WORK, DayKind.ORDINARY): Sentence(
            "班制的工作日（{clause}）。", "A working day of the pattern ({clause})."
        ),
        (ShownKind.REST, DayKind.ORDINARY): Sentence(
            "班制的休息日（{clause}）。", "A day of rest of the pattern ({clause})."
        ),
    }
)
COMPANY_REASONS: Mapping[tuple[ShownKind, DayKind], Sentence] = MappingProxyType(
    {
        (ShownKind.HOLIDAY, DayKind.HOLIDAY): Sentence(
            "公司安排当天休息（{clause}）。", "The company gives the day off ({clause})."
        ),
        (ShownKind.MAKE_UP_WORK, DayKind.MAKE_UP_WORK): Sentence(
            "公司安排当天上班（{clause}）。", "The company has the day worked ({clause})."
        ),
        (ShownKind.WORK, DayKind.HOLIDAY): Sentence(
            "公司安排当天休息，而班制当天上班（{clause}）。",
            "The company gives the day off, but the pattern works it all the same ({clause}).",
        ),
        (ShownKind.REST, DayKind.MAKE_UP_WORK): Sentence(
            "公司安排当天上班，而班制当天休息（{clause}）。",
            "The company has the day worked, but the pattern rests on it ({clause}).",
        ),
    }
)
FLOATING = Sentence(
    "当月机动休，由排班安排（{clause}）。", "The floating day of the month, as the rota plans it ({clause})."
)
HOURS = Sentence("工时由通知规定的工作日（{clause}）。", "A working day whose hours a notice sets ({clause}).")
HOURS_OFF = Sentence("按通知当天不上班（{clause}）。", "By a notice nobody works on it ({clause}).")
EXCUSED = Sentence("{title}，{part}，不要求在岗（{clause}）。", "{title}, {part}: nobody has to be there ({clause}).")
OUTSIDE = Sentence("{title}，{part}，计为出勤（{clause}）。", "{title}, {part}: it counts as worked ({clause}).")
PARTS: Mapping[str, Sentence] = MappingProxyType(
    {
        "day": Sentence("全天", "the whole day"),
        "first-half": Sentence("前半天", "the first half"),
        "second-half": Sentence("后半天", "the second half"),
        "span": Sentence("{start}–{end}", "{start} to {end}"),
    }
)
PROVISIONAL = Sentence(
    "法定节假日已按法律计入；该年官方日历的其余部分尚未公布或无从得知，当天仍可能变动。",
    (
        "Statutory holidays are off by law; beyond them the official calendar of the year is not announced yet, or not"
        " known: the day may change."
    ),
)
WINDOW = Sentence(
    "{opens} 起、{closes} 前的打卡计入本半天。", "A punch from {opens} to before {closes} counts for this half."
)
MIDDLE = Sentence(
    "仅有一次打卡时，{middle} 前为签到，其后为签退。",
    "A lone one before {middle} is a sign-in, from then on a sign-out.",
)
COMES_TO = Sentence("结论：{finding}（{clause}）。", "Comes to: {finding} ({clause}).")
GRAVEST = Sentence("以较重的卡点为准。", "The graver of its card points decides.")
LIMITS: Mapping[tuple[Side, bool], Sentence] = MappingProxyType(
    {
        (Side.IN, True): Sentence(
            "{on_time} 及以前为准时，至 {tier}（{minutes} 分钟）为迟到，再晚须请假。",
            "On time up to {on_time}, late up to {tier} ({minutes} min); after that leave is required.",
        ),
        (Side.IN, False): Sentence(
            "{on_time} 及以前为准时，再晚须请假。", "On time up to {on_time}; after that leave is required."
        ),
        (Side.OUT, True): Sentence(
            "{on_time} 及以后为正常，{tier} 起（{minutes} 分钟）为早退，再早须请假。",
            "As it should be from {on_time} on, early from {tier} on ({minutes} min); before that leave is required.",
        ),
        (Side.OUT, False): Sentence(
            "{on_time} 及以后为正常，再早须请假。", "As it should be from {on_time} on; before that leave is required."
        ),
    }
)
OWN_RULE = Sentence(
    "班制按自己的规则判定此卡点，此处不列时限。",
    "The pattern judges this card by a rule of its own; no limits are told of it.",
)
IN_TIME: Mapping[Side, Sentence] = MappingProxyType(
    {
        Side.IN: Sentence(
            "最迟 {on_time} 签到即为准时。", "Signed in by {on_time} at the latest it would have been on time."
        ),
        Side.OUT: Sentence(
            "{on_time} 或以后签退即为正常。", "Signed out at {on_time} or later it would have been right."
        ),
    }
)
SHORT: Mapping[Side, Sentence] = MappingProxyType(
    {
        Side.IN: Sentence("最迟 {tier} 签到则为迟到，无须请假。", "By {tier} it would have been late, without leave."),
        Side.OUT: Sentence(
            "{tier} 或以后签退则为早退，无须请假。", "At {tier} or later it would have been early, without leave."
        ),
    }
)
MISSED: Mapping[Side, Sentence] = MappingProxyType(
    {
        Side.IN: Sentence(
            "{opens} 至 {on_time} 之间签到即为准时。", "A sign-in from {opens} to {on_time} would have been on time."
        ),
        Side.OUT: Sentence(
            "{on_time} 起、{closes} 前签退即为正常。",
            "A sign-out from {on_time} to before {closes} would have been right.",
        ),
    }
)
AWAITED: Mapping[Side, Sentence] = MappingProxyType(
    {
        Side.IN: Sentence(
            "{opens} 至 {on_time} 之间的签到为准时，考勤机稍后上报亦然。",
            "A sign-in from {opens} to {on_time} is on time, also if the clock reports it later.",
        ),
        Side.OUT: Sentence(
            "{on_time} 起、{closes} 前的签退为正常，考勤机稍后上报亦然。",
            "A sign-out from {on_time} to before {closes} is right, also if the clock reports it later.",
        ),
    }
)
SETTLED = Sentence("没有未决的卡点。", "Nothing of the day is open.")
OPEN = Sentence("{count} 个卡点未决：", "{count} open card points: ")
NO_CLOCK = Sentence(
    "该地点没有登记考勤机，无从判断打卡是否仍会到来。",
    "no clock of the site is on record, so a punch may always still come.",
)
WAITING = Sentence(
    "须待考勤机上报至 {settles}；尚缺：{clocks}。",
    "decided once the clocks have reported up to {settles}; waited for: {clocks}.",
)
NOT_YET = Sentence("须待 {settles} 之后才能判定。", "decided after {settles}.")
REPORTED = Sentence("{device}（已上报至 {until}）", "{device} (reported up to {until})")
SILENT = Sentence("{device}（尚未上报）", "{device} (nothing reported yet)")
CONSEQUENCES: Mapping[tuple[str, bool], Sentence] = MappingProxyType(
    {
        ("absent", False): Sentence(
            "{date} 移交考勤表之前未获准请假的，届时算旷工（SHT-1）。",
            "Without leave granted by the hand-over of the sheet on {date} it becomes absence (SHT-1).",
        ),
        ("absent", True): Sentence(
            "考勤表的移交期限 {date} 已过而未办请假，故为旷工（SHT-1）。",
            "The sheet was to be handed over by {date} and no leave was granted: absence (SHT-1).",
        ),
        ("leave_required", False): Sentence(
            "{date} 移交考勤表之后仍为须请假（SHT-1）。",
            "After the hand-over of the sheet on {date} it stays leave required (SHT-1).",
        ),
        ("leave_required", True): Sentence(
            "考勤表的移交期限 {date} 已过，仍为须请假（SHT-1）。",
            "The sheet was to be handed over by {date}; it stays leave required (SHT-1).",
        ),
    }
)
SINCE = Sentence("自 {first} 起", "from {first} on")
BETWEEN = Sentence("自 {first} 至 {last}", "from {first} to {last}")
HALF = Sentence("{start}-{end} 半天", "the half {start}-{end}")
HALF_OF = Sentence("{date} 的 {start}-{end} 半天", "the half {start}-{end} of {date}")
CARDS: Mapping[Side, Sentence] = MappingProxyType(
    {Side.IN: Sentence("签到", "sign-in"), Side.OUT: Sentence("签退", "sign-out")}
)
OUTCOMES: Mapping[Outcome, Sentence] = MappingProxyType(
    {
        Outcome.BOUND: Sentence("作为 {half}的{card}。", "Counts as the {card} of {half}."),
        Outcome.REPEAT: Sentence(
            "{minutes} 分钟内重复打卡，以 {repeated} 为准。",
            "A repeat of {repeated}, within {minutes} minutes: counted once.",
        ),
        Outcome.BETWEEN: Sentence(
            "在 {half}内既非最早的签到，也非最晚的签退。",
            "Neither the earliest sign-in nor the latest sign-out of {half}.",
        ),
        Outcome.OTHER_DIRECTION: Sentence(
            "其方向相反，不能作为 {half}的{card}。", "It says that it goes the other way, so it is no {card} of {half}."
        ),
        Outcome.NOT_ASKED: Sentence("{half}不要求此次打卡。", "No card of {half} asks for it."),
        Outcome.OUTSIDE: Sentence("不在本月任何收卡时段之内。", "Outside of every window of this month."),
        Outcome.NOT_TAKEN: Sentence("班制未将其计入 {half}的任何卡点。", "The pattern took it for no card of {half}."),
        Outcome.UNKNOWN: Sentence(
            "未计入任何卡点；班制已不再安装，原因无从得知。",
            "No card took it; why is not known, for the pattern is gone.",
        ),
    }
)
