"""Hypothesis strategies for messages with a field of every kind."""

from typing import Any

from hypothesis import strategies as st

from tests.gateway.contract.compiled import module

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
WHOLE32 = st.integers(-(2**31), 2**31 - 1)
WHOLE64 = st.integers(-(2**63), 2**63 - 1)
COLOUR = st.sampled_from([0, 1, 5])
INSTANT = st.fixed_dictionaries(
    {
        "seconds": st.integers(-62135596800, 253402300799),
        "nanos": st.sampled_from([0, 1, 1000, 250_000_000, 999_999_999]),
    }
)
LEAF = st.fixed_dictionaries({"local_time": WHOLE32, "remark": TEXT})
_NANOS = st.sampled_from([0, 1, 120_000_000])
_FREE = st.recursive(
    st.none() | st.booleans() | TEXT | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def _elapsed(parts: tuple[int, int, int]) -> dict[str, int]:
    sign, seconds, nanos = parts
    return {"seconds": sign * seconds, "nanos": sign * nanos}


ELAPSED = st.tuples(st.sampled_from([1, -1]), st.integers(0, 315_576_000_000 - 1), _NANOS).map(_elapsed)
_PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "whole32": WHOLE32,
    "signed32": WHOLE32,
    "unsigned32": st.integers(0, 2**32 - 1),
    "whole64": WHOLE64,
    "unsigned64": st.integers(0, 2**64 - 1),
    "fixed64": WHOLE64,
    "narrow": st.floats(width=32),
    "wide": st.floats(),
    "switch_on": st.booleans(),
    "some_text": TEXT,
    "some_bytes": st.binary(max_size=9),
    "colour": COLOUR,
    "maybe_whole": WHOLE32,
    "maybe_text": TEXT,
    "many_whole64": st.lists(WHOLE64, max_size=3),
    "many_texts": st.lists(TEXT, max_size=3),
    "many_colours": st.lists(COLOUR, max_size=3),
    "many_wide": st.lists(st.floats(), max_size=3),
    "by_text": st.dictionaries(TEXT, WHOLE64, max_size=3),
    "by_number": st.dictionaries(WHOLE32, TEXT, max_size=3),
    "leaf": LEAF,
    "leaves": st.lists(LEAF, max_size=3),
    "instant": INSTANT,
    "instants": st.lists(INSTANT, max_size=3),
    "elapsed": ELAPSED,
    "mask": st.fixed_dictionaries({"paths": st.lists(st.sampled_from(["a", "local_time", "leaf.remark"]), max_size=3)}),
    "boxed64": st.fixed_dictionaries({"value": WHOLE64}),
    "boxed_text": st.fixed_dictionaries({"value": TEXT}),
    "boxed_switch": st.fixed_dictionaries({"value": st.booleans()}),
    "boxed_wide": st.fixed_dictionaries({"value": st.floats()}),
    "boxed_bytes": st.fixed_dictionaries({"value": st.binary(max_size=5)}),
    "many_bytes": st.lists(st.binary(max_size=5), max_size=3),
}
_CHOICE = st.one_of(
    st.just({}),
    TEXT.map(lambda text: {"choice_text": text}),
    LEAF.map(lambda leaf: {"choice_leaf": leaf}),
    COLOUR.map(lambda colour: {"choice_colour": colour}),
)


@st.composite
def kinds_messages(draw: Any, depth: int = 1) -> Any:
    """A Kinds message, perhaps with another inside."""
    messages = module("kinds_pb2")
    names = draw(st.sets(st.sampled_from(sorted(_PLAIN))))
    message = messages.Kinds(**{name: draw(_PLAIN[name]) for name in sorted(names)}, **draw(_CHOICE))
    for key, leaf in draw(st.dictionaries(st.booleans(), LEAF, max_size=2)).items():
        message.by_switch[key].CopyFrom(messages.Leaf(**leaf))
    if draw(st.booleans()):
        message.free.update(draw(st.dictionaries(TEXT, _FREE, max_size=3)))
        message.any_list.extend(draw(st.lists(_FREE, max_size=3)))
        message.instants_by_text["起"].seconds = draw(st.integers(0, 10**10))
    if depth and draw(st.booleans()):
        message.inner.CopyFrom(draw(kinds_messages(depth - 1)))
    return message
