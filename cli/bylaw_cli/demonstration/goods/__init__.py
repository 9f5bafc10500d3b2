"""Goods of the demonstration company: a warehouse, half a year of its books, and what is going on today."""
