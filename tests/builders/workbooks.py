"""Workbooks as programs for spreadsheets save them, and some that none does."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook of these sheets by title, cell by cell."""
    made, held = Workbook(), io.BytesIO()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(held)
    return held.getvalue()


def unpacking_to(data: bytes, size_bytes: int) -> bytes:
    """The same workbook with a part beside the others that unpacks to so much, of blanks."""
    held = io.BytesIO(data)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * size_bytes)
    return held.getvalue()
