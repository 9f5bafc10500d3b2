"""`bylaw inbox`: the decisions that wait for whoever signs in, one of them in full, and the answer to it."""

from collections.abc import Mapping
from typing import Any

import click

from bylaw_cli.decision_words import full, line
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Parameters, Rest, Told
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "What waits for your decision, oldest first. With an ID, that one in full: what is asked, by whom, what was said."
    " An ID may be shortened to its last characters, as the list shows it.\n\n"
    "\b\nbylaw inbox\nbylaw inbox 24cfea49\nbylaw inbox 24cfea49 --agree\n"
    "bylaw inbox 24cfea49 --refuse 'the budget of this quarter is spent'",
    "等待您决定的事项，由早到晚。给出 ID 时显示该事项全文：所请何事、何人所请、各方意见。"
    "ID 可只写列表中显示的末几位。\n\n"
    "\b\nbylaw inbox\nbylaw inbox 24cfea49\nbylaw inbox 24cfea49 --agree\n"
    "bylaw inbox 24cfea49 --refuse 本季度预算已用完",
)
WAITING: Parameters = {"view": "DECISION_VIEW_WAITING_FOR_ME", "pageSize": 1000}
NOTHING = Wording("Nothing waits for you.", "没有等待您决定的事项。")
ONE_ANSWER = Wording(
    "Give an ID with one of --agree, --refuse TEXT and --send-back TEXT.",
    "请给出 ID，并只选 --agree、--refuse TEXT、--send-back TEXT 之一。",
)


def inbox_command(language: Language) -> click.Command:
    """Return `bylaw inbox [ID]`."""
    agree = Wording("Agree.", "同意。").show(language)
    refuse = Wording("Refuse, and say why.", "不同意，并写明理由。").show(language)
    back = Wording("Send back, and say what to change.", "退回，并写明须改之处。").show(language)

    @click.option("--agree", is_flag=True, help=agree)
    @click.option("--refuse", metavar="TEXT", help=refuse)
    @click.option("--send-back", metavar="TEXT", help=back)
    @click.argument("id", required=False)
    def inbox(**given: Any) -> None:
        ending = given.pop("id")
        answers = _answers(given)
        if len(answers) > 1 or (answers and not ending):
            raise Told(ONE_ANSWER.show(language), language)
        rest = rest_of(given, language)
        waiting = list(rest.pages("/v1/decisions", "decisions", WAITING))
        if not ending:
            _list(rest, waiting, language)
            return
        name = _one(waiting, ending, language)
        for answer in answers:
            _answer(rest, name, answer)
        decision = rest.get(f"/v1/{name}")
        places = {said["person"]: said["unit"] for said in decision["answers"]} | {
            decision["requester"]: decision["unit"]
        }
        click.echo("\n".join(full(decision, _names(rest, places, language), language)))

    return click.command("inbox", help=ABOUT.show(language))(signed_in(inbox, language))


def _answers(given: dict[str, Any]) -> list[dict[str, str]]:
    """Take the answers out of what was typed."""
    texts = {"REFUSE": given.pop("refuse"), "SEND_BACK": given.pop("send_back")}
    found = [{"answer": "ANSWER_KIND_AGREE", "text": ""}] if given.pop("agree") else []
    return found + [{"answer": f"ANSWER_KIND_{kind}", "text": text} for kind, text in texts.items() if text is not None]


def _list(rest: Rest, waiting: list[Any], language: Language) -> None:
    if not waiting:
        click.echo(NOTHING.show(language))
    names = _names(rest, {decision["requester"]: decision["unit"] for decision in waiting}, language)
    for decision in reversed(waiting):
        click.echo(line(decision, names, language))


def _names(rest: Rest, places: Mapping[str, str], language: Language) -> dict[str, str]:
    """What people are called; who is out of the caller's reach is called by the unit for which they spoke."""
    found = {}
    for person, unit in places.items():
        try:
            found[person] = str(rest.get(f"/v1/{person}")["displayName"])
        except Told:
            found[person] = str(rest.get(f"/v1/{unit}")["title"][language]) if unit else person
    return found


def _one(waiting: list[Any], ending: str, language: Language) -> str:
    """Return the name of the one whose id ends so; it need not wait any more where the whole id is typed."""
    ending = ending.removeprefix("decisions/")
    found = [decision["name"] for decision in waiting if decision["name"].endswith(ending)]
    if len(found) == 1:
        return str(found[0])
    if len(ending) == len("00000000-0000-0000-0000-000000000000"):
        return f"decisions/{ending}"
    several = Wording(
        f"{len(found)} of the decisions that wait for you end in {ending}; type more of the ID.",
        f"等待您决定的事项中有 {len(found)} 项以 {ending} 结尾；请多输入几位。",
    )
    none = Wording(f"No decision that waits for you ends in {ending}.", f"没有等待您决定的事项以 {ending} 结尾。")
    raise Told((several if found else none).show(language), language)


def _answer(rest: Rest, name: str, answer: dict[str, str]) -> None:
    """Answer the step as it is seen now: if somebody is quicker, the service refuses."""
    seen = rest.get(f"/v1/{name}")
    rest.call("POST", f"/v1/{name}:answer", {**answer, "step": seen["step"], "etag": seen["etag"]})
