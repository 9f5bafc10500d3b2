"""What became of a file as a message of the contract."""

from typing import Any

from bylaw.inventory.v1 import goods_imports_pb2
from bylaw.types.v1 import localized_text_pb2

from bylaw_inventory.rules.goods_files.table import LineFault

MOST_SHOWN = 1_000


def import_message(taken: Any) -> Any:
    """Counts, and the first of the lines that were not taken."""
    return goods_imports_pb2.GoodsImport(
        line_count=taken.lines,
        created_count=taken.created,
        updated_count=taken.updated,
        unchanged_count=taken.unchanged,
        passed_over_count=taken.passed_over,
        refused_count=len({one.line for one in taken.faults}),
        refused_lines=map(_refused, taken.faults[:MOST_SHOWN]),
        received_count=taken.received,
        stock_movements=taken.movements,
        validated_only=taken.validated_only,
    )


def _refused(one: LineFault) -> Any:
    return goods_imports_pb2.RefusedGoodsLine(
        line=one.line,
        column=one.column,
        seen=one.seen,
        reason=one.fault.reason,
        wording=localized_text_pb2.LocalizedText(zh=one.fault.zh, en=one.fault.en),
    )
