"""Writes compound files (CFB), the containers of MSG: folders as dictionaries, streams as bytes."""

import struct
from typing import TypeAlias

Folder: TypeAlias = "dict[str, bytes | Folder]"

_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def compound(folder: Folder) -> bytes:
    """The bytes of a compound file whose streams are all shorter than 4,096 bytes."""
    entries: list[list[object]] = [["Root Entry", 5, _NONE, _NONE, 0, 0]]
    small, chain = bytearray(), list[int]()

    def add(content: Folder) -> int:
        first = last = _NONE
        for name, value in content.items():
            number = len(entries)
            if isinstance(value, bytes):
                start = len(chain) if value else _END
                small.extend(value.ljust(-(-len(value) // 64) * 64, b"\0"))
                count = -(-len(value) // 64)
                chain.extend([*range(start + 1, start + count), _END] if count else [])
                entries.append([name, 2, _NONE, _NONE, start, len(value)])
            else:
                entries.append([name, 1, _NONE, _NONE, 0, 0])
                entries[number][3] = add(value)
            first = number if first == _NONE else first
            if last != _NONE:
                entries[last][2] = number
            last = number
        return first

    entries[0][3] = add(folder)
    stream = bytes(small).ljust(-(-len(small) // 512) * 512, b"\0")
    mini = b"".join(struct.pack("<I", link) for link in chain)
    mini = mini.ljust(-(-len(mini) // 512) * 512, b"\xff")
    directory_size = -(-len(entries) * 128 // 512)
    parts = [directory_size, len(mini) // 512, len(stream) // 512]
    links = [_FAT]
    starts = []
    for size in parts:
        starts.append(len(links))
        links += [*range(len(links) + 1, len(links) + size), _END] if size else []
    assert len(links) <= 128
    entries[0][4], entries[0][5] = starts[2], len(small)
    directory = b""
    for name, kind, right, child, start, length in entries:
        words = str(name).encode("utf-16-le")
        directory += words.ljust(64, b"\0") + struct.pack("<HBB", len(words) + 2, kind, 1)
        directory += struct.pack("<III", _NONE, right, child) + b"\0" * 36 + struct.pack("<IQ", start, length)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, starts[0], 0, 4096, starts[1], parts[1], _END, 0)
    header += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    fat = b"".join(struct.pack("<I", link) for link in links).ljust(512, b"\xff")
    return header + fat + directory.ljust(directory_size * 512, b"\0") + mini + stream
