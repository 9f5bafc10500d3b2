"""`bylaw clock`: the clocks on the walls: let in, listed with who is waited for, asked again, retired (ATT-4)."""

from typing import Any

import click

from bylaw_cli.answering import json_option, sure, tell, yes_option
from bylaw_cli.clock_words import NO_CLOCK, RETIRE, SEVERAL_CLOCKS, lines, retiring
from bylaw_cli.looking_up import Names, site_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Rest, Told
from bylaw_cli.things import given_of
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "The clocks that people punch at.\n\n\b\n"
    "bylaw clock register CKJ7204560001 --site HQ\nbylaw clock list\n"
    "bylaw clock backfill CKJ7204560001 2026-11-01 2026-11-07\nbylaw clock retire CKJ7204560001 2026-12-01",
    "考勤机。\n\n\b\n"
    "bylaw clock register CKJ7204560001 --site HQ\nbylaw clock list\n"
    "bylaw clock backfill CKJ7204560001 2026-11-01 2026-11-07\nbylaw clock retire CKJ7204560001 2026-12-01",
)
REGISTER = Wording(
    "Let the clock with this SERIAL number in, at a site. Registered again it is set anew; a key that is not named"
    " stays as it was.\n\n\b\nbylaw clock register CKJ7204560001 --site HQ --lag 60 --network 10.8.0.0/24 --key",
    "准入序列号为 SERIAL 的考勤机。再次登记即重新设置；未提及的通信密钥保持不变。\n\n\b\n"
    "bylaw clock register CKJ7204560001 --site HQ --lag 60 --network 10.8.0.0/24 --key",
)
LIST = Wording(
    "List the clocks: up to when each has reported, when it was last heard, what waits for it, and what is the matter"
    " with it. Nobody is absent before every clock of a site has reported; the one that is waited for is marked. Below"
    " stand serial numbers that knocked and are not registered.\n\n\b\nbylaw clock list --site HQ",
    "列出考勤机：各自上报至何时、最近联系时间、待执行的指令与异常。同一地点的考勤机全部上报之前不判缺勤，"
    "正在等待的会标明。其后列出曾来连接但未登记的序列号。\n\n\b\nbylaw clock list --site HQ",
)
BACKFILL = Wording(
    "Ask a clock that pushes to send the days from FIRST to LAST, or FIRST alone, again. What is on record is counted"
    " as repeated.\n\n\b\nbylaw clock backfill CKJ7204560001 2026-11-01 2026-11-07",
    "请推送型考勤机重新上传 FIRST 至 LAST（或仅 FIRST）的记录；已有的计为重复。\n\n\b\n"
    "bylaw clock backfill CKJ7204560001 2026-11-01 2026-11-07",
)
SITE = Wording("Code of the site where it hangs.", "所在地点的代码。")
ONLY_SITE = Wording("Only those of the site with this code.", "只列该代码地点的。")
OFFSET = Wording(
    "What it adds to UTC in minutes, where it is not set to its site's zone.",
    "与 UTC 相差的分钟数，未按所在地时区设置时填写。",
)
LAG = Wording("By how many seconds its time may be off.  [default: 120]", "时间允许偏差的秒数。 [默认：120]")
NETWORK = Wording("A network it may come from, such as 10.8.0.0/24; may be given again.", "允许的来源网段，可重复。")
KEY = Wording(
    "Ask for the communication key that is set in its menu; --no-key ends it.",
    "询问其菜单中的通信密钥；--no-key 取消。",
)
ASK_KEY = Wording("Communication key", "通信密钥")
PLACES = {
    "serialNumber": "SERIAL",
    "site": "--site",
    "utcOffsetMinutes": "--offset",
    "allowedLagSeconds": "--lag",
    "communicationKey": "--key",
    "sourceNetworks": "--network",
    "startDate": "FIRST",
    "endDate": "LAST",
    "retireDate": "DAY",
}


