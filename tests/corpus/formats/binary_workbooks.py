"""Workbooks in the binary forms that the tests write themselves: XLS (BIFF8 in a compound file) and XLSB."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

from tests.corpus.formats.workbooks import P, R

Rows = Sequence[Sequence[str | float | None]]
_DATE = 45000.0  # from here on a number is shown as a date
_SECTOR = 512


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _text(words: str) -> bytes:
    return struct.pack("<HB", len(words), 1) + words.encode("utf-16-le")


def _stream(sheets: Mapping[str, Rows], hidden: Sequence[str]) -> bytes:
    """The stream of a workbook: what is shared, then each sheet."""
    strings = sorted({cell for rows in sheets.values() for row in rows for cell in row if isinstance(cell, str)})
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6)
    shared = _record(0x0809, begin) + _record(0x0042, struct.pack("<H", 1200))
    shared += b"".join(_record(0x00E0, struct.pack("<HHH", 0, number, 0) + bytes(14)) for number in (0, 14))
    table = struct.pack("<II", len(strings), len(strings)) + b"".join(map(_text, strings))
    rest = _record(0x00FC, table) + _record(0x000A)
    names = [name.encode("utf-16-le") for name in sheets]
    size = len(shared) + len(rest) + sum(4 + 8 + len(name) for name in names)
    bodies, listed = b"", b""
    for (name, rows), encoded in zip(sheets.items(), names, strict=True):
        place = size + len(bodies)
        listed += _record(0x0085, struct.pack("<IBBBB", place, name in hidden, 0, len(name), 1) + encoded)
        bodies += _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    bodies += _record(0x00FD, struct.pack("<HHHI", number, column, 0, strings.index(cell)))
                elif cell is not None:
                    bodies += _record(0x0203, struct.pack("<HHHd", number, column, cell >= _DATE, cell))
        bodies += _record(0x000A)
    return shared + listed + rest + bodies


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    assert len(chain) <= 128
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))

    def entry(label: str, kind: int, child: int, start: int, size: int) -> bytes:
        encoded = (label + "\0").encode("utf-16-le")
        head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return head + bytes(36) + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, 2, len(stream)) + bytes(256)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return head + table + folder + stream


def xls(sheets: Mapping[str, Rows], *, hidden: Sequence[str] = ()) -> bytes:
    """An XLS file."""
    return compound("Workbook", _stream(sheets, hidden))


def _wide(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def _part(*records: tuple[int, bytes]) -> bytes:
    """The records of a part; kinds and sizes are in groups of seven bits."""
    written = b""
    for kind, data in records:
        written += bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
        size = len(data)
        while size > 127:
            written += bytes((size & 0x7F | 0x80,))
            size >>= 7
        written += bytes((size,)) + data
    return written


def xlsb(
    sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), places: Mapping[tuple[int, int], float] | None = None
) -> bytes:
    """An XLSB file; ``places`` are numbers in cells of each sheet, wherever they are."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        listed, pointers = [], ""
        for number, (name, rows) in enumerate(sheets.items(), 1):
            state = struct.pack("<II", name in hidden, number)
            listed.append((156, state + _wide(f"r{number}") + _wide(name)))
            pointers += f"<Relationship Id='r{number}' Type='{R}/worksheet' Target='worksheets/sheet{number}.bin'/>"
            records: list[tuple[int, bytes]] = [(129, b""), (148, struct.pack("<IIII", 0, 9, 0, 9)), (145, b"")]
            for place, row in enumerate(rows):
                records.append((0, struct.pack("<IIHBBB", place, 0, 300, 0, 0, 0)))
                for column, cell in enumerate(row):
                    head = struct.pack("<II", column, 0)
                    if isinstance(cell, str):
                        records.append((6, head + _wide(cell)))
                    elif cell is not None:
                        records.append((5, head + struct.pack("<d", cell)))
            for (place, column), value in (places or {}).items():
                records.append((0, struct.pack("<IIHBBB", place, 0, 300, 0, 0, 0)))
                records.append((5, struct.pack("<IId", column, 0, value)))
            archive.writestr(f"xl/worksheets/sheet{number}.bin", _part(*records, (146, b""), (130, b"")))
        book = _part((131, b""), (143, b""), *listed, (144, b""), (132, b""))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", f"<Relationships xmlns='{P}'>{pointers}</Relationships>")
        types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
        archive.writestr("[Content_Types].xml", types)
    return file.getvalue()
