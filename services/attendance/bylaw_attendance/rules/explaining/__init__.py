"""Why a day is what it is."""
