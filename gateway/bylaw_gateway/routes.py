"""Which call a path means: the templates of all services in one tree, chosen before any request arrives."""

from collections.abc import Iterable
from typing import NamedTuple

from bylaw_gateway.contract import Binding
from bylaw_gateway.refusals import Refused

FORM = "bylaw.form"
"""Where a request's environment holds the form that its path means, once that was found."""


class RouteConflict(Exception):  # noqa: N818 - it says what is the matter
    """Two calls claim the same path; the gateway does not start."""


class Match(NamedTuple):
    """The form that a path means, and the path's segments."""

    binding: Binding
    segments: list[str]


class _Node:
    """One place in the tree of segments."""

    __slots__ = ("branches", "ends")

    def __init__(self) -> None:
        self.branches: dict[str, _Node] = {}
        self.ends: dict[tuple[str, str], Binding] = {}


class RouteTable:
    """All templates; a literal segment goes before `*`, and `*` before `**`."""

    def __init__(self, bindings: Iterable[Binding]) -> None:
        self._root = _Node()
        self._verbs: set[str] = set()
        self.bindings: list[Binding] = []
        for binding in bindings:
            self._add(binding)

    def _add(self, binding: Binding) -> None:
        node = self._root
        for segment in binding.template.segments:
            node = node.branches.setdefault(segment, _Node())
        end = (binding.template.verb, binding.http_method)
        if other := node.ends.get(end):
            raise RouteConflict(
                f"{binding.http_method} {binding.template.text} of {binding.method.full_name} "
                f"means the same as {other.template.text} of {other.method.full_name}"
            )
        node.ends[end] = binding
        self._verbs.add(binding.template.verb)
        self.bindings.append(binding)

    def find(self, http_method: str, path: str) -> Match:
        """The form of this path; Refused with 404, or with 405 and the verbs that this path does know."""
        segments = path[1:].split("/")
        if http_method == "HEAD":
            http_method = "GET"
        last, colon, verb = segments[-1].rpartition(":")
        if colon and verb in self._verbs:
            bare = [*segments[:-1], last]
            if binding := _search(self._root, bare, 0, (verb, http_method)):
                return Match(binding, bare)
        if binding := _search(self._root, segments, 0, ("", http_method)):
            return Match(binding, segments)
        raise self._refusal(path)

    def methods(self, path: str) -> list[str]:
        """The HTTP verbs that a path knows, sorted; none if no template fits it."""
        segments = path[1:].split("/")
        last, colon, verb = segments[-1].rpartition(":")
        found = _verbs(self._root, segments, 0, "")
        if colon and verb:
            found |= _verbs(self._root, [*segments[:-1], last], 0, verb)
        return sorted(found | {"HEAD"} if "GET" in found else found)

    def _refusal(self, path: str) -> Refused:
        known = self.methods(path)
        if not known:
            return Refused("PATH_UNKNOWN")
        allow = ", ".join(known)
        return Refused("METHOD_NOT_ALLOWED", headers={"Allow": allow}, allow=allow)


def _fits(segment: str) -> bool:
    return segment not in {"", ".", ".."}


def _search(node: _Node, segments: list[str], index: int, end: tuple[str, str]) -> Binding | None:
    if index == len(segments):
        return node.ends.get(end)
    segment = segments[index]
    branches = node.branches
    if segment in branches and segment not in {"*", "**"}:
        found = _search(branches[segment], segments, index + 1, end)
        if found:
            return found
    if "*" in branches and _fits(segment):
        found = _search(branches["*"], segments, index + 1, end)
        if found:
            return found
    if "**" in branches and all(map(_fits, segments[index:])):
        return branches["**"].ends.get(end)
    return None


def _verbs(node: _Node, segments: list[str], index: int, verb: str) -> set[str]:
    if index == len(segments):
        return {http_method for known, http_method in node.ends if known == verb}
    found: set[str] = set()
    segment = segments[index]
    if not _fits(segment):
        return found
    for name in {segment, "*"} & node.branches.keys():
        found |= _verbs(node.branches[name], segments, index + 1, verb)
    if "**" in node.branches and all(map(_fits, segments[index:])):
        found |= _verbs(node.branches["**"], [], 0, verb)
    return found
