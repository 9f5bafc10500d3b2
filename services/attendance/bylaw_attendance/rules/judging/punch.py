"""What a punch is: the local time a clock wrote, the instant it means, and every reason to refuse one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bylaw_chassis.files.refused import FileReason, FileRefused

SECONDS_PER_DAY = 86_400
FUTURE_TOLERANCE_SECONDS = 300
WIDEST_OFFSET_MINUTES = 14 * 60
SEEN_CHARACTERS = 40


class PunchReason(StrEnum):
    """Why one line, or one punch, is refused."""

    DATE_IMPOSSIBLE = "PUNCH_DATE_IMPOSSIBLE"
    TIME_SKIPPED = "PUNCH_TIME_SKIPPED_BY_CLOCK_CHANGE"
    IN_FUTURE = "PUNCH_IN_FUTURE"
    TOO_OLD = "PUNCH_TOO_OLD"
    LINE_MALFORMED = "PUNCH_LINE_MALFORMED"
    PERSON_MISSING = "PUNCH_PERSON_MISSING"
    PERSON_REPEATED = "PUNCH_PERSON_REPEATED"
    DAY_MISMATCH = "PUNCH_DAY_MISMATCH"


class Wording(NamedTuple):
    """One sentence in both languages; names in braces are filled in."""

    zh: str
    en: str


PUNCH_WORDING: Mapping[PunchReason, Wording] = MappingProxyType(
    {
        PunchReason.DATE_IMPOSSIBLE: Wording(
            "“{seen}”不是存在的日期或时间，请更正后重新提交。",
            "“{seen}” is no date or time that exists; correct it and send it again.",
        ),
        PunchReason.TIME_SKIPPED: Wording(
            "“{seen}”在当地因时钟拨快而不存在，请核对考勤机时钟与时区。",
            "“{seen}” does not exist there: the clocks were put forward past it; check the device's clock and zone.",
        ),
        PunchReason.IN_FUTURE: Wording(
            "“{seen}”晚于收到数据的时刻(允许 5 分钟)，请核对考勤机时钟与时区。",
            "“{seen}” is later than the moment it was received (5 minutes are allowed);"
            " check the device's clock and zone.",
        ),
        PunchReason.TOO_OLD: Wording(
            "“{seen}”早于 2000 年，考勤机时钟可能已复位，请校准。",
            "“{seen}” is before the year 2000; the device's clock was probably reset, so set it.",
        ),
        PunchReason.LINE_MALFORMED: Wording(
            "“{seen}”无法读取，请对照格式更正；时间如 2026-11-26 18:40。",
            "“{seen}” cannot be read; correct it by the description of the format, a time such as 2026-11-26 18:40.",
        ),
        PunchReason.PERSON_MISSING: Wording(
            "缺少员工编号，请补上编号。",
            "The employee number is missing; add it.",
        ),
        PunchReason.PERSON_REPEATED: Wording(
            "员工“{seen}”在文件中出现两次，只取第一行，请删除其中一行。",
            "Employee “{seen}” has two rows in the file; the first one counts, remove one of them.",
        ),
        PunchReason.DAY_MISMATCH: Wording(
            "“{seen}”的日期与所在列的日期不同，请移到正确的列。",
            "“{seen}” has another date than its column; move it to the right column.",
        ),
    }
)

FILE_WORDING: Mapping[FileReason, Wording] = MappingProxyType(
    {
        FileReason.EMPTY: Wording("文件是空的，请重新导出。", "The file is empty; export it again."),
        FileReason.TOO_LARGE: Wording(
            "文件(解压后)超过上限 {limit_bytes} 字节，请按月份拆分。",
            "The file is larger (once unpacked) than {limit_bytes} bytes; split it by month.",
        ),
        FileReason.TOO_MANY_LINES: Wording(
            "文件超过 {limit_lines} 行，请按月份拆分。",
            "The file has more than {limit_lines} lines; split it by month.",
        ),
        FileReason.TRUNCATED: Wording(
            "压缩文件不完整，请重新复制或上传。",
            "The packed file stops before its end; copy or upload it again.",
        ),
        FileReason.DAMAGED: Wording(
            "文件已损坏，第 {line_number} 行起无法读取，请重新复制或上传。",
            "The file is damaged and cannot be read from line {line_number} on; copy or upload it again.",
        ),
        FileReason.ENCODING_REFUSED: Wording(
            "文件编码是 {seen}，请另存为 UTF-8 或 GB18030。",
            "The file is encoded in {seen}; save it as UTF-8 or GB18030.",
        ),
        FileReason.NOT_RECOGNISED: Wording(
            "无法识别为打卡文件(看起来是：{seen})。可用：attlog.dat、上下班宽表 CSV、打卡 CSV、"
            "钉钉“每日统计”或“打卡时间”、企业微信“上下班打卡_日报”或“打卡时间记录”。",
            "This is no punch file that we know (it looks like: {seen})."
            " Known: attlog.dat, the wide in/out CSV, the punch CSV, exports of DingTalk or WeCom with times in them.",
        ),
        FileReason.FORMAT_DIFFERS: Wording(
            "您说文件是{said_zh}，但它看起来是{seen_zh}；请改选格式({seen})，或不指定格式，由系统识别。",
            "It was said to be {said_en}, but it looks like {seen_en}; say so ({seen}), or leave the format out and"
            " have it recognised.",
        ),
        FileReason.HEADER_WRONG: Wording(
            "第 {line_number} 行第 {column_number} 列的表头“{seen}”不对，应为{expected_zh}。",
            "The heading “{seen}” in line {line_number}, column {column_number} is wrong; expected {expected_en}.",
        ),
        FileReason.COLUMN_SHIFTED: Wording(
            "“{heading}”列大多不是该列应有的内容(第 {line_number} 行为“{seen}”)，列可能被移动；请重新导出，勿改动列。",
            "Column “{heading}” mostly holds something else than its heading says (line {line_number}: “{seen}”);"
            " columns were moved: export the file again and leave them as they are.",
        ),
        FileReason.DIRECTION_MISSING: Wording(
            "宽表须注明是上班(in)还是下班(out)时间。",
            "A wide file must come with the word whether it holds the times in or the times out.",
        ),
    }
)


def file_words(refused: FileRefused) -> Wording:
    """Why a file of punches is not read, in zh and en."""
    words = FILE_WORDING[refused.reason]
    return Wording(words.zh.format_map(refused.variables), words.en.format_map(refused.variables))


@dataclass(frozen=True, slots=True)
class LineRefusal:
    """One line that is not taken. `line_number` counts from 1; `column` is a field's name or a heading."""

    line_number: int
    column: str
    reason: PunchReason
    seen: str

    @classmethod
    def of(cls, line_number: int, column: str, reason: PunchReason, *, seen: str) -> "LineRefusal":
        """Refuse a line; of what was seen no more is kept than is shown."""
        trimmed = seen.strip()
        cut = trimmed if len(trimmed) <= SEEN_CHARACTERS else trimmed[:SEEN_CHARACTERS] + "…"
        return cls(line_number, column, reason, cut)

    @property
    def zh(self) -> str:
        return PUNCH_WORDING[self.reason].zh.format(seen=self.seen)

    @property
    def en(self) -> str:
        return PUNCH_WORDING[self.reason].en.format(seen=self.seen)


