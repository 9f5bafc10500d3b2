"""What kdniao's codes mean in ours: its 2 is on the way where another's 2 is a problem."""

from collections.abc import Mapping

from bylaw_hooks.couriers import Codes, ParcelState, SignedBy

STATES: Mapping[str, ParcelState] = {
    "0": ParcelState.NO_TRACE,
    "1": ParcelState.PICKED_UP,
    "2": ParcelState.IN_TRANSIT,
    "3": ParcelState.SIGNED,
    "4": ParcelState.PROBLEM,
    "5": ParcelState.FORWARDED,
    "6": ParcelState.CUSTOMS,
    "10": ParcelState.NO_TRACE,
    # Finer codes that do not mean what their first digit does.
    "202": ParcelState.OUT_FOR_DELIVERY,
    "211": ParcelState.IN_LOCKER,
    "404": ParcelState.REFUSED,
    "406": ParcelState.RETURN_SIGNED,
    "407": ParcelState.RETURNING,
}
SIGNATURES: Mapping[str, SignedBy] = {"301": SignedBy.CUSTOMER, "304": SignedBy.PROXY, "311": SignedBy.LOCKER}
COURIERS: Mapping[str, str] = {
    "sf": "SF",
    "zto": "ZTO",
    "yto": "YTO",
    "sto": "STO",
    "yunda": "YD",
    "ems": "EMS",
    "post": "YZPY",
    "jd": "JD",
    "jt": "JTSD",
    "best": "HTKY",
    "deppon": "DBL",
    "zjs": "ZJS",
    "tt": "HHTT",
}
"""The couriers' codes of a shop, and how they are called here; what is not in it is handed over as it is."""
CODES = Codes(STATES, SIGNATURES, COURIERS)
