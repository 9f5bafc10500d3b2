"""Schemas of parameters: the order of their fields, and the field that a path of pydantic's leads to."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from bylaw_hooks import Both
from pydantic import BaseModel

ORDER, CHOICES = "x-order", "x-choices"
NAMED, LISTED, NESTED = {"properties", "patternProperties", "$defs"}, {"anyOf", "oneOf", "prefixItems"}, {"items"}
KEY = "[key]"
"""By which pydantic says that the name of an entry is meant and not the entry."""
LONGEST_STEP = 100
Schema = Mapping[str, Any]
Path = tuple[str | int, ...]


@lru_cache(256)
def drawn(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a model in one order, drawn once; raises whatever drawing it raises."""
    schema: dict[str, Any] = in_order(model.model_json_schema())
    return schema


def in_order(schema: Any) -> Any:
    """The schema with each field's place among its neighbours, from 0, as `x-order`: a JSON object has no order."""
    if not isinstance(schema, dict):
        return schema
    return {key: _part(key, value) for key, value in schema.items()}


def _part(key: str, value: Any) -> Any:
    if key in NAMED and isinstance(value, dict):
        parts = {name: in_order(one) for name, one in value.items()}
        return _numbered(parts) if key == "properties" else parts
    if key in LISTED and isinstance(value, list):
        return [in_order(one) for one in value]
    return in_order(value) if key in NESTED or key == "additionalProperties" else value


def _numbered(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: {**(field if isinstance(field, dict) else {}), ORDER: place}
        for place, (name, field) in enumerate(fields.items())
    }


class Fork(NamedTuple):
    """Where a value may be one of several kinds and nothing in it says which: that place, and which kind was tried."""

    path: Path
    subject: Both | None
    tried: str | int


class Place(NamedTuple):
    """Where a fault is: the path as the caller sees it, the field there, the fields around it, what it is called."""

    path: Path
    field: Schema
    around: Schema
    subject: Both | None
    fork: Fork | None = None


def place_of(schema: Schema, steps: Sequence[str | int]) -> Place:
    """The place that a path of pydantic's means: its steps without the names of kinds, which are nobody's words."""
    place = Place((), _plain(schema, schema), {}, None)
    for number, step in enumerate(steps):
        if len(_kinds(place.field)) > 1:
            kind = _kind(place.field, step, schema)
            fork = place.fork or Fork(place.path, place.subject, step)
            place = place._replace(field=kind or {}, fork=place.fork if "discriminator" in place.field else fork)
            if kind is None and number + 1 < len(steps):
                # What lies within a kind that cannot be told apart: the steps there are not those of the caller.
                return place._replace(around={}, subject=None, fork=fork._replace(tried=f"{step}{steps[number + 1 :]}"))
        elif step == KEY and place.path and _below(place.field, step) is None:
            place = place._replace(field={}, subject=Both("名称", "the name"))
        else:
            place = _deeper(place, step, schema)
    return place


def _deeper(place: Place, step: str | int, schema: Schema) -> Place:
    below = _plain(_below(place.field, step) or {}, schema)
    if isinstance(step, int):
        # What a list says of its items: an example of one, and what each choice is called.
        first = next(iter(sequence(place.field, "default")), None)
        below = {"default": first, CHOICES: table(place.field, CHOICES), **below}
    path = (*place.path, step[:LONGEST_STEP] if isinstance(step, str) else step)
    return Place(path, below, place.field, _subject(place, step, below), place.fork)


def _subject(place: Place, step: str | int, field: Schema) -> Both | None:
    if isinstance(step, int):
        whole, number = place.subject, step + 1
        return Both(f"{whole.zh}第 {number} 项", f"item {number} of {whole.en}") if whole else None
    title = table(field, "x-title")
    zh, en = title.get("zh"), title.get("en")
    return Both(f"“{zh}”", f"“{en}”") if isinstance(zh, str) and isinstance(en, str) else None


def _below(field: Schema, step: str | int) -> Any:
    """What the schema says of a step; None where it says nothing."""
    if isinstance(step, int):
        fixed = sequence(field, "prefixItems")
        return fixed[step] if 0 <= step < len(fixed) else field.get("items")
    if step in table(field, "properties"):
        return field["properties"][step]
    patterns = list(table(field, "patternProperties").values())
    return field.get("additionalProperties") or (patterns[0] if len(patterns) == 1 else None)


def _plain(field: Any, schema: Schema, depth: int = 0) -> Schema:
    """A field with what it refers to in its place, and without the null that it may be as well."""
    if not isinstance(field, dict) or depth > 8:  # a reference may lead to a reference, but not for ever
        return {}
    rest = {key: value for key, value in field.items() if key not in {"$ref", "anyOf"}}
    if "$ref" in field:
        return {**_plain(table(schema, "$defs").get(_name(field["$ref"])), schema, depth + 1), **rest}
    kinds = _kinds(field)
    return {**_plain(kinds[0], schema, depth + 1), **rest} if len(kinds) == 1 else field


def _kinds(field: Schema) -> list[Any]:
    listed = sequence(field, "oneOf") or sequence(field, "anyOf")
    return [one for one in listed if not (isinstance(one, dict) and one.get("type") == "null")]


def _kind(field: Schema, called: str | int, schema: Schema) -> Schema | None:
    mapped = table(table(field, "discriminator"), "mapping").get(str(called))
    if mapped:
        return _plain({"$ref": mapped}, schema)
    for one in _kinds(field):
        if isinstance(one, dict) and called in {_name(one.get("$ref", "")), one.get("title")}:
            return _plain(one, schema)
    return None


def _name(reference: Any) -> str:
    return str(reference).rpartition("/")[2]


def table(field: Schema, key: str) -> Mapping[str, Any]:
    """What stands by name under a key; nothing where it is of another shape: a schema is its author's."""
    found = field.get(key)
    return found if isinstance(found, dict) else {}


def sequence(field: Schema, key: str) -> Sequence[Any]:
    """What is listed under a key; nothing where it is of another shape."""
    found = field.get(key)
    return found if isinstance(found, list) else []
