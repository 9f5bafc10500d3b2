"""How calls of the contract become commands, and results messages."""
