"""The words in which a day is explained."""
