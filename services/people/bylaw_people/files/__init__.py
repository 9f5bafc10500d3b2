"""Files of the organisation: from bytes to lines under the names of our own columns."""
