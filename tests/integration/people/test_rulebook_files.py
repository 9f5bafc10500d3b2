"""The rulebook as a file: out and in again changes nothing; a faulty file is refused whole with each line named."""

import csv
import io

import grpc
import pytest
from bylaw_chassis.status import refusal_from

from tests.builders.people import PeopleService
from tests.builders.rulebook import RulebookCalls

HEADER = "clause,kind,effective_date,retired,wording_zh,wording_en,reason\n"


@pytest.fixture
def book(people: PeopleService) -> RulebookCalls:
    return RulebookCalls(people)


def rows(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def faults(book: RulebookCalls, lines: str, reason: str = "why") -> list[tuple[str, str]]:
    with pytest.raises(grpc.RpcError) as error:
        book.imported(HEADER + lines, reason)
    refusal = refusal_from(error.value)
    assert refusal.reason == "IMPORT_REFUSED"
    return [(fault.field, fault.reason) for fault in refusal.violations]


def everything(book: RulebookCalls) -> list[object]:
    return [book.listed("2027-01-01"), book.told(), book.history("ATT-2")]


@pytest.mark.postgresql15
def test_what_was_exported_is_taken_back_and_changes_nothing(book: RulebookCalls) -> None:
    book.revise("ATT-2", 'Ten "minutes", at most.', "2026-06-01")
    book.create("COMPANY-1")
    book.retire("WHS-7")
    before, file = everything(book), book.exported()
    assert book.imported(file, reason="") == (0, 69)
    assert everything(book) == before
    assert book.exported() == file


def test_the_file_holds_every_wording_in_the_order_of_the_book(book: RulebookCalls) -> None:
    book.revise("ORG-1", "A tree.", "2026-06-01")
    book.retire("ORG-1", "2026-07-01")
    found = rows(book.exported())
    assert [(row["clause"], row["effective_date"], row["retired"]) for row in found[:4]] == [
        ("ORG-1", "2000-01-01", ""),
        ("ORG-1", "2026-06-01", ""),
        ("ORG-1", "2026-07-01", "yes"),
        ("ORG-2", "2000-01-01", ""),
    ]


def test_a_file_of_another_installation_makes_this_one_s_rulebook_the_same(
    book: RulebookCalls, people: PeopleService
) -> None:
    lines = (
        "ATT-2,rule,2026-01-01,,十分钟。,Ten minutes.,council\n"
        "ATT-2,,2026-06-01,yes,十分钟。,Ten minutes.,gone\n"
        "COMPANY-1,duty,2026-02-01,,浇花。,Plants are watered.,\n"
        "COMPANY-1,,2026-03-01,,不再浇花。,No more plants.,\n"
    )
    assert book.imported(HEADER + lines) == (4, 0)
    assert book.words("COMPANY-1", "2026-02-01", "2026-03-01") == ["Plants are watered.", "No more plants."]
    assert [book.get("ATT-2", day).retired for day in ("2026-05-31", "2026-06-01")] == [False, True]
    assert [row.reason for row in book.history("COMPANY-1").revisions] == ["the council of 3 March"] * 2
    assert book.history("ATT-2").revisions[0].reviser == f"people/{people.administrator}"
    assert [clause.name for clause in book.told()[66:]] == ["clauses/COMPANY-1", "clauses/ATT-2"]
    assert book.imported(HEADER + lines) == (0, 4)


def test_headers_of_a_spreadsheet_in_chinese_and_in_gb18030_are_known(book: RulebookCalls) -> None:
    file = "条款,生效日期,中文条文,理由\nATT-2,2026/1/1,十分钟。,会议\n".encode("gb18030")
    assert book.imported(file) == (1, 0)
    clause = book.get("ATT-2")
    assert (clause.wording.zh, clause.wording.en, clause.reason) == ("十分钟。", "十分钟。", "会议")


@pytest.mark.parametrize(
    ("line", "field", "why"),
    [
        ("ATT-99,rule,2026-01-01,,好。,Good.,w", "clause", "FIELD_INVALID"),
        ("COMPANY-1,rule,2026-01-01,,好。,Good.,w", "clause", "FIELD_INVALID"),
        ("COMPANY-1,,2026-01-01,,好。,Good.,w", "clause", "FIELD_INVALID"),
        ("ATT-2,duty,2026-01-01,,好。,Good.,w", "kind", "RECORD_DIFFERS"),
        ("ATT-2,nonsense,2026-01-01,,好。,Good.,w", "kind", "RECORD_DIFFERS"),
        ("ATT-2,,2026-02-30,,好。,Good.,w", "effective_date", "FIELD_INVALID"),
        ("ATT-2,,,,好。,Good.,w", "effective_date", "FIELD_INVALID"),
        ("ATT-2,,2026-01-01,perhaps,好。,Good.,w", "retired", "FIELD_INVALID"),
        ("ATT-2,,2026-01-01,,,,w", "wording_zh", "FIELD_INVALID"),
        ('ATT-2,,2026-01-01,,好。,"Two\nlines.",w', "wording_en", "FIELD_INVALID"),
        (f"ATT-2,,2026-01-01,,{'好' * 2_001},Good.,w", "wording_zh", "FIELD_INVALID"),
        (f"ATT-2,,2026-01-01,,好。,Good.,{'w' * 501}", "reason", "FIELD_INVALID"),
        ("ATT-2,,2026-01-01", "clause", "LINE_TOO_SHORT"),
    ],
)
def test_a_faulty_line_is_named_with_its_column_and_nothing_is_taken(
    book: RulebookCalls, line: str, field: str, why: str
) -> None:
    before = everything(book)
    assert faults(book, f"WHS-1,,2026-01-01,,好。,Good.,w\n{line}\n") == [(f"lines[3].{field}", why)]
    assert everything(book) == before


def test_every_faulty_line_is_named_at_once_and_lines_may_not_contradict_each_other(book: RulebookCalls) -> None:
    lines = "ATT-2,,2026-01-01,,好。,Good.,w\nATT-2,,2026-01-01,,坏。,Bad.,w\nATT-98,,x,,好。,Good.,w\n"
    assert faults(book, lines) == [
        ("lines[3].effective_date", "LINE_CONTRADICTS"),
        ("lines[4].clause", "FIELD_INVALID"),
        ("lines[4].effective_date", "FIELD_INVALID"),
    ]


def test_a_line_that_changes_something_says_why(book: RulebookCalls) -> None:
    assert faults(book, "ATT-2,,2026-01-01,,好。,Good.,\n", reason="") == [("lines[2].reason", "FIELD_INVALID")]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", "FILE_EMPTY"),
        (HEADER.encode(), "FILE_EMPTY"),
        (b"clause,wording_zh\nATT-2,x\n", "FILE_NOT_RECOGNISED"),
        (b"\xff\xfe\x00", "FILE_NOT_RECOGNISED"),
    ],
)
def test_what_is_no_rulebook_is_refused(book: RulebookCalls, file: bytes, why: str) -> None:
    with pytest.raises(grpc.RpcError) as error:
        book.imported(file)
    assert refusal_from(error.value).reason == why
