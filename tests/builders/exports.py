"""Exports as tests read them, and export layouts that tests bring along."""

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

from bylaw.attendance.v1 import closing_pb2, exports_pb2
from bylaw_hooks import Both
from bylaw_hooks.exporting import Column, ExportedMonth, ExportLayout, ExportTable
from bylaw_kit.checking import Exists
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.registering import RegisteredLayout, register
from bylaw_plugin_host.starting import inline
from openpyxl import load_workbook

from tests.builders.attendance import AttendanceService

CSV, XLSX, ZIP = closing_pb2.EXPORT_FORMAT_CSV, closing_pb2.EXPORT_FORMAT_XLSX, closing_pb2.EXPORT_FORMAT_ZIP
SHIPPED, PAYROLL = "exportLayouts/bylaw-sheets@1", "exportLayouts/acme-payroll@1"


class Payroll(ExportLayout):
    """What a payroll program reads, in its own words and encoding; it fails as long as it is told to."""

    name, version, title, encoding = "acme-payroll", 1, Both("薪资接口", "Payroll"), "gb18030"
    failing = False
    spoilt = False

    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:
        if self.failing:
            raise KeyError(month.unit_code)
        rows = tuple((one.number, one.totals.worked_minutes) for one in month.people)
        names = ("工号", "工号") if self.spoilt else ("工号", "出勤分钟")
        return (ExportTable("payroll", tuple(map(Column, names)), rows),)


def bringing(*layouts: ExportLayout) -> Callable[[Exists], PolicyHost]:
    """What is installed here, and these layouts of one distribution, version 0.3."""

    def start(exists: Exists) -> PolicyHost:
        shipped = [register(found.entry) for found in installed()]
        brought: list[Any] = [one for each in shipped for one in (*each.patterns, *each.leave_policies, *each.layouts)]
        return inline([*brought, *(RegisteredLayout(one, "acme-payroll", "0.3") for one in layouts)], exists)

    return start


def layouts_of(attendance: AttendanceService) -> dict[str, exports_pb2.ExportLayout]:
    """What is offered, by name."""
    request = exports_pb2.ListExportLayoutsRequest()
    listed = attendance.export_layouts.ListExportLayouts(request, metadata=attendance.everything).export_layouts
    return {one.name: one for one in listed}


def rows(content: bytes, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


def files(content: bytes) -> dict[str, bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def pages(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The pages of a workbook by name."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}
