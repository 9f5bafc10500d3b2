"""How inventory says no about papers (WHS-3)."""

from bylaw_chassis.refusals import Code, Refusal

from bylaw_inventory.rules.ledger.movement import MovementKind
from bylaw_inventory.rules.papers.paper_rule import LEAST, clause_of
from bylaw_inventory.rules.papers.refused import LackingPapers
from bylaw_inventory.rules.papers.words import needs_in_words


class PapersMissing(Refusal):
    """Goods move only against complete paperwork."""

    code = Code.FAILED_PRECONDITION
    reason = "PAPERS_MISSING"
    zh = "手续不全：须有{papers_zh}（编号）；请补齐后再过账。"
    en = "The paperwork is not complete: it takes a {papers_en} with its number; add it and post again."

    def __init__(self, attempt: LackingPapers) -> None:
        self.attempt = attempt
        self.clause = attempt.clause
        zh, en = needs_in_words(attempt.missing)
        super().__init__(papers_zh=zh, papers_en=en)


class PapersBelowLeast(Refusal):
    """A company may ask for more papers than the rulebook, never for less."""

    code = Code.FAILED_PRECONDITION
    reason = "PAPERS_BELOW_LEAST"
    zh = "少于章程的最低要求：至少须有{papers_zh}；请补上后再设定。"
    en = "That is less than the rulebook asks for: it takes a {papers_en} at the least; add it and set it again."

    def __init__(self, kind: MovementKind) -> None:
        self.clause = clause_of(kind)
        zh, en = needs_in_words([LEAST[kind][0]])
        super().__init__(papers_zh=zh, papers_en=en)
