"""How attendance says no to what months being handed over and closed stand against (SHT-1, SHT-2, SHT-3)."""

from collections.abc import Sequence
from datetime import date, datetime

from bylaw_chassis.refusals import Code, Refusal

from bylaw_attendance.rules.clocks.awaited_clock import AwaitedClock, told_en, told_zh

MOST_NAMED = 10


class MonthClosed(Refusal):
    """What is asked for would change a closed month."""

    code = Code.FAILED_PRECONDITION
    reason = "MONTH_CLOSED"
    clause = "SHT-3"
    zh = (
        "{person} 的 {month} 已于 {since} 结账，其中不能再直接改动。如确有错误，请由人力资源作留痕更正："
        "写明何人、何事、何故，差额计入未结账的月份。"
    )
    en = (
        "{month} of {person} was closed on {since}, and nothing in it is changed any more. If something is wrong, ask"
        " human resources for a recorded correction: it says who, what and why, and counts in a month that is open."
    )

    def __init__(self, *, person: str, month: date, since: datetime) -> None:
        super().__init__(person=person, month=f"{month:%Y-%m}", since=f"{since:%Y-%m-%d}")


class MonthNotOver(Refusal):
    """The month goes on."""

    code = Code.FAILED_PRECONDITION
    reason = "MONTH_NOT_OVER"
    clause = "SHT-1"
    zh = "{month} 尚未结束；请在次月再审核、移交或提出异议。"
    en = "{month} is not over; review it, hand it over or object to it in the month after."

    def __init__(self, *, month: date) -> None:
        super().__init__(month=f"{month:%Y-%m}")


class MonthEmpty(Refusal):
    """Nobody's month belongs to the unit."""

    code = Code.FAILED_PRECONDITION
    reason = "MONTH_EMPTY"
    clause = "SHT-1"
    zh = "该单位在 {month} 没有人员，无需移交或结账。"
    en = "Nobody's {month} belongs to the unit: there is nothing to hand over or to close."

    def __init__(self, *, month: date) -> None:
        super().__init__(month=f"{month:%Y-%m}")


class _OfPeople(Refusal):
    """A refusal that names people by employee number, some of them where there are many."""

    code = Code.FAILED_PRECONDITION

    def __init__(self, people: Sequence[str]) -> None:
        shown, more = people[:MOST_NAMED], len(people) - MOST_NAMED
        super().__init__(
            people=", ".join(shown),
            people_zh="、".join(shown) + (f"等 {len(people)} 人" if more > 0 else ""),
            people_en=", ".join(shown) + (f" and {more} more" if more > 0 else ""),
        )


class SheetsUnfinished(_OfPeople):
    """Sheets that cannot be judged, or are not decided yet."""

    reason = "SHEETS_UNFINISHED"
    clause = "SHT-1"
    zh = (
        "以下人员的考勤表还不能定稿：{people_zh}。有卡点待定（须等该地点每台考勤机上报，或停用不再使用的考勤机），"
        "或无法核算（请看考勤表上的原因）。"
    )
    en = (
        "These sheets are not final yet: {people_en}. Cards wait to be decided (until every clock of the site has"
        " reported, or one that is out of use is retired), or the sheet cannot be judged and says why."
    )

    def __init__(self, people: Sequence[str], clocks: Sequence[AwaitedClock] = ()) -> None:
        super().__init__(people)
        self.message_zh += told_zh(clocks)
        self.message_en += told_en(clocks)


class SheetsNotReviewed(_OfPeople):
    """Sheets that nobody has looked at as they are now."""

    reason = "SHEETS_NOT_REVIEWED"
    clause = "SHT-1"
    zh = "以下人员的考勤表尚未审核，或审核之后又有变化：{people_zh}。请先审核。"
    en = "These sheets were not reviewed, or have changed since: {people_en}. Review them first."


class SheetsChanged(_OfPeople):
    """Sheets that are judged from something else by now."""

    code = Code.ABORTED
    reason = "SHEETS_CHANGED"
    zh = "以下人员的考勤表在您查看之后已有变化：{people_zh}。请重新查看后再处理。"
    en = "These sheets changed after you looked at them: {people_en}. Look again, then act."


class SheetNotOfUnit(_OfPeople):
    """People whose month belongs to another unit, or to none."""

    reason = "SHEET_NOT_OF_UNIT"
    clause = "SHT-1"
    zh = "以下人员的月份不属于该单位：{people_zh}。月份归属于其月末所在的单位。"
    en = "The month of these does not belong to the unit: {people_en}. It belongs where somebody works at its end."


class SheetOwn(Refusal):
    """Nobody reviews or corrects their own sheet, in whatever post."""

    code = Code.PERMISSION_DENIED
    reason = "SHEET_OWN"
    clause = "ORG-3"
    zh = "不能审核或更正自己的考勤表；请由上级负责人或人力资源处理。"
    en = "Nobody reviews or corrects their own sheet; the next head up or human resources has to."


