"""What is typed to correct a closed sheet, as the contract asks for it: punches and leave by day instead of by name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bylaw_cli.directions import DIRECTIONS
from bylaw_cli.leave_kinds import HALVES, kind_code
from bylaw_cli.rest import Rest, Told
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language, Wording

Typed = Mapping[str, Any]
KINDS = {"off": "OFF", "worked": "WORKED", "ordinary": "ORDINARY"}
NO_PUNCH = Wording(
    "--punch is a day, a time, and in or out if known, such as '2026-10-27 08:21 in'.",
    "--punch 为日期、时间及可选的 in 或 out，如 '2026-10-27 08:21 in'。",
)
NO_STRIKE = Wording(
    "--strike is a day and a time, such as '2026-10-27 08:21'.", "--strike 为日期与时间，如 '2026-10-27 08:21'。"
)
NOT_THERE = Wording(
    "{count} punches of {time} are on record; those of the day: {times}.",
    "{time} 的打卡有 {count} 条；当天的有：{times}。",
)
NO_PAIR = Wording(
    "--{option} is a day and what it is, such as 2026-10-27={example}.",
    "--{option} 为日期与取值，如 2026-10-27={example}。",
)
NO_LEAVE = Wording("There is no agreed leave on {day}.", "{day} 没有已批准的假。")
NO_FIRST = Wording("--leave goes with --leave-from DAY.", "--leave 须与 --leave-from DAY 同用。")
EXAMPLES = {"hours": "13:00-17:00", "word": "rest", "kind": "off"}


class NothingTyped(Exception):  # noqa: N818 - it is an answer: what there is is asked for instead
    """Nothing was typed that is to be corrected."""


def wish_of(rest: Rest, person: str, typed: Typed, language: Language) -> dict[str, Any]:
    """Return what is asked for; refuses what cannot be read, and raises NothingTyped where there is nothing."""
    if not any(value for name, value in typed.items() if name not in {"reason", "evidence"}):
        raise NothingTyped
    return given_of(
        {
            "reason": typed["reason"],
            "punches": [_missing(text, language) for text in typed["punch"]],
            "struckPunches": [_struck(rest, person, text, language) for text in typed["strike"]],
            "days": list(_days(typed, language)),
            "leave": _leave(rest, person, typed, language),
            "leaveTakenOff": _taken_off(rest, person, typed["no_leave"], language),
        }
    )


def _missing(text: str, language: Language) -> dict[str, str]:
    day, time, way = _parts(text, 3)
    if not time or way not in {"", *DIRECTIONS}:
        raise Told(NO_PUNCH.show(language), language)
    return given_of({"localTime": f"{day} {time}", "direction": DIRECTIONS.get(way)})


def _struck(rest: Rest, person: str, text: str, language: Language) -> str:
    """Return the name of the punch of a time; refuses none, and more than one, naming those of the day."""
    day, time, more = _parts(text, 3)
    if not time or more:
        raise Told(NO_STRIKE.show(language), language)
    query = {"startDate": day, "endDate": day}
    of_day = [one for one in rest.pages(f"/v1/{person}/punches", "punches", query) if not one.get("strikeTime")]
    found = [one for one in of_day if one["localTime"].startswith(f"{day} {time}")]
    if len(found) != 1:
        times = ", ".join(one["localTime"][11:] for one in of_day) or "-"
        said = NOT_THERE.show(language).format(count=len(found), time=f"{day} {time}", times=times)
        raise Told(said, language)
    return str(found[0]["name"])


def _days(typed: Typed, language: Language) -> Iterator[dict[str, Any]]:
    """Yield each day that is put right, with all that was said of it."""
    days: dict[str, dict[str, Any]] = {}
    for name, field in (("day_off", "dayOff"), ("as_planned", "asPlanned")):
        for day in typed[name]:
            days.setdefault(day, {})[field] = True
    for name, value in _pairs(typed, language):
        day, _, what = value.partition("=")
        days.setdefault(day, {}).update(_put_right(name, what, language))
    for day, put in sorted(days.items()):
        yield {"workDate": day, **put}


def _pairs(typed: Typed, language: Language) -> Iterator[tuple[str, str]]:
    for name, example in EXAMPLES.items():
        for value in typed[name]:
            if "=" not in value:
                raise Told(NO_PAIR.show(language).format(option=name, example=example), language)
            yield name, value


def _put_right(name: str, what: str, language: Language) -> dict[str, Any]:
    if name == "hours":
        return {"hours": what.split(",")}
    if name == "word":
        return {"rotaWord": what}
    if what not in KINDS:
        raise Told(NO_PAIR.show(language).format(option=name, example="|".join(KINDS)), language)
    return {"kind": f"CORRECTED_DAY_KIND_{KINDS[what]}"}


def _leave(rest: Rest, person: str, typed: Typed, language: Language) -> dict[str, Any] | None:
    if not typed["leave"]:
        return None
    if not typed["leave_from"]:
        raise Told(NO_FIRST.show(language), language)
    start, _, end = (typed["leave_hours"] or "").partition("-")
    half = HALVES.get(typed["leave_half"] or "")
    return given_of(
        {
            "kind": kind_code(rest, person, typed["leave"], language),
            "startDate": typed["leave_from"],
            "endDate": typed["leave_to"],
            "startHalf": half,
            "endHalf": half,
            "startTime": start,
            "endTime": end,
            "evidence": typed["evidence"],
        }
    )


def _taken_off(rest: Rest, person: str, days: Sequence[str], language: Language) -> list[dict[str, Any]]:
    """Return the agreed requests that stand on these days, each with those of its days."""
    by_request: dict[str, list[str]] = {}
    for day in days:
        query = {"parent": person, "startDate": day, "endDate": day, "state": "LEAVE_REQUEST_STATE_AGREED"}
        found = list(rest.pages("/v1/leaveRequests", "leaveRequests", query))
        if not found:
            raise Told(NO_LEAVE.show(language).format(day=day), language)
        for one in found:
            by_request.setdefault(one["name"], []).append(day)
    return [{"leaveRequest": name, "dates": dates} for name, dates in by_request.items()]


def _parts(text: str, count: int) -> list[str]:
    """The words of a text, at least so many."""
    return [*text.split(None, count - 1), *[""] * count][:count]
