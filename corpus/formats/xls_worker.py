"""What a binary workbook holds, told by python-calamine: run in a process of its own.

calamine lays a sheet out from its first cell to its last one: where a damaged file says that they are far apart, it
ends its process.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

_COLUMNS = 16_384


def read_book(data: bytes, _: str, *, most: int) -> tuple[dict[str, Any], bytes]:
    """An object with ``sheets``, or with ``error`` and its kind, "needed", "encrypted" or "damaged".

    No more cells are told than are in the rows up to the one that holds cell number ``most``.
    """
    try:
        import python_calamine as calamine
    except ImportError as error:
        return {"error": str(error), "kind": "needed"}, b""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        return {"error": str(error), "kind": "encrypted"}, b""
    except (calamine.CalamineError, OSError, ValueError) as error:
        return {"error": str(error), "kind": "damaged"}, b""
    sheets, left = [], most
    for listed in book.sheets_metadata:
        kind = str(listed.typ).rpartition(".")[2].lower()
        told: dict[str, Any] = {"name": listed.name, "visible": str(listed.visible).endswith("Visible"), "kind": kind}
        if kind == "worksheet":
            try:
                told |= _sheet(book.get_sheet_by_name(listed.name), left)
            except (calamine.CalamineError, OSError, ValueError) as error:
                told["error"] = str(error)
        left -= told.get("count", 0)
        sheets.append(told)
    return {"sheets": sheets}, b""


def _sheet(found: Any, most: int) -> dict[str, Any]:
    """The cells of a sheet: (row, column, text or number, kind), and those that are merged."""
    cells: list[tuple[int, int, str | float, str]] = []
    top, left = found.start or (0, 0)
    for number, values in enumerate(found.iter_rows() if found.height else ()):
        for column, value in enumerate(islice(values, _COLUMNS)):
            if value != "":
                cells.append((number + top, column + left, *_told(value)))
        if len(cells) >= most:
            return {"cells": cells, "count": len(cells), "merged": [], "cut": number + top}
    return {"cells": cells, "count": len(cells), "merged": found.merged_cell_ranges or []}


def _told(value: Any) -> tuple[str | float, str]:
    """A value for JSON, and whether it is a "number", a "date" or "text"; dates as 2024-03-05."""
    if isinstance(value, bool):
        return str(value).upper(), "text"
    if isinstance(value, int | float):
        return (value, "number") if abs(value) < float("inf") else (str(value), "text")
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00").removesuffix(":00"), "date"
    if isinstance(value, date | time):
        return value.isoformat(), "date"
    return str(value), "date" if isinstance(value, timedelta) else "text"
