"""One verb per file: ask neighbours, open the transaction, decide, save, publish."""