def clock_group(language: Language) -> click.Group:
    """Return `bylaw clock`."""
    group = click.Group("clock", help=ABOUT.show(language))
    for command in (_register_command, _list_command, _backfill_command, _retire_command):
        group.add_command(command(language))
    return group


def _register_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--key/--no-key", "key", default=None, help=KEY.show(language))
    @click.option("--network", "networks", multiple=True, metavar="NETWORK", help=NETWORK.show(language))
    @click.option("--lag", type=int, default=0, help=LAG.show(language))
    @click.option("--offset", type=int, help=OFFSET.show(language))
    @click.option("--site", required=True, metavar="CODE", help=SITE.show(language))
    @click.argument("serial")
    def register(serial: str, *, site: str, key: bool | None, as_json: bool, **given: Any) -> None:
        wish = {"serialNumber": serial, "site": site, "allowedLagSeconds": given.pop("lag")}
        wish |= given_of({"sourceNetworks": list(given.pop("networks"))})
        if (offset := given.pop("offset")) is not None:
            wish["utcOffsetMinutes"] = offset
        if key is not None:
            # Not an option's value: everybody on the machine would see it.
            wish["communicationKey"] = click.prompt(ASK_KEY.show(language), hide_input=True) if key else ""
        rest = rest_of(given, language, PLACES)
        done = rest.call("POST", "/v1/pushingClocks", wish)
        tell(done, lines({"clocks": []}, {"clocks": [done]}, Names(rest, language), language), as_json=as_json)

    return click.command("register", help=REGISTER.show(language))(signed_in(register, language))


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--site", metavar="CODE", help=ONLY_SITE.show(language))
    def show(*, site: str | None, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        query = given_of({"site": site_with(rest, site, language) if site else ""})
        known, pushing = rest.get("/v1/clocks", query), rest.get("/v1/pushingClocks", query)
        told = {
            "clocks": known["clocks"],
            "pushingClocks": pushing["clocks"],
            "unknownClocks": pushing["unknownClocks"],
        }
        tell(told, lines(known, pushing, Names(rest, language), language), as_json=as_json)

    return click.command("list", help=LIST.show(language))(signed_in(show, language))


def _backfill_command(language: Language) -> click.Command:
    @json_option(language)
    @click.argument("serial")
    @click.argument("first", callback=a_day(language))
    @click.argument("last", callback=a_day(language), required=False)
    def backfill(serial: str, first: str, *, last: str | None, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language, PLACES)
        name = _clock(rest, serial, site="", language=language)["name"]
        done = rest.call("POST", f"/v1/{name}:backfill", {"startDate": first, "endDate": last or first})
        tell(done, lines({"clocks": []}, {"clocks": [done]}, Names(rest, language), language), as_json=as_json)

    return click.command("backfill", help=BACKFILL.show(language))(signed_in(backfill, language))


def _retire_command(language: Language) -> click.Command:
    @json_option(language)
    @yes_option(language)
    @click.option("--site", metavar="CODE", default="", help=ONLY_SITE.show(language))
    @click.argument("serial")
    @click.argument("day", callback=a_day(language))
    def retire(serial: str, day: str, *, site: str, yes: bool, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language, PLACES)
        names, clock = Names(rest, language), _clock(rest, serial, site=site, language=language)
        sure([retiring(clock, day, names, language)], language, yes=yes, as_json=as_json)
        done = rest.call("POST", f"/v1/{clock['name']}:retire", {"retireDate": day})
        tell(done, lines({"clocks": [done]}, {"clocks": []}, names, language), as_json=as_json)

    return click.command("retire", help=RETIRE.show(language))(signed_in(retire, language))


def _clock(rest: Rest, device: str, *, site: str, language: Language) -> Any:
    """Return the clock that calls itself so; refuses none, and several at several sites."""
    query = given_of({"site": site_with(rest, site, language) if site else ""})
    found = [clock for clock in rest.get("/v1/clocks", query)["clocks"] if clock["device"] == device]
    if len(found) != 1:
        raise Told((SEVERAL_CLOCKS if found else NO_CLOCK).show(language).format(device=device), language)
    return found[0]
