"""The how-tos that speak to the demonstration company are typed as they stand, one behind the other."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.docs.pages import ROOT, page
from tests.docs.ready_command import ready_command
from tests.docs.typing_pages import started, typed

SAID = {
    "who-may-do-what": ('"endedBy": "people/', "roles/sheet-reader", "no grant and no post gives", '"ORG-3"'),
    "sign-in": (
        '"refreshToken": "bylaw_refresh_',
        '"endedCount":',
        '"locked": true',
        '"revokeTime":',
        '"kid":',
        "reaches the whole organisation",
    ),
    "decide": (
        "DECISION_STATE_WAITING",
        "agrees",
        "dissents: the evening seats",
        "refused [DEC-2]",
        '"fromAmount": "2"',
    ),
    "connect-a-clock": (
        '"serialNumber": "CKJ7204560001"',
        "GET OPTION FROM: CKJ7204560001",
        "OK: 1\n",
        '"takenCount": "1"',
        "DATA QUERY ATTLOG StartTime=",
    ),
    "take-leave": (
        "Leave of 1008\n",
        '"code": "annual"',
        "LEAVE_REQUEST_STATE_AGREED",
        "LEAVE_REQUEST_STATE_CANCELLED",
        '"leaveEntries":',
    ),
    "leave-policies": (
        "leavePolicies/statutory-leave@1",
        '"balance": "annual"',
        '"withdrawTime":',
        '"birthday": "02-29"',
    ),
    "close-a-month": ('"handOverDate":', '"unitMonths":', '"inputsDigest":'),
    "export-for-payroll": ("bylaw-sheets@1  Attendance for payroll", "bylaw-days@1"),
    "hours-days-and-overtime": ('"hoursNotices":', '"calendarDays":', " agrees", "a week"),
    "plan-the-rota": ('"publishedCount": 2', '"leftOut":', "ROTA_SWAP_STATE_AGREED", "ROTA_SWAP_STATE_DONE"),
    "missed-punches": ("PUNCH_CORRECTION_STATE_WAITING", "PUNCH_CORRECTION_STATE_ACCEPTED", '"punch": "punches/'),
    "photo-sign-in": ("SIGN_IN_PHOTO_STATE_WAITING", "SIGN_IN_PHOTO_STATE_ACCEPTED", '"punch": "punches/'),
    "keep-stock": (
        '"barcodes":',
        "STOCK_RESERVATION_STATE_CONFIRMED",
        "refused\n",
        "STOCK_RESERVATION_STATE_USED",
        '"onHandDifference": "-2"',
        '"statedDifference": "2 carton"',
        '"reverses": "stockMovements/',
    ),
    "receive-goods": (
        "DELIVERY_DIFFERENCE_DAMAGED",
        "DELIVERY_DECISION_ACCEPTED_IN_PART",
        '"deliveryPhotos/',
        "PAPER_KIND_DELIVERY_NOTE",
        "DELIVERY_NOTE_STATE_CLOSED",
        "STOCK_MOVEMENT_KIND_TRANSFER",
    ),
    "list-goods": (
        "SHEET_PART_PRICE",
        '"itemPictures/',
        "PRICE_CHANGE_STATE_WAITING",
        '"salesChannels/tmall"',
        '"withdrawTime":',
        "incomplete\n",
        "listed\n",
        '"endReason": "换包装"',
        "REVIEW_PROPOSAL_KEEP",
        '"reason":"CELL_BROKEN"',
        "STOCK_LIST_FAULTY",
        '"receivedCount":1',
    ),
    "issue-goods": (
        '"oneOf":',
        "refused\n",
        '"triedBy": "people/',
        '"missing":',
        '"placeCode": "C-01-1"',
        "another lot\n",
        '"reason": "PACK_TOO_MANY"',
        "PACK_CHECK_STATE_COMPLETE",
        "PACK_NEED_REQUIRED",
        "HAND_OVER_STAGE_ISSUED",
        '"receiptTime":',
        "not the keeper\n",
        '"specialMark":',
        "SCANNED_CODE_KIND_PLACE",
        '"expiryDate": "2027-02-28"',
        "SCAN_ACTION_RESERVE",
        "scan again\n",
        "all of it is in\n",
        "R-20418",
        "released",
    ),
    "take-goods-back": (
        '"waitingReturns":',
        "RETURN_OUTCOME_SUPPLIER",
        "only two wait\n",
        '"returnPhotos/',
        "RETURN_SCRAP_STATE_BOOKED",
        '"returnDecisions":',
        "scrap waits for its decision",
        "scrap taken back",
    ),
    "count-the-stock": (
        "STOCKTAKE_LINE_STATE_RECOUNT",
        "STOCKTAKE_DIFFERENCE_KIND_DAMAGE",
        '"financeSignature":',
        "STOCKTAKE_STATE_DONE",
        '"movements":',
    ),
    "close-the-day": (
        '"warnings":',
        '"difference": "0"',
        "BOOK_DISAGREEMENT_KIND_NOTHING_COUNTED",
        "BOOK_DAY_STATE_CLOSED",
        "closed\n",
        "Item,Name,Unit,Place,Opening,",
        '"handOvers":',
        '"stockMovements/',
    ),
    "keep-the-house": (
        '"visitorName": "李明"',
        "inside\n",
        '"strikeReason":',
        "ROUND_FINDING_UNUSUAL",
        '"roundPhotos/',
        '"missingRounds":',
        "STOCK_PROPOSAL_KIND_REORDER",
        '"quietUntilDate":',
    ),
    "a-warehouse-day": (
        "MJ-HONEY",
        "order SO-",
        "Special goods: Flammable",
        "counted 47  short",
        "accepted\n",
        "today.csv: 2 movements are posted",
        "no paper\n",
        "agrees with the ledger",
        "not over\n",
        "stock.xlsx: ",
        "shortage 1",
        "waits for its decision",
        "not proposed again up to",
        "locks and doors: the back door",
    ),
    "check-orders": (
        "'GOODS_UNKNOWN', 'GOODS_NOT_LISTED'",
        '"quantityLimit": "200"',
        "no such check\n",
        "['GOODS_UNKNOWN', 'QUANTITY_ODD', 'PAID_LESS']",
        "10.00 CNY was paid of 5025.00 CNY",
        "['GOODS_UNKNOWN', 'PAID_LESS']",
        "'HOLD_RELEASED'",
    ),
    "track-parcels": (
        "CUSTOMER_STEP_IN_LOCKER",
        "PARCEL_STATE_NO_TRACE sf",
        "no waybill\n",
        "PARCEL_STATE_IN_LOCKER\n",
        "SF1029384756  顺丰速运",
        "[('hand', 'The courier said so on the telephone')]",
    ),
    "import-orders": (
        "bylaw-taobao@1  Qianniu exports (Taobao, Tmall)",
        "one line was refused\n",
        "ORDER_NUMBER_ROUNDED",
        "nothing was taken twice\n",
        "that one would be refused\n",
        "ORDER_NUMBER_ROUNDED 3\n",
    ),
    "protect-customers": (
        "1******0087",
        "masked\n",
        "tells too much\n",
        "13912340087\n",
        "nobody is there\n",
        "The courier asks which gate",
        "浙江省杭州市文三路398号***",
        "欧阳明\n",
        "not confirmed\n",
        '"erasures/',
        "(True, ",
        "erased\n",
    ),
    "serve-customers": (
        "4 48 1000\n",
        "TICKET_STATE_OPEN False\n",
        "One of them came broken. Call me: ***",
        "not answered yet\n",
        "TICKET_STATE_WAITING_FOR_CUSTOMER\n",
        "question  when-it-leaves  assigned",
        "note  赵一帆  The carrier comes at four.",
        "rated 5 of 5",
        "There is nothing.\n",
        "one at a time\n",
        "TICKET_ACTION_STATE_DONE\n",
        "2500 PAYMENT_STATE_REFUNDED_IN_PART AFTER_SALES_STATE_OPEN\n",
        "TICKET_STATE_CLOSED\n",
        "rated once\n",
        "'REFUNDED', 'TICKET_ANSWERED', 'TICKET_CLOSED'",
        "['REVIEW_OUTCOME_TAKEN', 'REVIEW_OUTCOME_TAKEN', 'REVIEW_OUTCOME_REPEATED']",
        "('MJ-HONEY', 2, '3.50', 1)",
        "2 lines; taken 1, on record already 0, refused 1",
        "one line was refused\n",
        "2 lines; taken 0, on record already 1, refused 1",
        "我是***，杯子很好",
    ),
    "read-order-figures": (
        "['TAKING_OUTCOME_TAKEN', 'TAKING_OUTCOME_TAKEN', 'TAKING_OUTCOME_TAKEN']",
        "2026-03-03",
        "shipping",
        "(without a promotion)",
        "[('', '-2500'), ('浙江', '15700')]",
        "customers: 1\n",
        "repeat rate: 1.0000\n",
        "refund rate: 0.5000\n",
        "[('G-1C', '-2500'), ('G-1', '5800')]",
        "['G-2', 'G-1']",
        "march.xlsx is written.",
        "1\n",
    ),
    "take-orders": (
        "MJ  warehouses/",
        "short: waits  ships in 24 h, arrives in 96 h",
        "F-1  fair  placed ",
        "handed over",
        "A parcel was signed for",
        "GOODS_UNKNOWN [ORD-1]  1\n  F-2  fair",
        "A person mended it",
        "HELD_BY_HAND\n",
        "not held\n",
        "2 parts\n",
        "PAYMENT_STATE_PAID\n",
        "paid  cancelled",
        "it has left\n",
        "in one parcel with F-6",
        "each that cannot is named\n",
        ", 0 disagree",
    ),
    "notices-and-duties": ('"acknowledgedCount": 1', '"withdrawTime":', "21 degrees", "DUTY_RHYTHM_DAILY"),
}
"""Something that the commands of each page print."""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A folder and a Bylaw that runs in it with the demonstration company; its port."""
    folder = tmp_path_factory.mktemp("demonstration")
    with started(folder, BYLAW_DATA=".bylaw", BYLAW_DEMONSTRATION="true") as port:
        yield folder, port


@pytest.fixture(scope="module")
def ready() -> Iterator[Path]:
    """Where a `bylaw` lies that has been loaded before: the pages type hundreds of commands."""
    with TemporaryDirectory(prefix="bylaw-ready-") as folder, ready_command(Path(folder)) as found:
        yield found


@pytest.mark.parametrize("name", SAID)
def test_every_command_of_a_page_ends_well(demonstration: tuple[Path, int], ready: Path, name: str) -> None:
    folder, port = demonstration
    printed = typed(page(ROOT / "docs" / "how-to" / f"{name}.md"), folder, port, ready)
    assert [said for said in SAID[name] if said not in printed] == []
