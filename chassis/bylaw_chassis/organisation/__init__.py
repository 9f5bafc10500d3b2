"""The organisation as people's feed tells it: kept by every service beside its own tables, so that scope is a join."""
