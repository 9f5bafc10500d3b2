"""Every link of every page leads somewhere."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote

from tests.docs.pages import ROOT, Page, page


def test_every_link_leads_to_a_file_and_heading_that_exist(some_page: Page) -> None:
    astray = [link for link in some_page.links if not leads_somewhere(some_page, link)]
    assert not astray, f"{some_page.path.relative_to(ROOT)} links to nothing"


def leads_somewhere(of: Page, link: str) -> bool:
    if link.startswith(("https://", "http://", "mailto:")):
        return True
    name, _, anchor = unquote(link).partition("#")
    target = (of.path.parent / name).resolve() if name else of.path
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or (target.suffix == ".md" and anchor in anchors_of(target))


@cache
def anchors_of(target: Path) -> frozenset[str]:
    """The headings of a page, read once: a reference links to itself by the hundred."""
    return frozenset(page(target).anchors())


def test_a_link_to_a_heading_that_was_renamed_is_found() -> None:
    readme = page(ROOT / "README.md")
    assert not leads_somewhere(readme, "CONTRIBUTING.md#no-such-heading")
    assert not leads_somewhere(readme, "no-such-page.md")
    assert leads_somewhere(readme, "CONTRIBUTING.md#house-style")


def test_no_page_names_a_place_on_somebodys_machine(some_page: Page) -> None:
    assert not [place for place in (f"{ROOT}/", "/root/", "/home/") if place in some_page.text]
