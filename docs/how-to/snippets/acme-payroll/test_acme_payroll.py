"""October as payroll reads it."""

from datetime import date

from acme_payroll import Payroll
from bylaw_kit.export_months import adjustment, month_of, overtime, person


def test_a_row_a_person_and_one_for_what_was_corrected() -> None:
    li = person("A-1", overtime=(overtime(date(2026, 10, 5), 150, 95),))
    (table,) = Payroll().tables(month_of(li, person("A-2"), adjustments=(adjustment("A-2", worked_days=1),)))
    assert table.rows == (("A-1", "本月", 22, 1.58), ("A-2", "本月", 22, 0.0), ("A-2", "更正", 1, 0.0))
