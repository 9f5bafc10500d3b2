"""Whatever is said of an organisation, for whatever dates and in whatever order: "as of" equals a replay (ORG-1..4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.builders.organisation import Changes
from tests.builders.people import PeopleService, people_service, reason
from tests.builders.replay import DAYS, RefusedError, Replay, UnitDays, on
from tests.databases import Databases

FIRST = date(2026, 3, 1)
UNITS, PEOPLE = range(1, 4), range(3)
day, unit, person = st.sampled_from(DAYS), st.sampled_from(UNITS), st.sampled_from(PEOPLE)
parent = st.sampled_from(range(4))
wishes = st.one_of(
    st.tuples(st.just("rename"), unit, st.integers(0, 2), day),
    st.tuples(st.just("move"), unit, parent, day),
    st.tuples(st.just("appoint"), person, parent, day),
    st.tuples(st.just("leave"), person, day),
    st.tuples(st.just("rehire"), person, parent, day),
    st.tuples(st.just("take_back"), person, day),
    st.tuples(st.just("head"), parent, person, day),
    st.tuples(st.just("vacate"), parent, day),
)
births = st.tuples(*[st.integers(0, 4)] * len(UNITS))
numbers = count()


def text_of(day_number: int) -> str:
    return (FIRST + timedelta(days=day_number)).isoformat()


@pytest.fixture(scope="module")
def people(postgres: Databases) -> Iterator[PeopleService]:
    with people_service(postgres) as service:
        service.site()
        yield service


@dataclass
class World:
    """The same organisation in the service and as a replay; wishes go to both."""

    service: PeopleService
    site: str
    names: list[str]
    staff: list[str]
    replay: Replay

    def wish(self, kind: str, one: int, *more: int) -> None:
        """A wish that both must take, or refuse for the same reason."""
        outcomes = ["", ""]
        try:
            getattr(self.replay, kind)(one, *more)
        except RefusedError as error:
            outcomes[0] = str(error)
        try:
            getattr(self, kind)(one, *more)
        except grpc.RpcError as error:
            outcomes[1] = reason(error)
        assert outcomes[0] == outcomes[1], (kind, one, more)

    def rename(self, one: int, title: int, since: int) -> None:
        Changes(self.service).rename(self.names[one], f"T{title}", text_of(since))

    def move(self, one: int, to: int, since: int) -> None:
        Changes(self.service).move(self.names[one], self.names[to], text_of(since))

    def appoint(self, one: int, to: int, since: int) -> None:
        Changes(self.service).appoint(self.staff[one], self.names[to], self.site, text_of(since))

    def leave(self, one: int, last: int) -> None:
        Changes(self.service).leave(self.staff[one], text_of(last))

    def rehire(self, one: int, to: int, since: int) -> None:
        Changes(self.service).rehire(self.staff[one], self.names[to], self.site, text_of(since))

    def take_back(self, one: int, since: int) -> None:
        Changes(self.service).take_back_appointment(self.staff[one], text_of(since))

    def head(self, one: int, who: int, since: int) -> None:
        Changes(self.service).head(self.names[one], self.staff[who], text_of(since))

    def vacate(self, one: int, last: int) -> None:
        Changes(self.service).end_head(self.names[one], text_of(last))

    def told(self, number: int) -> tuple[dict[str, Any], dict[str, str]]:
        """Units and people as the service shows them as of a day."""
        ask, shown = self.service.everything, text_of(number)
        units = self.service.organisation.ListUnits(
            org.ListUnitsRequest(as_of_date=shown, page_size=1000), metadata=ask
        )
        listed = staff.ListPeopleRequest(as_of_date=shown, unit=self.names[0])
        there = self.service.staff.ListPeople(listed, metadata=ask).people
        mine = {one.name: (one.title.en, one.parent, one.head) for one in units.units if one.name in self.names}
        return mine, {one.name: one.appointment.unit for one in there}

    def replayed(self, number: int) -> tuple[dict[str, Any], dict[str, str]]:
        """The same from the replay."""
        units = {
            self.names[one]: (
                f"T{days.title[number]}",
                self.names[days.parent[number]] if days.parent[number] >= 0 else "",
                self._name(on(self.replay.heads.get(one, {}), number)),
            )
            for one, days in self.replay.units.items()
            if number in days.title
        }
        held = {one: on(said, number) for one, said in self.replay.people.items()}
        return units, {self.staff[one]: self.names[at] for one, at in held.items() if at is not None}

    def _name(self, one: int | None) -> str:
        return "" if one is None else self.staff[one]


def world(people: PeopleService, born: tuple[int, ...]) -> World:
    """A company, units below it from different days on, and people who work in the company from the first day on."""
    mark = f"{next(numbers)}-"
    site = people.organisation.ListSites(org.ListSitesRequest(), metadata=people.everything).sites[0].name
    names = [people.unit(f"{mark}0", since=text_of(0)).name]
    names += [
        people.unit(f"{mark}{one}", names[0], since=text_of(since)).name for one, since in zip(UNITS, born, strict=True)
    ]
    hired = [people.person(f"{mark}{one}", names[0], site, since=text_of(0)).name for one in PEOPLE]
    replay = Replay(people={one: {0: 0} for one in PEOPLE})
    replay.units[0] = UnitDays(dict.fromkeys(DAYS, 0), dict.fromkeys(DAYS, -1))
    for one, since in zip(UNITS, born, strict=True):
        replay.units[one] = UnitDays(dict.fromkeys(DAYS[since:], 0), dict.fromkeys(DAYS[since:], 0))
    made = World(people, site, names, hired, replay)
    for one in range(4):
        made.rename(one, 0, 0 if one == 0 else born[one - 1])
    return made


@pytest.mark.clause("ORG-1", "ORG-3", "ORG-4")
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example((0, 0, 0), [("move", 1, 2, 6), ("rename", 1, 1, 3), ("rename", 1, 2, 8), ("move", 2, 1, 4)])
@example((2, 0, 4), [("rename", 1, 1, 0), ("move", 3, 1, 6), ("rename", 1, 2, 5), ("move", 1, 3, 2)])
@example(
    (0, 0, 0),
    [
        ("appoint", 0, 1, 6),
        ("appoint", 0, 2, 3),
        ("head", 1, 0, 2),
        ("leave", 0, 4),
        ("vacate", 1, 3),
        ("leave", 0, 4),
        ("rehire", 0, 3, 8),
        ("take_back", 0, 5),
    ],
)
@given(births, st.lists(wishes, min_size=8, max_size=18))
def test_the_organisation_as_of_any_day_equals_a_replay_of_what_was_said(
    people: PeopleService, born: tuple[int, ...], said: list[tuple[Any, ...]]
) -> None:
    made = world(people, born)
    for kind, *more in said:
        made.wish(kind, *more)
    for number in DAYS:
        assert made.told(number) == made.replayed(number), text_of(number)
