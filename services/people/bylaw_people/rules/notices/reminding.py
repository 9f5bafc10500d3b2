"""What is said to who has not read a notice by its date (PLN-2)."""

from bylaw_people.rules.fields import LONGEST_NAME
from bylaw_people.rules.notices.notice import Notice, NoticeText
from bylaw_people.rules.organisation import Wording


def reminder(notice: Notice) -> NoticeText:
    """The reminder: which notice, since when, and what is asked."""
    day = notice.read_by_date
    asked_zh, asked_en = ("确认", "acknowledged") if notice.needs_acknowledgement else ("阅读", "read")
    title = Wording(_cut(f"请{asked_zh}：{notice.text.title.zh}"), _cut(f"Not yet {asked_en}: {notice.text.title.en}"))
    body = Wording(
        f"通知《{notice.text.title.zh}》应于 {day} 前{asked_zh}，您尚未{asked_zh}。请打开通知办理。",
        f"The notice “{notice.text.title.en}” was to be {asked_en} by {day}, and you have not yet. Please open it.",
    )
    return NoticeText(title, body)


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1]}…"
