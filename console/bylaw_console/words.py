"""Everything the console says, in both languages side by side: no sentence can be there in one of them alone."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parent / "words"


class WordsFaultyError(ValueError):
    """A file of words says something twice and not alike, or in one language alone; the console does not start."""


class Words:
    """Sentences by key, `section.name`; the files are read once, when the console is made."""

    def __init__(self, texts: Mapping[str, tuple[str, str]]) -> None:
        self._texts = texts
        self._places = {language: place for place, language in enumerate(LANGUAGES)}

    def say(self, key: str, language: str, **values: Any) -> str:
        """A sentence; KeyError if there is none, or a value that it names is not given."""
        text = self._texts[key][self._places[language]]
        return text.format_map(values) if values else text

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)


def read_words(folder: Path = FOLDER) -> Words:
    """All files of a folder, sections of `name = ["中文", "English"]`; WordsFaultyError names the key."""
    texts: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.glob("*.toml")):
        for section, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for name, pair in entries.items():
                key = f"{section}.{name}"
                if texts.get(key, tuple(pair)) != tuple(pair):
                    # Enumerations of two services may have one name; what both say they must say alike.
                    raise WordsFaultyError(f"{path.name}: {key} is there already and says something else")
                if not (isinstance(pair, list) and len(pair) == len(LANGUAGES) and all(pair)):
                    raise WordsFaultyError(f"{path.name}: {key} needs Chinese and English")
                texts[key] = (pair[0], pair[1])
    return Words(texts)
