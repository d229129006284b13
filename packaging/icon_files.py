"""Put the program's icon, in its sizes, into the one file that Windows or macOS wants."""

from __future__ import annotations

import struct
from pathlib import Path

ICNS_KINDS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}
LARGEST_IN_ICO = 256


def pictures(folder: Path) -> dict[int, bytes]:
    """The PNG files of the icon, by size."""
    found = {
        int(path.stem.rpartition("-")[2]): path.read_bytes() for path in folder.glob("annotator-[0-9]*.png")
    }
    return dict(sorted(found.items()))


def write_ico(folder: Path, out: Path) -> Path:
    """An .ico: a directory of sizes, then the PNG files as they are."""
    chosen = {size: png for size, png in pictures(folder).items() if size <= LARGEST_IN_ICO}
    head = struct.pack("<HHH", 0, 1, len(chosen))
    offset = len(head) + 16 * len(chosen)
    for size, png in chosen.items():
        # 256 does not fit a byte, and is written as 0
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), offset)
        offset += len(png)
    out.write_bytes(head + b"".join(chosen.values()))
    return out


def write_icns(folder: Path, out: Path) -> Path:
    """An .icns: each PNG file behind four letters for its size and its length."""
    parts = [
        ICNS_KINDS[size] + struct.pack(">I", len(png) + 8) + png
        for size, png in pictures(folder).items()
        if size in ICNS_KINDS
    ]
    body = b"".join(parts)
    out.write_bytes(b"icns" + struct.pack(">I", len(body) + 8) + body)
    return out