class LocalTime(NamedTuple):
    """What a clock wrote: seconds from 1970-01-01 00:00 of that clock, and its offset if it sent one."""

    local_second: int
    sent_offset_minutes: int | None


class Located(NamedTuple):
    """The instant of a punch in seconds since the epoch (UTC), and the offset that was in force there."""

    instant_second: int
    utc_offset_minutes: int


@dataclass(frozen=True, slots=True)
class Punch:
    """One punch, never changed once taken: who, when, and everything else just as the clock sent it."""

    person_number: str
    located: Located
    zone: str
    local_text: str
    direction: str
    status: str
    verify: str
    device: str


LOCAL_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?"
    r"(?: ?(Z|[+-][0-9]{2}:?[0-9]{2}))?"
)
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
OLDEST_LOCAL_SECOND = (date(2000, 1, 1).toordinal() - EPOCH_ORDINAL) * SECONDS_PER_DAY


def read_local_time(text: str) -> LocalTime | PunchReason:
    """Read `YYYY-MM-DD HH:MM[:SS]`, with or without an offset (`Z`, `+08:00`, `+0800`)."""
    match = LOCAL_TIME.fullmatch(text)
    if match is None:
        return PunchReason.LINE_MALFORMED
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    day_second = second_of_day(year, month, day)
    if day_second is None or hour > 23 or minute > 59 or second > 59:
        return PunchReason.DATE_IMPOSSIBLE
    offset_minutes = read_offset(match[7])
    if isinstance(offset_minutes, PunchReason):
        return offset_minutes
    return LocalTime(day_second + hour * 3600 + minute * 60 + second, offset_minutes)


