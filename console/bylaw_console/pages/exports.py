"""A month as a file for payroll, in the layout that is chosen (SHT-1)."""

import re

from bylaw.attendance.v1 import closing_pb2, exports_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get
from bylaw_console.units import units_of
from bylaw_console.when import month_beside

READ = ("attendance.months.read",)
FORMATS = {"csv": "EXPORT_FORMAT_CSV", "xlsx": "EXPORT_FORMAT_XLSX", "zip": "EXPORT_FORMAT_ZIP"}
_SAFE = re.compile(r"[^A-Za-z0-9._@-]+")


def exports(desk: Desk) -> Response:
    """What can be exported, and how."""
    return _show(desk)


def download(desk: Desk) -> Response:
    """The file itself, its bytes as attendance wrote them."""
    code, month, layout = (desk.args.get(name, "") for name in ("unit", "month", "layout"))
    form = desk.args.get("format", "xlsx")
    wish = closing_pb2.ExportUnitMonthRequest(
        name=f"{units_of(desk).named(code)}/months/{month}",
        format=closing_pb2.ExportFormat.Value(FORMATS.get(form, FORMATS["xlsx"])),
        layout=f"exportLayouts/{layout}" if layout else "",
        table=desk.args.get("table", ""),
    )
    try:
        body = desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, refusal)
    response = Response(body.data, content_type=body.content_type)
    name = _SAFE.sub("-", f"{code}-{month}-{layout}.{form if form in FORMATS else 'xlsx'}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _show(desk: Desk, refusal: Refusal | None = None) -> Response:
    units = units_of(desk, desk.args.get("unit", ""), whole=desk.may("attendance.months.close"))
    values = {
        "units": units,
        "month": desk.args.get("month", "") or month_beside(f"{desk.local_now():%Y-%m}", -1),
        "layouts": desk.ask(exports_pb2.ListExportLayoutsRequest()).export_layouts,
        "formats": [(name, name.upper()) for name in FORMATS],
    }
    return desk.show("exports.html", refusal, **values)


ROUTES = (get("/exports", exports, needs=READ), get("/exports/file", download, needs=READ))
