"""Reads a file of punches for an import: its layout, the instants, what its clocks have reported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bylaw_attendance.formats.columns import DIRECTION_IN, DIRECTION_OUT, DIRECTION_UNCERTAIN, Integers, PunchFile
from bylaw_attendance.formats.localising import LocalisedPunches, localise_columns
from bylaw_attendance.formats.opening import open_text
from bylaw_attendance.formats.sniff import FileFormat, read_punches, recognise
from bylaw_attendance.rules.columns import PunchBatch
from bylaw_attendance.rules.imports import FileLayout, PunchImport, RefusedLine
from bylaw_attendance.rules.punch import SECONDS_PER_DAY, FileReason, FileRefused
from bylaw_attendance.rules.punch_facts import epoch_of, instant_of
from bylaw_attendance.rules.reporting import local_instant, wide_device
from bylaw_attendance.rules.site_zones import SiteZones

DIRECTIONS = {FileLayout.WIDE_IN: DIRECTION_IN, FileLayout.WIDE_OUT: DIRECTION_OUT}
FORMATS = {
    FileLayout.ATTLOG: FileFormat.ATTLOG,
    FileLayout.WIDE_IN: FileFormat.WIDE,
    FileLayout.WIDE_OUT: FileFormat.WIDE,
    FileLayout.CSV: FileFormat.CSV,
}
LAYOUTS = {FileFormat.ATTLOG: FileLayout.ATTLOG, FileFormat.CSV: FileLayout.CSV}


def recognised_layout(data: bytes, said: FileLayout) -> FileLayout:
    """The file's layout; raises FileRefused where it is none, or another than was said, or wide without a side."""
    found = recognise(open_text(data))
    if said is not FileLayout.UNSPECIFIED:
        if FORMATS[said] is not found:
            raise FileRefused(FileReason.NOT_RECOGNISED, seen=found.value)
        return said
    if found not in LAYOUTS:
        raise FileRefused(FileReason.DIRECTION_MISSING)
    return LAYOUTS[found]


@dataclass(frozen=True, eq=False, slots=True)
class ReadPunches:
    """A file as read: punches with their instants, refused lines, and up to when each clock's log is shown."""

    located: LocalisedPunches
    refused: Sequence[RefusedLine]
    repeated_lines: Sequence[int]
    shown: Mapping[str, datetime]
    made: PunchImport
    zones: SiteZones

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
        """In the order of the natural key, so that two imports of the same punches cannot block each other."""
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
        wide = self.made.format in DIRECTIONS
        return PunchBatch(
            line_numbers=chosen.line_numbers.tolist(),
            persons=[known[code] for code in persons[order].tolist()],
            seconds=seconds[order].tolist(),
            local_texts=chosen.local_texts,
            offsets_minutes=self.located.utc_offsets_minutes[order].tolist(),
            devices=[self.made.device] * len(order) if wide else chosen.devices.texts(),
            directions=chosen.certain_directions.tolist(),
            statuses=chosen.statuses.texts(),
            time_zone=zone,
            source=FORMATS[self.made.format].value,
            received_at=self.made.created_at,
            import_id=self.made.id,
        )


def read_file(data: bytes, made: PunchImport, zones: SiteZones) -> ReadPunches:
    """Reads the file of an import, each line in the zone of its day; raises FileRefused for the whole of it.

    Whatever is compared with now is compared with the moment it was handed in, so that a second run of the same
    import reads the same.
    """
    direction = DIRECTIONS.get(made.format, DIRECTION_UNCERTAIN)
    file = read_punches(data, direction=direction, device=made.device)
    located = localise_columns(file.columns, zones, received_second=epoch_of(made.created_at))
    refused = sorted((*file.refusals, *located.refusals), key=lambda refusal: refusal.line_number)
    return ReadPunches(
        located,
        [RefusedLine.of(refusal) for refusal in refused],
        file.repeated_lines.tolist(),
        _shown(file, located, made, zones=zones),
        made,
        zones,
    )


def _shown(file: PunchFile, located: LocalisedPunches, made: PunchImport, *, zones: SiteZones) -> dict[str, datetime]:
    """Up to when each clock's log is shown: a wide file to the end of its last day, a log to its last true punch."""
    if made.format in DIRECTIONS:
        # Days of other centuries are no dates of any zone; what lies in the future is cut to the present later on.
        soon = epoch_of(made.created_at) + 2 * SECONDS_PER_DAY
        last = min(max(*file.complete_until.values(), 0), soon)
        return {wide_device(made.device, made.format): local_instant(last, zones.at(last))}
    devices = located.columns.devices
    latest = np.full(len(devices.values), np.iinfo(np.int64).min)
    np.maximum.at(latest, devices.codes, located.instant_seconds)
    return {devices.values[code]: instant_of(int(latest[code])) for code in np.unique(devices.codes).tolist()}
