"""The day on which a command runs."""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime


def today(environment: Mapping[str, str] = os.environ) -> date:
    """Return the day in UTC; ``SOURCE_DATE_EPOCH``, in seconds since 1970, takes the place of the clock, as reproducible builds have it."""
    seconds = environment.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC).date() if seconds.isdecimal() else datetime.now(UTC).date()
