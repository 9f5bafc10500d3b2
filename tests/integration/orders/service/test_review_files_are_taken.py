"""A platform's export of reviews is taken in line by line, once, and nobody's name stays (CUS-1, CUS-3)."""

import gzip
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from bylaw.orders.v1 import reviews_pb2, reviews_pb2_grpc
from google.api.httpbody_pb2 import HttpBody

from tests.builders.orders import ordered
from tests.builders.receiving import refusal_of
from tests.builders.service_desk import ServiceDesk

pytestmark = pytest.mark.clause("CUS-3")
TAKEN, REPEATED, REFUSED = 1, 2, 3
HEADER = "review id,SKU,Rating,Text,Date,Nick"


class Files:
    """Files of a channel's reviews."""

    def __init__(self, desk: ServiceDesk) -> None:
        self.desk, self.stub = desk, reviews_pb2_grpc.ReviewsStub(desk.orders.channel)

    def take(self, *lines: str, encoding: str = "utf-8", packed: bool = False, **more: Any) -> Any:
        content = "".join(f"{line}\n" for line in lines).encode(encoding)
        return self.hand_in(gzip.compress(content) if packed else content, **more)

    def hand_in(self, content: bytes, **more: Any) -> Any:
        told = {"parent": self.desk.channel.name, **more}
        request = reviews_pb2.ImportReviewsRequest(file=HttpBody(data=content), **told)
        return self.stub.ImportReviews(request, metadata=self.desk.token())

    def kept(self) -> list[Any]:
        request = reviews_pb2.ListReviewsRequest(channel=self.desk.channel.name)
        return list(self.stub.ListReviews(request, metadata=self.desk.token()).reviews)


@pytest.fixture
def files(desk: ServiceDesk) -> Files:
    return Files(desk)


def counts(made: Any) -> tuple[int, int, int, int]:
    return made.line_count, made.taken_count, made.repeated_count, made.refused_count


def told(lines: Sequence[Any]) -> list[tuple[int, int, str, str]]:
    return [(one.line, one.outcome, one.field, one.reason) for one in lines]


def test_lines_are_taken_once_and_each_that_is_not_is_told_with_its_row_and_column(files: Files) -> None:
    lines = (
        HEADER,
        "R-1,TEA,5,good,2026-11-20 10:00:00,li",
        "R-2,CUP,4.0,,2026/11/20 11:00,",
        "R-1,TEA,1,again,2026-11-21 10:00:00,li",
        "R-3,TEA,6,odd,2026-11-20 10:00:00,",
        "R-4,TEA,good,fine,1/2/2026,",
        "R-5,,3,no goods,2026-11-20 10:00:00,",
        "1.2E+17,TEA,3,rounded,2026-11-20 10:00:00,",
        "R-6,TEA,3,shifted,2026-11-20 10:00:00,li,more",
        "R-7,TEA,,,2026-11-20 10:00:00,",
        "R-8,TEA,3,gone \x80,2026-11-20 10:00:00,",
        f"R-9,TEA,3,{'x' * 5_001},2026-11-20 10:00:00,",
    )
    made = files.take(*lines)
    assert counts(made) == (11, 2, 1, 8)
    assert told(made.lines) == [
        (4, REPEATED, "", ""),
        (5, REFUSED, "Rating", "STARS_UNREADABLE"),
        (6, REFUSED, "Date", "TIME_UNREADABLE"),
        (7, REFUSED, "SKU", "CELL_EMPTY"),
        (8, REFUSED, "review id", "ORDER_NUMBER_ROUNDED"),
        (9, REFUSED, "", "ROW_SHIFTED"),
        (10, REFUSED, "Rating", "CELL_EMPTY"),
        (11, REFUSED, "Text", "TEXT_INVALID"),
        (12, REFUSED, "Text", "TEXT_TOO_LONG"),
    ]
    assert made.lines[0].review in {one.name for one in files.kept()}
    assert all(one.message.zh and one.message.en for one in made.lines[1:])
    again = files.take(*lines)
    assert counts(again) == (11, 0, 3, 8)
    assert {(one.number, one.code, one.stars) for one in files.kept()} == {("R-1", "TEA", 5), ("R-2", "CUP", 4)}


@pytest.mark.clause("CUS-1")
@pytest.mark.parametrize(("encoding", "packed"), [("utf-8-sig", False), ("gb18030", False), ("gb18030", True)])
def test_the_words_of_a_platform_are_read_and_whose_a_review_is_is_not_kept(
    files: Files, encoding: str, *, packed: bool
) -> None:
    lines = (
        "评价时间,买家昵称,评价结果,评价内容,商家编码",
        "2026-11-20 10:00:00,欧阳明珠,好评,我是欧阳明珠，很好喝，电话 13712340055,TEA",
        "2026-11-20 11:00:00,欧阳明珠,★★★,一般,TEA",
        "2026-11-20 11:00:00,司马青,3星,一般,TEA",
    )
    assert counts(files.take(*lines, encoding=encoding, packed=packed)) == (3, 3, 0, 0)
    assert counts(files.take(*lines)) == (3, 0, 3, 0)
    assert [(one.stars, one.text) for one in files.kept()][-1] == (5, "我是***，很好喝，电话 ***")
    assert not any(word in str(files.kept()) for word in ("欧阳", "明珠", "司马"))
    assert sorted(one.stars for one in files.kept()) == [3, 3, 5]


