"""Requests made from the OpenAPI description: some sound, some with a flaw, some hostile through and through."""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.journeys import sound_orders
from tests.journeys.sound_values import KEPT_BY_THE_SERVICE, SoundValues

TEXTS = (
    "",
    " ",
    "\u0000",
    "a\nb\r\nc",
    "' or 1=1 --",
    "%",
    "_",
    "\\",
    "../../etc/passwd",
    "x" * 5000,
    "王" * 300,
    "\u202eabc",
    "\ud800",
    "{zh}{0}%s",
    "-1",
    "null",
    "2015-13-45",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "2026-11-31 25:61:61",
    "0001-01",
    "9999-12",
    "-",
    "*",
    "people/",
    "people/x/y",
    "units/00000000-0000-0000-0000-000000000000",
    "roles/administrator",
    "Ａ１",
    "٣",
)
VALUES = (None, True, 0, -1, 2**31, 2**63, 2**70, 1e308, 0.1, [], {}, [[]], {"a": {"b": [1, {"c": None}]}}, "x")
NUMBERS = (0, 1, 5, -1, 1000, 2**31 - 1, 2**31, -(2**31), 2**64)
SOUND_FILES = (
    b"employee_number,local_time\n1016,2026-09-04 08:21:00\n",
    b"code,title_zh,title_en,kind,parent\nTRIAL,\xe8\xaf\x95,Trial,team,MGMT\n",
    *sound_orders.FILES,
)
FILES = (b"a,b\n1,2\n", b"\x1f\x8b\x08rubbish", b"", b"\n\n", b"code,title_zh,title_en\nX,\xff,y\n", b'"' * 99)
DEEPEST = 5
HOSTILITIES = (0.0, 0.0, 0.08, 0.5)
"""How likely each value of a request is hostile: half of the requests are sound throughout."""


@dataclass
class Generator:
    """Makes requests for the operations of a document; the same seed makes the same ones."""

    document: Mapping[str, Any]
    names: Mapping[str, list[str]]
    seed: int
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 - to be repeated, not to be secret
        self._sound = SoundValues(self.names, self.dice)
        self._hostility, self._depth = 0.0, 0
        self._makers: Mapping[str | None, Callable[[Mapping[str, Any], str], Any]] = {
            "object": self._object,
            "array": lambda schema, name: [self._value(schema["items"], name) for _ in range(self.dice.randint(0, 3))],
            "integer": lambda _, __: self.dice.choice(NUMBERS) if self._is_hostile() else self.dice.choice((0, 1, 5)),
            "boolean": lambda _, __: self.dice.random() < 0.5,
        }

    def round(self, client: httpx.Client) -> Iterator[tuple[str, httpx.Request]]:
        """A request of every operation, by operation id."""
        for path, verbs in self.document["paths"].items():
            for verb, operation in verbs.items():
                self._hostility = self.dice.choice(HOSTILITIES)
                yield operation["operationId"], self._request(client, verb, path, operation=operation)

    def _request(self, client: httpx.Client, verb: str, path: str, *, operation: Mapping[str, Any]) -> httpx.Request:
        query: list[tuple[str, str]] = []
        headers: dict[str, str] = {}
        for parameter in map(self._resolved, operation["parameters"]):
            name = parameter["name"]
            if parameter["in"] == "path":
                path = path.replace(f"{{{name}}}", self._segment(name))
            elif parameter["in"] == "query" and self._is_wanted(name, 0.6):
                query.append((name, _plain(self._value(parameter["schema"], name))))
            elif name == "Idempotency-Key" and self.dice.random() < 0.3:
                headers[name] = str(self.dice.randint(1, 40))
        body, kind = self._body(operation)
        headers |= {"Content-Type": kind} if kind else {}
        return client.build_request(verb.upper(), path, params=query, content=body, headers=headers)

    def _segment(self, name: str) -> str:
        text = self.dice.choice(TEXTS) if self._is_hostile() else self._sound.segment(name)
        return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "replace"))

    def _body(self, operation: Mapping[str, Any]) -> tuple[bytes | None, str]:
        content = operation.get("requestBody", {}).get("content")
        if not content:
            return None, ""
        if "application/json" not in content:
            return self.dice.choice(
                [*FILES, self.dice.randbytes(200)] if self._is_hostile() else SOUND_FILES
            ), "text/csv"
        return json.dumps(self._value(content["application/json"]["schema"], "")).encode(), "application/json"

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            found: Any = self.document
            for step in schema["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            schema = found
        return schema

    def _value(self, schema: Mapping[str, Any], name: str) -> Any:
        schema = self._resolved(schema)
        if self._is_hostile() and self.dice.random() < 0.5:
            return self.dice.choice(VALUES)
        return self._makers.get(schema.get("type"), self._text)(schema, name)

    def _object(self, schema: Mapping[str, Any], _: str) -> Any:
        """Some of its members; what holds its own kind ends somewhere."""
        members = schema.get("properties", {}) if self._depth < DEEPEST else {}
        self._depth += 1
        try:
            return self._members(members)
        finally:
            self._depth -= 1

    def _members(self, members: Mapping[str, Any]) -> Any:
        if not members:
            return {self.dice.choice(TEXTS): self.dice.choice(VALUES)} if self._is_hostile() else {}
        return {
            each: self._value(schema, each)
            for each, schema in members.items()
            if self._is_wanted(each, 0.0 if schema.get("readOnly") else 0.9)
        }

    def _text(self, schema: Mapping[str, Any], name: str) -> str:
        if self._is_hostile():
            return self.dice.choice(TEXTS)
        if "enum" in schema:
            return str(self.dice.choice(schema["enum"][1:] or schema["enum"]))
        return self._sound.of(name)

    def _is_wanted(self, name: str, likelihood: float) -> bool:
        """Whether a member is given; what the service keeps a careful client leaves out."""
        return self._is_hostile() or (name not in KEPT_BY_THE_SERVICE and self.dice.random() < likelihood)

    def _is_hostile(self) -> bool:
        return self.dice.random() < self._hostility


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else str(value)
