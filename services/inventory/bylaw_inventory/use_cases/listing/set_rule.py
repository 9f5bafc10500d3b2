"""Sets what a category asks for; what is listed stays complete by it, or is taken off where that is said (GDS-1)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Database, Work
from bylaw_chassis.values import new_id

from bylaw_inventory.events import listing_changed
from bylaw_inventory.ports.goods import ListingStore, SheetStore
from bylaw_inventory.ports.stores import ByText
from bylaw_inventory.rules.listing.refusals import CategoryRuleStricter
from bylaw_inventory.rules.listing.sheet import CategoryRule, SheetPart
from bylaw_inventory.use_cases.listing.check_listed import CheckListed


@dataclass(frozen=True, slots=True)
class SetRule:
    """Nothing is listed or changed while a rule is set."""

    database: Database
    sheets: SheetStore
    listings: ListingStore
    listed: CheckListed

    def set(
        self, category: str, parts: tuple[SheetPart, ...], attributes: tuple[str, ...], *, delist: bool, caller: Caller
    ) -> CategoryRule:
        """Refuses CATEGORY_RULE_STRICTER."""
        with self.database.work() as work:
            self.sheets.hold_rules(work.connection, to_set=True)
            wish = CategoryRule(new_id(), category, parts, attributes, work.now, caller.key)
            made = self.sheets.set_rule(work.connection, wish)
            incomplete = self.listed.completeness.listed_incomplete(work.connection, None, work.now)
            if incomplete and not delist:
                faults = self.listed.faults(work.connection, None, work.now)
                raise CategoryRuleStricter(faults)
            if incomplete:
                self._take_off(work, made, [listing for listing, *_ in incomplete], caller)
        return made

    def rules(self, *, page: ByText) -> list[CategoryRule]:
        """The rules that were set, by category."""
        with self.database.read() as connection:
            return self.sheets.rules_listed(connection, page=page)

    def _take_off(self, work: Work, rule: CategoryRule, wanted: list[UUID], caller: Caller) -> None:
        reason = f"GDS-1 {rule.name}"
        ended = self.listings.end(work.connection, wanted, now=work.now, by=caller.key, reason=reason)
        work.publish(*map(listing_changed, ended))
