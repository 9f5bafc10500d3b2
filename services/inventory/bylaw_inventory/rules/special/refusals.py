"""How inventory says no about special goods (WHS-9)."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation


class SpecialGoodsKeeper(Refusal):
    """Special goods are moved by their named keepers alone; each line says its warning."""

    code = Code.PERMISSION_DENIED
    reason = "SPECIAL_GOODS_KEEPER"
    clause = "WHS-9"
    zh = "有 {count} 行是专人管理的特殊货物（{warning_zh}）；请由指定保管人办理。"
    en = "Lines with special goods that their named keepers alone move: {count} ({warning_en}); ask one of them."

    def __init__(self, violations: Sequence[Violation], warning: tuple[str, str]) -> None:
        words = {"warning_zh": warning[0], "warning_en": warning[1]}
        super().__init__(violations=violations, count=len(violations), **words)
