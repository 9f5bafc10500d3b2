"""Parameters of a plugin as fields to fill in, drawn from its JSON schema, and read back from what a form sent.

Titles and choices are the plugin's own (`x-title`, `x-choices`, `x-order`); nothing here knows any plugin.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

DEEPEST = 6
EMPTY_ROWS = 1
"""So many rows to fill in stand below the ones that there are."""

Schema = Mapping[str, Any]
MISSING = object()


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter: `kind` says how it is drawn; `fields` are what a group holds, `rows` those of a list of groups."""

    kind: str
    path: str
    title: str
    value: Any = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    minimum: Any = None
    maximum: Any = None
    step: str = "1"
    required: bool = False
    example: str = ""
    fault: str = ""
    fields: list["Field"] = field(default_factory=list)
    rows: list[list["Field"]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its place on the page."""
        return self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What fields of a form share: the whole schema, the language, what was wrong where; and below what they lie."""

    schema: Schema
    language: str
    faults: Mapping[str, str]
    prefix: str = ""
    depth: int = 0

    def under(self, path: str) -> "Drawing":
        """The same for what lies below a field."""
        return replace(self, prefix=f"{path}.", depth=self.depth + 1)


def fields_of(schema: Schema, values: Mapping[str, Any], language: str, faults: Mapping[str, str]) -> list[Field]:
    """The fields of a plugin's parameters, with these values where given and the defaults where not."""
    return _members(_plain(schema, schema), values, Drawing(schema, language, faults))


def read(schema: Schema, form: Any) -> dict[str, Any]:
    """The parameters that a form sent; what cannot be read stays as it was typed, for the service to name it."""
    found = _read(_plain(schema, schema), form, "", schema, 0)
    return found if isinstance(found, dict) else {}


def faults_of(errors: Iterable[Mapping[str, str]], under: str = "parameters") -> dict[str, str]:
    """What a refusal says of parameters, by path: `…parameters.segments[0].hours` is `segments.0.hours`."""
    told: dict[str, str] = {}
    for error in errors:
        _, found, place = error["field"].partition(f"{under}.")
        if found:
            path = place.replace("[", ".").replace("]", "")
            told[path] = f"{told.get(path, '')} {error['detail']}".strip()
    return told


def plain_numbers(value: Any) -> Any:
    """A value of a Struct, whose numbers are all floats, as JSON writes it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: plain_numbers(one) for name, one in value.items()}
    return [plain_numbers(one) for one in value] if isinstance(value, list) else value


def told(schema: Schema, values: Mapping[str, Any], language: str) -> Iterator[tuple[str, str]]:
    """What is set, in words: each parameter's title with its value."""
    for one in fields_of(schema, values, language, {}):
        yield one.title, _in_words(one)


def _in_words(one: Field) -> str:
    names = dict(one.choices)
    if one.kind == "flag":
        return "✓" if one.value else "✗"
    if one.kind == "choices":
        return " ".join(names.get(str(value), str(value)) for value in one.value)
    if one.kind == "rows":
        return " / ".join(" ".join(_in_words(part) for part in row) for row in one.rows[:-EMPTY_ROWS])
    if one.kind == "group":
        return " ".join(f"{part.title} {_in_words(part)}" for part in one.fields)
    return names.get(str(one.value), str(one.value)).replace("\n", " ")


# -- drawing -----------------------------------------------------------------------------------------------------------


def _members(schema: Schema, values: Any, drawing: Drawing) -> list[Field]:
    values = values if isinstance(values, Mapping) else {}
    needed = set(schema.get("required", ()))
    members = sorted(_properties(schema).items(), key=lambda pair: pair[1].get("x-order", 0))
    fields = []
    for name, one in members:
        found = _field(name, _plain(one, drawing.schema), values.get(name, MISSING), drawing)
        fields.append(replace(found, required=name in needed))
    return fields


def _field(name: str, schema: Schema, given: Any, drawing: Drawing) -> Field:
    path = f"{drawing.prefix}{name}"
    kind = _kind(schema, drawing.schema) if drawing.depth < DEEPEST else "json"
    value = schema.get("default", "") if given is MISSING else given
    found = Field(kind, path, _title(schema, name, drawing.language), fault=drawing.faults.get(path, ""))
    if kind == "group":
        return replace(found, fields=_members(schema, value, drawing.under(path)))
    if kind == "rows":
        return replace(found, rows=_rows(schema, value, path, drawing))
    return replace(found, **_single(kind, schema, value, drawing))


def _rows(schema: Schema, values: Any, path: str, drawing: Drawing) -> list[list[Field]]:
    item = _plain(schema.get("items", {}), drawing.schema)
    listed = list(values) if isinstance(values, list) else []
    return [
        _members(item, value, drawing.under(f"{path}.{number}"))
        for number, value in enumerate([*listed, *[{}] * EMPTY_ROWS])
    ]


def _single(kind: str, schema: Schema, value: Any, drawing: Drawing) -> dict[str, Any]:
    item = _plain(schema.get("items", {}), drawing.schema)
    parts: dict[str, Any] = {"minimum": schema.get("minimum"), "maximum": schema.get("maximum")}
    if kind in {"choice", "choices"}:
        parts["choices"] = _choices(schema, item, drawing.language)
    if kind == "number" and schema.get("type") == "number":
        parts["step"] = "any"
    if kind == "lines":
        value = "\n".join(str(one) for one in value) if isinstance(value, list) else value
    if kind == "json" and not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False)
    example = next(iter((item if kind == "lines" else schema).get("examples", ())), "")
    return parts | {"value": value if value is not None else "", "example": str(example)}


