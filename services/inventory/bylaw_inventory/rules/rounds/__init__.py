"""The three checks of a warehouse on arriving and on leaving."""
