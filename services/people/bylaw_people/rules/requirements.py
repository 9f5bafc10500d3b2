"""What a position asks of people, and what somebody who is appointed to it lacks (POS-2)."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bylaw_people.rules.dated_refusals import PositionRequirementsNotMet


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill, or with an empty one experience at work as such, and so many months of experience in it."""

    skill: str = ""
    experience_months: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Qualification:
    """A skill that somebody has, or with an empty one experience at work as such; since ever without a date."""

    skill: str
    experience_months: int = 0
    evidence: str = ""
    since: date | None = None


def normal_skill(text: str) -> str:
    """A skill as it is compared: compatibility forms, letter case and blanks around it do not matter."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def lacking(asked: Iterable[Requirement], has: Iterable[Qualification], day: date) -> list[Requirement]:
    """What is needed on a day and not there; what is optional is never lacking (POS-2)."""
    months: dict[str, int] = {}
    for one in has:
        if one.since is None or one.since <= day:
            skill = normal_skill(one.skill)
            months[skill] = max(one.experience_months, months.get(skill, 0))
    return [
        need
        for need in asked
        if not need.optional and months.get(normal_skill(need.skill), -1) < need.experience_months
    ]


def require_met(position_code: str, missing: Sequence[Requirement], reason: str, *, field: str) -> None:
    """Refuses POSITION_REQUIREMENTS_NOT_MET where anything is lacking and no head's reason is written down (POS-2)."""
    if missing and not reason.strip():
        words = [_words(need) for need in missing]
        raise PositionRequirementsNotMet(position_code=position_code, missing=words, field=field)


def _words(need: Requirement) -> tuple[str, str]:
    """What is asked for, in both languages."""
    months = need.experience_months
    if not need.skill:
        return f"工作经验 {months} 个月", f"{months} months of experience"
    if not months:
        return f"技能 {need.skill}", f"the skill {need.skill}"
    return f"{need.skill} 经验 {months} 个月", f"{months} months of {need.skill}"
