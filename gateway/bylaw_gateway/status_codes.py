"""What each gRPC code means in HTTP, and what is said when a service gives no words of its own."""

from collections.abc import Mapping
from typing import NamedTuple

import grpc


class Meaning(NamedTuple):
    """The HTTP status of a code, its title and its generic text, Chinese first."""

    status: int
    title_zh: str
    title_en: str
    zh: str
    en: str

    def title(self, language: str) -> str:
        """The title in a language."""
        return self.title_zh if language == "zh" else self.title_en

    def text(self, language: str) -> str:
        """The generic text in a language."""
        return self.zh if language == "zh" else self.en


_FAULT = (
    "系统错误",
    "Fault",
    "系统内部错误，已记录，可凭 traceId 查询。",
    "A fault of the system; it is recorded under the traceId.",
)

MEANINGS: Mapping[grpc.StatusCode, Meaning] = {
    grpc.StatusCode.INVALID_ARGUMENT: Meaning(400, "请求有误", "Bad request", "请求有误。", "The request is wrong."),
    grpc.StatusCode.FAILED_PRECONDITION: Meaning(
        400, "条件不符", "Not possible now", "当前状态不允许此操作。", "The state of things does not allow this."
    ),
    grpc.StatusCode.OUT_OF_RANGE: Meaning(400, "超出范围", "Out of range", "超出范围。", "Out of range."),
    grpc.StatusCode.UNAUTHENTICATED: Meaning(401, "请先登录", "Sign in first", "请先登录。", "Sign in first."),
    grpc.StatusCode.PERMISSION_DENIED: Meaning(403, "没有权限", "Not permitted", "没有权限。", "You may not do this."),
    grpc.StatusCode.NOT_FOUND: Meaning(404, "没有找到", "Not found", "没有找到。", "There is no such thing."),
    grpc.StatusCode.ALREADY_EXISTS: Meaning(409, "已存在", "Already there", "已存在。", "It is there already."),
    grpc.StatusCode.ABORTED: Meaning(
        409, "有冲突", "Conflict", "与另一操作冲突，请重试。", "It met another change; try again."
    ),
    grpc.StatusCode.RESOURCE_EXHAUSTED: Meaning(
        429, "请求过多", "Too much at once", "系统繁忙，请稍后再试。", "The service is busy; try again shortly."
    ),
    grpc.StatusCode.CANCELLED: Meaning(499, "已取消", "Cancelled", "请求已取消。", "The request was cancelled."),
    grpc.StatusCode.UNIMPLEMENTED: Meaning(
        501, "尚不支持", "Not supported", "此调用尚不支持。", "This call is not supported here."
    ),
    grpc.StatusCode.UNAVAILABLE: Meaning(
        503,
        "暂时不可用",
        "Not available",
        "服务暂时不可用，请稍后再试。",
        "The service does not answer; try again shortly.",
    ),
    grpc.StatusCode.DEADLINE_EXCEEDED: Meaning(
        504, "超时", "Out of time", "未能在限定时间内完成。", "It was not done within the time given."
    ),
    grpc.StatusCode.INTERNAL: Meaning(500, *_FAULT),
    grpc.StatusCode.UNKNOWN: Meaning(500, *_FAULT),
    grpc.StatusCode.DATA_LOSS: Meaning(500, *_FAULT),
}

_STATUS_BY_ENDING: Mapping[str, int] = {"KEY_REUSED": 422, "ETAG_MISMATCH": 412, "_CHANGED": 412, "_TOO_LARGE": 413}
"""Reasons, or how they end, that HTTP has a closer word for than their code has: `UNIT_CHANGED`, `FILE_TOO_LARGE`."""


def status_of_reason(reason: str) -> int | None:
    """The HTTP status that says it more closely than the code of the call does; None where there is none."""
    return next((status for ending, status in _STATUS_BY_ENDING.items() if reason.endswith(ending)), None)


TITLES_BY_STATUS: Mapping[int, tuple[str, str]] = {
    # The gateway's own 400 is always a wrong request, never an unmet condition.
    **{meaning.status: (meaning.title_zh, meaning.title_en) for meaning in MEANINGS.values()},
    400: ("请求有误", "Bad request"),
    405: ("方法不对", "Method not allowed"),
    412: ("版本已变", "Changed meanwhile"),
    413: ("正文过大", "Body too large"),
    415: ("正文类型不对", "Unsupported body"),
    422: ("请求键已用过", "Key already used"),
    431: ("请求头过大", "Headers too large"),
}
