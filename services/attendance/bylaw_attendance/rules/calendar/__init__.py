"""What the calendar says of a day, and what a company adds to it."""
