"""Files as clocks write them, generated; and where the published ones lie."""

import json
from pathlib import Path

SHARED_DATA = Path(__file__).parents[5] / "shared" / "data"
PUBLISHED = {
    "adms_query_table_5col": "78979877\t2026-07-11 10:15:00\t0\t1\t0",
    "adms_10col_two_lines": (
        "11\t2025-08-27 10:57:49\t0\t25\t0\t0\t0\t0\t0\t0\n11\t2025-08-27 10:58:58\t1\t1\t0\t0\t0\t0\t0\t0"
    ),
    "adms_4col_trailing_newline": "9999\t2026-08-12 08:53:23\t0\t1\n",
    "adms_form_encoded": "SN=DEV001&table=ATTLOG&Stamp=9999&data=EMP001\t2026-05-16 09:02:15\t0\t1\t0\t0",
    "push_v3_key_value": "PIN=99\tTime=2026-10-04 09:00:00\tStatus=0\tVerifyMode=2",
    "rfid_reader_spaces": "1234567890    2025-01-05 08:30:15    0    0",
}


def shared(*parts: str) -> Path | None:
    """Find a file nobody here wrote; None (and one line) where this machine has it not."""
    path = SHARED_DATA.joinpath(*parts)
    if path.exists():
        return path
    print(f"{'/'.join(parts)} is not on this machine: a generated extract is read instead")  # noqa: T201
    return None


def published_bodies() -> dict[str, str]:
    path = shared("punch", "punch_formats.json")
    if path is None:
        return PUBLISHED
    return {entry["id"]: entry["body"] for entry in json.loads(path.read_text("utf-8"))["published"]}


def usb_export(days: int = 3, people: int = 5, *, line_end: str = "\n", device: str = "7") -> str:
    """Write a month's log as most clocks do: pins in nine characters, four punches a day, in time order."""
    punches = [
        f"{100 + person:>9}\t2026-09-{day + 1:02} {clock}:{person:02}\t{device}\t{state}\t1\t0"
        for day in range(days)
        for clock, state in (("08:20", 0), ("12:01", 1), ("13:50", 0), ("18:03", 1))
        for person in range(people)
    ]
    return "".join(punch + line_end for punch in punches)


def named_export() -> str:
    """Write a log with names cut to eight characters, grouped by person, with a burst of records."""
    return (
        "101\t王小明\t2026-09-01 08:20:01\t0\t1\n101\t王小明\t2026-09-01 18:05:00\t1\t1\n"
        "102\tMaria Lo\t2026-09-01 08:22:10\t0\t1\n102\tMaria Lo\t2026-09-01 08:22:13\t0\t1\n"
    )