def test_goods_are_found_by_the_order_where_it_has_one_kind_of_them(files: Files, desk: ServiceDesk) -> None:
    desk.orders.place(desk.channel, "A-1", ordered(desk.tea.code, "2"), ordered(desk.tea.code, "1"))
    desk.orders.place(desk.channel, "A-2", ordered(desk.tea.code, "2"), ordered(desk.cup.code, "1"))
    made = files.take(
        "订单编号,商家编码,评分,评价时间",
        '="A-1",,5,2026-11-20 10:00:00',
        "A-2,,5,2026-11-20 10:00:00",
        f"A-2,{desk.cup.code},4,2026-11-20 10:00:00",
        "A-3,,5,2026-11-20 10:00:00",
        ",,5,2026-11-20 10:00:00",
        "A-1,,5,2026-11-20 10:00:00",
    )
    assert counts(made) == (6, 2, 1, 3)
    assert told(made.lines) == [
        (3, REFUSED, "订单编号", "REVIEW_GOODS_UNCLEAR"),
        (5, REFUSED, "订单编号", "REVIEW_ORDER_UNKNOWN"),
        (6, REFUSED, "商家编码", "CELL_EMPTY"),
        (7, REPEATED, "", ""),
    ]
    assert {(one.code, one.stars) for one in files.kept()} == {(desk.tea.code, 5), (desk.cup.code, 4)}


def test_times_without_a_zone_are_in_the_one_that_is_said(files: Files) -> None:
    files.take("code,rating,date", "TEA,5,2026-07-01 10:00:00", time_zone="Europe/London")
    (kept,) = files.kept()
    assert kept.place_time.ToJsonString() == "2026-07-01T09:00:00Z"
    assert refusal_of(lambda: files.take("code,rating,date", time_zone="Mars/North")) == "FIELD_INVALID"


def test_a_file_may_be_looked_at_first_and_nothing_is_written(files: Files) -> None:
    lines = HEADER, "R-1,TEA,5,,2026-11-20 10:00:00,", "R-1,TEA,5,,2026-11-20 10:00:00,", "R-2,TEA,x,,2026-11-20,"
    made = files.take(*lines, validate_only=True)
    assert (counts(made), made.validated_only) == ((3, 1, 1, 1), True)
    assert files.kept() == []
    files.take(*lines[:2])
    assert counts(files.take(*lines, validate_only=True)) == (3, 0, 2, 1)


def test_more_lines_than_a_statement_writes_are_one_wish_that_may_be_sent_again(files: Files) -> None:
    rows, key = [f"R-{number},TEA,5,,2026-11-20 10:00:00," for number in range(2_500)], str(uuid4())
    for _ in range(2):
        assert counts(files.take(HEADER, *rows, rows[0], request_id=key)) == (2_501, 2_500, 1, 0)
    assert counts(files.take(HEADER, *rows, request_id=str(uuid4()))) == (2_500, 0, 2_500, 0)
    looked = files.take(HEADER, *rows, validate_only=True)
    assert (counts(looked), len(looked.lines)) == ((2_500, 0, 2_500, 0), 1_000)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "FILE_EMPTY"),
        (b"code,rating,date\nTEA\x07,5,2026-11-20\n", "FILE_NOT_RECOGNISED"),
        (b"Rating,Text\n5,good\n", "FILE_HEADER_WRONG"),
        (b"a,b,c\n1,2,3\n", "FILE_HEADER_WRONG"),
        ("商家编码,评分,评价时间\nTEA,5,好".encode("utf-16"), "FILE_ENCODING_REFUSED"),
        ("评分,内容\n".encode("gb18030") + "5,好喝的茶\n".encode(), "FILE_ENCODING_MIXED"),
        (gzip.compress(b"code,rating,date\n")[:-9], "FILE_TRUNCATED"),
        (b'code,rating,date\nTEA,"5,2026-11-20\n', "FILE_DAMAGED"),
        (b"code,rating,date\n" + b"TEA,5,2026-11-20\n" * 10_001, "FILE_TOO_MANY_LINES"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(files: Files, content: bytes, reason: str) -> None:
    assert refusal_of(lambda: files.hand_in(content)) == reason
    assert files.kept() == []


def test_what_lacks_is_named_and_what_is_out_of_reach_is_not_there(files: Files) -> None:
    with pytest.raises(Exception, match="评价时间, 商家编码/订单编号") as refused:
        files.take("Rating,Text", "5,good")
    assert refused is not None
    assert refusal_of(lambda: files.take(HEADER, parent=f"channels/{uuid4()}")) == "CHANNEL_NOT_FOUND"
