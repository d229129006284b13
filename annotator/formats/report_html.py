"""Pieces of a page that needs nothing but itself: words made safe, and one file around them."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable
from string import Template


def safe(words: object) -> str:
    """Words as they may stand anywhere in a page, between tags and in quoted attributes."""
    # A browser would read a bare carriage return as a line feed, and has no room for what is nothing at all.
    return html.escape(str(words), quote=True).replace("\r", "&#13;").replace("\x00", "\ufffd")


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element; inside is HTML already, the attributes are not. An attribute of None is left out, one of True is bare.

    A trailing underscore is taken off an attribute's name, and others become hyphens.
    """
    given = []
    for key, value in attributes.items():
        spelled = key.rstrip("_").replace("_", "-")
        if value is True:
            given.append(f" {spelled}")
        elif value is not None and value is not False:
            given.append(f' {spelled}="{safe(value)}"')
    return f"<{name}{''.join(given)}>{''.join(inside)}</{name}>"


def table(head: Iterable[str], rows: Iterable[Iterable[str]], *, class_: str = "") -> str:
    """A table of HTML cells; the first of each row is its heading."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "\n".join(_row(list(row)) for row in rows)
    return tag("table", f"<thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody>", class_=class_ or None)


def _row(cells: list[str]) -> str:
    first, *rest = cells
    inside = f'<th scope="row">{first}</th>' + "".join(
        cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in rest
    )
    return f"<tr>{inside}</tr>"


def page(template: str, title: str, body: str, style: str, script: str) -> str:
    """One file with everything in it, in which no script runs but ours, and which may ask nothing of any network."""
    return Template(template).substitute(
        title=safe(title),
        body=body,
        style=style,
        script=script,
        policy=safe(
            f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; form-action 'none'"
        ),
    )


def _digest(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
