"""Requests made from the OpenAPI description: half of what they hold is sound, half is what hostile clients send."""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

HOSTILE_TEXTS = (
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
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "0001-01-01",
    "2026-11-31 25:61:61",
    "-",
    "*",
    "people/",
    "people/x/y",
    "units/00000000-0000-0000-0000-000000000000",
    "roles/administrator",
    "sheets/2026-11",
    "Ａ１",
    "٣",
)
HOSTILE_VALUES = (None, True, 0, -1, 2**31, 2**63, 2**70, 1e308, 0.1, [], {}, [[]], {"a": {"b": [1, {"c": None}]}}, "x")
DATES = ("2026-11-02", "2015-03-02", "2026-02-28", "2030-01-01")


@dataclass
class Generator:
    """Makes values for the schemas of a document; the same seed makes the same ones."""

    document: Mapping[str, Any]
    names: Mapping[str, list[str]]
    seed: int
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 - to be repeated, not to be secret

    def requests(self, client: httpx.Client, times: int) -> Iterator[tuple[str, httpx.Request]]:
        """So many requests of every operation, by operation id."""
        for path, verbs in self.document["paths"].items():
            for verb, operation in verbs.items():
                for _ in range(times):
                    yield operation["operationId"], self._request(client, verb, path, operation=operation)

    def _request(self, client: httpx.Client, verb: str, path: str, *, operation: Mapping[str, Any]) -> httpx.Request:
        query: list[tuple[str, str]] = []
        headers: dict[str, str] = {}
        for parameter in map(self._resolved, operation["parameters"]):
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", self._segment(parameter["name"]))
            elif self.dice.random() < 0.5:
                value = self._text(self._value(parameter["schema"], 0))
                if parameter["in"] == "query":
                    query.append((parameter["name"], value))
                elif value.isascii() and value.isprintable() and value.strip() == value:
                    headers[parameter["name"]] = value
        body, kind = self._body(operation)
        if kind:
            headers["Content-Type"] = kind
        return client.build_request(verb.upper(), path, params=query, content=body, headers=headers)

    def _segment(self, name: str) -> str:
        known = self.names.get(name, [])
        text = self.dice.choice(known) if known and self.dice.random() < 0.6 else self._hostile_text()
        return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "replace"))

    def _body(self, operation: Mapping[str, Any]) -> tuple[bytes | None, str]:
        content = operation.get("requestBody", {}).get("content")
        if not content:
            return None, ""
        if "application/json" not in content:
            return self.dice.choice([self.dice.randbytes(200), b"a,b\n1,2\n", b"\x1f\x8b\x08rubbish", b"", b"\n\n"]), "text/csv"
        tree = self._value(content["application/json"]["schema"], 0)
        return _json(tree), "application/json"

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            found: Any = self.document
            for step in schema["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            schema = found
        return schema

    def _value(self, schema: Mapping[str, Any], depth: int) -> Any:
        schema = self._resolved(schema)
        if self.dice.random() < 0.12:
            return self.dice.choice(HOSTILE_VALUES)
        kinds: Mapping[Any, Callable[[], Any]] = {
            "object": lambda: self._object(schema, depth),
            "array": lambda: [self._value(schema["items"], depth + 1) for _ in range(self.dice.randint(0, 3))],
            "integer": lambda: self.dice.choice([0, 1, 5, -1, 1000, 2**31 - 1, 2**31, -(2**31), 2**64]),
            "boolean": lambda: self.dice.random() < 0.5,
            "number": lambda: self.dice.choice([0, 1.5, -1e30]),
        }
        kind = schema.get("type")
        return kinds[kind]() if kind in kinds else self._string(schema)

    def _object(self, schema: Mapping[str, Any], depth: int) -> Any:
        members = schema.get("properties", {})
        if not members:
            return {self._sound_text(): self.dice.choice(HOSTILE_VALUES) for _ in range(self.dice.randint(0, 2))}
        chosen = {name: each for name, each in members.items() if self.dice.random() < 0.75 and depth < 6}
        return {name: self._value(each, depth + 1) for name, each in chosen.items()}

    def _string(self, schema: Mapping[str, Any]) -> str:
        if "enum" in schema and self.dice.random() < 0.9:
            return str(self.dice.choice(schema["enum"]))
        return self._sound_text() if self.dice.random() < 0.6 else self._hostile_text()

    def _sound_text(self) -> str:
        pools = [*self.names.values(), list(DATES), [f"G{self.dice.randint(1, 10**6)}", "Asia/Shanghai", "CN", "NONE"]]
        collection = self.dice.choice([pool for pool in pools if pool])
        found = self.dice.choice(collection)
        kind = next((kind for kind, pool in self.names.items() if pool is collection), "")
        return f"{COLLECTIONS[kind]}/{found}" if kind in COLLECTIONS and self.dice.random() < 0.8 else found

    def _hostile_text(self) -> str:
        return self.dice.choice(HOSTILE_TEXTS)

    def _text(self, value: Any) -> str:
        return value.encode("utf-8", "replace").decode() if isinstance(value, str) else str(value)


COLLECTIONS = {
    "person": "people",
    "unit": "units",
    "site": "sites",
    "position": "positions",
    "grant": "grants",
    "role": "roles",
    "clock": "clocks",
    "shiftPattern": "shiftPatterns",
    "patternAssignment": "patternAssignments",
    "punchImport": "punchImports",
}
"""The collections whose things the description's path parameters name."""


def known_names(client: Any) -> dict[str, list[str]]:
    """The ids that are on record, by what the description calls them."""
    listed = {"people": "person", **{f"{kind}s": kind for kind in COLLECTIONS if kind not in {"person", "punchImport"}}}
    found = {
        kind: [row["name"].partition("/")[2] for row in client.get(f"/v1/{collection}")[collection]]
        for collection, kind in listed.items()
    }
    return {**found, "sheet": ["2026-11", "2026-13", "2015-01", "9999-12", "0001-01"]}


def _json(tree: Any) -> bytes:
    return json.dumps(tree).encode()
