"""Names for files and folders that any system takes, made from ids and names, each used once."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_MOST_BYTES = 120


def safe_name(wish: str) -> str:
    """The wish with all that a file system or a shell could stumble over replaced by one underscore."""
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", wish)).strip("._-")
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name


class FileNames:
    """Hands out names in one folder; two that differ in capitals alone count as the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, *wishes: str) -> str:
        """The first wish that is free, made safe; when none is, the last with a number."""
        for wish in wishes:
            if safe_name(wish).casefold() not in self._taken:
                return self._keep(safe_name(wish))
        number = 2
        while f"{safe_name(wishes[-1])}-{number}".casefold() in self._taken:
            number += 1
        return self._keep(f"{safe_name(wishes[-1])}-{number}")

    def _keep(self, name: str) -> str:
        self._taken.add(name.casefold())
        return name
