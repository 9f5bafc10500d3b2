"""What somebody asks of an export, read from its request."""

from typing import Any, NamedTuple

from bylaw_chassis.refusals import FieldInvalid

from bylaw_attendance.rules.sheets.exported_month import COLLECTION, SHIPPED, ExportFormat
from bylaw_attendance.use_cases.forms import known_number


class ExportWish(NamedTuple):
    """A form, a layout's identity, and one of its tables ("": the first, or all of them)."""

    form: ExportFormat
    layout: str
    table: str


def export_wish(request: Any) -> ExportWish:
    """Refuses FIELD_INVALID."""
    form = ExportFormat(known_number(request.format, ExportFormat, field="format"))
    if request.table and form in {ExportFormat.XLSX, ExportFormat.ZIP}:
        raise FieldInvalid(
            field="table",
            zh="xlsx 和 zip 含全部的表；只有 CSV 可指定其中一个",
            en="xlsx and zip hold every table; only a CSV is one of them",
        )
    return ExportWish(form, _layout(request.layout), request.table)


def _layout(name: str) -> str:
    """The `name@version` in `exportLayouts/{name@version}`; the one that ships for an empty name."""
    found = name.removeprefix(f"{COLLECTION}/")
    if name and (found == name or "@" not in found.strip("@")):
        raise FieldInvalid(
            field="layout", zh="应为 exportLayouts/{名称@版本}", en="expected exportLayouts/{name@version}"
        )
    return found or SHIPPED