def _choices(schema: Schema, item: Schema, language: str) -> list[tuple[str, str]]:
    titles = schema.get("x-choices") or item.get("x-choices") or {}
    values = schema.get("enum") or item.get("enum") or [schema["const"]]
    return [(str(value), _both(titles.get(str(value)), language) or str(value)) for value in values]


def _title(schema: Schema, name: str, language: str) -> str:
    return _both(schema.get("x-title"), language) or schema.get("title") or name


def _both(text: Any, language: str) -> str:
    if not isinstance(text, Mapping):
        return ""
    return str(text.get(language) or text.get("en") or "")


# -- reading -----------------------------------------------------------------------------------------------------------


def _read(schema: Schema, form: Any, path: str, whole: Schema, depth: int) -> Any:
    kind = "json" if depth > DEEPEST else _kind(schema, whole)
    if kind == "group":
        parts = {
            name: _read(_plain(one, whole), form, f"{path}.{name}".lstrip("."), whole, depth + 1)
            for name, one in _properties(schema).items()
        }
        return {name: value for name, value in parts.items() if value is not MISSING}
    if kind == "rows":
        return list(_read_rows(_plain(schema.get("items", {}), whole), form, path, whole, depth))
    return _read_single(kind, schema, form, path, whole)


def _read_rows(item: Schema, form: Any, path: str, whole: Schema, depth: int) -> Iterator[Any]:
    count = form.get(f"{path}#", "0")
    needed = item.get("required") or list(_properties(item))
    for number in range(int(count) if count.isdecimal() else 0):
        row = _read(item, form, f"{path}.{number}", whole, depth + 1)
        if any(row.get(name, MISSING) not in (MISSING, [], False) for name in needed):
            yield row


def _read_single(kind: str, schema: Schema, form: Any, path: str, whole: Schema) -> Any:
    if kind == "flag":
        return path in form
    if kind == "choices":
        sent = set(form.getlist(path))
        item = _plain(schema.get("items", {}), whole)
        return [value for value in item.get("enum", ()) if str(value) in sent]
    if kind == "lines":
        item = _plain(schema.get("items", {}), whole)
        return [_number(line.strip(), item) for line in form.get(path, "").splitlines() if line.strip()]
    text = form.get(path, "").strip()
    if not text:
        return MISSING
    if kind == "choice":
        values = schema.get("enum") or [schema["const"]]
        return next((value for value in values if str(value) == text), text)
    return _from_json(text) if kind == "json" else _number(text, schema)


def _number(text: str, schema: Schema) -> Any:
    try:
        kind = schema.get("type")
        return int(text) if kind == "integer" else float(text) if kind == "number" else text
    except ValueError:
        return text


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


# -- schemas -----------------------------------------------------------------------------------------------------------


def _kind(schema: Schema, whole: Schema) -> str:
    if "enum" in schema or "const" in schema:
        return "choice"
    kind = schema.get("type")
    if kind == "array":
        return _kind_of_list(_plain(schema.get("items", {}), whole))
    if kind == "object":
        return "group" if _properties(schema) else "json"
    if kind == "string":
        return "date" if schema.get("format") == "date" else "text"
    return {"boolean": "flag", "integer": "number", "number": "number"}.get(str(kind), "json")


def _kind_of_list(item: Schema) -> str:
    if "enum" in item:
        return "choices"
    if item.get("type") == "object" and _properties(item):
        return "rows"
    return "lines" if item.get("type") in {"string", "integer", "number"} else "json"


def _properties(schema: Schema) -> Mapping[str, Any]:
    found = schema.get("properties")
    return found if isinstance(found, Mapping) else {}


def _plain(schema: Any, whole: Schema, depth: int = 0) -> Schema:
    """A schema with what it refers to in its place, and without the null that it may be as well."""
    if not isinstance(schema, Mapping) or depth > DEEPEST:
        return {}
    rest = {key: value for key, value in schema.items() if key not in {"$ref", "anyOf", "allOf"}}
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return {**_plain(whole.get("$defs", {}).get(name), whole, depth + 1), **rest}
    kinds = [one for one in (*schema.get("anyOf", ()), *schema.get("allOf", ())) if one.get("type") != "null"]
    return {**_plain(kinds[0], whole, depth + 1), **rest} if len(kinds) == 1 else schema
