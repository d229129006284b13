"""Mails: the best body there is, with subject, sender and date; attachments are named and left."""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from annotator.core.articles import first_line
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.formats.article_text import BODY, Paragraph, put_together, storable
from annotator.formats.decoding import Decoded, decode, read_bytes
from annotator.formats.guessing import iso_date, language_of
from annotator.formats.html_text import paragraphs_of_piece
from annotator.formats.zone_signs import BOILERPLATE

_LARGEST = 100_000_000
_LONGEST_HEADER = 2_000
_HEADER = re.compile(rb"[!-9;-~]{1,60}:[ \t]?[^\r\n]*\r?\n")
_OF_A_MAIL = re.compile(
    rb"^(?:from|received|message-id|mime-version|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE
)
_SIGNATURE = "-- "
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_DESKS = {
    "news",
    "newsletter",
    "info",
    "noreply",
    "no-reply",
    "editor",
    "desk",
    "press",
    "redaktion",
    "mail",
    "hello",
    "alerts",
}
_FREE_MAIL = {
    "gmail",
    "googlemail",
    "outlook",
    "hotmail",
    "yahoo",
    "icloud",
    "proton",
    "protonmail",
    "gmx",
    "web",
    "ukr",
    "mail",
}
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)


class _Sparing(EmailPolicy):
    """The modern policy, sparing its parser of headers what would take it gigabytes of memory."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value[:_LONGEST_HEADER])
        except _BROKEN:
            return super().header_fetch_parse(name, "")


class EmlArticle:
    """Read the text of a saved mail as an article."""

    name = "eml"
    title = "Mail, saved"
    suffixes = (".eml",)
    reads = True
    writes = False
    folder = False
    cannot_carry = ("annotations of any kind",)

    def recognises(self, path: Path, head: bytes) -> int:
        named = path.suffix.lower() in self.suffixes
        top = re.split(rb"\r?\n\r?\n", head[:16384], maxsplit=1)[0]
        is_mail = bool(_HEADER.match(head)) and len({name.lower() for name in _OF_A_MAIL.findall(top)}) >= (
            1 if named else 2
        )
        return BY_CONTENT if is_mail else BY_NAME if named else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The article in the mail."""
        message = _parsed(path)
        title = _header(message, "subject")
        author, outlet = _sender(message)
        decoded, zoned = _body(path, message)
        made = put_together(zoned) if zoned else None
        text = made.text if made else ""
        if not text.strip():
            raise BadInput(f"{path} is a mail without text. Nothing was imported from it.")
        for name in _attachments(message):
            losses.add("attachment not imported", f"{path.name}: {name}")
        notes = [decoded.assumed] if decoded.assumed else []
        if outlet:
            notes.append("outlet taken from the sender")
        yield Record(
            id=path.name,
            text=text,
            zones=made.zones if made else (),
            title=title or first_line(text) or path.stem,
            author=author,
            outlet=outlet,
            published=iso_date(_header(message, "date")),
            language=language_of(_header(message, "content-language")),
            assumed="; ".join(notes),
            file_name=path.name,
            where=str(path),
        )

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """Mails are read, not written."""
        raise BadInput("A mail carries no annotations; choose another format to export.")


def _parsed(path: Path) -> EmailMessage:
    data = read_bytes(path, limit=_LARGEST)
    try:
        message = email.message_from_bytes(data, policy=_Sparing())
    except _BROKEN as wrong:
        raise BadInput(f"{path} is a broken mail. Nothing was imported from it.") from wrong
    if not message.keys() or not isinstance(message, EmailMessage):
        raise BadInput(
            f"{path} is no mail: it has no lines of sender and subject. Nothing was imported from it."
        )
    return message


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(storable(str(message.get(name) or "")).split())
    except _BROKEN:
        return ""


def _sender(message: EmailMessage) -> tuple[str, str]:
    """Author and outlet, as far as a sender's name and address tell them."""
    name, address = parseaddr(_header(message, "from"))
    box, _, host = address.casefold().rpartition("@")
    desk = re.split(r"[.+_-]", box)[0] in _DESKS or box in _DESKS
    provider = host.split(".")[0]
    own_host = host if provider not in _FREE_MAIL and "." in host else ""
    if desk:
        return "", name or own_host
    return name or address, own_host


def _body(path: Path, message: EmailMessage) -> tuple[Decoded, list[Paragraph]]:
    """The first body that has words: plain text before HTML."""
    found = Decoded("", "")
    for kind in ("plain", "html"):
        try:
            part = message.get_body(preferencelist=(kind,))
        except _BROKEN:
            part = None
        if part is None:
            continue
        found = _decoded(path, part)
        paragraphs = _plain(found.text, part) if kind == "plain" else paragraphs_of_piece(found.text)
        if any(paragraph.text.strip() for paragraph in paragraphs):
            return found, paragraphs
    return found, []


def _decoded(path: Path, part: MIMEPart) -> Decoded:
    try:
        payload = part.get_payload(decode=True)
    except _BROKEN:
        payload = None
    if not isinstance(payload, bytes) or not payload.strip():
        return Decoded("", "")
    charset = part.get_content_charset() or ""
    try:
        return Decoded(storable(payload.decode(charset)), "")
    except (LookupError, ValueError):
        guessed = decode(payload, str(path))
    says = (
        f"the mail says {charset}, and is not; {guessed.assumed}"
        if charset and guessed.assumed
        else guessed.assumed
    )
    return Decoded(storable(guessed.text), says)


def _plain(text: str, part: MIMEPart) -> list[Paragraph]:
    """A plain body's paragraphs; the sender's signature is boilerplate."""
    if str(part.get_param("format", "")).casefold() == "flowed":
        text = _unwrapped(text, delete_space=str(part.get_param("delsp", "")).casefold() == "yes")
    body, mark, signature = text.partition(f"\n{_SIGNATURE}\n")
    pieces = [Paragraph(piece.strip("\n"), BODY) for piece in _EMPTY_LINES.split(body)]
    if mark:
        pieces += [Paragraph(piece.strip("\n"), BOILERPLATE) for piece in _EMPTY_LINES.split(signature)]
    return [piece for piece in pieces if piece.text.strip()]


def _unwrapped(text: str, *, delete_space: bool) -> str:
    """A text whose soft line ends, a space before each, are taken out (RFC 3676)."""
    lines: list[str] = []
    soft = False
    for line in text.split("\n"):
        line = line.removeprefix(" ") if line.startswith(" ") else line  # noqa: PLW2901  a stuffed space is no part of it
        if soft and line != _SIGNATURE:
            lines[-1] = (lines[-1][:-1] if delete_space else lines[-1]) + line
        else:
            lines.append(line)
        soft = line.endswith(" ") and line != _SIGNATURE
    return "\n".join(lines)


def _attachments(message: EmailMessage) -> list[str]:
    try:
        return [
            part.get_filename() or f"a part of type {part.get_content_type()}"
            for part in message.iter_attachments()
        ]
    except _BROKEN:
        return []


FORMAT = EmlArticle()
