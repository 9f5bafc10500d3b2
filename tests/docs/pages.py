"""The pages of the repository as the tests read them: headings, anchors, links and fences."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path, and its text without fences for whoever looks for headings and links."""

    path: Path
    text: str

    @property
    def prose(self) -> str:
        """The text without what stands in fences and in code."""
        return re.sub(r"`[^`\n]*`", "code", FENCE.sub("", self.text))

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Depth and text of each heading."""
        return [(len(marks), text) for marks, text in HEADING.findall(FENCE.sub("", self.text))]

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return LINK.findall(self.prose)

    def fences(self, language: str) -> list[str]:
        """The texts of its fences in a language."""
        return [text for known, text in FENCE.findall(self.text) if known == language]

    def anchors(self) -> set[str]:
        """What its headings can be linked by; a heading that comes again gets a number."""
        seen: Counter[str] = Counter()
        found: set[str] = set()
        for _, heading in self.headings:
            bare = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            found.add(f"{bare}-{seen[bare]}" if seen[bare] else bare)
            seen[bare] += 1
        return found


@cache
def page(path: Path) -> Page:
    """A page by its path."""
    return Page(path, path.read_text(encoding="utf-8"))


def pages() -> Iterator[Page]:
    """Every page of the repository that is ours."""
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]):
        yield page(path)
