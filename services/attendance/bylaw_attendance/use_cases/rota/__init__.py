"""The rota and swaps of it (HRS-2, HRS-7), one verb a file."""
