"""Why somebody is asked, in words, and what notices of decisions say; no name and no personal fact is in them."""

from bylaw_people.rules.decisions.decision import State
from bylaw_people.rules.decisions.seats import Cause, Ground, Seat
from bylaw_people.rules.organisation import Wording

GROUNDS = {
    Ground.HEAD: Wording("作为单位负责人", "as head of the unit"),
    Ground.DELEGATE: Wording("作为负责人指定的代理人", "as delegate of the head"),
    Ground.DEPUTY: Wording("作为副职代行", "as deputy, in the place of the head"),
    Ground.NEXT_HEAD: Wording("作为上一级负责人代行", "as the next head up"),
    Ground.POSITION: Wording("作为该岗位任职者", "as holder of the position"),
    Ground.PERSON: Wording("作为流程指定的决定人", "as the person named by the process"),
    Ground.ROLE: Wording("作为该角色的持有人", "as holder of the role"),
    Ground.OVERDUE: Wording("作为上一级负责人，因该步骤已逾期", "as the next head up, because the step is overdue"),
}
CAUSES = {
    Cause.REQUESTER: Wording("，因原决定人即申请人", ", because the decider is whoever asked"),
    Cause.AWAY: Wording("，因原决定人不在", ", because the decider is away"),
    Cause.VACANT: Wording("，因该职务空缺", ", because nobody holds the post"),
}
OUTCOMES = {
    State.AGREED: Wording("您提出的事项已获批准。", "What you asked for has been agreed."),
    State.REFUSED: Wording("您提出的事项未获批准。", "What you asked for has been refused."),
    State.SENT_BACK: Wording(
        "您提出的事项被退回，请修改后重新提出。", "What you asked for was sent back to be changed."
    ),
}
ASKED = Wording("有事项等待您处理。", "A decision waits for you.")
DUE = Wording("等待您处理的事项已到期。", "A decision that waits for you is due.")
OVERDUE = Wording("下级逾期未处理的事项现由您处理。", "A decision that is overdue below you waits for you now.")


def reason(seat: Seat) -> Wording:
    """Why somebody is asked."""
    ground, cause = GROUNDS[seat.ground], CAUSES.get(seat.cause, Wording())
    return Wording(ground.zh + cause.zh, ground.en + cause.en)


def several(number: int) -> Wording:
    """That so many decisions wait for somebody now."""
    return Wording(f"共 {number} 项，请在待办中查看。", f"{number} of them; see your inbox.")
