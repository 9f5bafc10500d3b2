"""The rulebook as a CSV file: every wording that counts, a line each; what `ImportClauses` takes back."""

import csv
import io
from collections.abc import Iterable, Iterator

from bylaw_people.rules.rulebook.clauses import ClauseRecord, in_order

COLUMNS = ("clause", "kind", "effective_date", "retired", "wording_zh", "wording_en", "reason")


def rulebook_csv(records: Iterable[ClauseRecord]) -> bytes:
    """In UTF-8 with the mark by which spreadsheets know it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(row for record in in_order(records) for row in _rows(record))
    return file.getvalue().encode("utf-8-sig")


def _rows(record: ClauseRecord) -> Iterator[tuple[str, ...]]:
    for revision in record.timeline():
        yield (
            record.id,
            record.kind.value,
            revision.effective_date.isoformat(),
            "yes" if revision.retired else "",
            revision.wording.zh,
            revision.wording.en,
            revision.reason,
        )
