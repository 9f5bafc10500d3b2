"""The real records of 2015 read independently of the product, for journeys to compare with."""

import csv
import gzip
import io
from datetime import date, datetime
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data"
"""Real data lies beside the repository; see its README."""


def present() -> bool:
    """Whether the real files are there."""
    return (DATA / "attendance" / "in_time_2015_odd.csv.gz").exists()


def file(name: str) -> bytes:
    """A file as it lies there."""
    return (DATA / name).read_bytes()


@cache
def stamps(side: str) -> dict[tuple[str, date], datetime]:
    """Arrivals ("in") or departures ("out") by employee number and day."""
    text = gzip.decompress(file(f"attendance/{side}_time_2015_odd.csv.gz")).decode()
    header, *rows = csv.reader(io.StringIO(text))
    days = [datetime.strptime(day, "%d/%m/%Y").date() for day in header[1:]]  # noqa: DTZ007 - local by nature
    return {
        (row[0], day): datetime.strptime(cell, "%d/%m/%Y %H:%M")  # noqa: DTZ007
        for row in rows
        for day, cell in zip(days, row[1:], strict=True)
        if cell != "NA"
    }