def second_of_day(year: int, month: int, day: int) -> int | None:
    """Give the local second at which a day starts; None where the calendar has no such day."""
    try:
        return (date(year, month, day).toordinal() - EPOCH_ORDINAL) * SECONDS_PER_DAY
    except ValueError:
        return None


def read_offset(text: str | None) -> "int | PunchReason | None":
    """Read an offset from UTC in minutes; further than any zone on earth is malformed."""
    if text is None or text == "Z":
        return None if text is None else 0
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset_minutes = (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)
    fits = minutes <= 59 and abs(offset_minutes) <= WIDEST_OFFSET_MINUTES
    return offset_minutes if fits else PunchReason.LINE_MALFORMED


def localise(
    local_second: int, zone: ZoneInfo, *, received_second: int, sent_offset_minutes: int | None = None
) -> Located | PunchReason:
    """Find the instant a local reading means.

    An hour that a clock change repeats is read as its first pass; one that it skips does not exist. An offset
    that was sent with the reading decides instead of the zone. `received_second` counts from the epoch (UTC).
    """
    latest_second = received_second + FUTURE_TOLERANCE_SECONDS
    if local_second < OLDEST_LOCAL_SECOND:
        return PunchReason.TOO_OLD
    if local_second > latest_second + WIDEST_OFFSET_MINUTES * 60:
        return PunchReason.IN_FUTURE
    offset_minutes = sent_offset_minutes
    if offset_minutes is None:
        offset_minutes = offset_in_force(local_second, zone)
    if offset_minutes is None:
        return PunchReason.TIME_SKIPPED
    located = Located(local_second - offset_minutes * 60, offset_minutes)
    return located if located.instant_second <= latest_second else PunchReason.IN_FUTURE


def offset_in_force(local_second: int, zone: ZoneInfo) -> int | None:
    """Give the zone's offset in minutes at a local reading; None where a clock change skips the reading."""
    offset_seconds = _offset_seconds(datetime.fromtimestamp(local_second, UTC).replace(tzinfo=zone, fold=0))
    instant = datetime.fromtimestamp(local_second - offset_seconds, zone)
    return offset_seconds // 60 if _offset_seconds(instant) == offset_seconds else None


def steady_offset_minutes(day_start_second: int, zone: ZoneInfo) -> int | None:
    """Give the one offset of a whole local day; None where a clock change touches the day."""
    first = offset_in_force(day_start_second, zone)
    last = offset_in_force(day_start_second + SECONDS_PER_DAY, zone)
    return first if first == last else None


def _offset_seconds(moment: datetime) -> int:
    offset = moment.utcoffset()
    return 0 if offset is None else offset.days * SECONDS_PER_DAY + offset.seconds
