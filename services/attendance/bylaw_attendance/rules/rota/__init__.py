"""Who works which day: published, swapped, within the caps."""
