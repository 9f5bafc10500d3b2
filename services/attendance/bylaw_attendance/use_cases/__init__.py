"""What attendance does, one verb a file: look, open the transaction, decide, save, publish."""
