"""`bylaw post`: movements of a file, all of them or none (WHS-3, WHS-4)."""

from pathlib import Path
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.stock.goods import goods_of, warehouse_option
from bylaw_cli.stock.posted import read_movements
from bylaw_cli.typed import FILE
from bylaw_cli.wording import Language, Wording

EXAMPLE = "paper,number,item,from,to,quantity\nsales-order,SO-7001,MJ-CUP,A-01-1,CARRIER,2"
ABOUT = Wording(
    "Post the movements of FILE in their order, all of them or none: CSV with the columns item, from, to, quantity,"
    " and, where there are any, paper, number, lot, expiry_date, day, reason. Places are named by their labels; paper"
    " is delivery-note, sales-order, requisition, return-slip or carrier-receipt. Lines behind one another with the"
    " same paper, day and reason are one movement; at most 1000 movements of 5000 lines in all.\n\n\b\n"
    f"bylaw post today.csv\n\n\b\n{EXAMPLE}",
    "按顺序将 FILE 中的出入库记账，全部接受或全部不接受：CSV，列为 item、from、to、quantity，另可有 paper、number、"
    "lot、expiry_date、day、reason。货位写标签；paper 为 delivery-note、sales-order、requisition、return-slip 或"
    " carrier-receipt。相邻且单据、日期、说明相同的行为一笔；最多 1000 笔、共 5000 行。\n\n\b\n"
    f"bylaw post today.csv\n\n\b\n{EXAMPLE}",
)
POSTED = Wording("{file}: {count} movements are posted", "{file}：已记账 {count} 笔")


def post_command(language: Language) -> click.Command:
    """Return `bylaw post FILE`."""

    @json_option(language)
    @warehouse_option(language)
    @click.argument("file", type=FILE)
    def post(file: Path, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        movements = read_movements(file, goods, language)
        done = goods.rest.call("POST", f"{goods.path}/stockMovements:batchPost", {"stockMovements": movements})
        said = POSTED.show(language).format(file=file.name, count=len(done["stockMovements"]))
        tell(done, [said], as_json=as_json)

    return click.command("post", help=ABOUT.show(language))(signed_in(post, language))
