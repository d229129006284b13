"""Label schemes: those that ship, those in files, and the one a project holds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput, NotFound
from annotator.core.ports import Reading
from annotator.core.scheme import LabelScheme, StoredScheme, scheme_from_plain
from annotator.workspace.commands.base import Work
from annotator.workspace.paths import resources

DEFAULT = "source-attribution"


def shipped_names() -> list[str]:
    """The names of the schemes that ship with the program."""
    return sorted(path.stem for path in resources("schemes").glob("*.toml"))


def read_plain(name_or_file: str) -> dict[str, Any]:
    """The parsed TOML of a shipped scheme, by name, or of a file.

    Raises:
        NotFound: when there is neither such a name nor such a file.
        BadInput: when the file is not TOML, or not a scheme.
    """
    path = Path(name_or_file)
    if name_or_file in shipped_names():
        path = resources("schemes", f"{name_or_file}.toml")
    elif not path.is_file():
        raise NotFound(f"There is no label scheme {name_or_file!r}; shipped: {', '.join(shipped_names())}.")
    try:
        plain = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise BadInput(f"{path} is not a label scheme in TOML: {wrong}.") from wrong
    scheme_from_plain(plain, path.name)
    return plain


def scheme_of(reading: Reading) -> LabelScheme:
    """The scheme that a project holds; the default one when it holds none."""
    stored = reading.find(StoredScheme)
    if not stored:
        return scheme_from_plain(read_plain(DEFAULT), DEFAULT)
    return scheme_from_plain(stored[0].body, f"of this project ({stored[0].id})")


@dataclass(frozen=True, slots=True)
class KeepScheme:
    """Keep a label scheme in the project."""

    plain: dict[str, Any]

    @property
    def label(self) -> str:
        return "Set label scheme"

    def act(self, work: Work) -> None:
        work.unit.put(StoredScheme(str(self.plain["name"]), self.plain))
