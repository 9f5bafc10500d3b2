"""What a file of sites comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import new_id

from bylaw_people.rules.importing.lines import Faults, Line
from bylaw_people.rules.organisation import SiteRecord, SiteVersion, Wording
from bylaw_people.rules.versions import Dated

Check = Callable[[SiteVersion], None]
"""Refuses a site whose zone or calendar nobody knows."""


@dataclass(frozen=True, slots=True)
class SitesPlan:
    """New sites, and how many lines were on record."""

    new: tuple[SiteRecord, ...]
    repeated: int


def plan_sites(lines: Sequence[Line], known: Sequence[SiteRecord], check: Check, *, day: date) -> SitesPlan:
    """Refuses IMPORT_REFUSED, also with what `check` refuses of a site.

    A site on record cannot be changed by a file; a new one is there since ever.
    """
    faults, seen, by_code = Faults(), dict[str, Line](), {site.code: site for site in known}
    new: list[SiteRecord] = []
    for line in lines:
        if not faults.check_line(line, "code") or faults.repeats(line, seen, "code"):
            continue
        title = line.title if line.title.zh else Wording(line["code"], line["code"])
        site = SiteVersion(title, line["time_zone"], line["calendar"] or "NONE")
        present = by_code.get(line["code"])
        if present is None:
            _check(faults, line, site, check)
            new.append(Dated(new_id(), line["code"], revision=1, versions=(site,)))
        elif not _says_the_same(present, site, day):
            differs(faults, line)
    faults.require_none()
    return SitesPlan(tuple(new), len(lines) - len(new))


def _says_the_same(present: SiteRecord, site: SiteVersion, day: date) -> bool:
    holds = present.as_of(day)
    return holds is not None and replace(site, effective_date=holds.effective_date) == holds


def differs(faults: Faults, line: Line) -> None:
    """What is on record under a code and cannot be changed by a file says something else."""
    faults.add(
        line,
        "code",
        "RECORD_DIFFERS",
        zh="该代码已有不同内容的记录，不能通过导入修改",
        en="is on record with other contents, which a file cannot change",
    )


def _check(faults: Faults, line: Line, site: SiteVersion, check: Check) -> None:
    try:
        check(site)
    except Refusal as refusal:
        column = "time_zone" if refusal.reason == "TIME_ZONE_UNKNOWN" else "calendar"
        faults.add_refusal(line, column, refusal)
