"""When a change of the rota comes at short notice, and what whom it concerns is told of it."""

from collections.abc import Iterable
from datetime import date

from bylaw_chassis.notice_wish import NoticeWish, said

from bylaw_attendance.rules.rota.rota import CellsByPerson, RotaCell

TITLE = ("您的排班有临时变动", "Your rota was changed at short notice")
BODY = (
    "您在 {first} 至 {last} 之间的排班刚有变动，提前不足 {days} 天。请查看当月排班；如有不便，请与负责人商议。",
    (
        "Your rota between {first} and {last} was just changed, less than {days} days ahead. Look at your rota of the"
        " month; if it does not suit you, talk to your head."
    ),
)


def short_notice(
    changed: Iterable[RotaCell], standing: CellsByPerson, *, today: date, noticed_from: date
) -> NoticeWish | None:
    """What is told of changed cells that come later than notice is given, if any do.

    A day that is past is told of only where it was published before: to put last year's rota in order tells nobody.
    """
    late = [
        cell
        for cell in changed
        if cell.work_date < noticed_from and (cell.work_date >= today or _was_there(cell, standing))
    ]
    if not late:
        return None
    days, people = [cell.work_date for cell in late], sorted({cell.person for cell in late})
    return NoticeWish(people, TITLE, said(BODY, first=min(days), last=max(days), days=(noticed_from - today).days))


def _was_there(cell: RotaCell, standing: CellsByPerson) -> bool:
    return cell.work_date in standing.get(cell.person, {})
