"""How orders says no about figures."""

from bylaw_chassis.refusals import Code, Refusal


class FigureTooLarge(Refusal):
    """A sum is beyond what can be told."""

    code = Code.FAILED_PRECONDITION
    reason = "FIGURE_TOO_LARGE"
    zh = "合计超出可表示的范围；请缩短日期范围，或只看一个渠道。"
    en = "A sum is beyond what can be told; take fewer days, or one channel alone."


class FiguresSeveralCurrencies(Refusal):
    """A picture shows one currency."""

    code = Code.FAILED_PRECONDITION
    reason = "FIGURES_SEVERAL_CURRENCIES"
    zh = "销售额有多种币种（{currencies}），一张图只画一种；请指定币种。"
    en = "Sales are in several currencies ({currencies}) and a picture is of one; name it."


class FiguresTooMany(Refusal):
    """More rows than a sheet of a workbook holds."""

    code = Code.FAILED_PRECONDITION
    reason = "FIGURES_TOO_MANY"
    zh = "行数超过工作表的上限 {most}；请缩短日期范围，或只看一个渠道。"
    en = "There are more rows than the {most} that a sheet holds; take fewer days, or one channel alone."
