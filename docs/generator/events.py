"""The page of events: what each service tells others in its feed, and how to read one."""

from collections.abc import Iterator

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from .contract import comments, messages, packages, short
from .fields import field_table, heading
from .markdown import code, link, page, table

INTRODUCTION = """\
Each service has one feed. A reader keeps the cursor it was last given and asks for what is behind it, by a page at a
time (`ListEvents`) or by a stream (`StreamEvents`; over REST server-sent events whose `id` is the cursor). An event
carries the thing as it now is, whole, with its dated history: applying it is replacing what was known, so reading one
twice does no harm ([decision 4](../decisions/0004-one-sequencer-and-whole-aggregates.md)). `FEED_RESTARTED` means: drop
what you have and begin with an empty cursor."""


def events_page() -> str:
    """The whole page."""
    return page("Events", INTRODUCTION, *_parts())


def _parts() -> Iterator[str]:
    for package in packages():
        for event in messages(package):
            if event.name == "Event":
                yield from _feed(package, event)


def _feed(package: str, event: Descriptor) -> Iterator[str]:
    name = short(package)
    yield f"## The feed of {name}"
    listed = f"{name}.Feed.ListEvents"
    yield f"Read it with {link(listed, listed, page_name='calls.md')}; in short `GET /v1/feeds/{name}/events`."
    changes = [(field, field.message_type) for field in event.fields if field.containing_oneof and field.message_type]
    yield table(["Event", "Carries", "Says"], (_row(field, carried) for field, carried in changes))
    for field, carried in changes:
        yield f"### {name}: {field.name}"
        yield comments().get(carried.full_name, "")
        yield field_table(carried).replace("](#", "](calls.md#")


def _row(field: FieldDescriptor, carried: Descriptor) -> list[str]:
    shown = link(carried.name, heading(carried), page_name="calls.md")
    return [code(field.name), shown, comments().get(field.full_name, "")]
