"""Which fields an update changes: those its mask names, without a mask those that are filled."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bylaw_chassis.refusals import FieldInvalid, FieldNotWritable
from google.protobuf.message import Message

from bylaw_people.rules.fields import shown, whole
from bylaw_people.rules.organisation import Wording

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Mask:
    """The paths that change; what is not among them is not even read."""

    paths: frozenset[str]

    def names(self, path: str) -> bool:
        """Whether a field changes."""
        return path in self.paths

    def value(self, path: str, read: Callable[[], Value]) -> Value | None:
        """What a field becomes; nothing where it stays."""
        return read() if path in self.paths else None

    def chosen(self, fields: Mapping[str, Callable[[], Value]]) -> dict[str, Value]:
        """What those of some fields become that change."""
        return {path: read() for path, read in fields.items() if path in self.paths}

    def languages(self, name: str, text: Wording, *, prefix: str) -> dict[str, str]:
        """What a text becomes in each language that is named; named as a whole it comes whole (FIELD_INVALID)."""
        if name in self.paths:
            text = whole(text, field=f"{prefix}.{name}")
        sent = {"zh": text.zh, "en": text.en}
        return {language: sent[language] for language in sent if self.paths & {name, f"{name}.{language}"}}

    def texts(self, texts: Mapping[str, Wording], *, prefix: str) -> dict[str, dict[str, str]]:
        """What those of some texts become that change, by name and language."""
        changed = {name: self.languages(name, text, prefix=prefix) for name, text in texts.items()}
        return {name: languages for name, languages in changed.items() if languages}


def mask_of(
    named: Iterable[str], message: Message, known: Collection[str], *, elsewhere: Collection[str] = (), prefix: str = ""
) -> Mask:
    """The mask of an update, without one the fields of the message that are filled.

    Refuses FIELD_INVALID for a path that is no field, FIELD_NOT_WRITABLE for a field that changes elsewhere.
    """
    asked = frozenset(named)
    require_fields(asked, known, elsewhere=elsewhere, prefix=prefix)
    return Mask(asked or frozenset(field.name for field, _ in message.ListFields()))


def fixed_mask(
    named: Iterable[str],
    otherwise: Collection[str],
    steering: Collection[str],
    *,
    elsewhere: Collection[str] = (),
    prefix: str = "",
) -> Mask:
    """The mask of an update, without one all that may change; refuses as `mask_of`."""
    asked = frozenset(named)
    require_fields(asked, {*otherwise, *steering}, elsewhere=elsewhere, prefix=prefix)
    return Mask((asked & frozenset(otherwise)) if asked else frozenset(otherwise))


def require_fields(asked: Collection[str], known: Collection[str], *, elsewhere: Collection[str], prefix: str) -> None:
    """Refuses FIELD_INVALID, FIELD_NOT_WRITABLE."""
    for path in sorted(set(asked) - set(known)):
        if path in elsewhere:
            raise FieldNotWritable(field=f"{prefix}.{path}")
        raise FieldInvalid(field="update_mask", zh=f"没有字段 {shown(path)}", en=f"there is no field {shown(path)}")


def text_paths(*names: str) -> frozenset[str]:
    """The paths by which texts are named: whole, or one language of them."""
    return frozenset(path for name in names for path in (name, f"{name}.zh", f"{name}.en"))


def take_over(onto: Message, sent: Any, mask: Mask, *, choice: str) -> None:
    """Puts fields under a mask as they were sent in the place of what they are.

    Of the fields of which only one can be set (`choice`), the one that was sent takes the place of another.
    """
    alone, paths = sent.WhichOneof(choice), mask.paths
    either = {field.name for field in sent.DESCRIPTOR.oneofs_by_name[choice].fields}
    asked = (paths - either) | {alone} if alone and paths & either else paths
    kept = type(sent)()
    kept.CopyFrom(sent)
    for path in asked:
        onto.ClearField(path)
    for field, _ in sent.ListFields():
        if field.name not in asked:
            kept.ClearField(field.name)
    onto.MergeFrom(kept)
