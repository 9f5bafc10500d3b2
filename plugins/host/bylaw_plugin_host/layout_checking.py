"""Whether an export layout's tables keep the rules of the list (X1 to X3): what breaks one is written to no file."""

from collections.abc import Iterator

from bylaw_hooks.exporting import ExportTable
from bylaw_kit.export_rules import fault_of_cells, fault_of_columns, fault_of_tables

from bylaw_plugin_host.outcomes import ANSWER_INVALID, Failure


def faults_of_tables(tables: tuple[ExportTable, ...]) -> Iterator[Failure]:
    """The first rule of each table that is broken."""
    if fault := fault_of_tables(tables):
        yield Failure(ANSWER_INVALID, "X1", detail=fault)
    for table in tables:
        if fault := fault_of_columns(table):
            yield Failure(ANSWER_INVALID, "X2", detail=fault)
        elif fault := fault_of_cells(table):
            yield Failure(ANSWER_INVALID, "X3", detail=fault)
