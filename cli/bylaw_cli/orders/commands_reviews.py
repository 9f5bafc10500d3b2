"""`bylaw orders reviews`: product reviews out of a platform's export, listed, answered and counted (CUS-3)."""

import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.import_files import line_words
from bylaw_cli.orders.shops import ALL, Shops, Tree, channel_option, shops_of
from bylaw_cli.orders.ticket_steps import TEXT, said
from bylaw_cli.orders.words import when
from bylaw_cli.reaching import signed_in
from bylaw_cli.stock.tables import Column, show_rows
from bylaw_cli.things import SHOWN_ID, Things, given_of, the_one
from bylaw_cli.typed import FILE
from bylaw_cli.wording import Language, Wording

GROUP = Wording(
    "Product reviews: taken in from a platform's export, answered in time, counted per product.\n\n\b\n"
    "bylaw orders reviews import reviews.csv --channel tmall\nbylaw orders reviews list --unanswered",
    "商品评价：从平台导出文件取入，按时答复，按商品统计。\n\n\b\n"
    "bylaw orders reviews import reviews.csv --channel tmall\nbylaw orders reviews list --unanswered",
)
IMPORT = Wording(
    "Take the reviews of a platform's export in: csv or tsv in UTF-8 or GB18030, or xlsx, plain or gzip. Columns are"
    " found by their names: rating, date and sku (or order number); review id, text and nick if they are there.\n\n"
    "Each review is taken once; whose it is is not kept. What cannot be read is refused by line, the rest is taken, and"
    " it exits with 1.\n\n\b\nbylaw orders reviews import reviews.csv --channel tmall",
    "取入平台导出的评价：UTF-8 或 GB18030 编码的 csv、tsv，或 xlsx，可为 gzip。各列按列名识别：评分、评价时间、"
    "商家编码（或订单编号）；如有则取评价编号、评价内容、买家昵称。\n\n"
    "同一评价只取一次，评价人不作记录；无法读取的行被拒并说明原因，其余照常取入，退出码为 1。\n\n\b\n"
    "bylaw orders reviews import reviews.csv --channel tmall",
)
LIST = Wording(
    "List reviews, the newest first, with until when each is to be answered.\n\n\b\n"
    "bylaw orders reviews list --unanswered --channel tmall",
    "列出评价，最新的在前，并显示须在何时前答复。\n\n\b\nbylaw orders reviews list --unanswered --channel tmall",
)
ANSWER = Wording(
    "Record what a review was answered with, once. ID is the end of its id, as the list shows it.\n\n\b\n"
    "bylaw orders reviews answer 24cfea49 --text 'Thank you.'",
    "记录对评价的答复，只记一次。ID 为列表所示编号（资源名末尾）。\n\n\b\n"
    "bylaw orders reviews answer 24cfea49 --text 谢谢",
)
FIGURES = Wording(
    "Count reviews per product: how many, how good, how many answered, in time, late.\n\n\b\n"
    "bylaw orders reviews figures --channel tmall",
    "按商品统计评价：条数、平均分、已答复、按时、逾期。\n\n\b\nbylaw orders reviews figures --channel tmall",
)
ZONE = Wording("Zone of its times, such as Europe/London.", "文件中时间所属的时区，如 Europe/London。")
TRY = Wording("Only say what would become of it.", "只说明会如何处理，不取入。")
UNANSWERED = Wording("Only those that were not answered.", "只列未答复的。")
OVERDUE = Wording("Only those whose answer is late.", "只列逾期未答复的。")
CODE = Wording("Only those of these goods.", "只列该商品的。")
COLUMNS = (
    Column(Wording("ID", "编号")),
    Column(Wording("Channel", "渠道")),
    Column(Wording("Goods", "商品")),
    Column(Wording("Stars", "评分"), number=True),
    Column(Wording("Written", "评价时间")),
    Column(Wording("Answer by", "须答复于")),
    Column(Wording("Text", "内容"), wraps=True),
    Column(Wording("Answer", "答复"), wraps=True),
)
COUNTED = (
    Column(Wording("Goods", "商品")),
    Column(Wording("Reviews", "评价"), number=True),
    Column(Wording("Mean", "平均分"), number=True),
    Column(Wording("Answered", "已答复"), number=True),
    Column(Wording("In time", "按时"), number=True),
    Column(Wording("Late", "逾期"), number=True),
)
REVIEWS = Things("reviews", Wording("review", "评价"), lambda one, _, __: str(one["code"]), lambda _: ())
REFUSED = "REVIEW_OUTCOME_REFUSED"
SHOWN_LINES = 20


