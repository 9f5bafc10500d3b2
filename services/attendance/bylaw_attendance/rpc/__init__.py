"""The calls of the contract: a message in, a command, a message out; no rule."""
