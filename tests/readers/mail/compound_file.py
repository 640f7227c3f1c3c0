"""A compound file (MS-CFB, version 3) with small streams, as Outlook keeps a message in one; made for tests."""

from __future__ import annotations

import struct

_SECTOR, _MINI = 512, 64
_FREE, _END, _FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def compound_file(streams: dict[str, bytes]) -> bytes:
    """The file; a path of two parts is a stream in a storage. All streams are in the mini stream."""
    storages = sorted({path.split("/")[0] for path in streams if "/" in path})
    mini = bytearray()
    mini_fat: list[int] = []
    entries = [("Root Entry", _ROOT, "", b"")]
    entries += [(name, _STORAGE, "", b"") for name in storages]
    entries += [(path.rpartition("/")[2], _STREAM, path.rpartition("/")[0], data) for path, data in streams.items()]
    places: list[tuple[int, int]] = []
    for _, kind, _, data in entries:
        count = -(-len(data) // _MINI)
        start = len(mini_fat) if kind == _STREAM and count else _END
        mini += data.ljust(count * _MINI, b"\0")
        mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), _END] if count else []
        places.append((start, len(data)))
    directory = _directory(entries, places, storages, len(mini))
    parts = [directory, _padded(struct.pack(f"<{len(mini_fat)}L", *mini_fat), b"\xff"), _padded(bytes(mini))]
    return _file(parts)


def _directory(
    entries: list[tuple[str, int, str, bytes]], places: list[tuple[int, int]], storages: list[str], mini: int
) -> bytes:
    out = b""
    rows = range(len(entries))
    children = {storage: [row for row in rows if row and entries[row][2] == storage] for storage in ("", *storages)}
    for row, (name, kind, parent, _) in enumerate(entries):
        siblings = children[parent] if row else []
        right = next((other for other in siblings if other > row), _FREE)
        held = children["" if kind == _ROOT else name] if kind != _STREAM else []
        start, size = places[row]
        if kind == _ROOT:
            start, size = 0, mini
        written = name.encode("utf-16-le")
        out += struct.pack(
            "<64sHBBLLL16sLQQLQ", written, len(written) + 2, kind, 1, _FREE, right, held[0] if held else _FREE,
            b"", 0, 0, 0, start if kind != _STORAGE else 0, size,
        )  # fmt: skip
    return _padded(out)


def _padded(data: bytes, filler: bytes = b"\0") -> bytes:
    return data.ljust(-(-len(data) // _SECTOR) * _SECTOR, filler)


def _file(parts: list[bytes]) -> bytes:
    """The parts (directory, mini FAT, mini stream) behind the header and the FAT, which is one sector."""
    fat = [_FAT_SECTOR]
    starts = []
    for part in parts:
        count = len(part) // _SECTOR
        starts.append(len(fat) if count else _END)
        fat += [*range(len(fat) + 1, len(fat) + count), _END] if count else []
    directory, mini_fat, mini = starts
    head = struct.pack(
        "<8s16sHHHHH6sLLLLLLLLL", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1,
        directory, 0, 4096, mini_fat, len(parts[1]) // _SECTOR, _END, 0,
    )  # fmt: skip
    table = struct.pack("<109L", 0, *[_FREE] * 108)
    body = bytearray(b"".join(parts))
    struct.pack_into("<L", body, 116, mini)  # where the root's stream, the mini stream, begins
    return head + table + struct.pack(f"<{len(fat)}L", *fat).ljust(_SECTOR, b"\xff") + bytes(body)
