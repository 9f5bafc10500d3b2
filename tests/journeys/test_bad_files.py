"""Files that cannot be read, and lines that cannot be true: each is named, and what was refused whole left nothing."""

import gzip
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import httpx
import pytest

from tests.builders.chat_exports import DINGTALK_DAILY, book, dingtalk_daily
from tests.journeys.client import Client
from tests.journeys.company import Company
from tests.journeys.problems import HAN, in_both_languages, named, nothing_stored, problem

HEADER = "employee_number,local_time\n"
GOOD = f"{HEADER}1016,2026-09-01 08:21:00\n"
PEOPLE = book({"staff": [["姓名", "工号"], ["吴念", "1016"]]})
Content = bytes | Callable[[], bytes]


@cache
def bomb() -> bytes:
    """A small file that unpacks to 200 MiB; made when it is sent, not where tests are only collected."""
    return gzip.compress(bytes(200 * 1024 * 1024))


def made(content: Content) -> bytes:
    """What is sent."""
    return content() if callable(content) else content


@pytest.fixture(scope="module")
def administrator(playground: Company) -> Iterator[Client]:
    with playground.signed_in("administrator") as client:
        yield client


WHOLE: dict[str, tuple[Content, dict[str, str], int, str]] = {
    "nothing": (b"", {}, 400, "FILE_EMPTY"),
    "blank lines": (b"\n\n\n", {}, 400, "FILE_EMPTY"),
    "a letter": (b"Dear all, see you on Monday.", {}, 400, "FILE_NOT_RECOGNISED"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", {}, 400, "FILE_NOT_RECOGNISED"),
    "UTF-16": (GOOD.encode("utf-16"), {}, 400, "FILE_ENCODING_REFUSED"),
    "UTF-16 named as CSV": (
        GOOD.encode("utf-16-be"),
        {"format": "PUNCH_FILE_FORMAT_CSV"},
        400,
        "FILE_ENCODING_REFUSED",
    ),
    "half a gzip": (gzip.compress(GOOD.encode() * 50)[:-9], {}, 400, "FILE_TRUNCATED"),
    "a gzip that is none": (b"\x1f\x8b\x08 but no more", {}, 400, "FILE_DAMAGED"),
    "a bomb": (bomb, {}, 413, "FILE_TOO_LARGE"),
    "a workbook of people": (PEOPLE, {}, 400, "FILE_NOT_RECOGNISED"),
    "no site": (GOOD.encode(), {"site": ""}, 404, "SITE_NOT_FOUND"),
    "an unknown site": (GOOD.encode(), {"site": "MARS"}, 404, "SITE_NOT_FOUND"),
    "an unknown format": (GOOD.encode(), {"format": "PUNCH_FILE_FORMAT_XLS"}, 400, "FIELD_TYPE_WRONG"),
    "an impossible day of completeness": (GOOD.encode(), {"completeUntilDate": "2026-02-30"}, 400, "FIELD_INVALID"),
    "a name of two lines": (GOOD.encode(), {"fileName": "a\nb"}, 400, "FIELD_INVALID"),
}


@pytest.mark.parametrize("case", WHOLE)
def test_a_file_that_cannot_be_read_is_refused_whole(administrator: Client, case: str) -> None:
    content, query, status, reason = WHOLE[case]

    def send(headers: Any) -> httpx.Response:
        return administrator.http.post(
            "/v1/punchImports",
            content=made(content),
            params={"site": "HQ", **query},
            headers={"Content-Type": "application/octet-stream", **headers},
        )

    in_both_languages(send, status, reason)


def test_no_file_that_was_refused_whole_left_anything(administrator: Client) -> None:
    with nothing_stored(administrator):
        for content, query, *_ in WHOLE.values():
            administrator.http.post("/v1/punchImports", content=made(content), params={"site": "HQ", **query})


def test_an_export_that_lacks_a_column_is_refused_by_the_name_that_the_file_should_have(administrator: Client) -> None:
    content = dingtalk_daily([], heading=[name for name in DINGTALK_DAILY if name != "工号"])
    answer = administrator.http.post("/v1/punchImports", params={"site": "HQ"}, content=content)
    assert "“工号”" in problem(answer, 400, "FILE_HEADER_WRONG")["detail"]


def test_a_form_around_a_file_is_refused(administrator: Client) -> None:
    answer = administrator.http.post("/v1/punchImports", params={"site": "HQ"}, files={"file": GOOD.encode()})
    problem(answer, 415, "CONTENT_TYPE_UNSUPPORTED")


def test_a_bomb_in_the_transport_is_refused_at_its_unpacked_limit(administrator: Client) -> None:
    answer = administrator.http.post(
        "/v1/punchImports",
        params={"site": "HQ"},
        content=bomb(),
        headers={"Content-Encoding": "gzip"},
    )
    problem(answer, 413, "BODY_TOO_LARGE")


def refused_lines(client: Client, done: dict[str, Any]) -> dict[int, tuple[str, str]]:
    lines = list(client.all(f"/v1/{done['name']}/refusedLines", "lines"))
    assert all(HAN.search(line["message"]["zh"]) and line["message"]["en"] for line in lines)
    return {line["line"]: (line["field"], line["reason"]) for line in lines}


@pytest.mark.clause("ATT-1")
def test_of_a_file_with_faulty_lines_the_good_ones_stay_and_the_others_are_named(administrator: Client) -> None:
    lines = [
        "1016,2026-09-02 08:21:00",
        "1016,2026-09-02 08:21:00",
        "1016,2026-02-30 08:21:00",
        "9999,2026-09-02 08:21:00",
        "1016,2099-02-01 08:21:00",
        "1016,1999-02-01 08:21:00",
        ",2026-09-02 08:21:00",
        "1016,2026-09-0",
    ]
    content = (HEADER + "\n".join(lines)).encode()
    done = administrator.import_punches(content, site="HQ", fileName="faulty.csv")
    counts = [done[f"{kind}Count"] for kind in ("read", "taken", "repeated", "refused")]
    assert counts == [8, 1, 1, 6]
    assert refused_lines(administrator, done) == {
        4: ("local_time", "PUNCH_DATE_IMPOSSIBLE"),
        5: ("employee_number", "PERSON_NOT_FOUND"),
        6: ("local_time", "PUNCH_IN_FUTURE"),
        7: ("local_time", "PUNCH_TOO_OLD"),
        8: ("employee_number", "PUNCH_PERSON_MISSING"),
        9: ("local_time", "PUNCH_LINE_MALFORMED"),
    }
    again = administrator.import_punches(content, site="HQ", fileName="faulty.csv")
    assert [again[f"{kind}Count"] for kind in ("taken", "repeated", "refused")] == [0, 2, 6]


def test_a_file_that_stops_in_the_middle_of_a_line_says_which(administrator: Client) -> None:
    whole = "".join(f"{1:>9}\t2026-09-03 08:{minute:02}:00\t1\t255\t1\t0\n" for minute in range(30))
    done = administrator.import_punches(whole[:-25].encode(), site="HQ", format="PUNCH_FILE_FORMAT_ATTLOG")
    assert done["refusedCount"] == 30  # employee number 1 is nobody; the last line is cut
    assert refused_lines(administrator, done)[30][1] in {"PUNCH_LINE_MALFORMED", "PUNCH_DATE_IMPOSSIBLE"}


UNITS = "code,title_zh,title_en,kind,parent\nNEW,新组,New,team,MGMT\n"
ORGANISATION: dict[str, tuple[str, str, set[str]]] = {
    "a parent nobody knows": ("UNITS", f"{UNITS}ODD,单,Odd,team,NOWHERE\n", {"lines[3].parent"}),
    "no code": ("UNITS", f"{UNITS},单,Odd,team,MGMT\n", {"lines[3].code"}),
    "a kind there is not": ("UNITS", f"{UNITS}ODD,单,Odd,gang,MGMT\n", {"lines[3].kind"}),
    "a zone there is not": (
        "SITES",
        "code,title_zh,title_en,time_zone,calendar\nX,x,X,Mars/One,CN\n",
        {"lines[2].time_zone"},
    ),
}


@pytest.mark.parametrize("case", ORGANISATION)
def test_an_organisation_is_taken_in_whole_or_not_at_all(administrator: Client, case: str) -> None:
    kind, content, places = ORGANISATION[case]

    def send(headers: Any) -> httpx.Response:
        query = {"kind": f"ORGANISATION_FILE_KIND_{kind}", "effectiveDate": "2026-01-01"}
        return administrator.http.post(
            "/v1/organisation:import", content=content.encode(), params=query, headers=headers
        )

    with nothing_stored(administrator):
        _, told = in_both_languages(send, 400, "IMPORT_REFUSED")
    assert named(told) == places
