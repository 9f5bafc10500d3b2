"""The days of the week by name, titled in both languages: for the `choices` of a setting."""

from bylaw_hooks.parameters import Both

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY_TITLES = {en.lower(): Both(f"周{zh}", en) for zh, en in zip("一二三四五六日", _DAYS, strict=True)}
"""By the name that stands in parameters: "monday"."""
