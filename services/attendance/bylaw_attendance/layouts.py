"""The service's only caller of export layouts; the plugin host runs each where it belongs and checks every answer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bylaw_chassis.observe import log
from bylaw_hooks.exporting import ExportedMonth, ExportTable
from bylaw_plugin_host.layout_host import LayoutHost
from bylaw_plugin_host.outcomes import ANSWER_INVALID, FAILED, TIMED_OUT, PolicyBroken, PolicyGone

from bylaw_attendance.rules.sheets.export_refusals import (
    ExportAnswerInvalid,
    ExportLayoutAtFault,
    ExportLayoutFailed,
    ExportLayoutNotFound,
    ExportLayoutTimedOut,
)
from bylaw_attendance.rules.sheets.exported_month import OfferedLayout

_BROKEN: Mapping[str, type[ExportLayoutAtFault]] = MappingProxyType(
    {FAILED: ExportLayoutFailed, TIMED_OUT: ExportLayoutTimedOut, ANSWER_INVALID: ExportAnswerInvalid}
)


class InstalledLayouts:
    """The layouts that a host offers. Refusals are those of `Layouts` in the ports."""

    def __init__(self, host: LayoutHost) -> None:
        self._host = host

    def offered(self) -> list[OfferedLayout]:
        """Every version of every layout, by name."""
        return [OfferedLayout(*one) for one in self._host.offered()]

    def tables(self, layout: str, month: ExportedMonth) -> Sequence[ExportTable]:
        """The tables of a month."""
        try:
            return self._host.tables(layout, month)
        except PolicyBroken as broken:
            log().error("export_layout_broken", told=str(broken))
            kind = _BROKEN[broken.reason]
            raise kind(layout=layout, distribution=broken.distribution, rule=broken.rule) from broken
        except PolicyGone as gone:
            raise ExportLayoutNotFound(layout=layout, known=[one.layout for one in self.offered()]) from gone
