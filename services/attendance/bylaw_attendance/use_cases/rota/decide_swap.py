"""Moves swaps of the rota on: the other person agrees, the heads of both consent, the cells are exchanged (ORG-3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.notices import have_told
from bylaw_chassis.refusals import FieldInvalid, Refusal

from bylaw_attendance.events import rota_swap_changed
from bylaw_attendance.ports.swaps import Place, SwapStore
from bylaw_attendance.rules.rota.rota import RotaCell
from bylaw_attendance.rules.rota.rota_swap import Signature, Swap, SwapEnding, SwapState
from bylaw_attendance.rules.rota.rota_swap_refusals import (
    RotaSwapNotAgreed,
    RotaSwapNotFound,
    RotaSwapNotOwn,
    RotaSwapOver,
    RotaSwapOwn,
)
from bylaw_attendance.rules.rota.swap_notice import swap_notice
from bylaw_attendance.use_cases.own_things import own
from bylaw_attendance.use_cases.rota.ask_swap import CheckSwap
from bylaw_attendance.use_cases.rota.load_rota import RotaFacts
from bylaw_attendance.use_cases.sheets.finding import Finding


@dataclass(frozen=True, slots=True)
class ShowSwaps:
    """One, or a page of them; who is within reach is taken as of today."""

    database: Database
    finding: Finding
    swaps: SwapStore

    def one(self, identifier: UUID, reach: Reach) -> Swap:
        """A swap; refuses ROTA_SWAP_NOT_FOUND, also where neither of the two is within reach."""
        with self.database.read() as connection:
            found = self.swaps.within(connection, identifier, reach, self.finding.today)
        if found is None:
            raise RotaSwapNotFound
        return found

    def page(self, state: SwapState | None, reach: Reach, *, page: tuple[Place | None, int]) -> list[Swap]:
        """Swaps behind a place."""
        with self.database.read() as connection:
            return self.swaps.listed(connection, state, reach, day=self.finding.today, page=page)


@dataclass(frozen=True, slots=True)
class DecideSwap:
    """Every step is taken on the row as it stands, behind its lock."""

    database: Database
    shown: ShowSwaps
    swaps: SwapStore
    check: CheckSwap

    def agree(self, identifier: UUID, *, seen: str, caller: Caller, reach: Reach) -> Swap:
        """By the person asked; refuses as the contract says."""
        found = own(self.shown.one, identifier, caller=caller, reach=reach, not_own=_not_asked)
        if found.other != caller.person:
            raise _not_asked(found)
        self._check_asked(found, seen)
        self.check.cells(found)
        with self.database.work() as work:
            now = self._locked(work, found)
            self._check_asked(now, seen)
            self.check.hold(work, now)
            return self._kept(work, now._replace(agreed_at=work.now, revision=now.revision + 1), caller)

    def consent(self, identifier: UUID, *, seen: str, caller: Caller, reach: Reach) -> Swap:
        """As a head of either or of both; with both consents the cells are exchanged in the same transaction."""
        found = self._to_decide(identifier, caller, reach)
        self._check_agreed(found, seen)
        facts, cells = self.check.cells(found)
        sides = {one.person for one in self.shown.finding.people(reach, ids=found.both)}
        with self.database.work() as work:
            now = self._locked(work, found)
            self._check_agreed(now, seen)
            signed = now.consented(sides, Signature(caller.key, work.now))
            if signed.asker_consent and signed.other_consent:
                signed = self._done(work, signed, caller, facts=facts, cells=cells)
            return self._kept(work, signed, caller)

    def refuse(self, identifier: UUID, text: str, *, seen: str, caller: Caller, reach: Reach) -> Swap:
        """Leaves it on record with the words that say why."""
        if not text.strip():
            raise FieldInvalid(field="text", zh="请填写不同意的理由", en="say why it is refused")
        found = self._to_decide(identifier, caller, reach)
        return self._ended(found, SwapState.REFUSED, text.strip(), seen=seen, caller=caller)

    def withdraw(self, identifier: UUID, *, seen: str, caller: Caller, reach: Reach) -> Swap:
        """By one of the two; refuses ROTA_SWAP_NOT_OWN to whoever merely sees it."""
        found = own(self.shown.one, identifier, caller=caller, reach=reach, not_own=_not_of_both)
        return self._ended(found, SwapState.WITHDRAWN, "", seen=seen, caller=caller)

    def _to_decide(self, identifier: UUID, caller: Caller, reach: Reach) -> Swap:
        found = self.shown.one(identifier, reach)
        if caller.person in found.both:
            raise RotaSwapOwn
        return found

    def _check_asked(self, swap: Swap, seen: str) -> None:
        swap.check_open(seen)
        if swap.agreed_at:
            raise RotaSwapOver

    def _check_agreed(self, swap: Swap, seen: str) -> None:
        swap.check_open(seen)
        if not swap.agreed_at:
            raise RotaSwapNotAgreed

    def _done(self, work: Work, swap: Swap, caller: Caller, *, facts: RotaFacts, cells: Mapping[int, RotaCell]) -> Swap:
        """What changed since the swap was looked at is looked at once more, behind the months' locks."""
        self.check.putting.put(work, cells, caller, facts=facts, unit=None)
        return swap._replace(ending=SwapEnding(SwapState.DONE, Signature(caller.key, work.now)))

    def _ended(self, found: Swap, state: SwapState, text: str, *, seen: str, caller: Caller) -> Swap:
        with self.database.work() as work:
            now = self._locked(work, found)
            now.check_open(seen)
            ending = SwapEnding(state, Signature(caller.key, work.now), text)
            return self._kept(work, now._replace(ending=ending, revision=now.revision + 1), caller)

    def _locked(self, work: Work, found: Swap) -> Swap:
        return self.swaps.find(work.connection, found.identifier, lock=True) or found

    def _kept(self, work: Work, swap: Swap, caller: Caller) -> Swap:
        self.swaps.keep(work.connection, swap)
        work.publish(rota_swap_changed(swap))
        have_told(work, swap_notice(swap, caller.person))
        return swap


def _not_asked(found: Swap) -> Refusal:
    return RotaSwapNotOwn(found.numbers[1:])


def _not_of_both(found: Swap) -> Refusal:
    return RotaSwapNotOwn(found.numbers)
