"""Calls about files of orders."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import order_imports_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text, optional_known
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_orders.importers import OrderImporters
from bylaw_orders.messages.order_imports import import_message, importer_message, line_message, validated_message
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.order_files.order_import import IMPORTS, ImportState, ListedLine, OrderImport, Outcome
from bylaw_orders.use_cases.forms import one_id
from bylaw_orders.use_cases.order_files.file_forms import place_of_line, zone_name
from bylaw_orders.use_cases.order_files.hand_in_file import HandInFile, Handover
from bylaw_orders.use_cases.order_files.show_imports import ShowImports

CREATE, READ = "orders.imports.create", "orders.imports.read"


@dataclass(frozen=True, slots=True)
class OrderImportCalls:
    """Files handed in, shown and listed, what became of their lines, and which can be read."""

    handing_in: HandInFile
    showing: ShowImports
    importers: OrderImporters
    time_zone: str
    tokens: PageTokens

    def CreateOrderImport(self, request: Any, call: Call) -> Any:  # noqa: N802
        given = Handover(
            request.file.data,
            line_of_text(request.file_name, field="file_name", longest=200, needed=False),
            line_of_text(request.importer, field="importer", longest=100, needed=False),
            zone_name(request.time_zone, self.time_zone),
            request.more_files,
            request.validate_only,
        )
        channel = resource_id(request.parent, CHANNELS, field="parent")
        made = self.handing_in.hand_in(channel, given, call.caller, call.caller.reach(CREATE))
        return validated_message(made, validate_only=request.validate_only)

    def AddOrderImportFile(self, request: Any, call: Call) -> Any:  # noqa: N802
        name = line_of_text(request.file_name, field="file_name", longest=200, needed=False)
        given = Handover(
            request.file.data, name, "", self.time_zone, more_files=False, validate_only=request.validate_only
        )
        made = self.handing_in.add_file(resource_id(request.name, IMPORTS), given, call.caller.reach(CREATE))
        return validated_message(made, validate_only=request.validate_only)

    def GetOrderImport(self, request: Any, call: Call) -> Any:  # noqa: N802
        return import_message(self.showing.one(resource_id(request.name, IMPORTS), call.caller.reach(READ)))

    def ListOrderImports(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        channel = optional_id(request.channel, CHANNELS, field="channel")
        state = optional_known(request.state, ImportState, field="state")
        found = self.showing.page(channel, state, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return order_imports_pb2.ListOrderImportsResponse(
            order_imports=map(import_message, found[: page.size]), next_page_token=page.token_at(found, _by_id)
        )

    def ListOrderImportLines(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        outcome = optional_known(request.outcome, Outcome, field="outcome")
        place = (place_of_line(page.position), page.limit)
        made = resource_id(request.parent, IMPORTS, field="parent")
        found = self.showing.lines(made, outcome, call.caller.reach(READ), page=place)
        return order_imports_pb2.ListOrderImportLinesResponse(
            lines=map(line_message, found[: page.size]), next_page_token=page.token_at(found, _by_place)
        )

    def ListOrderImporters(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.importers.page(page.position, page.limit)
        return order_imports_pb2.ListOrderImportersResponse(
            order_importers=map(importer_message, found[: page.size]),
            next_page_token=page.token_at(found, lambda one: [one.identity]),
        )


def _by_id(made: OrderImport) -> list[str]:
    return [str(made.identifier)]


def _by_place(line: ListedLine) -> list[str]:
    return [*map(str, line.place)]
