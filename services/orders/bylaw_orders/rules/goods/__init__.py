"""Goods as inventory tells of them, as far as orders are checked by them."""
