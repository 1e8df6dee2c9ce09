"""Instants around a date of a policy (C18)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from iam2rego.jsontext import JsonValue, Number

_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SOME: Final = datetime(2020, 1, 1, tzinfo=UTC)
_EAST: Final = timezone(timedelta(hours=5, minutes=30))
_WEST: Final = timezone(timedelta(hours=-8))
_NO_DATES: Final = (
    "-01-01t00:00:00z",
    "-02-30",
    "-13-01",
    "-01-00",
    "-01-01T24:00:00Z",
    "-01-01T00:60:00Z",
    "-01-01T00:00:60Z",
    "-01-01 00:00:00Z",
    "-01-01T00:00:00.1234567890Z",
    "-01-01T00:00:00+24:00",
    "-1-1",
)
"""Endings that make a year look like a date without being one; a reader that accepts it would put it in that year."""

_UNREADABLE: Final[tuple[JsonValue, ...]] = (
    "tomorrow",
    "0000-01-01",
    "-1",
    "1577836800.5",
    "1234567890123",
    True,
)


def hit(text: str, operator: str) -> JsonValue:
    """Return an instant before, after or equal to ``text``, as ``operator`` wants."""
    if operator.endswith("LessThan"):
        return _spell(_shifted(_instant(text), -1))
    return _spell(_shifted(_instant(text), 1)) if operator.endswith("GreaterThan") else text


def probes(text: str) -> list[JsonValue]:
    """Return the same instant in several spellings, its neighbours by a second and by a nanosecond, and texts that are not dates."""
    instant = _instant(text)
    around: list[JsonValue] = [_spell(_shifted(instant, seconds)) for seconds in (-1, 0, 1)]
    nearly = [f"{year:04}{rest}" for year in (max(instant.year - 1, 1), min(instant.year + 1, 9999)) for rest in _NO_DATES]
    return [text, *around, *_near(instant), *_spellings(instant), *nearly, *_UNREADABLE]


def _near(instant: datetime) -> Iterator[str]:
    """Yield the instants one nanosecond before and after."""
    yield f"{_shifted(instant, -1):%Y-%m-%dT%H:%M:%S}.999999999Z"
    yield f"{instant:%Y-%m-%dT%H:%M:%S}.000000001Z"
    yield f"{instant:%Y-%m-%dT%H:%M:%S}.0Z"


def _spellings(instant: datetime) -> Iterator[JsonValue]:
    """Yield the instant in other zones, without a zone, as an epoch, and cut to minutes, days, months and years."""
    yield from (_zoned(instant, zone) for zone in (_EAST, _WEST))
    seconds = int((instant - _START).total_seconds())
    yield from (str(seconds), str(seconds + 1), Number(str(seconds)))
    yield from (instant.strftime(form) for form in ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%MZ", "%Y-%m-%d", "%Y-%m", "%Y"))


def _zoned(instant: datetime, zone: timezone) -> str:
    try:
        return instant.astimezone(zone).isoformat()
    except OverflowError:
        return instant.isoformat()


def _spell(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _shifted(instant: datetime, seconds: int) -> datetime:
    try:
        return instant + timedelta(seconds=seconds)
    except OverflowError:
        return instant


def _instant(text: str) -> datetime:
    """Read ``text`` roughly, to the second: an epoch or an ISO date; return a date in 2020 for anything else."""
    try:
        return _START + timedelta(seconds=int(text)) if text.isdigit() else _utc(text)
    except (ValueError, OverflowError):
        return _SOME


def _utc(text: str) -> datetime:
    instant = datetime.fromisoformat(text + "-01" if len(text) == len("2020-01") else text)
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
