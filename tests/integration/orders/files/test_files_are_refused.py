"""What is wrong in files of orders is said by line; what is odd and readable is taken (ORD-1)."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import xlsxwriter
from bylaw.orders.v1 import channels_pb2 as channels
from bylaw.orders.v1 import order_imports_pb2 as imports
from bylaw.orders.v1 import orders_pb2

from tests.builders.order_files import (
    SHOPIFY,
    hand_in,
    imported,
    lease_of,
    lines,
    run,
    shopify,
    shown,
    table,
)
from tests.builders.orders import OrdersService
from tests.builders.people import NOON, url_of_admin
from tests.databases import Databases
from tests.integration.orders.files.cases import DONE, FAILED, REFUSED, count_of, imports_of, of, why

pytestmark = pytest.mark.clause("ORD-1")


def test_a_missing_heading_is_one_refusal_that_names_the_columns(
    orders: OrdersService, channel: channels.Channel
) -> None:
    file = table([name for name in SHOPIFY if name not in {"Total", "Lineitem sku"}])
    reason, words = why(hand_in, orders, channel, file, importer="bylaw-shopify@1")
    assert reason == "FILE_HEADER_WRONG"
    assert "Total, Lineitem sku" in words
    assert imports_of(orders, channel) == []


def test_a_heading_that_nobody_knows_is_refused(orders: OrdersService, channel: channels.Channel) -> None:
    assert why(hand_in, orders, channel, b"a,b,c\n1,2,3\n")[0] == "FILE_NOT_RECOGNISED"
    assert why(hand_in, orders, channel, b"\n \n")[0] == "FILE_EMPTY"
    assert why(hand_in, orders, channel, table(SHOPIFY), importer="acme-shop@1")[0] == "IMPORTER_NOT_FOUND"


def test_columns_are_found_by_name_wherever_they_stand_and_below_a_title(
    orders: OrdersService, channel: channels.Channel
) -> None:
    order = list(reversed(SHOPIFY))
    cells = dict(zip(SHOPIFY, shopify("#1"), strict=True))
    moved = table(["", *order], ["", *(cells[name] for name in order)])
    made = imported(orders, channel, "订单导出 2026\n\n".encode() + moved)
    assert (made.state, made.taken_count) == (DONE, 1)
    assert of(orders, channel, "#1").lines[0].code == "TEA"


def test_a_file_in_two_encodings_is_refused_naming_the_line(orders: OrdersService, channel: channels.Channel) -> None:
    first = table(SHOPIFY, shopify("#1"), shopify("#2"))
    reason, words = why(hand_in, orders, channel, first + ",".join(shopify("#3")).encode("gb18030"))
    assert reason == "FILE_ENCODING_MIXED"
    assert "line 4" in words
    assert imports_of(orders, channel) == []


def test_a_number_that_a_spreadsheet_has_rounded_is_refused_by_line_and_the_others_are_taken(
    orders: OrdersService, channel: channels.Channel
) -> None:
    made = imported(orders, channel, table(SHOPIFY, shopify("1.2E+17"), shopify("#2")))
    assert (made.refused_count, made.taken_count) == (1, 1)
    (line,) = lines(orders, made.name, outcome=orders_pb2.TAKING_OUTCOME_REFUSED)
    assert (line.line, line.field, line.reason, line.order) == (2, "Name", "ORDER_NUMBER_ROUNDED", "")
    assert "export it again" in line.message.en
    assert "重新从平台导出" in line.message.zh


def test_a_number_that_a_workbook_has_rounded_is_refused_too_and_its_dates_are_read(
    orders: OrdersService, channel: channels.Channel
) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("orders")
    sheet.write_row(0, 0, SHOPIFY)
    for at, number in enumerate([1.23456789012346e17, "#2"], start=1):
        sheet.write_row(at, 0, [number, *shopify()[1:]])
        sheet.write_datetime(
            at, SHOPIFY.index("Created at"), NOON.replace(tzinfo=None), book.add_format({"num_format": "yyyy/m/d h:mm"})
        )
    book.close()
    made = imported(orders, channel, file.getvalue())
    assert [(one.line, one.reason) for one in lines(orders, made.name)] == [(3, ""), (2, "ORDER_NUMBER_ROUNDED")]
    placed = of(orders, channel, "#2").place_time.ToDatetime()
    assert placed == NOON.replace(tzinfo=None) - timedelta(hours=8)


def test_dates_in_every_form_are_the_same_instant(orders: OrdersService, channel: channels.Channel) -> None:
    forms = ["2026-03-02 10:00:00", "2026/3/2 10:00", "46083.4166666667", "2026-03-02T02:00:00Z"]
    forms += ["2026-03-01 21:00:00 -0500", "2026年3月2日 10:00"]
    rows = [shopify(f"#{number}", Created_at=form) for number, form in enumerate(forms)]
    made = imported(orders, channel, table(SHOPIFY, *rows, shopify("#9", Created_at="3/2/2026 10:00")))
    assert {of(orders, channel, f"#{number}").place_time.seconds for number in range(len(forms))} == {1_772_416_800}
    (line,) = lines(orders, made.name, outcome=orders_pb2.TAKING_OUTCOME_REFUSED)
    assert (line.field, line.reason) == ("Created at", "TIME_UNREADABLE")


def test_amounts_are_read_with_separators_and_signs(orders: OrdersService, channel: channels.Channel) -> None:
    dear = shopify("#1", Subtotal="￥1,234.50", Total="¥ 1,234.50", Lineitem_price="1,234.50")
    made = imported(orders, channel, table(SHOPIFY, dear, shopify("#2", Total="12,5")))
    assert of(orders, channel, "#1").total == 123_450
    (line,) = lines(orders, made.name, outcome=orders_pb2.TAKING_OUTCOME_REFUSED)
    assert (line.field, line.reason) == ("Total", "NUMBER_UNREADABLE")


def test_totals_that_do_not_add_up_wait_for_a_person(orders: OrdersService, unit: str, numbers: Iterator[int]) -> None:
    shop = orders.open_channel(unit, f"FILES-{next(numbers)}")
    made = imported(orders, shop, table(SHOPIFY, shopify("#1", Total="11.00")))
    assert (made.held_count, made.taken_count, made.refused_count) == (1, 0, 0)
    assert "TOTALS_DISAGREE" in [hold.check for hold in of(orders, shop, "#1").holds]


def test_a_name_of_emoji_is_taken(orders: OrdersService, channel: channels.Channel) -> None:
    made = imported(orders, channel, table(SHOPIFY, shopify("#1", Shipping_Name="😀🎉李")))
    assert (made.taken_count, made.refused_count) == (1, 0)


def test_an_endless_address_is_refused_with_the_limit(orders: OrdersService, channel: channels.Channel) -> None:
    made = imported(orders, channel, table(SHOPIFY, shopify("#1", Shipping_Street="长" * 65_536), shopify("#2")))
    (line,) = lines(orders, made.name, outcome=orders_pb2.TAKING_OUTCOME_REFUSED)
    assert (line.field, line.reason) == ("Shipping Street", "TEXT_TOO_LONG")
    assert "500" in line.message.en
    assert "长" not in line.message.zh
    assert count_of(orders, channel) == 1


def test_what_looks_like_a_program_is_text(orders: OrdersService, channel: channels.Channel) -> None:
    said = "'); DROP TABLE orders; -- <script>alert(1)</script>"
    made = imported(orders, channel, table(SHOPIFY, shopify("#1", Notes=said, Lineitem_name=said)))
    assert (made.taken_count, of(orders, channel, "#1").lines[0].title) == (1, said)


def test_a_comma_that_was_not_quoted_refuses_its_order_with_all_of_its_lines(
    orders: OrdersService, channel: channels.Channel
) -> None:
    broken = ",".join(shopify("#1", Shipping_Street="West Lake, Hangzhou, 5")).encode()
    made = imported(orders, channel, table(SHOPIFY, shopify("#1"), shopify("#2")) + broken)
    told = [(one.line, one.reason) for one in lines(orders, made.name, outcome=orders_pb2.TAKING_OUTCOME_REFUSED)]
    assert told == [(2, "ORDER_REFUSED"), (4, "ROW_SHIFTED")]
    assert (made.taken_count, count_of(orders, channel)) == (1, 1)


def test_what_is_larger_than_an_order_can_be_is_refused(orders: OrdersService, channel: channels.Channel) -> None:
    large = shopify("#1", Lineitem_quantity="999999999999")
    fine = shopify("#2", Lineitem_quantity="0.0000001")
    long = [shopify("#3" + "3" * 64)]
    many = [shopify("#4") for _ in range(5_001)]
    made = imported(orders, channel, table(SHOPIFY, large, fine, *long, *many))
    told = {one.reason for one in lines(orders, made.name, outcome=orders_pb2.TAKING_OUTCOME_REFUSED)}
    assert told == {"AMOUNT_TOO_LARGE", "NUMBER_UNREADABLE", "TEXT_TOO_LONG", "ORDER_TOO_LARGE"}
    assert count_of(orders, channel) == 0


def test_a_validation_says_what_would_be_refused_and_keeps_nothing(
    orders: OrdersService, channel: channels.Channel
) -> None:
    file = table(SHOPIFY, shopify("#1"), shopify("1.2E+17"))
    told = hand_in(orders, channel, file, validate_only=True)
    assert (told.name, told.state, told.taken_count, told.refused_count) == ("", DONE, 1, 1)
    assert [(one.line, one.reason) for one in told.refused_lines] == [(3, "ORDER_NUMBER_ROUNDED")]
    assert (imports_of(orders, channel), count_of(orders, channel)) == ([], 0)


def test_a_file_that_is_broken_further_down_is_refused_whole(orders: OrdersService, channel: channels.Channel) -> None:
    file = table(SHOPIFY, *(shopify(f"#{number}") for number in range(50))) + b'"never ends'
    made = imported(orders, channel, file)
    assert (made.state, made.refusal.reason, count_of(orders, channel)) == (REFUSED, "FILE_DAMAGED", 0)


def test_whoever_does_not_reach_the_channel_is_told_that_there_is_none(
    orders: OrdersService, channel: channels.Channel, numbers: Iterator[int]
) -> None:
    other = orders.people.unit(f"FILES-{next(numbers)}").name
    orders.follow_people()
    stranger = orders.caller(other)
    made = imported(orders, channel, table(SHOPIFY, shopify("#1")))
    assert why(hand_in, orders, channel, table(SHOPIFY), metadata=stranger)[0] == "CHANNEL_NOT_FOUND"
    asked = imports.GetOrderImportRequest(name=made.name)
    assert why(orders.imports.GetOrderImport, asked, metadata=stranger)[0] == "ORDER_IMPORT_NOT_FOUND"
    told = orders.imports.ListOrderImports(imports.ListOrderImportsRequest(), metadata=stranger)
    assert list(told.order_imports) == []
    of_lines = imports.ListOrderImportLinesRequest(parent=made.name)
    assert why(orders.imports.ListOrderImportLines, of_lines, metadata=stranger)[0] == "ORDER_IMPORT_NOT_FOUND"


def test_lines_are_listed_page_by_page(orders: OrdersService, channel: channels.Channel) -> None:
    file = table(SHOPIFY, *(shopify(f"#{number}") for number in range(7)), shopify("1.2E+17"))
    made = imported(orders, channel, file)
    found, token = list[int](), ""
    while True:
        request = imports.ListOrderImportLinesRequest(parent=made.name, page_size=3, page_token=token)
        page = orders.imports.ListOrderImportLines(request, metadata=orders.everything)
        found += [one.line for one in page.lines]
        token = page.next_page_token
        if not token:
            break
    assert found == [*range(2, 9), 9]


def test_importers_are_listed_with_their_titles(orders: OrdersService) -> None:
    told = orders.imports.ListOrderImporters(imports.ListOrderImportersRequest(), metadata=orders.everything)
    names = [one.importer for one in told.order_importers]
    assert names == sorted(names)
    assert {"bylaw-taobao@1", "bylaw-douyin@1", "bylaw-shopify@1", "bylaw-amazon@1"} <= set(names)
    taobao = next(one for one in told.order_importers if one.importer == "bylaw-taobao@1")
    assert (taobao.most_files, taobao.distribution.split()[0]) == (2, "bylaw-taobao-orders")


@pytest.mark.clause("CUS-1")
def test_a_file_lies_sealed_until_it_is_read_and_is_gone_then(
    orders: OrdersService, channel: channels.Channel, postgres: Databases
) -> None:
    made = hand_in(orders, channel, table(SHOPIFY, shopify("#1")))
    engine = sa.create_engine(url_of_admin(postgres, orders.url))
    kept = sa.text("select content from orders.order_import_files where of_import = :name")
    with engine.connect() as connection:
        asked = {"name": made.name.rpartition("/")[2]}
        (content,) = connection.execute(kept, asked).scalars()
        run(orders)
        gone = connection.execute(kept, asked).scalars().all()
    engine.dispose()
    assert "李小明".encode() not in bytes(content)
    assert b"13812345678" not in bytes(content)
    assert gone == []


def test_killed_in_the_middle_of_a_chunk_it_goes_on_and_counts_every_line_once(
    orders: OrdersService, channel: channels.Channel, postgres: Databases
) -> None:
    """The orders of a chunk are on record, and what became of them is not: as when a worker dies between the two."""
    made = hand_in(orders, channel, table(SHOPIFY, *(shopify(f"#{number}") for number in range(5))))
    engine = sa.create_engine(url_of_admin(postgres, orders.url))
    with engine.begin() as connection:
        connection.execute(sa.text("revoke insert on orders.order_import_chunks from bylaw_orders"))
    lease = lease_of(orders, made.name)
    job = orders.service.runner.functions[lease.kind]
    with pytest.raises(sa.exc.ProgrammingError):
        job(lease)
    assert (shown(orders, made.name).read_count, count_of(orders, channel)) == (0, 5)
    with engine.begin() as connection:
        connection.execute(sa.text("grant insert on orders.order_import_chunks to bylaw_orders"))
    engine.dispose()
    job(lease)
    ended = shown(orders, made.name)
    assert (ended.state, ended.taken_count, ended.repeated_count, ended.order_count) == (DONE, 5, 0, 5)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "Asia", "x" * 5_000, "Asia/Shang\0hai"])
def test_a_zone_that_is_none_is_refused(orders: OrdersService, channel: channels.Channel, zone: str) -> None:
    assert why(hand_in, orders, channel, table(SHOPIFY), time_zone=zone)[0] == "FIELD_INVALID"


def test_an_import_that_nobody_can_bring_to_its_end_says_so(
    orders: OrdersService, channel: channels.Channel, postgres: Databases
) -> None:
    made = hand_in(orders, channel, table(SHOPIFY, shopify("#1")))
    engine = sa.create_engine(url_of_admin(postgres, orders.url))
    given_up = sa.text("update orders.jobs set finished_at = now() where key = :key")
    with engine.begin() as connection:
        connection.execute(given_up, {"key": made.name.rpartition("/")[2]})
    engine.dispose()
    orders.run_timer("ended-imports")
    ended = shown(orders, made.name)
    assert (ended.state, ended.refusal.reason) == (FAILED, "IMPORT_FAILED")
