"""Imports of orders and their lines as messages of the contract (ORD-1)."""

from typing import Any

from bylaw.orders.v1 import order_imports_pb2, orders_pb2
from bylaw.types.v1 import import_line_pb2
from bylaw_chassis.values import resource_name
from bylaw_hooks.orders import place_of
from bylaw_plugin_host.importer_host import OfferedImporter

from bylaw_orders.messages.values import both, timestamp
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.order_files.order_import import IMPORTS, ListedLine, OrderImport, Outcome, RefusedLine
from bylaw_orders.rules.orders.order import order_name
from bylaw_orders.use_cases.order_files.hand_in_file import Validated

IMPORTERS = "orderImporters"


def import_message(made: OrderImport) -> Any:
    """An import as it stands."""
    counts = made.counts
    odd = sorted(made.oddities.items(), key=lambda one: (-one[1], one[0]))
    return order_imports_pb2.OrderImport(
        name=resource_name(IMPORTS, made.identifier),
        channel=resource_name(CHANNELS, made.channel),
        state=order_imports_pb2.OrderImportState.ValueType(made.state),
        importer=made.importer,
        file_names=made.file_names,
        read_count=counts.read,
        taken_count=counts.taken,
        held_count=counts.held,
        updated_count=counts.updated,
        repeated_count=counts.repeated,
        refused_count=counts.refused,
        order_count=counts.orders,
        progress_percent=made.progress_percent,
        oddities=[order_imports_pb2.OrderImportOddity(oddity=word, count=count) for word, count in odd],
        refusal=_refusal(made.refusal) if made.refusal else None,
        create_time=timestamp(made.created_at),
        finish_time=timestamp(made.finished_at),
    )


def validated_message(found: Validated, *, validate_only: bool) -> Any:
    """An import that was handed in; of a validation, which keeps nothing, without a name."""
    made = import_message(found.made)
    if validate_only:
        made.name = ""
        made.refused_lines.extend(map(_refused, found.refused))
    return made


def line_message(line: ListedLine) -> Any:
    """What became of a line."""
    if line.refusal:
        return _refused(line.refusal)
    file, number = place_of(line.row)
    return order_imports_pb2.OrderImportLine(
        file=file + 1,
        line=number,
        outcome=orders_pb2.TakingOutcome.ValueType(line.outcome),
        order=order_name(line.order) if line.order else "",
    )


def importer_message(one: OfferedImporter) -> Any:
    """An importer that is installed."""
    return order_imports_pb2.OrderImporter(
        name=f"{IMPORTERS}/{one.identity}",
        importer=one.identity,
        title=both((one.title_zh, one.title_en)),
        most_files=one.most_tables,
        distribution=one.distribution,
    )


def _refused(line: RefusedLine) -> Any:
    file, number = place_of(line.row)
    return order_imports_pb2.OrderImportLine(
        file=file + 1,
        line=number,
        outcome=orders_pb2.TakingOutcome.ValueType(Outcome.REFUSED),
        field=line.column,
        reason=line.reason,
        message=both((line.zh, line.en)),
    )


def _refusal(line: RefusedLine) -> Any:
    return import_line_pb2.ImportLine(
        line=place_of(line.row)[1], field=line.column, reason=line.reason, message=both((line.zh, line.en))
    )
