"""How orders says no to files of orders (ORD-1)."""

from typing import NamedTuple

from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.refusals import Code, Refusal, Violation


class Wording(NamedTuple):
    """A sentence in both languages, without a full stop."""

    zh: str
    en: str


FILE_WORDING = {
    FileReason.EMPTY: Wording("文件是空的，请重新导出", "the file is empty; export it again"),
    FileReason.TOO_LARGE: Wording(
        "文件（解压后）超过 {limit_bytes} 字节，请拆分",
        "the file is larger (once unpacked) than {limit_bytes} bytes; split it",
    ),
    FileReason.TOO_MANY_LINES: Wording(
        "文件超过 {limit_lines} 行，请拆分",
        "the file has more than {limit_lines} lines; split it",
    ),
    FileReason.TRUNCATED: Wording("压缩文件不完整，请重新复制", "the packed file stops before its end; copy it again"),
    FileReason.DAMAGED: Wording(
        "文件自第 {line_number} 行起无法读取，请重新导出",
        "the file cannot be read from line {line_number} on; export it again",
    ),
    FileReason.ENCODING_REFUSED: Wording(
        "文件编码是 {seen}，请另存为 UTF-8 或 GB18030",
        "the file is encoded in {seen}; save it as UTF-8 or GB18030",
    ),
    FileReason.ENCODING_MIXED: Wording(
        "第 {line_number} 行的编码与其上各行不同；请从平台重新导出，不要拼接文件",
        "line {line_number} is in another encoding than the lines above it; export it anew, and join no files",
    ),
    FileReason.HEADER_WRONG: Wording(
        "第 {line_number} 行的表头缺少这些列：{expected}；请重新导出，或补上列名",
        "the heading in line {line_number} lacks these columns: {expected}; export it again, or name them",
    ),
}
NOT_KNOWN = Wording(
    "没有一种导入格式认得这个文件（看起来是：{seen}）；已有的格式见 orderImporters",
    "no importer knows this file (it looks like {seen}); orderImporters lists those there are",
)


def words_of(refused: FileRefused, not_known: Wording = NOT_KNOWN) -> tuple[str, str]:
    """Why a file is not read, in both languages, without a full stop."""
    zh, en = FILE_WORDING.get(refused.reason, not_known)
    told = {"seen": "", **refused.variables}
    return zh.format_map(told), en.format_map(told)


class OrderFileRefused(Refusal):
    """A file that is not read at all."""

    code = Code.INVALID_ARGUMENT
    reason = "FILE_NOT_RECOGNISED"
    clause = "ORD-1"
    zh = "{words_zh}。"
    en = "{words_en}."

    not_known = NOT_KNOWN

    def __init__(self, refused: FileRefused) -> None:
        self.reason = refused.reason.value
        zh, en = words_of(refused, self.not_known)
        super().__init__(violations=[Violation("file", self.reason, zh, en)], words_zh=zh, words_en=en)


class ImporterNotFound(Refusal):
    """No such importer is installed."""

    code = Code.INVALID_ARGUMENT
    reason = "IMPORTER_NOT_FOUND"
    zh = "没有安装名为“{importer}”的导入格式；已有的格式见 orderImporters。"
    en = "No importer `{importer}` is installed; orderImporters lists those there are."


class ImporterAmbiguous(Refusal):
    """Several importers know a file."""

    code = Code.FAILED_PRECONDITION
    reason = "IMPORTER_AMBIGUOUS"
    zh = "有几种导入格式都认得这个文件：{importers}；请指明其一（importer）。"
    en = "Several importers know the file: {importers}; name one (importer)."


class OrderImportNotFound(Refusal):
    """No such import within reach."""

    code = Code.NOT_FOUND
    reason = "ORDER_IMPORT_NOT_FOUND"
    zh = "没有找到该导入，或不在您的权限范围内；请核对名称。"
    en = "There is no such import within your reach; check its name."


class OrderImportComplete(Refusal):
    """An import that waits for no file."""

    code = Code.FAILED_PRECONDITION
    reason = "ORDER_IMPORT_COMPLETE"
    zh = "该导入不再等待文件；请另建一个导入。"
    en = "The import waits for no further file; hand the files in as another import."


class ImportFailed(Refusal):
    """Our side could not bring an import to its end."""

    code = Code.UNAVAILABLE
    reason = "IMPORT_FAILED"
    zh = "导入未能完成；已取的订单仍有效，请重新导入同一文件，重复的不会再取。"
    en = (
        "The import could not be brought to its end; what was taken stays. Hand the file in again: no order is doubled."
    )


class ImporterBroken(Refusal):
    """An importer did not do its work."""

    code = Code.FAILED_PRECONDITION
    reason = "IMPORTER_BROKEN"
    zh = "导入格式 {importer}（{distribution}）出错：{why}；已取的订单仍有效，请联系其提供者。"
    en = "The importer {importer} ({distribution}) failed: {why}. What was taken stays; ask who brings it."


class ImportFileMissing(Refusal):
    """The further file did not come."""

    code = Code.FAILED_PRECONDITION
    reason = "IMPORT_FILE_MISSING"
    zh = "等了一天没有收到另一个文件，导入已结束；请重新导入。"
    en = "The further file did not come within a day, so the import has ended; hand in both again."
