"""What environment variables say."""

from __future__ import annotations

MOST_DAYS = 36_500  # a hundred years: what is older is no answer of the web


class SettingError(ValueError):
    """An environment variable that cannot be meant so; the message names it."""


def days_of(setting: str | None) -> int | None:
    """The days of TRACKMIX_KEEP_DAYS; None where it is not set. Raises SettingError."""
    if not setting:
        return None
    if not (setting.isascii() and setting.isdigit() and len(setting) < 9 and int(setting) <= MOST_DAYS):
        raise SettingError(f"TRACKMIX_KEEP_DAYS is {setting!r}; it takes days, a whole number from 0 to {MOST_DAYS}")
    return int(setting)
