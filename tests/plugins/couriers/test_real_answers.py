"""Answers as both providers really gave them, waybills and names replaced: each is read, and no digit is mistaken."""

from datetime import UTC, datetime
from typing import Any

from bylaw_hooks.couriers import ParcelState
from bylaw_kdniao.reading import report_of as kdniao
from bylaw_kuaidi100.reading import report_of as kuaidi100
from bylaw_kuaidi100.words import CODES, NAMES

LOCKER: dict[str, Any] = {
    "nu": "773000000000001",
    "com": "shentong",
    "state": "3",
    "data": [
        {"time": "2020-03-17 13:32:03", "context": "已签收，签收人凭取货码签收。", "location": None},
        {"time": "2020-03-16 16:10:59", "context": "快件已暂存至汽车站店驿站", "location": None},
        {"time": "2020-03-16 15:27:44", "context": "派件中", "location": None},
    ],
}
NAMED: dict[str, Any] = {
    "nu": "YT1234567890",
    "com": "yunda",
    "state": "3",
    "data": [
        {"time": "2026-01-18 09:30:00", "context": "已完成配送", "status": "签收", "areaName": "上海市"},
        {"time": "2026-01-18 08:00:00", "context": "正在派送中", "status": "派件", "areaName": "上海市"},
    ],
}
STATION: dict[str, Any] = {
    "ShipperCode": "YTO",
    "LogisticCode": "12345678",
    "State": "2",
    "Traces": [
        {"AcceptTime": "2016-11-03 19:22:16", "AcceptStation": "快件已到达驿站"},
        {"AcceptTime": "2016/12/02 11:14:36", "AcceptStation": "快件已到达驿站"},
    ],
}


def test_kuaidi100_says_its_state_once_and_it_is_that_of_the_newest_event() -> None:
    report = kuaidi100(LOCKER)
    assert report.courier == "sto"
    assert [one.state for one in report.events] == [None, None, ParcelState.SIGNED]
    assert report.events[-1].at == datetime(2020, 3, 17, 5, 32, 3, tzinfo=UTC)


def test_kuaidi100_says_the_state_of_each_event_by_its_name() -> None:
    report = kuaidi100(NAMED)
    assert [(one.state, one.place) for one in report.events] == [
        (ParcelState.OUT_FOR_DELIVERY, "上海市"),
        (ParcelState.SIGNED, "上海市"),
    ]


def test_kdniao_begins_with_the_oldest() -> None:
    report = kdniao(STATION)
    assert [one.state for one in report.events] == [None, ParcelState.IN_TRANSIT]
    assert (report.waybill, report.courier) == ("12345678", "yto")


def test_every_name_of_kuaidi100_has_a_state_and_a_locker_is_no_signature() -> None:
    assert all(CODES.state(code) for code in NAMES.values())
    assert {CODES.state(code) for code in ("501", "304")} == {ParcelState.IN_LOCKER}
    assert CODES.state(NAMES["拒签"]) is ParcelState.REFUSED
    assert [CODES.state(code) for code in ("205", "83", "")] == [ParcelState.PROBLEM, None, None]
