"""`bylaw photo`: signing in by a photo, and the head's review of photos (ATT-1)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.directions import DIRECTIONS, SHOWN
from bylaw_cli.looking_up import Names
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.things import Step, Things, given_of, list_command, step_command, the_one
from bylaw_cli.typed import FILE, NEW_FILE
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Photos by which people sign in, and their review.\n\n\b\n"
    "bylaw photo send me.jpg in\nbylaw photo list --state waiting\nbylaw photo save 24cfea49 seen.jpg\n"
    "bylaw photo accept 24cfea49",
    "照片签到与审核。\n\n\b\n"
    "bylaw photo send me.jpg in\nbylaw photo list --state waiting\nbylaw photo save 24cfea49 seen.jpg\n"
    "bylaw photo accept 24cfea49",
)
SEND = Wording(
    "Sign in now by the photo in FILE (JPEG or PNG, at most 5 MiB), coming `in` or going `out`; which way may be left"
    " out.\n\n\b\nbylaw photo send me.jpg in",
    "以 FILE（JPEG 或 PNG，不超过 5 MiB）现在签到，in 为上班，out 为下班，可不写。\n\n\b\nbylaw photo send me.jpg in",
)
LIST = Wording(
    "List photos that you may see; those that wait come first.\n\n\b\nbylaw photo list --of SALES --state waiting",
    "列出您可见的照片，待审核的在前。\n\n\b\nbylaw photo list --of SALES --state waiting",
)
SAVE = Wording(
    "Write the image of a photo to FILE, to look at it. The audit trail says who looked.\n\n\b\n"
    "bylaw photo save 24cfea49 seen.jpg",
    "将照片写入 FILE 以便查看；审计记录会注明查看人。\n\n\b\nbylaw photo save 24cfea49 seen.jpg",
)
STEPS = {
    "accept": Step(
        "accept",
        Wording(
            "Accept a photo: it proves presence, and becomes a punch where there is none.\n\n\b\n"
            "bylaw photo accept 24cfea49 --reason 'it is him'",
            "通过一张照片：证明在岗，无打卡时成为一次打卡。\n\n\b\nbylaw photo accept 24cfea49 --reason 是本人",
        ),
        said="text",
    ),
    "refuse": Step(
        "refuse",
        Wording(
            "Turn a photo down, saying why. No punch is voided by that.\n\n\b\n"
            "bylaw photo refuse 24cfea49 --reason 'nobody is to be seen'",
            "不通过一张照片，并写明理由。不影响任何打卡。\n\n\b\nbylaw photo refuse 24cfea49 --reason 看不清人",
        ),
        said="text",
        needed=True,
    ),
    "cancel": Step(
        "withdraw",
        Wording(
            "Take a photo of your own back while it waits; its image is purged within the hour. ID is the one that the"
            " list shows, or its day.\n\n\b\nbylaw photo cancel 2026-11-24",
            "撤回本人待审核的照片，图像一小时内删除。ID 为列表中的编号，或当天日期。\n\n\b\n"
            "bylaw photo cancel 2026-11-24",
        ),
        own=True,
    ),
}
KINDS = {".png": "image/png"}


def photo_group(language: Language) -> click.Group:
    """Return `bylaw photo`."""
    group = click.Group("photo", help=ABOUT.show(language))
    group.add_command(_send_command(language))
    group.add_command(list_command(PHOTOS, LIST, language))
    group.add_command(_save_command(language))
    for name, step in STEPS.items():
        group.add_command(step_command(PHOTOS, name, step, language=language))
    return group


def _send_command(language: Language) -> click.Command:
    @json_option(language)
    @click.argument("file", type=FILE)
    @click.argument("direction", type=click.Choice(list(DIRECTIONS)), required=False)
    def send(file: Path, direction: str | None, *, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        way = given_of({"direction": DIRECTIONS.get(direction or "")})
        kind = KINDS.get(file.suffix.lower(), "image/jpeg")
        done = rest.upload("/v1/signInPhotos", file.read_bytes(), way, kind=kind)
        tell(done, [PHOTOS.shown(done, Names(rest, language), language)], as_json=as_json)

    return click.command("send", help=SEND.show(language))(signed_in(send, language))


def _save_command(language: Language) -> click.Command:
    @click.argument("typed", metavar="ID")
    @click.argument("file", type=NEW_FILE)
    def save(typed: str, file: Path, **given: Any) -> None:
        rest = rest_of(given, language)
        one = the_one(rest, PHOTOS, typed, own=False, language=language)
        file.write_bytes(rest.download(f"/v1/{one['name']}/image"))
        click.echo(PHOTOS.shown(one, Names(rest, language), language))

    return click.command("save", help=SAVE.show(language))(signed_in(save, language))


def _line(one: Mapping[str, Any], names: Names, language: Language) -> str:
    who, way = names.numbered(one["person"], one["employeeNumber"]), SHOWN[one["direction"]].show(language)
    return "  ".join(part for part in (who, one["localTime"], way, one["device"], one["endText"]) if part)


PHOTOS = Things(
    collection="signInPhotos",
    noun=Wording("photo", "照片"),
    line=_line,
    days=lambda one: [one["localTime"][:10]],
    prefix="SIGN_IN_PHOTO_STATE_",
    states={
        "WAITING": Wording("waits", "待审核"),
        "ACCEPTED": Wording("accepted", "已通过"),
        "REFUSED": Wording("refused", "未通过"),
        "WITHDRAWN": Wording("taken back", "已撤回"),
        "EXPIRED": Wording("nobody reviewed it in time", "逾期未审核"),
    },
    ended=("ACCEPTED", "REFUSED", "WITHDRAWN", "EXPIRED"),
)
