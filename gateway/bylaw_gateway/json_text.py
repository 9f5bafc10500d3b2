"""Bytes to parsed JSON, strictly: no doubled keys, no bottomless nesting, no NUL characters."""

import json
from typing import Any

import orjson

from bylaw_gateway.json_refusals import FieldRefused, printable
from bylaw_gateway.refusals import Refused


def parse_json(body: bytes, *, nesting_limit: int) -> Any:
    """Parse a body; raises Refused with the line and column, or FieldRefused with the field."""
    try:
        tree = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _malformed(error, nesting_limit) from None
    if body.count(b"[") + body.count(b"{") > nesting_limit:
        _check_nesting(tree, nesting_limit)
    if _may_repeat_keys(body, tree):
        json.loads(body, object_pairs_hook=_refuse_repeated_keys)
    if b"\\u0000" in body:
        _refuse_null_characters(tree)
    return tree


def _malformed(error: orjson.JSONDecodeError, nesting_limit: int) -> Refused:
    # The parser stops at 1,024 levels by itself, with this message.
    if "depth limit" in str(error):
        return Refused("JSON_TOO_DEEP", limit=str(nesting_limit))
    return Refused("JSON_MALFORMED", line=str(error.lineno), column=str(error.colno))


def _check_nesting(tree: Any, limit: int) -> None:
    level = [tree]
    for _ in range(limit):
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return
    raise Refused("JSON_TOO_DEEP", limit=str(limit))


def _may_repeat_keys(body: bytes, tree: Any) -> bool:
    """Whether the parser dropped a key: then fewer colons come out of the tree than went in.

    A colon written as an escape would upset the count, so such a body is always looked at closely.
    """
    return b"\\u003" in body or orjson.dumps(tree).count(b":") != body.count(b":")


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused("JSON_KEY_REPEATED", key=printable(key))
        found[key] = value
    return found


def _refuse_null_characters(tree: Any) -> None:
    if isinstance(tree, str) and "\0" in tree:
        raise FieldRefused("FIELD_TYPE_WRONG", "null_character")
    if isinstance(tree, dict):
        for key, value in tree.items():
            try:
                _refuse_null_characters(key)
                _refuse_null_characters(value)
            except FieldRefused as refused:
                raise refused.under(key) from None
    if isinstance(tree, list):
        for index, value in enumerate(tree):
            try:
                _refuse_null_characters(value)
            except FieldRefused as refused:
                raise refused.at(index) from None
