"""Days that are closed, spot counts, entries into days gone by, and the month report (WHS-4, WHS-5)."""
