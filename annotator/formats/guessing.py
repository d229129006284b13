"""What an address, a file name or the spelling of a date tells of an article that does not say it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

_EARLIEST, _LATEST = 1600, 2200
_IN_NAME = (
    re.compile(r"(?<!\d)(\d{4})[-_/.](\d{1,2})[-_/.](\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_ISO_MONTH = re.compile(r"\d{4}(-\d{2})?")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_EITHER = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_DAY_FIRST = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?\s+([^\W\d]+)\.?,?\s+(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"(?:[^\W\d]+,\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_MONTHS = "january february march april may june july august september october november december".split()
_SHORTEST_MONTH = 3
_FIRST_OF_HOST = re.compile(r"^(?:www\d*|m|mobile|amp)\.(?=[^.]+\.)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")


def host_of(url: str) -> str:
    """The host of a web address without `www.`, as the name of an outlet when there is no better; else nothing."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    return _FIRST_OF_HOST.sub("", host) if parts.scheme in {"http", "https"} else ""


def web_address(url: str) -> str:
    """The address when it is one of the web; else nothing."""
    url = url.strip()
    return url if host_of(url) and len(url.split()) == 1 and url.isprintable() else ""


def date_in_name(name: str) -> str:
    """The one date, as ISO, in a file's name or the path of a web address; nothing when there are two or none."""
    for pattern in _IN_NAME:
        found = {_iso(*match.groups()) for match in pattern.finditer(name)} - {""}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def iso_date(written: str) -> str:
    """A date in its usual spellings as ISO; nothing when it cannot be understood, or could mean two days."""
    written = " ".join(written.split())
    for pattern in (_ISO, _SLASHED):
        if match := pattern.match(written):
            return _iso(*match.groups())
    if _ISO_MONTH.fullmatch(written):
        return written if _iso(written[:4], written[5:] or "1", "1") else ""
    if match := _COMPACT.fullmatch(written):
        return _iso(*match.groups())
    if match := _DOTTED.match(written):
        return _iso(match[3], match[2], match[1])
    if match := _EITHER.match(written):
        return _day_or_month(match[1], match[2], match[3])
    if match := _DAY_FIRST.match(written):
        return _iso(match[3], _month(match[2]), match[1])
    if match := _MONTH_FIRST.match(written):
        return _iso(match[3], _month(match[1]), match[2])
    return mail_date(written)


def mail_date(written: str) -> str:
    """The ISO date of a mail's or a feed's spelling, the day being the writer's own; else nothing."""
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def date_of_seconds(seconds: float) -> str:
    """The ISO date of a count of seconds, or thousandths of them, since 1970; nothing when there is no such day."""
    try:
        return (
            datetime.fromtimestamp(seconds if abs(seconds) < 1e11 else seconds / 1000, UTC).date().isoformat()
        )
    except (ValueError, OverflowError, OSError):
        return ""


def language_of(tag: str | None) -> str:
    """The language alone of a tag such as en-GB; nothing when it is no tag."""
    match = _LANGUAGE.match((tag or "").strip())
    return match[0].lower() if match else ""


def _iso(year: str, month: str | int, day: str) -> str:
    try:
        found = date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return ""
    return found.isoformat() if _EARLIEST <= found.year <= _LATEST else ""


def _day_or_month(first: str, second: str, year: str) -> str:
    readings = {_iso(year, second, first), _iso(year, first, second)} - {""}
    return readings.pop() if len(readings) == 1 else ""


def _month(name: str) -> int:
    """The number of an English month by its name or the beginning of it; 0, which no date has, for anything else."""
    name = name.casefold()
    if len(name) < _SHORTEST_MONTH:
        return 0
    name = "sep" if name == "sept" else name
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)
