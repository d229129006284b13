"""One web page fetched because the user named its address: one request, no cookies, no scripts."""

from __future__ import annotations

import codecs
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from annotator import __version__
from annotator.core.errors import BadInput
from annotator.formats.quiet import quiet

_REDIRECTS = 3
_MOVED = {301, 302, 303, 307, 308}
_PIECE = 1 << 16
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
}
_PDF = b"%PDF-"
_TOO_SLOW = "did not answer in time"
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 80
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset", re.IGNORECASE)


def fetch(url: str, into: Path, *, timeout: float = 15, limit: int = 10_000_000) -> Path:
    """Fetch one address of the web into a new file in a folder; the file's ending says what it is.

    A web page is kept with a note of the address it came from, as browsers write it. timeout is in seconds, for each
    answer of the server and for the whole; limit is in bytes.

    Raises:
        BadInput: when the address is none of the web, or does not answer with a page in time.
    """
    import urllib3  # noqa: PLC0415  woken late

    deadline = time.monotonic() + timeout
    address = _required(url.strip(), url)
    with quiet("urllib3"), urllib3.PoolManager(num_pools=1, maxsize=1) as pool:
        try:
            for _ in range(_REDIRECTS + 1):
                answer = _ask(pool, address, timeout)
                if answer.status not in _MOVED:
                    return _kept(answer, address, into, limit, deadline)
                place = answer.headers.get("Location", "")
                answer.close()
                address = _required(_joined(address, place), url)
        except urllib3.exceptions.HTTPError as wrong:
            raise BadInput(f"{url} {_told(wrong)}. Nothing was imported from it.") from wrong
        except OSError as wrong:
            raise BadInput(
                f"{url} cannot be kept: {wrong.strerror or wrong}. Nothing was imported from it."
            ) from wrong
    raise BadInput(
        f"{url} leads from one address to the next more than {_REDIRECTS} times. Nothing was imported from it."
    )


def _required(address: str, url: str) -> str:
    """The address when it is one of the web."""
    try:
        parts = urlsplit(address)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname) and len(address.split()) == 1
        right = right and (parts.port is None or parts.port > 0)
    except ValueError:
        right = False
    if not right:
        leads = "" if address == url.strip() else f" leads to {address!r}, which"
        raise BadInput(
            f"{url}{leads} is no address of the web (http:// or https://). Nothing was imported from it."
        )
    return address


def _ask(pool: Any, address: str, timeout: float) -> Any:
    import urllib3  # noqa: PLC0415  woken late

    return pool.request(
        "GET",
        address,
        headers={"User-Agent": f"Annotator/{__version__}", "Accept-Encoding": "identity"},
        redirect=False,
        retries=False,
        preload_content=False,
        timeout=urllib3.Timeout(total=timeout),
    )


def _kept(answer: Any, address: str, into: Path, limit: int, deadline: float) -> Path:
    try:
        if answer.status != 200:
            raise BadInput(
                f"{address} answered {answer.status} {answer.reason or ''}".rstrip()
                + ". Nothing was imported from it."
            )
        kind, _, parameters = answer.headers.get("Content-Type", "").partition(";")
        kind = kind.strip().lower()
        if kind and kind not in _ENDINGS:
            raise BadInput(f"{address} is {kind}, not a page, a text or a PDF. Nothing was imported from it.")
        data = _all_of(answer, address, limit, deadline)
    finally:
        answer.close()
    ending = _ENDINGS.get(kind) or (".pdf" if data.startswith(_PDF) else ".html")
    if ending == ".html":
        data = _with_address(data, address, parameters)
    path = _free_path(into, address, ending)
    path.write_bytes(data)
    return path


def _all_of(answer: Any, address: str, limit: int, deadline: float) -> bytes:
    declared = answer.headers.get("Content-Length", "")
    too_large = BadInput(f"{address} has more than {limit / 1e6:g} MB. Nothing was imported from it.")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        raise too_large
    data = bytearray()
    while piece := answer.read1(_PIECE, decode_content=True):
        data += piece
        if len(data) > limit:
            raise too_large
        if time.monotonic() > deadline:
            raise _too_slow(address)
    if not data.strip():
        raise BadInput(f"{address} answered with nothing; there is nothing to import.")
    return bytes(data)


def _with_address(data: bytes, address: str, parameters: str) -> bytes:
    """A page with a note of its address, and in UTF-8 where only the server's answer said how to read it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    note = f"<!-- saved from url=({len(address):04d}){address.replace('--', '%2D%2D')} -->\n".encode(
        "ascii", "replace"
    )
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.IGNORECASE)
    if match and not data.startswith(codecs.BOM_UTF8) and not _DECLARED.search(data[:8192]):
        try:
            data = codecs.BOM_UTF8 + data.decode(match[1]).encode("utf-8")
        except (LookupError, ValueError):
            return note + data
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark + note + data.removeprefix(mark)


def _free_path(into: Path, address: str, ending: str) -> Path:
    parts = urlsplit(address)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    stem = re.sub(r"\.(?:x?html?|php|aspx?|pdf|txt|xml)$", "", last, flags=re.IGNORECASE)
    name = _NOT_IN_NAMES.sub("-", stem).strip(".-_")[:_LONGEST_NAME]
    name = name or _NOT_IN_NAMES.sub("-", parts.hostname or "page")
    path = into / f"{name}{ending}"
    number = 1
    while path.exists():
        number += 1
        path = into / f"{name}-{number}{ending}"
    return path


def _joined(address: str, place: str) -> str:
    try:
        return urljoin(address, place)
    except ValueError:
        return place


def _told(wrong: Exception) -> str:
    """What a library's error means for the user."""
    from urllib3 import exceptions  # noqa: PLC0415  woken late

    if isinstance(wrong, exceptions.NewConnectionError):
        return "cannot be reached: there is no connection, or nobody of that name"
    if isinstance(wrong, exceptions.TimeoutError):
        return _TOO_SLOW
    if isinstance(wrong, exceptions.SSLError):
        return "cannot be reached safely: its certificate is not trusted"
    return "broke off, or did not answer as a web server does"


def _too_slow(address: str) -> BadInput:
    return BadInput(f"{address} {_TOO_SLOW}. Nothing was imported from it.")
