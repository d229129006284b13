"""Label schemes: those that ship, those in files, and the one a project holds."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotator.core.attributions import Attribution
from annotator.core.errors import BadInput, BrokenLaw, NotFound
from annotator.core.scheme import LabelScheme, StoredScheme, scheme_from_plain
from annotator.core.storing import Reading
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


def written(plain: Mapping[str, Any]) -> str:
    """A scheme as a TOML file that read_plain reads again."""
    lines = [
        f"{name} = {_value(plain[name])}"
        for name in ("name", "title", "guideline_version", "same_role_may_overlap")
        if name in plain
    ]
    if plain.get("guidelines"):
        lines.append(f"guidelines = {_long(str(plain['guidelines']))}")
    for table in ("kinds", "roles", "features"):
        for item in plain.get(table, ()):
            lines += ["", f"[[{table}]]", *(f"{name} = {_value(value)}" for name, value in item.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, str):
        # JSON's escapes are TOML's too, but for the one control character that JSON leaves bare.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return repr(value)


def _long(words: str) -> str:
    if "\n" not in words:
        return _value(words)
    return '"""\n' + _value(words)[1:-1].replace("\\n", "\n") + '"""'


def scheme_of(reading: Reading) -> LabelScheme:
    """The scheme that a project holds; the default one when it holds none."""
    stored = reading.find(StoredScheme)
    if not stored:
        return scheme_from_plain(read_plain(DEFAULT), DEFAULT)
    return scheme_from_plain(stored[0].body, f"of this project ({stored[0].id})")


def kinds_in_use(reading: Reading) -> dict[str, int]:
    """How many attributions have each kind, whoever made them."""
    return dict(Counter(mark.kind for mark in reading.find(Attribution) if mark.kind is not None))


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of the attributions of one kind when a scheme is changed: how (moved, renamed, hidden) and to what.

    A kind that is gone while attributions have it, and that is not moved, is said to be stuck: the change is refused.
    """

    kind: str
    name: str
    marks: int
    how: str
    to: str = ""


def effects(
    used: Mapping[str, int], before: LabelScheme, after: LabelScheme, moved: Mapping[str, str]
) -> list[Effect]:
    """What a change of scheme would do to the attributions that there are."""
    found = []
    for kind in before.kinds:
        count, now = used.get(kind.id, 0), after.kind(kind.id)
        if not count:
            continue
        if kind.id in moved:
            target = after.kind(moved[kind.id])
            found.append(Effect(kind.id, kind.name, count, "moved", target.name if target else ""))
        elif now is None:
            found.append(Effect(kind.id, kind.name, count, "stuck"))
        elif now.hidden and not kind.hidden:
            found.append(Effect(kind.id, kind.name, count, "hidden"))
        elif now.name != kind.name:
            found.append(Effect(kind.id, kind.name, count, "renamed", now.name))
    return found


@dataclass(frozen=True, slots=True)
class KeepScheme:
    """Keep a label scheme in the project."""

    plain: dict[str, Any]

    @property
    def label(self) -> str:
        return "Set label scheme"

    def act(self, work: Work) -> None:
        work.unit.put(StoredScheme(str(self.plain["name"]), self.plain))


@dataclass(frozen=True, slots=True)
class ChangeScheme:
    """Put another label scheme in place of the project's; moved says which kind the marks of a kind take on.

    No mark is ever dropped: a kind or role that marks have has to stay, hidden if need be, or its marks move.
    """

    plain: dict[str, Any]
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return "Change label scheme"

    def act(self, work: Work) -> None:
        unit = work.unit
        scheme = scheme_from_plain(self.plain, str(self.plain.get("name", "")))
        marks = unit.find(Attribution)
        for old, new in self.moved.items():
            target = scheme.kind(new)
            if target is None or old == new:
                raise BrokenLaw(
                    f"Marks of the kind {old!r} cannot move to {new!r}: the changed scheme has no such kind."
                )
        for mark in marks:
            kind = self.moved.get(mark.kind or "", mark.kind)
            if kind is not None and scheme.kind(kind) is None:
                raise BrokenLaw(_stuck(mark.kind or "", marks, work.scheme))
            for role in mark.more_roles:
                if scheme.role(role) is None:
                    raise BrokenLaw(f"The role {role!r} is in use and has to stay in the scheme.")
            if kind != mark.kind:
                unit.put(replace(mark, kind=kind, updated=unit.now))
        for stored in unit.find(StoredScheme):
            if stored.id != scheme.name:
                unit.remove(stored)
        unit.put(StoredScheme(scheme.name, self.plain))


def _stuck(kind: str, marks: list[Attribution], before: LabelScheme) -> str:
    known = before.kind(kind)
    count = sum(mark.kind == kind for mark in marks)
    return (
        f"{count} attributions have the kind {known.name if known else kind}. Move them to another kind, or hide the "
        "kind instead of removing it."
    )
