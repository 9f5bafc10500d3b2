"""The commands on goods: stock, cards, scans, days, months, stocktakes, deliveries, levels and the house (WHS, GDS)."""
