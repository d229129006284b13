"""What the tests of article readers share: a file saved, read, and shown by zones."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from annotator.core.losses import LossReport
from annotator.core.ports import Format, ReadOptions
from annotator.core.records import Record


def saved(folder: Path, data: str | bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read_all(reader: Format, path: Path, losses: LossReport | None = None, **columns: str) -> list[Record]:
    return list(reader.read(path, LossReport() if losses is None else losses, ReadOptions(columns)))


def read_one(reader: Format, path: Path, losses: LossReport | None = None) -> Record:
    (record,) = read_all(reader, path, losses)
    return record


def zones(record: Record) -> list[tuple[str, str]]:
    """Each zone of a record with its words."""
    return [(zone.zone, zone.span.text(record.text or "")) for zone in record.zones]


def paragraphs(record: Record) -> list[str]:
    return (record.text or "").split("\n\n")


@contextmanager
def no_network() -> Iterator[None]:
    """Whatever asks for a connection, or for the address of a host, meanwhile fails the test."""

    def refuse(*asked: object, **more: object) -> None:
        raise AssertionError(f"the network was asked for {asked[1:]} {more}")

    with (
        mock.patch.object(socket.socket, "connect", refuse),
        mock.patch.object(socket.socket, "connect_ex", refuse),
        mock.patch.object(socket, "getaddrinfo", refuse),
        mock.patch.object(socket, "create_connection", refuse),
    ):
        yield
