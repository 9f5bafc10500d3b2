"""Sends a notice: who its addressees are is settled as of the day, and stored (PLN-2)."""

from bylaw_chassis.caller import Caller, Reach, Scope

from bylaw_people.events import notice_sent
from bylaw_people.ports import Needs, Records
from bylaw_people.rules.access.granting import Place, covers
from bylaw_people.rules.access.refusals import RoleNotFound
from bylaw_people.rules.notices.notice import Addressees, Notice, require_sound
from bylaw_people.rules.notices.refusals import NoticeBeyondReach, NoticeReachesNobody
from bylaw_people.rules.refusals import PersonNotFound
from bylaw_people.use_cases.finding import position_within, unit_existing
from bylaw_people.use_cases.notices.finding import SENDING, own_notice


def send_notice(notice: Notice, caller: Caller, needs: Needs) -> Notice:
    """Answers the notice.

    Refuses UNIT_NOT_FOUND, POSITION_NOT_FOUND, ROLE_NOT_FOUND, PERSON_NOT_FOUND, NOTICE_NOT_FOUND,
    NOTICE_BEYOND_REACH, NOTICE_REACHES_NOBODY, FIELD_INVALID.
    """
    today, reach = needs.today(), caller.reach(SENDING)
    require_sound(notice, today)
    with needs.store.work(caller) as records:
        if notice.corrects:
            own_notice(records, notice.corrects, caller)
        _require_known(records, notice.to, reach, needs=needs)
        records.notices.add([notice])
        count = records.notices.address_to(notice, reach, today)
        _require_reached(notice, count)
        records.publish(notice_sent(notice, count))
    return notice


def _require_known(records: Records, to: Addressees, reach: Reach, *, needs: Needs) -> None:
    today = needs.today()
    if to.role and not (to.role in needs.roles or records.roles.find(to.role)):
        raise RoleNotFound
    if to.position:
        position_within(records, to.position, reach, today=today)
    if to.unit:
        unit_existing(records, to.unit, reach, today=today, day=today)
        scope = Scope.SUBTREE if to.with_subtree else Scope.UNIT
        place = Place(scope, to.unit, to.unit, records.grants.units_above(to.unit, today))
        if not covers(reach, place):
            raise NoticeBeyondReach


def _require_reached(notice: Notice, count: int) -> None:
    if count < len(notice.to.people):
        raise PersonNotFound
    if not count and not notice.standing:
        raise NoticeReachesNobody
