"""Photos that stand for a punch (ATT-1): taken, reviewed, deleted in time."""
