"""What an export layout is: a name, a version, and the tables that it makes of a month."""

from abc import ABC, abstractmethod
from typing import ClassVar

from bylaw_hooks.exporting.answers import Encoding, ExportTable
from bylaw_hooks.exporting.facts import ExportedMonth
from bylaw_hooks.parameters import Both


class ExportLayout(ABC):
    """A layout is pure: same month, same tables. Their names and columns are the same for every month.

    Whoever reads its files relies on them, so another form of one is another version beside it.
    """

    name: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[Both]
    encoding: ClassVar[Encoding] = "utf-8-sig"
    """Of its CSVs."""
    with_days: ClassVar[bool] = False
    """Whether it is handed every day of every person; most need their sums alone."""

    @property
    def identity(self) -> str:
        """How whoever exports names it: "acme-payroll@1"."""
        return f"{self.name}@{self.version}"

    @abstractmethod
    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:
        """The tables of a month, the main one first.

        The host adds the table `versions`, which says of every sheet which version of it this is.
        """
