"""Path templates of google.api.http, such as `/v1/{name=people/*/sheets/*}:judge`, taken apart."""

import re
from dataclasses import dataclass

_SEGMENT = re.compile(r"\*\*|\*|[A-Za-z0-9._~-]+")
_FIELD_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


@dataclass(frozen=True, slots=True)
class Variable:
    """A field that takes the path's segments from `start` to before `end`; without `end`, all that follow."""

    field_path: tuple[str, ...]
    start: int
    end: int | None

    def text(self, segments: list[str]) -> str:
        """What this variable holds in a path of this template."""
        return "/".join(segments[self.start : self.end])


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed template: literals, `*` for one segment, `**` for the rest, and the verb after the colon."""

    text: str
    segments: tuple[str, ...]
    verb: str
    variables: tuple[Variable, ...]


def parse(text: str) -> Template:
    """Take a template apart; ValueError says what is wrong with it."""
    if not text.startswith("/"):
        raise ValueError(f"the path template {text!r} does not start with a slash")
    bare, verb = _split_verb(text[1:])
    segments: list[str] = []
    variables: list[Variable] = []
    for part in re.findall(r"\{[^{}]*\}|[^/{}]+", bare):
        if part.startswith("{"):
            field_path, _, pattern = part[1:-1].partition("=")
            covered = _pattern_segments(pattern or "*", text)
            end = None if "**" in covered else len(segments) + len(covered)
            variables.append(Variable(_field_path(field_path, text), len(segments), end))
            segments += covered
        else:
            segments += _pattern_segments(part, text)
    if "**" in segments[:-1]:
        raise ValueError(f"the path template {text!r} has ** before its end")
    _check_whole(bare, text)
    return Template(text, tuple(segments), verb, tuple(variables))


def _split_verb(path: str) -> tuple[str, str]:
    last = path.rpartition("/")[2] if "}" not in path else path.rpartition("}")[2]
    if ":" not in last:
        return path, ""
    bare, _, verb = path.rpartition(":")
    return bare, verb


def _pattern_segments(pattern: str, text: str) -> list[str]:
    segments = pattern.split("/")
    for segment in segments:
        if not _SEGMENT.fullmatch(segment):
            raise ValueError(f"the path template {text!r} has the segment {segment!r}")
    return segments


def _field_path(text: str, template: str) -> tuple[str, ...]:
    if not _FIELD_PATH.fullmatch(text):
        raise ValueError(f"the path template {template!r} has the variable {text!r}")
    return tuple(text.split("."))


def _check_whole(bare: str, text: str) -> None:
    """Refuse what the scan above would pass over: double slashes and braces inside a segment."""
    outline = re.sub(r"\{[^{}]*\}", "*", bare)
    if any(not _SEGMENT.fullmatch(segment) for segment in outline.split("/")):
        raise ValueError(f"the path template {text!r} cannot be read")
