"""How inventory says no to files of goods."""

from collections.abc import Sequence

from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.refusals import Code, Refusal, Violation

from bylaw_inventory.rules.goods_files.table import LineFault

MOST_SAID = 100
WORDS = {
    FileReason.EMPTY: ("文件是空的，请重新导出", "the file is empty; save it again"),
    FileReason.TOO_LARGE: (
        "文件（解压后）超过 {limit_bytes} 字节，请拆分",
        "the file is larger (once unpacked) than {limit_bytes} bytes; split it",
    ),
    FileReason.TOO_MANY_LINES: (
        "文件超过 {limit_lines} 行，请拆分",
        "the file has more than {limit_lines} lines; split it",
    ),
    FileReason.TRUNCATED: ("压缩文件不完整，请重新复制", "the packed file stops before its end; copy it again"),
    FileReason.DAMAGED: (
        "文件自第 {line_number} 行起无法读取，请重新导出",
        "the file cannot be read from line {line_number} on; save it again",
    ),
    FileReason.ENCODING_REFUSED: (
        "文件编码是 {seen}，请另存为 UTF-8 或 GB18030",
        "the file is encoded in {seen}; save it as UTF-8 or GB18030",
    ),
    FileReason.HEADER_WRONG: (
        "第 {line_number} 行没有所需的列，应有其一：{expected}",
        "line {line_number} lacks a needed column; one of these: {expected}",
    ),
}
NO_TABLE = (
    "文件不是 CSV 或 xlsx 表格（看起来是：{seen}）",
    "the file is no table in CSV or xlsx (it looks like {seen})",
)


class GoodsFileRefused(Refusal):
    """A file that is not read at all."""

    code = Code.INVALID_ARGUMENT
    reason = "GOODS_FILE_REFUSED"
    zh = "{words_zh}。"
    en = "{words_en}."

    def __init__(self, refused: FileRefused) -> None:
        zh, en = (words.format_map({"seen": "", **refused.variables}) for words in WORDS.get(refused.reason, NO_TABLE))
        violation = Violation("file", refused.reason.value, zh, en)
        super().__init__(violations=[violation], words_zh=zh, words_en=en)


class StockListFaulty(Refusal):
    """A stock list is taken whole unless it is said otherwise."""

    code = Code.FAILED_PRECONDITION
    reason = "STOCK_LIST_FAULTY"
    clause = "GDS-1"
    zh = "库存表有 {count} 行有误，整份未入账；请更正，或注明跳过有误的行（skip_faulty）。"
    en = "Faulty lines in the stock list: {count}; nothing was taken. Mend them, or say to skip such (skip_faulty)."

    def __init__(self, faults: Sequence[LineFault]) -> None:
        said = [
            Violation(f"file:{one.line}:{one.column}", one.fault.reason, one.fault.zh, one.fault.en)
            for one in faults[:MOST_SAID]
        ]
        super().__init__(violations=said, count=len(faults))


class StockListTaken(Refusal):
    """A stock list is an opening receipt: twice it would be twice the goods."""

    code = Code.ALREADY_EXISTS
    reason = "STOCK_LIST_TAKEN"
    clause = "WHS-1"
    zh = "该仓库已入过同名或内容相同的库存表（{file_name}，{taken_at}）；请核对文件。"
    en = "The warehouse took a list of this name or content before ({file_name}, {taken_at}); check the file."
