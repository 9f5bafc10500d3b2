"""Punches whose instants are known, on their way to the store: cut into batches, those of unknown people named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import numpy as np

from bylaw_attendance.formats.columns import Integers
from bylaw_attendance.formats.localising import LocalisedPunches
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.imports import RefusedLine
from bylaw_attendance.rules.judging.columns import PunchBatch
from bylaw_attendance.rules.judging.punch import SECONDS_PER_DAY
from bylaw_attendance.rules.refusals import PersonNotFound


class Origin(NamedTuple):
    """Where punches come from; `device` (None: as each line says) is the clock of all of them."""

    source: str
    received_at: datetime
    import_id: UUID | None
    device: str | None


@dataclass(frozen=True, eq=False, slots=True)
class LocatedPunches:
    """Punches with their instants, and the zones they were read in."""

    located: LocalisedPunches
    zones: SiteZones
    origin: Origin

    def __len__(self) -> int:
        return len(self.located.columns)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The employee numbers that occur."""
        return self.located.columns.person_numbers.values

    def chunk(
        self, start: int, end: int, people: Mapping[str, bytes]
    ) -> tuple[list[PunchBatch], list[tuple[int, str]]]:
        """The punches from a position to before another, and the lines (number, employee number) of unknown people.

        A batch for each zone that was the site's, in the order of time: nearly always one.
        """
        columns, known = self.located.columns, [people.get(number, b"") for number in self.numbers]
        codes = columns.person_numbers.codes[start:end]
        is_known = np.array([bool(person) for person in known] or [False])[codes]
        unknown = [
            (int(columns.line_numbers[start + place]), self.numbers[codes[place]])
            for place in np.flatnonzero(~is_known).tolist()
        ]
        return list(self._batches(start + np.flatnonzero(is_known), known)), unknown

    def _batches(self, places: Integers, known: Sequence[bytes]) -> Iterator[PunchBatch]:
        days = self.located.columns.local_seconds[places] // SECONDS_PER_DAY
        turns = np.searchsorted(self.zones.changes, days, side="right")
        for turn in np.unique(turns).tolist():
            yield self._batch(places[turns == turn], known, self.zones.zones[turn].key)

    def _batch(self, places: Integers, known: Sequence[bytes], zone: str) -> PunchBatch:
        """In the order of the natural key, so that two who store the same punches cannot block each other."""
        columns = self.located.columns
        rank = np.empty(len(known), np.int64)
        rank[sorted(range(len(known)), key=known.__getitem__)] = np.arange(len(known))
        persons = columns.person_numbers.codes
        seconds = self.located.instant_seconds
        order = places[
            np.lexsort(
                (columns.statuses.codes[places], columns.devices.codes[places], seconds[places], rank[persons[places]])
            )
        ]
        chosen = columns.taken(order)
        device = self.origin.device
        return PunchBatch(
            line_numbers=chosen.line_numbers.tolist(),
            persons=[known[code] for code in persons[order].tolist()],
            seconds=seconds[order].tolist(),
            local_texts=chosen.local_texts,
            offsets_minutes=self.located.utc_offsets_minutes[order].tolist(),
            devices=chosen.devices.texts() if device is None else [device] * len(order),
            directions=chosen.certain_directions.tolist(),
            statuses=chosen.statuses.texts(),
            time_zone=zone,
            source=self.origin.source,
            received_at=self.origin.received_at,
            import_id=self.origin.import_id,
        )


def unknown_people(lines: Sequence[tuple[int, str]]) -> list[RefusedLine]:
    """The refusal of each line (number, employee number) of somebody who is not known."""
    refusals = ((number, PersonNotFound(person=person)) for number, person in lines)
    return [
        RefusedLine(number, "employee_number", refusal.reason, refusal.message_zh, refusal.message_en)
        for number, refusal in refusals
    ]
