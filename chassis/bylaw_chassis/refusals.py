"""How the product says no: one family of refusals, each with a stable reason and its words in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol


class Code(Enum):
    """The canonical code of a refusal; names are those of gRPC, so that rules need not know gRPC."""

    ABORTED = "aborted"
    ALREADY_EXISTS = "already exists"
    CANCELLED = "cancelled"
    DEADLINE_EXCEEDED = "deadline exceeded"
    FAILED_PRECONDITION = "failed precondition"
    INTERNAL = "internal"
    INVALID_ARGUMENT = "invalid argument"
    NOT_FOUND = "not found"
    OUT_OF_RANGE = "out of range"
    PERMISSION_DENIED = "permission denied"
    RESOURCE_EXHAUSTED = "resource exhausted"
    UNAUTHENTICATED = "unauthenticated"
    UNAVAILABLE = "unavailable"
    UNIMPLEMENTED = "unimplemented"


@dataclass(frozen=True, slots=True)
class Violation:
    """A field or line at fault: where, a stable reason, and what is wrong in both languages."""

    field: str
    reason: str
    zh: str
    en: str


class ClauseWords(Protocol):
    """A clause's words from a date on; retired: its last words."""

    @property
    def clause(self) -> str: ...
    @property
    def effective_date(self) -> date: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def retired(self) -> bool: ...


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Base of every refusal. A subclass states code, reason, clause and wording; `{variables}` fill the wording."""

    code: Code = Code.FAILED_PRECONDITION
    reason: str = "REFUSED"
    clause: str = ""
    zh: str = "被拒绝。"
    en: str = "Refused."
    retry_after_seconds: int = 0
    recorded: bool = False
    """Whether the audit trail keeps it though no clause decided; with a clause it always does."""
    clause_wording: ClauseWords | None = None
    """The clause in the words of today; put there by the server as the refusal leaves."""

    def __init__(self, *, violations: Sequence[Violation] = (), **variables: object) -> None:
        self.violations = tuple(violations)
        self.variables = {name: str(value) for name, value in variables.items()}
        self.message_zh = self.zh.format(**self.variables)
        self.message_en = self.en.format(**self.variables)
        super().__init__(f"{self.reason}: {self.message_en}")


class FieldInvalid(Refusal):
    """A field of the request holds what it cannot hold."""

    code = Code.INVALID_ARGUMENT
    reason = "FIELD_INVALID"
    zh = "请求有误：{field}。"
    en = "The request is wrong at {field}."

    def __init__(self, *, field: str, zh: str, en: str) -> None:
        super().__init__(violations=[Violation(field, self.reason, zh, en)], field=field)
        self.message_zh = f"{field}：{zh}。"
        self.message_en = f"{field}: {en}."


class FieldsInvalid(Refusal):
    """Several fields or lines of the request hold what they cannot hold; each is named."""

    code = Code.INVALID_ARGUMENT
    reason = "FIELD_INVALID"
    zh = "请求有 {count} 处错误。"
    en = "Faults in the request: {count}."

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))


class FieldNotWritable(Refusal):
    """A field that only the service writes was written."""

    code = Code.INVALID_ARGUMENT
    reason = "FIELD_NOT_WRITABLE"
    zh = "字段 {field} 由系统维护，不可写入。"
    en = "The field {field} is kept by the service and cannot be written."

    def __init__(self, *, field: str) -> None:
        super().__init__(
            violations=[Violation(field, self.reason, "由系统维护，不可写入", "is kept by the service")], field=field
        )


class SignInRequired(Refusal):
    """The call needs a token and brought none."""

    code = Code.UNAUTHENTICATED
    reason = "SIGN_IN_REQUIRED"
    zh = "请先登录。"
    en = "Sign in first."


class TokenInvalid(Refusal):
    """The token is not one of ours, was altered, or is not for this."""

    code = Code.UNAUTHENTICATED
    reason = "TOKEN_INVALID"
    recorded = True
    zh = "令牌无效，请重新登录。"
    en = "The token is not valid; sign in again."


class TokenExpired(Refusal):
    """The token's time is over."""

    code = Code.UNAUTHENTICATED
    reason = "TOKEN_EXPIRED"
    zh = "令牌已过期，请重新登录。"
    en = "The token has expired; sign in again."


