"""What kuaidi100's codes and words mean in ours: its 2 is a problem where another's 2 is on the way."""

from collections.abc import Mapping

from bylaw_hooks.couriers import Codes, ParcelState, SignedBy

STATES: Mapping[str, ParcelState] = {
    "0": ParcelState.IN_TRANSIT,
    "1": ParcelState.PICKED_UP,
    "2": ParcelState.PROBLEM,
    "3": ParcelState.SIGNED,
    "4": ParcelState.RETURN_SIGNED,
    "5": ParcelState.OUT_FOR_DELIVERY,
    "6": ParcelState.RETURNING,
    "7": ParcelState.FORWARDED,
    "8": ParcelState.CUSTOMS,
    "10": ParcelState.CUSTOMS,
    "11": ParcelState.CUSTOMS,
    "12": ParcelState.CUSTOMS,
    "13": ParcelState.CUSTOMS,
    "14": ParcelState.REFUSED,
    # Finer codes that do not mean what their first digit does.
    "101": ParcelState.NO_TRACE,
    "102": ParcelState.NO_TRACE,
    "1001": ParcelState.IN_TRANSIT,
    "1002": ParcelState.IN_TRANSIT,
    "1003": ParcelState.IN_TRANSIT,
    "501": ParcelState.IN_LOCKER,
    "304": ParcelState.IN_LOCKER,  # "signed" into a locker or a station: nobody has it yet
    "401": ParcelState.PROBLEM,  # the waybill was called off
}
NAMES: Mapping[str, str] = {
    "在途": "0",
    "揽收": "1",
    "疑难": "2",
    "签收": "3",
    "退签": "4",
    "派件": "5",
    "退回": "6",
    "转投": "7",
    "转单": "7",
    "清关": "8",
    "待清关": "10",
    "清关中": "11",
    "已清关": "12",
    "清关异常": "13",
    "拒签": "14",
    "已下单": "101",
    "待揽收": "102",
    "已揽收": "103",
    "到达派件城市": "1001",
    "干线": "1002",
    "转递": "1003",
    "投柜或驿站": "501",
    "本人签收": "301",
    "派件异常后签收": "302",
    "代签": "303",
    "投柜或站签收": "304",
    "已销单": "401",
}
SIGNATURES: Mapping[str, SignedBy] = {"301": SignedBy.CUSTOMER, "303": SignedBy.PROXY}
COURIERS: Mapping[str, str] = {
    "sf": "shunfeng",
    "zto": "zhongtong",
    "yto": "yuantong",
    "sto": "shentong",
    "yunda": "yunda",
    "ems": "ems",
    "post": "youzhengguonei",
    "jd": "jd",
    "jt": "jtexpress",
    "best": "huitongkuaidi",
    "deppon": "debangkuaidi",
    "zjs": "zhaijisong",
    "tt": "tiantian",
}
"""The couriers' codes of a shop, and how they are called here; what is not in it is handed over as it is."""
CODES = Codes(STATES, SIGNATURES, COURIERS)
