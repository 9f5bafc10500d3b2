"""`bylaw receive decide`: a delivery is taken in, in part or whole, or refused (WHS-2)."""

from typing import Any

import click

from bylaw_cli.rest import Told
from bylaw_cli.stock import receive_words as words
from bylaw_cli.stock.deliveries import the_delivery
from bylaw_cli.stock.goods import Tree
from bylaw_cli.stock.of_notes import meant, of_note, tell_delivery
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language


def decide_command(language: Language) -> click.Command:
    """Return `bylaw receive decide NOTE`."""

    @click.option("--put-away", is_flag=True, help=words.TO_FIXED.show(language))
    @click.option("--to", metavar="CODE", default="", help=words.TO.show(language))
    @click.option("--closes", metavar="TEXT", default="", help=words.CLOSES.show(language))
    @click.option("--over-reason", metavar="TEXT", default="", help=words.OVER.show(language))
    @click.option("--refuse", metavar="TEXT", help=words.REFUSE.show(language))
    @click.option("--accept-fit", metavar="TEXT", help=words.ACCEPT_FIT.show(language))
    @click.option("--accept", is_flag=True, help=words.ACCEPT.show(language))
    @click.argument("note")
    def decide(note: str, *, as_json: bool, **given: Any) -> None:
        wish = {name: given.pop(name) for name in ("accept", "accept_fit", "refuse", "over_reason", "closes")}
        to, put_away = given.pop("to"), given.pop("put_away")
        if sum((wish["accept"], wish["accept_fit"] is not None, wish["refuse"] is not None)) != 1:
            raise Told(words.ONE_DECISION.show(language), language)
        goods, found = meant(note, given, language)
        delivery = the_delivery(goods, found, ("COUNTED",), language)
        body = _decision(delivery, wish) | given_of({"toPlace": goods.place(to) if to else "", "putAway": put_away})
        done = goods.rest.call("POST", f"/v1/{delivery['name']}:decide", body)
        tell_delivery(goods, done, language, as_json=as_json)

    return click.command("decide", help=words.DECIDE.show(language))(of_note(decide, language))


def _decision(delivery: Tree, wish: dict[str, Any]) -> dict[str, Any]:
    """What is decided, as the interface takes it."""
    lines: list[dict[str, Any]] = []
    decision = "ACCEPTED" if wish["accept"] else "REFUSED"
    if wish["accept_fit"] is not None:
        decision = "ACCEPTED_IN_PART"
        lines = [
            {"item": one["item"], "quantity": one["fit"], **given_of({"lot": one["lot"]})}
            for one in delivery["lines"]
            if one.get("fit") and one["fit"]["value"] != "0"
        ]
    said = {
        "lines": lines,
        "reason": "; ".join(filter(None, (wish["accept_fit"], wish["refuse"], wish["closes"]))),
        "overReason": wish["over_reason"],
        "noteOutcome": "NOTE_OUTCOME_CLOSES" if wish["closes"] else "",
    }
    return {"decision": f"DELIVERY_DECISION_{decision}", **given_of(said)}
