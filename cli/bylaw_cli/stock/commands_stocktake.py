"""`bylaw stocktake`: keeper and finance count together, explain what differs, sign, and have it decided (WHS-6)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.looking_up import ME, person_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.stock.counted import read_counts
from bylaw_cli.stock.goods import Goods, goods_of, warehouse_option
from bylaw_cli.stock.stocktake_words import (
    ABOUT,
    CANCEL,
    CAUSE,
    COMPARE,
    COUNT,
    COUNTED,
    DIFFERS_IN_NOTHING,
    EXPLAIN,
    FREEZE,
    ITEM,
    LIST,
    NO_FORMAT,
    OPEN,
    PLACE,
    PLACES,
    PROPOSAL,
    REPORT,
    RESPONSIBLE,
    SHOW,
    STEPS,
    STOCKTAKE,
    TOLERANCE,
    WHOLE_REPORT,
    WHY,
)
from bylaw_cli.stock.stocktakes import difference_lines, line, report_lines, the_stocktake
from bylaw_cli.things import given_of
from bylaw_cli.typed import FILE, NEW_FILE
from bylaw_cli.wording import Language, Wording

FORMATS = {".csv": "STOCKTAKE_FORMAT_CSV", ".xlsx": "STOCKTAKE_FORMAT_XLSX"}
CHOICES = {"adjust": "ADJUST", "recount": "RECOUNT", "keep": "KEEP"}


def stocktake_group(language: Language) -> click.Group:
    """Return `bylaw stocktake`."""
    group = click.Group("stocktake", help=ABOUT.show(language))
    group.add_command(_list_command(language))
    group.add_command(_open_command(language))
    group.add_command(_count_command(language))
    group.add_command(_compare_command(language))
    group.add_command(_explain_command(language))
    group.add_command(_show_command(language))
    group.add_command(_report_command(language))
    group.add_command(_cancel_command(language))
    for verb, about in STEPS.items():
        group.add_command(_step_command(verb, about, language))
    return group


def _of_one(command: Callable[..., Any], language: Language) -> Callable[..., Any]:
    """Add what every command on one stocktake takes."""
    option = click.option("--stocktake", metavar="ID", default="", help=STOCKTAKE.show(language))
    return json_option(language)(option(warehouse_option(language)(signed_in(command, language))))


def _meant(given: dict[str, Any], language: Language) -> tuple[Goods, Any]:
    """The warehouse and the stocktake that were typed."""
    warehouse, typed = given.pop("warehouse"), given.pop("stocktake")
    goods = goods_of(rest_of(given, language, PLACES), warehouse, language)
    return goods, the_stocktake(goods, typed, language)


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    def show(*, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        found = goods.all("stocktakes")
        tell(found, (line(goods, one, language) for one in found), as_json=as_json)

    return click.command("list", help=LIST.show(language))(signed_in(show, language))


def _open_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--freeze", is_flag=True, help=FREEZE.show(language))
    @click.option("--tolerance", metavar="PERCENT", default="", help=TOLERANCE.show(language))
    @click.option("--item", "items", multiple=True, metavar="ITEM", help=ITEM.show(language))
    @click.option("--place", "places", multiple=True, metavar="CODE", help=PLACE.show(language))
    @warehouse_option(language)
    def open_one(*, warehouse: str, freeze: bool, tolerance: str, as_json: bool, **given: Any) -> None:
        places, items = given.pop("places"), given.pop("items")
        goods = goods_of(rest_of(given, language, PLACES), warehouse, language)
        wish = {
            "warehouse": goods.warehouse["name"],
            "places": [goods.place(code) for code in places],
            "items": [goods.item(code) for code in items],
            "tolerance": {"percent": tolerance} if tolerance else {},
            "freeze": freeze,
        }
        done = goods.rest.call("POST", "/v1/stocktakes", given_of(wish))
        tell(done, [line(goods, done, language)], as_json=as_json)

    return click.command("open", help=OPEN.show(language))(signed_in(open_one, language))


def _count_command(language: Language) -> click.Command:
    @click.argument("file", type=FILE)
    def count(file: Path, *, as_json: bool, **given: Any) -> None:
        goods, one = _meant(given, language)
        counts = read_counts(file, goods, language)
        done = goods.rest.call("POST", f"/v1/{one['name']}/counts:record", {"counts": counts})
        said = COUNTED.show(language).format(file=file.name, count=len(done["counts"]))
        tell(done, [said], as_json=as_json)

    return click.command("count", help=COUNT.show(language))(_of_one(count, language))


def _compare_command(language: Language) -> click.Command:
    def compare(*, as_json: bool, **given: Any) -> None:
        goods, one = _meant(given, language)
        if one["state"] == "STOCKTAKE_STATE_COUNTING":
            goods.rest.call("POST", f"/v1/{one['name']}:endCounting", {})
        differences = list(goods.rest.pages(f"/v1/{one['name']}/differences", "differences", {"pageSize": 1000}))
        lines = list(difference_lines(goods, differences, language)) or [DIFFERS_IN_NOTHING.show(language)]
        tell(differences, lines, as_json=as_json)

    return click.command("compare", help=COMPARE.show(language))(_of_one(compare, language))


def _explain_command(language: Language) -> click.Command:
    @click.option("--report", metavar="TEXT", default="", help=WHOLE_REPORT.show(language))
    @click.option(
        "--proposal",
        type=click.Choice(list(CHOICES)),
        default="adjust",
        show_default=True,
        help=PROPOSAL.show(language),
    )
    @click.option("--responsible", metavar="WHO", default=ME, show_default=True, help=RESPONSIBLE.show(language))
    @click.option("--cause", metavar="TEXT", required=True, help=CAUSE.show(language))
    @click.argument("number", type=int)
    def explain(number: int, *, cause: str, report: str, as_json: bool, **given: Any) -> None:
        responsible, proposal = given.pop("responsible"), given.pop("proposal")
        goods, one = _meant(given, language)
        said = {
            "difference": f"{one['name']}/differences/{number}",
            "cause": cause,
            "responsible": person_with(goods.rest, responsible, language),
            "proposal": f"STOCKTAKE_PROPOSAL_{CHOICES[proposal]}",
        }
        body = {"explanations": [said], **given_of({"report": report})}
        done = goods.rest.call("POST", f"/v1/{one['name']}:explain", body)
        tell(done, () if as_json else report_lines(goods, done, language), as_json=as_json)

    return click.command("explain", help=EXPLAIN.show(language))(_of_one(explain, language))


def _show_command(language: Language) -> click.Command:
    def show(*, as_json: bool, **given: Any) -> None:
        goods, one = _meant(given, language)
        tell(one, () if as_json else report_lines(goods, one, language), as_json=as_json)

    return click.command("show", help=SHOW.show(language))(_of_one(show, language))


def _report_command(language: Language) -> click.Command:
    @click.argument("file", type=NEW_FILE)
    def report(file: Path, *, as_json: bool, **given: Any) -> None:
        if file.suffix.lower() not in FORMATS:
            raise Told(NO_FORMAT.show(language), language)
        goods, one = _meant(given, language)
        file.write_bytes(goods.rest.download(f"/v1/{one['name']}:export?format={FORMATS[file.suffix.lower()]}"))
        tell(one, [file.name], as_json=as_json)

    return click.command("report", help=REPORT.show(language))(_of_one(report, language))


def _cancel_command(language: Language) -> click.Command:
    @click.option("--reason", metavar="TEXT", required=True, help=WHY.show(language))
    def cancel(*, reason: str, as_json: bool, **given: Any) -> None:
        goods, one = _meant(given, language)
        done = goods.rest.call("POST", f"/v1/{one['name']}:cancel", {"reason": reason})
        tell(done, [line(goods, done, language)], as_json=as_json)

    return click.command("cancel", help=CANCEL.show(language))(_of_one(cancel, language))


def _step_command(verb: str, about: Wording, language: Language) -> click.Command:
    """Signing says which result was seen: what has changed since is not signed."""

    def take(*, as_json: bool, **given: Any) -> None:
        goods, one = _meant(given, language)
        body = {"etag": one["etag"]} if verb == "sign" else {}
        done = goods.rest.call("POST", f"/v1/{one['name']}:{verb}", body)
        tell(done, [line(goods, done, language)], as_json=as_json)

    return click.command(verb, help=about.show(language))(_of_one(take, language))
