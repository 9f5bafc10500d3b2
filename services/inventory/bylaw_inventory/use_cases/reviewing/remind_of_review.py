"""Has the operations director and the shop managers told, once, that a channel is due for its review (GDS-3)."""

from dataclasses import dataclass
from datetime import date

from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.notice_wish import OPERATIONS_DIRECTOR, SHOP_MANAGER, NoticeWish, said
from bylaw_chassis.notices import have_told

from bylaw_inventory.ports.goods import ReviewStore
from bylaw_inventory.rules.reviewing.review import is_due

TITLE = ("商品评审到期：{channel}", "A review is due: {channel}")
BODY = (
    "渠道 {channel} 应于 {due} 前评审在架商品（GDS-3）：淘汰滞销，推出新品。请打开一次评审并给出结论。",
    (
        "What {channel} offers was to be reviewed by {due} (GDS-3): slow sellers off, new ones on. Open a review and"
        " record its outcomes."
    ),
)


@dataclass(frozen=True, slots=True)
class RemindOfReview:
    """The timer `remind-of-review`; a channel is due so many days behind its last review, or its first listing."""

    database: Database
    reviews: ReviewStore
    interval_days: int

    def __call__(self, lease: Lease) -> None:  # noqa: ARG002
        """Tells of each day that was missed once, whoever else does so at the same time."""
        with self.database.work() as work:
            for channel, last in sorted(self.reviews.last_reviewed(work.connection).items()):
                due = is_due(last, work.now, self.interval_days)
                if due and self.reviews.remind(work.connection, channel, due, work.now):
                    for role in (OPERATIONS_DIRECTOR, SHOP_MANAGER):
                        have_told(work, _notice(channel, due, role))


def _notice(channel: str, due: date, role: str) -> NoticeWish:
    title, body = (said(words, channel=channel, due=due) for words in (TITLE, BODY))
    return NoticeWish((), title, body, role=role)
