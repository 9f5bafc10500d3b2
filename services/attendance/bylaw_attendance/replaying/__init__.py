"""A replay in words and as a workbook."""
