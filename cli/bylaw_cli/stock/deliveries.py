"""Delivery notes and their deliveries as text: which one is meant, and where it stands (WHS-1, WHS-2)."""

from collections.abc import Iterator
from typing import Any

from bylaw_cli.rest import Told
from bylaw_cli.stock import receive_words as words
from bylaw_cli.stock.goods import Goods, Tree
from bylaw_cli.stock.words import amount, quantity, shown
from bylaw_cli.wording import Language


def the_note(goods: Goods, number: str, supplier: str, language: Language) -> Any:
    """Return the note with a number; refuses one that there is not, and those of several suppliers."""
    alike = [one for one in goods.all("deliveryNotes") if one["number"].casefold() == number.casefold()]
    found = [one for one in alike if not supplier or one["supplier"].casefold() == supplier.casefold()]
    if len(found) == 1:
        return found[0]
    raise Told((words.SEVERAL if found else words.NONE).show(language).format(typed=number), language)


def deliveries_of(goods: Goods, note: Tree) -> list[Any]:
    """A note's deliveries in the order in which they began."""
    return list(goods.rest.pages(f"/v1/{note['name']}/deliveries", "deliveries", {"pageSize": 1000}))


def the_delivery(goods: Goods, note: Tree, states: tuple[str, ...], language: Language) -> Any:
    """Return the newest delivery of a note that stands so; refuses where none does."""
    wanted = {f"DELIVERY_STATE_{state}" for state in states}
    found = [one for one in deliveries_of(goods, note) if one["state"] in wanted]
    if not found:
        raise Told(words.NO_DELIVERY.show(language).format(typed=note["number"]), language)
    return found[-1]


def note_line(note: Tree, language: Language) -> str:
    """A note as a line."""
    expected = words.IS_EXPECTED.show(language).format(day=note["expectedDate"]) if note["expectedDate"] else ""
    state = shown(words.STATES, note["state"], "DELIVERY_NOTE_STATE_", language)
    blind = words.IS_BLIND.show(language) if note["blind"] else ""
    parts = (note["number"], note["supplier"], expected, state, blind, note["endReason"])
    return "  ".join(part for part in parts if part)


def note_lines(goods: Goods, note: Tree, language: Language) -> Iterator[str]:
    """A note in full: what is announced, and each delivery."""
    yield note_line(note, language)
    goods.learn(line["item"] for line in note["lines"])
    for line in note["lines"]:
        said = ""
        if line.get("quantity"):
            accepted = quantity(line.get("accepted"))
            said = words.ANNOUNCED.show(language).format(announced=amount(line["quantity"]), accepted=accepted)
        parts = (goods.called(line["item"]), line["lot"], line["expiryDate"], said)
        yield "  " + "  ".join(part for part in parts if part)
    for delivery in deliveries_of(goods, note):
        yield from delivery_lines(goods, delivery, language)


def delivery_lines(goods: Goods, delivery: Tree, language: Language) -> Iterator[str]:
    """A delivery: where it stands, what was counted beside what was announced, what was decided and why."""
    state = shown(words.DELIVERY_STATES, delivery["state"], "DELIVERY_STATE_", language)
    decision = delivery["decision"].removeprefix("DELIVERY_DECISION_")
    if decision in words.DECISIONS:
        state = words.DECISIONS[decision].show(language)
    photos = words.PHOTOS.show(language).format(count=len(delivery["photos"])) if delivery["photos"] else ""
    number = words.DELIVERY.show(language).format(number=delivery["number"])
    parts = (number, delivery["reference"], state, photos, delivery["reason"], delivery["remark"])
    yield "  ".join(part for part in parts if part)
    compared = delivery["comparedLines"]
    goods.learn(line["item"] for line in compared or delivery["lines"])
    yield from (f"  {_compared(goods, line, language)}" for line in compared)
    if not compared:
        yield from (f"  {_counted(goods, line, language)}" for line in delivery["lines"])


def _compared(goods: Goods, line: Tree, language: Language) -> str:
    said = words.COUNTED.show(language).format(
        announced=amount(line.get("announced")), counted=quantity(line.get("counted"))
    )
    differs = (shown(words.DIFFERENCES, one, "DELIVERY_DIFFERENCE_", language) for one in line["differences"])
    parts = (goods.called(line["item"]), line["lot"], said, ", ".join(differs))
    return "  ".join(part for part in parts if part)


def _counted(goods: Goods, line: Tree, language: Language) -> str:
    counts = {"fit": line.get("fit"), "damaged": line.get("damaged"), "other": line.get("otherVariety")}
    said = words.JUST_COUNTED.show(language).format(**{key: quantity(told) or "0" for key, told in counts.items()})
    return "  ".join(part for part in (goods.called(line["item"]), line["lot"], said) if part)
