"""An organisation replayed day by day from what was said of it: no versions, no intervals, only days painted over."""

from dataclasses import dataclass, field

DAYS = range(12)
Field = dict[int, int]
"""Which value holds on which day."""


def next_change(days: Field, day: int) -> int:
    """The first later day on which the value is another than the day before."""
    return next((later for later in DAYS if later > day and days.get(later) != days.get(later - 1)), len(DAYS))


@dataclass
class UnitDays:
    """A unit: its title and its parent on each day."""

    title: Field = field(default_factory=dict)
    parent: Field = field(default_factory=dict)

    def change(self, name: str, value: int, day: int) -> "UnitDays":
        """One of the two is another from a day on, until the next change of it; the unit then exists from that day."""
        first = min(self.title)
        early = {before: first for before in DAYS if day <= before < first}
        painted = {
            one: {**{before: days[at] for before, at in early.items()}, **days}
            for one, days in (("title", self.title), ("parent", self.parent))
        }
        until = next_change(painted[name], day)
        painted[name] |= dict.fromkeys(range(day, until), value)
        return UnitDays(**painted)


Said = dict[int, int | None]
"""What was said to hold from which day on; nothing: nobody, or not employed."""


def on(said: Said, day: int) -> int | None:
    """What was said for the latest day that is not behind."""
    latest = max((begun for begun in said if begun <= day), default=None)
    return None if latest is None else said[latest]


def ends(said: Said, day: int) -> int | None:
    """The first day behind one from which on nothing is said to hold."""
    return next((later for later in sorted(said) if later > day and said[later] is None), None)


def following(said: Said, day: int) -> int | None:
    """The first later day on which something begins."""
    return next((later for later in sorted(said) if later > day and said[later] is not None), None)


def without(said: Said, first: int, last: int) -> Said:
    """What was said, but for some days."""
    return {day: value for day, value in said.items() if not first <= day <= last}


def without_idle_ends(said: Said) -> Said:
    """What was said, but for ends before which nothing holds: an employment that is taken back takes its end along."""
    return {day: value for day, value in said.items() if value is not None or on(said, day - 1) is not None}


class RefusedError(Exception):
    """The reason for which the service must refuse as well."""


@dataclass
class Replay:
    """A company (number 0) with units, people who work in them and heads; a wish that cannot be raises Refused."""

    units: dict[int, UnitDays] = field(default_factory=dict)
    people: dict[int, Said] = field(default_factory=dict)
    heads: dict[int, Said] = field(default_factory=dict)

    def rename(self, unit: int, title: int, day: int) -> None:
        """Another title of a unit from a day on."""
        self._take(unit, self.units[unit].change("title", title, day))

    def move(self, unit: int, parent: int, day: int) -> None:
        """Another parent of a unit from a day on."""
        changed = self.units[unit].change("parent", parent, day)
        if changed != self.units[unit] and day not in self.units[parent].title:
            raise RefusedError("UNIT_NOT_FOUND")
        self._take(unit, changed)

    def appoint(self, person: int, unit: int, day: int) -> None:
        """Another unit for a person from a day on, until the next one said."""
        said = self.people[person]
        if on(said, day) is None:
            raise RefusedError("PERSON_NOT_EMPLOYED")
        if on(said, day) != unit:
            self._require_unit(unit, day)
            self.people[person] = {**said, day: unit}

    def leave(self, person: int, last: int) -> None:
        """The end of an employment; what was said of it for later days falls away."""
        said = self.people[person]
        if on(said, last) is None:
            raise RefusedError("PERSON_NOT_EMPLOYED")
        end = ends(said, last)
        self._employ(person, {**without(said, last + 1, len(DAYS) if end is None else end), last + 1: None})

    def rehire(self, person: int, unit: int, day: int) -> None:
        """Another employment, until the next one said."""
        if on(self.people[person], day) is not None:
            raise RefusedError("PERSON_EMPLOYED")
        self._require_unit(unit, day)
        self.people[person] = {**self.people[person], day: unit}

    def take_back(self, person: int, day: int) -> None:
        """What begins on a day is as if it had never been said."""
        said = self.people[person]
        if day not in said:
            raise RefusedError("CHANGE_NOT_FOUND")
        if said[day] is not None and sum(value is not None for value in said.values()) == 1:
            raise RefusedError("FIRST_CHANGE_STAYS")
        self._employ(person, without_idle_ends({begun: value for begun, value in said.items() if begun != day}))

    def head(self, unit: int, person: int, day: int) -> None:
        """A head from a day on, until the next head said or the end of the employment."""
        if day not in self.units[unit].title:
            raise RefusedError("UNIT_NOT_FOUND")
        if on(self.people[person], day) is None:
            raise RefusedError("PERSON_NOT_EMPLOYED")
        said, end = self.heads.get(unit, {}), ends(self.people[person], day)
        until = following(said, day)
        last = min(stop for stop in (until, end, len(DAYS) + 1) if stop is not None)
        following_said = min((begun for begun in said if begun > day), default=len(DAYS) + 1)
        if on(said, day) == person and following_said == last:
            return
        kept = without(said, day, (until or len(DAYS) + 1) - 1)
        self.heads[unit] = {**kept, day: person, **({} if last in (until, len(DAYS) + 1) else {last: None})}

    def vacate(self, unit: int, last: int) -> None:
        """The end of a headship."""
        said = self.heads.get(unit, {})
        if on(said, last) is None:
            raise RefusedError("UNIT_HAS_NO_HEAD")
        if on(said, last + 1) is not None and last + 1 not in said:
            self.heads[unit] = {**said, last + 1: None}

    def _take(self, unit: int, changed: UnitDays) -> None:
        for day, parent in changed.parent.items():
            if parent >= 0 and day not in self.units[parent].title:
                raise RefusedError("UNIT_CLOSED")
        for day in changed.parent:
            seen, at = set[int](), unit
            while at > 0 and at not in seen:
                seen.add(at)
                at = changed.parent[day] if at == unit else self.units[at].parent.get(day, 0)
                if at == unit:
                    raise RefusedError("UNIT_CYCLE")
        self.units[unit] = changed

    def _require_unit(self, unit: int, day: int) -> None:
        if day not in self.units[unit].title:
            raise RefusedError("UNIT_NOT_FOUND")

    def _employ(self, person: int, said: Said) -> None:
        for held in self.heads.values():
            for day in range(len(DAYS) + 2):
                if on(held, day) == person and on(said, day) is None:
                    raise RefusedError("PERSON_HEADS_UNIT")
        self.people[person] = said
