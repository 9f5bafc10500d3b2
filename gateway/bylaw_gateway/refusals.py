"""What the gateway itself refuses, and the words for it in both languages."""

from collections.abc import Mapping
from typing import NamedTuple

from bylaw_gateway.json_refusals import FieldRefused


class Wording(NamedTuple):
    """The HTTP status of a refusal and what it says."""

    status: int
    zh: str
    en: str


class FieldFault(NamedTuple):
    """A field or line at fault."""

    field: str
    reason: str
    zh: str
    en: str


WORDINGS: Mapping[str, Wording] = {
    "PATH_UNKNOWN": Wording(404, "没有这个地址。", "There is nothing at this address."),
    "METHOD_NOT_ALLOWED": Wording(405, "此地址只接受：{allow}。", "This address takes only {allow}."),
    "FIELD_INVALID": Wording(400, "请求有误：{field}。", "The request is wrong at {field}."),
    "JSON_MALFORMED": Wording(
        400,
        "正文不是正确的 JSON(第 {line} 行第 {column} 列)。",
        "The body is not well-formed JSON (line {line}, column {column}).",
    ),
    "JSON_TOO_DEEP": Wording(400, "JSON 嵌套超过 {limit} 层。", "The JSON is nested more than {limit} levels deep."),
    "JSON_KEY_REPEATED": Wording(
        400, "JSON 中的键 {key} 重复出现。", "The key {key} occurs twice in one object of the JSON."
    ),
    "BODY_UNEXPECTED": Wording(400, "此请求不带正文。", "This request takes no body."),
    "BODY_TOO_LARGE": Wording(
        413,
        "正文超过 {limit_bytes} 字节；请缩小或分次发送。",
        "The body is larger than {limit_bytes} bytes; send less at once.",
    ),
    "BODIES_EXHAUSTED": Wording(
        503, "同时上传过多，请稍后再试。", "Too many bodies are arriving at once; try again shortly."
    ),
    "BODY_TRUNCATED": Wording(400, "正文不完整。", "The body ends before it is whole."),
    "CONTENT_TYPE_UNSUPPORTED": Wording(415, "正文须为 {expected}。", "The body must be {expected}."),
    "CONTENT_ENCODING_UNSUPPORTED": Wording(
        415, "正文只可不压缩或用 gzip 压缩。", "The body may be plain or gzip, nothing else."
    ),
    "HEADERS_TOO_LARGE": Wording(431, "请求头过多或过长。", "There are too many headers, or they are too long."),
    "HEADER_INVALID": Wording(400, "请求头 {header} 有误。", "The header {header} cannot be read."),
    "IDEMPOTENCY_KEY_UNSUPPORTED": Wording(
        400, "此调用不接受 Idempotency-Key。", "This call takes no Idempotency-Key."
    ),
    "IDEMPOTENCY_KEY_INVALID": Wording(
        400,
        "Idempotency-Key 须为 1 至 128 个可见的 ASCII 字符。",
        "The Idempotency-Key must be 1 to 128 visible ASCII characters.",
    ),
    "IF_MATCH_UNSUPPORTED": Wording(400, "此调用不接受 If-Match。", "This call takes no If-Match."),
    "AUTHORIZATION_INVALID": Wording(
        401, "Authorization 须为 Bearer 令牌。", "The Authorization header must hold a Bearer token."
    ),
    "STREAMS_EXHAUSTED": Wording(
        503, "打开的数据流过多，请稍后再试。", "Too many streams are open; try again shortly."
    ),
    "INTERNAL": Wording(
        500, "系统内部错误，已记录，可凭 traceId 查询。", "A fault of the system; it is recorded under the traceId."
    ),
}

FIELD_WORDINGS: Mapping[str, tuple[str, str]] = {
    "unknown": ("没有这个字段", "there is no such field"),
    "twice": ("重复给出", "it is given twice"),
    "both": ("{fields} 只能给出其中一个", "only one of {fields} may be given"),
    "contradiction": ("与地址或请求头中的值不一致", "it differs from the value in the path or in a header"),
    "integer": ("须为 {smallest} 至 {largest} 的整数", "expected a whole number from {smallest} to {largest}"),
    "enum": ("须为 {names} 之一", "expected one of {names}"),
    "null_character": ("不得含有空字符(U+0000)", "it must not hold the character U+0000"),
    "not_in_query": ("此字段不能放在查询参数中", "this field cannot be given in the query"),
    "wrong_type": ("须为{expected_zh}", "expected {expected_en}"),
}

EXPECTED: Mapping[str, tuple[str, str]] = {
    "text": ("文本", "text"),
    "switch": ("真假值 true 或 false", "true or false"),
    "number": ("数字", "a number"),
    "object": ("对象", "an object"),
    "list": ("列表", "a list"),
    "base64": ("用 base64 写的文本", "base64 text"),
    "instant": ("时刻，如 2015-03-02T08:25:00+08:00", "an instant such as 2015-03-02T08:25:00+08:00"),
    "duration": ("时长，如 90s", "a duration such as 90s"),
    "field_mask": ("以逗号分隔的字段名", "field names parted by commas"),
}


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The gateway says no, before or instead of any call."""

    def __init__(
        self,
        reason: str,
        *,
        headers: Mapping[str, str] | None = None,
        faults: tuple[FieldFault, ...] = (),
        **variables: str,
    ) -> None:
        super().__init__(reason)
        self.reason, self.faults, self.variables = reason, faults, variables
        self.headers = dict(headers or {})
        self.status, zh, en = WORDINGS[reason if reason in WORDINGS else "FIELD_INVALID"]
        self.texts = {"zh": zh.format(**variables), "en": en.format(**variables)}

    @classmethod
    def at_field(cls, refused: FieldRefused) -> "Refused":
        """A field of the body, the query or the path that cannot be taken."""
        zh, en = FIELD_WORDINGS[refused.wording]
        variables = dict(refused.variables)
        if expected := variables.get("expected"):
            variables["expected_zh"], variables["expected_en"] = EXPECTED[expected]
        path = refused.path or "body"
        fault = FieldFault(path, refused.reason, zh.format(**variables), en.format(**variables))
        found = cls(refused.reason, faults=(fault,), field=path)
        found.texts = {"zh": f"{path}:{fault.zh}。", "en": f"{path}: {fault.en}."}
        return found
