"""What attendance asks of where somebody works."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from bylaw_chassis.organisation.facts import Stay


def stay_near(stays: Iterable[Stay], day: date) -> Stay | None:
    """The appointment of a day; on a day without one the last before it, else the first after it.

    A punch of somebody who is not employed on that day is still a fact, read in the zone they last worked in.
    """
    in_order = sorted(stays, key=lambda stay: stay.first_day)
    before = [stay for stay in in_order if stay.first_day <= day]
    return before[-1] if before else next(iter(in_order), None)


def stays_by_person(stays: Iterable[Stay]) -> dict[UUID, list[Stay]]:
    """Appointments of many people, each person's in their order."""
    grouped: dict[UUID, list[Stay]] = {}
    for stay in stays:
        grouped.setdefault(stay.person, []).append(stay)
    return grouped