def reviews_group(language: Language) -> click.Group:
    """Return `bylaw orders reviews`."""
    group = click.Group("reviews", help=GROUP.show(language))
    for make in (_import_command, _list_command, _answer_command, _figures_command):
        group.add_command(make(language))
    return group


def _import_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--validate", "validate", is_flag=True, help=TRY.show(language))
    @click.option("--time-zone", metavar="ZONE", default="", help=ZONE.show(language))
    @channel_option(language)
    @click.argument("file", type=FILE)
    def take(file: Path, *, channel: str, as_json: bool, **given: Any) -> None:
        zone, validate = given.pop("time_zone"), given.pop("validate")
        shops = shops_of(given, language, {"timeZone": "--time-zone", "file": file.name})
        asked = given_of({"timeZone": zone, "validateOnly": "true" if validate else ""})
        path = f"/v1/{shops.channel(channel)['name']}/reviewImports"
        made = shops.rest.upload(path, file.read_bytes(), asked)
        tell(made, [_outcome(made, file).show(language)], as_json=as_json)
        _show_refused(made, language)

    return click.command("import", help=IMPORT.show(language))(signed_in(take, language))


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--code", metavar="CODE", default="", help=CODE.show(language))
    @click.option("--overdue", is_flag=True, help=OVERDUE.show(language))
    @click.option("--unanswered", is_flag=True, help=UNANSWERED.show(language))
    @channel_option(language)
    def show(*, channel: str, as_json: bool, **given: Any) -> None:
        flags = {name: "true" if given.pop(name) else "" for name in ("unanswered", "overdue")}
        code = given.pop("code")
        shops = shops_of(given, language, {"code": "--code"})
        query = {**flags, "code": code, "channel": _channel(shops, channel)}
        found = list(shops.rest.pages("/v1/reviews", "reviews", {**ALL, **given_of(query)}))
        if as_json:
            tell(found, (), as_json=True)
            return
        show_rows(COLUMNS, [_row(shops, one) for one in found], language)

    return click.command("list", help=LIST.show(language))(signed_in(show, language))


def _answer_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--text", metavar="TEXT", required=True, help=TEXT.about.show(language))
    @click.argument("identifier", metavar="ID")
    def answer(identifier: str, *, text: str, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language, {"text": "--text"})
        found = the_one(shops.rest, REVIEWS, identifier, own=False, language=language)
        done = shops.rest.call("POST", f"/v1/{found['name']}:answer", {"text": said(text)})
        tell(done, ["  ".join(filter(None, _row(shops, done)))], as_json=as_json)

    return click.command("answer", help=ANSWER.show(language))(signed_in(answer, language))


def _figures_command(language: Language) -> click.Command:
    @json_option(language)
    @channel_option(language)
    def show(*, channel: str, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language)
        query = given_of({"channel": _channel(shops, channel)})
        found = list(shops.rest.pages("/v1/reviewFigures", "reviewFigures", {**ALL, **query}))
        if as_json:
            tell(found, (), as_json=True)
            return
        names = ("code", "count", "meanStars", "answered", "answeredInTime", "late")
        show_rows(COUNTED, [[str(one[name]) for name in names] for one in found], language)

    return click.command("figures", help=FIGURES.show(language))(signed_in(show, language))


def _channel(shops: Shops, code: str) -> str:
    return str(shops.channel(code)["name"]) if code else ""


def _row(shops: Shops, one: Tree) -> list[str]:
    return [
        one["name"][-SHOWN_ID:],
        shops.code(one["channel"]),
        one["code"],
        str(one["stars"]),
        when(one["placeTime"]),
        "" if one["answer"] else when(one.get("dueTime") or ""),
        one["text"],
        one["answer"],
    ]


def _outcome(made: Tree, file: Path) -> Wording:
    counts = [made[name] for name in ("lineCount", "takenCount", "repeatedCount", "refusedCount")]
    lines, taken, repeated, refused = counts
    return Wording(
        f"{file.name}: {lines} lines; taken {taken}, on record already {repeated}, refused {refused}",
        f"{file.name}：{lines} 行；取入 {taken}，已有 {repeated}，拒绝 {refused}",
    )


def _show_refused(made: Tree, language: Language) -> None:
    """Name what was refused: the same word about the same place once, with how often; exits with 1 afterwards."""
    if not made["refusedCount"]:
        return
    told = Counter(line_words(line, language) for line in made["lines"] if line["outcome"] == REFUSED)
    for words, times in islice(told.items(), SHOWN_LINES):
        click.echo(f"  {words}{f' ×{times}' if times > 1 else ''}", err=True)
    if more := made["refusedCount"] - sum(islice(told.values(), SHOWN_LINES)):
        click.echo(Wording(f"  and {more} more", f"  另有 {more} 行").show(language), err=True)
    sys.exit(1)