class TokenEnded(Refusal):
    """The session was ended, or what the person may do has changed since the token was made."""

    code = Code.UNAUTHENTICATED
    reason = "TOKEN_ENDED"
    zh = "会话已退出，或您的权限已变更；请刷新会话或重新登录。"
    en = "The session was ended, or what you may do has changed; refresh the session or sign in again."


class PermissionMissing(Refusal):
    """The caller holds no grant with the permission of the call (SEC-1)."""

    code = Code.PERMISSION_DENIED
    reason = "PERMISSION_MISSING"
    clause = "SEC-1"
    zh = "没有权限 {permission}；请向单位负责人或管理员申请。"
    en = "You lack the permission {permission}; ask the head of your unit or an administrator."


class KeyReused(Refusal):
    """The same idempotency key came with another request."""

    code = Code.FAILED_PRECONDITION
    reason = "KEY_REUSED"
    zh = "同一请求键已用于另一请求；请换一个键。"
    en = "This request key was used for another request; take a new one."


class ResultNotKept(Refusal):
    """A repeat of a call whose answer held a secret and was not stored."""

    code = Code.ALREADY_EXISTS
    reason = "RESULT_NOT_KEPT"
    zh = "该请求已完成；其结果含机密，未予保存。"
    en = "This request was carried out; its result held a secret and was not kept."


class RequestInProgress(Refusal):
    """The same request is being carried out."""

    code = Code.ABORTED
    reason = "REQUEST_IN_PROGRESS"
    retry_after_seconds = 1
    zh = "同一请求正在处理，请稍后再试。"
    en = "The same request is in progress; try again shortly."


class PageTokenInvalid(Refusal):
    """The page token was altered, or belongs to another query or caller."""

    code = Code.INVALID_ARGUMENT
    reason = "PAGE_TOKEN_INVALID"
    zh = "分页令牌无效，或属于另一查询；请从第一页开始。"
    en = "The page token is not valid for this query; start from the first page."


class FeedRestarted(Refusal):
    """The cursor is of another incarnation of the feed, or older than what is kept."""

    code = Code.OUT_OF_RANGE
    reason = "FEED_RESTARTED"
    zh = "事件流已重启，请从头同步。"
    en = "The feed was restarted; read it from the beginning."


class Overloaded(Refusal):
    """More calls than the service takes at once."""

    code = Code.RESOURCE_EXHAUSTED
    reason = "OVERLOADED"
    retry_after_seconds = 1
    zh = "系统繁忙，请稍后再试。"
    en = "The service is busy; try again shortly."


class Unavailable(Refusal):
    """Something this call needs does not answer."""

    code = Code.UNAVAILABLE
    reason = "UNAVAILABLE"
    retry_after_seconds = 2
    zh = "暂时无法处理，请稍后用同一请求键重试。"
    en = "Not available for the moment; try again shortly with the same request key."


class DeadlinePassed(Refusal):
    """The time the caller gave is over."""

    code = Code.DEADLINE_EXCEEDED
    reason = "DEADLINE_PASSED"
    zh = "未能在限定时间内完成；请用同一请求键重试。"
    en = "Not done within the time given; try again with the same request key."


class Cancelled(Refusal):
    """The caller left before the end."""

    code = Code.CANCELLED
    reason = "CANCELLED"
    zh = "调用已由调用方取消。"
    en = "The caller ended the call."


class Unimplemented(Refusal):
    """There is no such call."""

    code = Code.UNIMPLEMENTED
    reason = "UNIMPLEMENTED"
    zh = "没有此接口：{method}。"
    en = "There is no call {method}."


class InternalFault(Refusal):
    """A fault of ours; its cause is in the log under the trace id and nowhere else."""

    code = Code.INTERNAL
    reason = "INTERNAL"
    zh = "系统内部错误，已记录。"
    en = "A fault of the system; it has been recorded."
