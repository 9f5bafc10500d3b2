"""What the demonstration company tells its people, and the clause that it worded itself (PLN-2)."""

from dataclasses import dataclass

from bylaw.people.v1 import (
    notices_pb2,
    notices_pb2_grpc,
    rulebook_pb2,
    rulebook_pb2_grpc,
)
from bylaw.types.v1.localized_text_pb2 import LocalizedText

from bylaw_cli.demonstration.asking import Asking

DIRECTOR, HR = "1014", "1002"
REWORDED = "PLN-2"
WORDING = LocalizedText(
    zh="上级的要求与决定由办公室以通知形式传达，接收人应在两个工作日内阅读；办公室记录每位接收人的阅读情况。",
    en="Requirements and decisions from above are passed on by the office as notices, to be read within two working"
    " days; it is recorded that each person addressed has read them.",
)
WHY = "部门例会决议 / resolved by the department's meeting"
"""Why the company worded the clause so."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice: by whom, to which unit and all below it, what, and who has read it."""

    by: str
    unit: str
    title: LocalizedText
    body: LocalizedText
    read_by: tuple[str, ...]
    acknowledged: bool = False


NOTICES = (
    Told(
        DIRECTOR,
        "MGMT",
        LocalizedText(zh="年货节筹备会", en="Preparing the New Year sale"),
        LocalizedText(
            zh="下周一 10:00 在二楼会议室召开年货节筹备会，各组带上备货与排班计划。",
            en="On Monday at 10:00 we meet on the second floor; each unit brings its plan of stock and shifts.",
        ),
        ("1016", "1020", "1022", "1004"),
    ),
    Told(
        HR,
        "MGMT",
        LocalizedText(zh="请核对本月考勤", en="Please check this month's attendance"),
        LocalizedText(
            zh="请于月底前核对本人考勤，缺卡请写明原因交办公室。",
            en="Check your own sheet before the end of the month; tell the office the reason for a missing card.",
        ),
        ("1016", "1010"),
        acknowledged=True,
    ),
)


def pass_on(asking: Asking) -> None:
    """Words a clause anew, sends notices and has some of those they reach read them."""
    _reword(asking)
    for told in NOTICES:
        _tell(asking, told)


def _reword(asking: Asking) -> None:
    """A wish that changes nothing writes nothing, so that this may be said again."""
    stub = asking.stub(rulebook_pb2_grpc.RulebookStub)
    request = rulebook_pb2.ReviseClauseRequest(name=f"clauses/{REWORDED}", wording=WORDING, reason=WHY)
    asking.ask(stub.ReviseClause, request, by=DIRECTOR)


def _tell(asking: Asking, told: Told) -> None:
    stub = asking.stub(notices_pb2_grpc.NoticesStub)
    sent = notices_pb2.ListNoticesRequest(filter=notices_pb2.NOTICE_FILTER_SENT)
    known = {found.title.zh: found for found in asking.ask(stub.ListNotices, sent, by=told.by).notices}
    notice = known.get(told.title.zh)
    if notice is None:
        to = notices_pb2.NoticeAddressees(unit=asking.units[told.unit], with_subtree=True)
        wish = notices_pb2.Notice(title=told.title, body=told.body, to=to, needs_acknowledgement=told.acknowledged)
        notice = asking.ask(stub.SendNotice, notices_pb2.SendNoticeRequest(notice=wish), by=told.by)
    for number in told.read_by:
        if told.acknowledged:
            asking.ask(stub.AcknowledgeNotice, notices_pb2.AcknowledgeNoticeRequest(name=notice.name), by=number)
        else:
            asking.ask(stub.MarkNoticeRead, notices_pb2.MarkNoticeReadRequest(name=notice.name), by=number)
