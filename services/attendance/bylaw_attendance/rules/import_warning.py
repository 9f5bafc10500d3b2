"""What is probably wrong with an import as a whole: most of its people belong to another site than was said (ATT-1)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from bylaw_chassis.organisation.facts import SiteFacts

from bylaw_attendance.rules.imports import RefusedLine

OTHER_SITE = "PUNCH_IMPORT_OTHER_SITE"
_ZH = (
    "文件中 {count} 人有 {others} 人不属于所选地点 {said}，其中 {most} 人属于 {site}。打卡时间已按 {said} 的时区读取，"
    "{said} 从此等待该文件中的考勤机。若选错了地点，请撤销本次导入，再以正确的地点导入。"
)
_EN = (
    "{others} of the {count} people in the file do not belong to the site that was said, {said}; {most} of them belong"
    " to {site}. The times were read in the zone of {said}, which waits for the clocks of this file from now on. If the"
    " site is wrong, take the import back and hand the file in again with the right one."
)


def other_site(said: UUID, homes: Iterable[UUID | None], sites: Mapping[UUID, SiteFacts]) -> RefusedLine | None:
    """The warning where more than half of the people, each by the site they work at, belong elsewhere; else nothing."""
    counted = Counter(home for home in homes if home and home in sites)
    count, others = counted.total(), counted.total() - counted[said]
    if 2 * others <= count:
        return None
    site, most = max(((site, number) for site, number in counted.items() if site != said), key=lambda one: one[1])
    told = {"count": count, "others": others, "most": most, "said": sites[said].code, "site": sites[site].code}
    return RefusedLine(0, "site", OTHER_SITE, _ZH.format(**told), _EN.format(**told))
