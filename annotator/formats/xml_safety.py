"""XML from outside, looked through before it is read: no document types, entities or abyss."""

from __future__ import annotations

import re
from pathlib import Path

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from annotator.core.errors import BadInput

_PIECE = 1 << 20
_DEEPEST = 100
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(text: str) -> tuple[str, list[int]]:
    """The text with a space for each character that XML 1.0 cannot hold, and where these stood."""
    lost = [found.start() for found in _NOT_XML.finditer(text)]
    return (_NOT_XML.sub(" ", text) if lost else text), lost


class _Onlooker:
    """Sees the elements go by, keeps none, and knows the first one's name."""

    def __init__(self) -> None:
        self.root = ""
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.root = self.root or tag
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(f"its elements are nested more than {_DEEPEST} levels deep")

    def end(self, tag: str) -> None:
        self._depth -= 1

    def close(self) -> str:
        return self.root


def require_safe_xml(path: Path, shown: str = "") -> str:
    """The name of a file's root element, when the file is XML that holds nothing but elements and text.

    Raises:
        BadInput: for an empty or broken file, one with a document type or entities, or one that is nested too deep.
    """
    where = shown or str(path)
    onlooker = _Onlooker()
    parser = DefusedXMLParser(target=onlooker, forbid_dtd=True)
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                parser.feed(piece)
        parser.close()
    except DefusedXmlException as wrong:
        raise BadInput(
            f"{where} declares a document type or entities, which could hide anything. Nothing was imported from it."
        ) from wrong
    except OSError as wrong:
        raise BadInput(f"{where} cannot be read: {wrong.strerror or wrong}.") from wrong
    except (ParseError, ValueError, LookupError) as wrong:
        raise BadInput(f"{where} is not well-formed XML: {wrong}. Nothing was imported from it.") from wrong
    return onlooker.root
