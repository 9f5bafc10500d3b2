"""What every reader hands over: punches as parallel columns, the lines refused and the lines repeated."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bylaw_attendance.rules.judging.punch import LineRefusal

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]
NO_OFFSET_MINUTES = -32_768
DIRECTION_UNCERTAIN, DIRECTION_IN, DIRECTION_OUT = 0, 1, 2


@dataclass(frozen=True, eq=False, slots=True)
class TextColumn:
    """A column of text with few distinct values: the values, and for each line the index of its value."""

    values: tuple[str, ...]
    codes: Integers

    @classmethod
    def of(cls, texts: Sequence[str]) -> "TextColumn":
        """Encode texts, trimmed of blanks."""
        raw = tuple(dict.fromkeys(texts))
        if len(raw) == 1:
            return cls.constant(raw[0].strip(), len(texts))
        values = tuple(dict.fromkeys(text.strip() for text in raw))
        code_of_value = {value: code for code, value in enumerate(values)}
        code_of = {text: code_of_value[text.strip()] for text in raw}
        return cls(values, np.fromiter(map(code_of.__getitem__, texts), np.int64, len(texts)))

    @classmethod
    def constant(cls, value: str, length: int) -> "TextColumn":
        return cls((value,), np.zeros(length, np.int64))

    def texts(self) -> list[str]:
        """Give the text of every line."""
        return list(map(self.values.__getitem__, self.codes.tolist()))

    def taken(self, positions: Integers) -> "TextColumn":
        return TextColumn(self.values, self.codes[positions])

    def __len__(self) -> int:
        return len(self.codes)


class PunchRow(NamedTuple):
    """One punch of the columns, for whoever wants them singly (slow)."""

    line_number: int
    person_number: str
    local_second: int
    sent_offset_minutes: int
    direction: str
    certain_direction: int
    status: str
    verify: str
    device: str
    local_text: str


@dataclass(frozen=True, eq=False, slots=True)
class PunchColumns:
    """Punches as columns of one length.

    `local_seconds` count from 1970-01-01 00:00 of the clock that wrote them; `sent_offsets_minutes` hold
    NO_OFFSET_MINUTES where the line carried none; `certain_directions` are 1 in, 2 out, 0 where the format
    leaves it open.
    """

    line_numbers: Integers
    person_numbers: TextColumn
    local_seconds: Integers
    sent_offsets_minutes: Integers
    directions: TextColumn
    certain_directions: Integers
    statuses: TextColumn
    verifies: TextColumn
    devices: TextColumn
    local_texts: Sequence[str]

    def __len__(self) -> int:
        return len(self.line_numbers)

    def keep(self, mask: Mask) -> "PunchColumns":
        """Give the punches where the mask is true."""
        return self if mask.all() else self.taken(np.flatnonzero(mask))

    def taken(self, positions: Integers) -> "PunchColumns":
        """Give the punches at the positions, in that order."""
        return PunchColumns(
            self.line_numbers[positions],
            self.person_numbers.taken(positions),
            self.local_seconds[positions],
            self.sent_offsets_minutes[positions],
            self.directions.taken(positions),
            self.certain_directions[positions],
            self.statuses.taken(positions),
            self.verifies.taken(positions),
            self.devices.taken(positions),
            list(map(self.local_texts.__getitem__, positions.tolist())),
        )

    def rows(self) -> Iterator[PunchRow]:
        """Walk the punches one by one."""
        return map(
            PunchRow._make,
            zip(
                self.line_numbers.tolist(),
                self.person_numbers.texts(),
                self.local_seconds.tolist(),
                self.sent_offsets_minutes.tolist(),
                self.directions.texts(),
                self.certain_directions.tolist(),
                self.statuses.texts(),
                self.verifies.texts(),
                self.devices.texts(),
                self.local_texts,
                strict=True,
            ),
        )


@dataclass(frozen=True, eq=False, slots=True)
class PunchFile:
    """A file as read.

    `complete_until` says per device (as sent, "" where none) up to which local second the file claims to be
    complete.
    """

    columns: PunchColumns
    refusals: tuple[LineRefusal, ...]
    repeated_lines: Integers
    complete_until: Mapping[str, int]


def last_second_by_device(columns: PunchColumns) -> dict[str, int]:
    """Find each device's last punch: before it, the device's log has no gap."""
    devices = columns.devices
    latest = np.full(len(devices.values), np.iinfo(np.int64).min)
    np.maximum.at(latest, devices.codes, columns.local_seconds)
    present = np.unique(devices.codes).tolist()
    return {devices.values[code]: int(latest[code]) for code in present}
