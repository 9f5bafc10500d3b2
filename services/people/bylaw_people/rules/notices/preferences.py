"""How notices go out to somebody: in which language, and whether at all."""

from dataclasses import dataclass

from bylaw_chassis.refusals import FieldInvalid

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Preferences:
    """Chinese and outward, where nothing else was said."""

    language: str = "zh"
    outward: bool = True

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise FieldInvalid(field="notice_preferences.language", zh="应为 zh 或 en", en="expected zh or en")
