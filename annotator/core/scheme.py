"""LabelScheme: which kinds, roles and features a project allows, with keys and colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from annotator.core.errors import BadInput
from annotator.core.plain import Json

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
GLYPHS = ("circle", "square", "diamond", "triangle", "ring", "bar", "cross", "star")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source: its id, the words on its button, its key, and how its marks look in both themes.

    A hidden kind is offered no longer; the marks that have it keep it, and its look.
    """

    id: str
    name: str
    key: str = ""
    colour: str = "#777777"
    colour_dark: str = "#aaaaaa"
    dash: tuple[float, ...] = ()
    glyph: str = "circle"
    description: str = ""
    required_roles: tuple[str, ...] = ("content",)
    allowed_roles: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A part of an attribution that has its own place in the text."""

    id: str
    name: str
    key: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """A further property of an attribution and the values it may take (none listed: free text)."""

    id: str
    name: str
    values: tuple[str, ...] = ()
    free: bool = False


@dataclass(frozen=True, slots=True)
class LabelScheme:
    """What may be marked in a project, and how it looks; read from TOML."""

    name: str
    title: str
    kinds: tuple[Kind, ...]
    roles: tuple[Role, ...]
    features: tuple[Feature, ...] = ()
    guidelines: str = ""
    guideline_version: str = "1"
    same_role_may_overlap: bool = True

    def kind(self, kind_id: str | None) -> Kind | None:
        """The kind with this id, or None."""
        return next((kind for kind in self.kinds if kind.id == kind_id), None)

    def role(self, role_id: str) -> Role | None:
        """The role with this id, or None."""
        return next((role for role in self.roles if role.id == role_id), None)

    def feature(self, feature_id: str) -> Feature | None:
        """The feature with this id, or None."""
        return next((feature for feature in self.features if feature.id == feature_id), None)


@dataclass(frozen=True, slots=True)
class StoredScheme:
    """A label scheme as a project keeps it: the parsed TOML under the scheme's name."""

    id: str
    body: Mapping[str, Json] = field(default_factory=dict)
    version: int = 1


_ROLE_FIELDS = ("key", "description")
_KIND_FIELDS = ("key", "colour", "colour_dark", "glyph", "description")


def scheme_from_plain(plain: Mapping[str, Json], where: str) -> LabelScheme:
    """A scheme from parsed TOML.

    Args:
        where: the file's name, for the error's sentence.

    Raises:
        BadInput: when something is missing, of the wrong type, or said twice.
    """
    try:
        kinds = tuple(_kind(item) for item in plain["kinds"])
        roles = tuple(Role(item["id"], item["name"], **_texts(item, _ROLE_FIELDS)) for item in plain["roles"])
        features = tuple(
            Feature(
                item["id"],
                item.get("name", item["id"]),
                tuple(item.get("values", ())),
                bool(item.get("free")),
            )
            for item in plain.get("features", ())
        )
        scheme = LabelScheme(
            name=str(plain["name"]),
            title=str(plain.get("title", plain["name"])),
            kinds=kinds,
            roles=roles,
            features=features,
            guidelines=str(plain.get("guidelines", "")),
            guideline_version=str(plain.get("guideline_version", "1")),
            same_role_may_overlap=bool(plain.get("same_role_may_overlap", True)),
        )
    except KeyError as missing:
        raise BadInput(f"The label scheme {where} lacks {missing.args[0]!r}.") from missing
    except (TypeError, ValueError, AttributeError) as wrong:
        raise BadInput(f"The label scheme {where} has a value of the wrong shape: {wrong}.") from wrong
    _check(scheme, where)
    return scheme


def _texts(item: Mapping[str, Json], known: Iterable[str]) -> dict[str, str]:
    return {key: str(item[key]) for key in known if key in item}


def _kind(item: Mapping[str, Json]) -> Kind:
    return Kind(
        item["id"],
        item["name"],
        **_texts(item, _KIND_FIELDS),
        dash=tuple(float(part) for part in item.get("dash", ())),
        required_roles=tuple(item.get("required_roles", ("content",))),
        allowed_roles=tuple(item.get("allowed_roles", ())),
        examples=_strings(item.get("examples", ())),
        hidden=bool(item.get("hidden")),
    )


def _strings(items: Json) -> tuple[str, ...]:
    if isinstance(items, str):
        raise TypeError("a list is wanted, not a text")
    return tuple(str(item) for item in items)


def scheme_to_plain(scheme: LabelScheme) -> dict[str, Json]:
    """What scheme_from_plain was given, without what only repeats a default."""
    return {
        "name": scheme.name,
        "title": scheme.title,
        "guideline_version": scheme.guideline_version,
        **({} if scheme.same_role_may_overlap else {"same_role_may_overlap": False}),
        "guidelines": scheme.guidelines,
        "kinds": [_plain(kind, Kind("", "")) for kind in scheme.kinds],
        "roles": [_plain(role, Role("", "")) for role in scheme.roles],
        "features": [_plain(feature, Feature("", "")) for feature in scheme.features],
    }


def _plain(item: Kind | Role | Feature, usual: Kind | Role | Feature) -> dict[str, Json]:
    values = {one.name: getattr(item, one.name) for one in fields(item)}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if name in ("id", "name") or value != getattr(usual, name)
    }


def _check(scheme: LabelScheme, where: str) -> None:
    if not scheme.kinds or not scheme.roles:
        raise BadInput(f"The label scheme {where} needs at least one kind and one role.")
    for noun, items in (("kind", scheme.kinds), ("role", scheme.roles), ("feature", scheme.features)):
        ids = [item.id for item in items]
        for item_id in ids:
            if not _ID.fullmatch(item_id):
                raise BadInput(
                    f"The label scheme {where} has the {noun} id {item_id!r}; ids are small letters, digits and _."
                )
            if ids.count(item_id) > 1:
                raise BadInput(f"The label scheme {where} has the {noun} {item_id!r} twice.")
    _check_keys(scheme, where)
    for kind in scheme.kinds:
        for colour in (kind.colour, kind.colour_dark):
            if not _COLOUR.fullmatch(colour):
                raise BadInput(
                    f"The label scheme {where} has the colour {colour!r} for {kind.id}; write #rrggbb."
                )
        if kind.glyph not in GLYPHS:
            raise BadInput(
                f"The label scheme {where} has the glyph {kind.glyph!r}; known: {', '.join(GLYPHS)}."
            )


def _check_keys(scheme: LabelScheme, where: str) -> None:
    labels = [(kind.key, kind.name) for kind in scheme.kinds if not kind.hidden]
    if not labels:
        raise BadInput(f"The label scheme {where} hides all its kinds; one has to be offered.")
    owners: dict[str, str] = {}
    for key, name in (*labels, *((role.key, role.name) for role in scheme.roles)):
        if not key:
            continue
        if key.upper() in owners:
            raise BadInput(
                f"The label scheme {where} gives the key {key!r} to two labels: {owners[key.upper()]} and {name}."
            )
        owners[key.upper()] = name
    known = {"content", *(role.id for role in scheme.roles)}
    for kind in scheme.kinds:
        unknown = {*kind.required_roles, *kind.allowed_roles} - known
        if unknown:
            raise BadInput(
                f"The label scheme {where} wants the role {min(unknown)!r} for {kind.id} and has none such."
            )
