"""How inventory says no about parcels (WHS-12)."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation


class ParcelHandedOver(Refusal):
    """A parcel is handed to its carrier once."""

    code = Code.ALREADY_EXISTS
    reason = "PARCEL_HANDED_OVER"
    clause = "WHS-12"
    zh = "有 {count} 件包裹已交接过；请核对运单号，不要重复登记。"
    en = "Parcels that were handed over already: {count}; check their numbers, and record each once."

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))


class ParcelNotIssued(Refusal):
    """What is handed over was issued first, to a carrier."""

    code = Code.FAILED_PRECONDITION
    reason = "PARCEL_NOT_ISSUED"
    clause = "WHS-12"
    zh = "有 {count} 件包裹没有本仓发往承运人的出库；请先过账出库再交接。"
    en = "Parcels without an issue of this warehouse to a carrier: {count}; post the issue, then hand them over."

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))


class ParcelNotPacked(Refusal):
    """Where a rule asks for it, what is handed over was checked as it was packed."""

    code = Code.FAILED_PRECONDITION
    reason = "PARCEL_NOT_PACKED"
    clause = "WHS-12"
    zh = "有 {count} 件包裹的货物未经装箱复核；请先复核并关闭，再交接。"
    en = "Parcels whose goods were not checked as they were packed: {count}; check and close, then hand them over."

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))


class ParcelNotFound(Refusal):
    """No such parcel within reach."""

    code = Code.NOT_FOUND
    reason = "PARCEL_NOT_FOUND"
    zh = "没有找到该包裹，或不在您的权限范围内；请核对名称。"
    en = "There is no such parcel within your reach; check its name."


class ParcelAcknowledged(Refusal):
    """A parcel has one receipt."""

    code = Code.FAILED_PRECONDITION
    reason = "PARCEL_ACKNOWLEDGED"
    clause = "WHS-12"
    zh = "该包裹已有承运人回执 {receipt}；不能改写。"
    en = "The parcel has the carrier's receipt {receipt} already, which stands."