class MonthHandedOver(Refusal):
    """It was handed over before."""

    code = Code.FAILED_PRECONDITION
    reason = "MONTH_HANDED_OVER"
    clause = "SHT-1"
    zh = "{month} 已于 {since} 移交人力资源。"
    en = "{month} was handed over on {since} already."

    def __init__(self, *, month: date, since: datetime) -> None:
        super().__init__(month=f"{month:%Y-%m}", since=f"{since:%Y-%m-%d}")


class MonthNotHandedOver(Refusal):
    """The unit has not handed it over."""

    code = Code.FAILED_PRECONDITION
    reason = "MONTH_NOT_HANDED_OVER"
    clause = "SHT-1"
    zh = "该单位尚未移交 {month}；请由其负责人审核后移交。"
    en = "The unit has not handed {month} over; its head has to review it and hand it over first."

    def __init__(self, *, month: date) -> None:
        super().__init__(month=f"{month:%Y-%m}")


class MonthNotClosed(Refusal):
    """There is nothing closed to correct."""

    code = Code.FAILED_PRECONDITION
    reason = "MONTH_NOT_CLOSED"
    clause = "SHT-3"
    zh = "{month} 尚未结账，请直接更正（补卡、请假、排班等），无需留痕更正。"
    en = "{month} is not closed: correct what it is judged from (punches, leave, rota), which needs no such record."

    def __init__(self, *, month: date) -> None:
        super().__init__(month=f"{month:%Y-%m}")


class MonthOutOfOrder(Refusal):
    """Another month has to be closed before, or was closed after it."""

    code = Code.FAILED_PRECONDITION
    reason = "MONTH_OUT_OF_ORDER"
    clause = "SHT-3"
    zh = "该单位的月份须按顺序结账：{month} {why_zh}。"
    en = "The unit's months are closed in order: {month} {why_en}."

    def __init__(self, *, month: date, other: date, closed: bool) -> None:
        told = f"{other:%Y-%m}"
        super().__init__(
            month=f"{month:%Y-%m}",
            other=told,
            why_zh=f"早于已结账的 {told}" if closed else f"之前的 {told} 尚未结账，请先结 {told}",
            why_en=f"is before {told}, which is closed"
            if closed
            else f"waits for {told}, which is open; close it first",
        )


class ObjectionsDue(Refusal):
    """Its people may still object."""

    code = Code.FAILED_PRECONDITION
    reason = "OBJECTIONS_DUE"
    clause = "SHT-2"
    zh = "{month} 的书面异议期到 {until} 止，期满后才能结账。"
    en = "Objections to {month} may be made until {until}; it is closed after that."

    def __init__(self, *, month: date, until: date) -> None:
        super().__init__(month=f"{month:%Y-%m}", until=until)


class ObjectionsWait(_OfPeople):
    """Objections without an answer."""

    reason = "OBJECTIONS_WAIT"
    clause = "SHT-2"
    zh = "以下人员的书面异议尚未答复：{people_zh}。请先答复。"
    en = "Objections of these wait for an answer: {people_en}. Answer them first."


class SheetCorrected(Refusal):
    """Somebody corrected the closed sheet after the caller looked at it."""

    code = Code.ABORTED
    reason = "SHEET_CORRECTED"
    zh = "该考勤表在您查看之后已有更正，现为第 {version} 版；请重新查看后再处理。"
    en = "The sheet was corrected after you looked at it and is at version {version}; look again, then act."


class NothingToCorrect(Refusal):
    """The closed sheet comes to the same."""

    code = Code.FAILED_PRECONDITION
    reason = "NOTHING_TO_CORRECT"
    clause = "SHT-3"
    zh = "没有可更正的内容：打卡、日程与假期均无变化，也没有结账后补传的打卡，与第 {version} 版相同。"
    en = (
        "Nothing is to be corrected: punches, days and leave are the same, and no punch came late; it comes to the same"
        " as version {version}."
    )


class PunchOfNextMonth(Refusal):
    """It lies behind the last night of the month."""

    code = Code.FAILED_PRECONDITION
    reason = "PUNCH_OF_NEXT_MONTH"
    clause = "SHT-3"
    zh = (
        "{punch} 已过 {month} 最后一个班次的打卡时段，属于 {next} 的考勤：未结账则请本人补卡，已结账则更正 {next}。"
        "跨月夜班的签退在班次时段之内即可写在 {month} 的更正里。"
    )
    en = (
        "{punch} lies behind the last shift of {month} and is of {next}: if that is open the person asks for the missed"
        " punch, and if it is closed correct {next}. What ends a night that began in {month} is put right with {month}."
    )

    def __init__(self, *, punch: str, month: date, following: date) -> None:
        super().__init__(punch=punch, month=f"{month:%Y-%m}", next=f"{following:%Y-%m}")


class PunchNotFound(Refusal):
    """No such punch of the person's that counts, near the month."""

    code = Code.NOT_FOUND
    reason = "PUNCH_NOT_FOUND"
    clause = "SHT-3"
    zh = "没有找到该打卡（{punch}），或它不属于此人此月，或已被剔除；请从打卡列表中选择。"
    en = (
        "There is no such punch ({punch}) of this person and month, or it was struck already; choose one from the list"
        " of punches."
    )
