"""How attendance says no where a month is to be exported in a way there is not, or its layout does not do its work."""

from collections.abc import Iterable

from bylaw_chassis.refusals import Code, Refusal
from bylaw_kit.rules import RULES


class ExportLayoutNotFound(Refusal):
    """No distribution that is installed here offers that layout."""

    code = Code.NOT_FOUND
    reason = "EXPORT_LAYOUT_NOT_FOUND"
    zh = "没有名为 {layout} 的导出版式；现有：{known}。"
    en = "There is no export layout {layout}; there are {known}."

    def __init__(self, *, layout: str, known: Iterable[str]) -> None:
        super().__init__(layout=layout, known=", ".join(known))


class ExportTableNotFound(Refusal):
    """The layout makes no such table."""

    code = Code.INVALID_ARGUMENT
    reason = "EXPORT_TABLE_NOT_FOUND"
    zh = "导出版式 {layout} 没有名为 {table} 的表；现有：{known}。"
    en = "The export layout {layout} makes no table {table}; it makes {known}."

    def __init__(self, *, layout: str, table: str, known: Iterable[str]) -> None:
        super().__init__(layout=layout, table=table, known=", ".join(known))


class ExportTableUnversioned(Refusal):
    """A CSV alone would not say of which version of which sheet it is."""

    code = Code.INVALID_ARGUMENT
    reason = "EXPORT_TABLE_UNVERSIONED"
    clause = "SHT-1"
    zh = (
        "导出版式 {layout} 的表 {table} 未逐行注明考勤表版本，不能单独导出为 CSV；"
        "请导出为 xlsx 或 zip，其中另附 versions 表。"
    )
    en = (
        "The rows of the table {table} of the export layout {layout} do not say of which version of which sheet they"
        " are, so it is no CSV by itself; ask for xlsx or zip, which hold the table versions beside it."
    )


class ExportLayoutAtFault(Refusal):
    """An export layout that did not do its work; no file was made, and other layouts go on."""

    code = Code.FAILED_PRECONDITION
    clause = "SHT-1"

    def __init__(self, *, layout: str, distribution: str, rule: str = "") -> None:
        words = RULES.get(rule)
        super().__init__(
            layout=layout,
            distribution=distribution,
            rule=rule,
            rule_zh=f"规则 {rule}({words.zh})" if words else "约定的格式",
            rule_en=f"rule {rule} ({words.en})" if words else "the agreed form",
        )


class ExportLayoutFailed(ExportLayoutAtFault):
    """A layout raised while it was asked; the service lives."""

    reason = "EXPORT_LAYOUT_FAILED"
    zh = "导出版式 {layout} 出错，未生成文件；请联系其提供者({distribution})，或改用其他版式。"
    en = (
        "The export layout {layout} failed and no file was made; tell whoever provides it ({distribution}), or take"
        " another."
    )


class ExportLayoutTimedOut(ExportLayoutAtFault):
    """A layout did not answer in the time it has and was stopped."""

    reason = "EXPORT_LAYOUT_TIMED_OUT"
    zh = "导出版式 {layout} 超时，已被中止，未生成文件；请联系其提供者({distribution})，或改用其他版式。"
    en = (
        "The export layout {layout} took too long and was stopped, and no file was made; tell whoever provides it"
        " ({distribution}), or take another."
    )


class ExportAnswerInvalid(ExportLayoutAtFault):
    """What a layout answers breaks a rule of the conformance list, so no file is made of it."""

    reason = "EXPORT_ANSWER_INVALID"
    zh = "导出版式 {layout} 的结果不合{rule_zh}，未予采用；请联系其提供者({distribution})，或改用其他版式。"
    en = (
        "What the export layout {layout} answers breaks {rule_en} and is not used; tell whoever provides it"
        " ({distribution}), or take another."
    )
