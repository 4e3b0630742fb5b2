"""Typesets tables without ruling lines in prose of one or two columns, and pages that look like tables and are none."""

from __future__ import annotations

import random

from pdf_papers import sentence
from pdf_writer import Page, width, write

_NOUNS = ("Timber", "Copper", "Paper", "Cotton", "Silver", "Lamp oil", "Garden tools", "Harbour fees", "Winter coats")
_HEADS = ("Item", "Price", "Stock", "Weight", "Delivery", "Since", "Colour")
_WORDS = ("early", "in two days", "on request", "red", "dark green", "daily", "none")

Rows = list[list[str]]


def table(chance: random.Random) -> tuple[Rows, str]:
    """Return the rows of a made-up table, the first one its head, and how its columns are set: "l", "r" or "c" each."""
    columns, count = chance.randint(2, 5), chance.randint(4, 11)
    heads = ["Item", *chance.sample(_HEADS[1:], columns - 1)]
    set_so = "l" + "".join(chance.choice("lrrc") for _ in heads[1:])
    worded = [chance.random() < 0.3 and columns > 2 for _ in heads]
    rows = [heads]
    for number in range(count):
        name = f"{chance.choice(_NOUNS)} {chance.choice('ABCDE')}{number}"
        cells = [
            chance.choice(_WORDS) if words else f"{chance.uniform(1, 9000):,.2f}" if chance.random() < 0.7 else "n/a"
            for words in worded[1:]
        ]
        rows.append([name, *cells])
    return rows, set_so


def page_of(seed: int) -> tuple[bytes, Rows]:
    """Return a PDF page with a table in it and prose around it, and the rows of the table."""
    chance = random.Random(seed)
    rows, set_so = table(chance)
    page = Page()
    size = chance.choice((8, 9, 10, 11))
    columns = chance.choice((1, 1, 2))
    font = chance.choice(("Times-Roman", "Helvetica"))
    room = 487 if columns == 1 else 234
    wide = sum(max(width(row[place], font, size) for row in rows) for place in range(len(set_so)))
    if wide + 12 * (len(set_so) - 1) > room:
        columns, room = 1, 487
    free = max(12.0, min((room - wide) / (len(set_so) - 1), chance.choice((14, 24, 48))))
    base = _prose(page, chance, 54, 780, chance.randint(3, 8), room, font, size) - 1.5 * size
    step = size * chance.choice((1.2, 1.5, 1.9))
    left = 54.0
    tops = [base - step * number for number in range(len(rows))]
    for place, way in enumerate(set_so):
        across = max(width(row[place], font, size) for row in rows)
        for row, high in zip(rows, tops, strict=True):
            spare = across - width(row[place], font, size)
            bold = font.removesuffix("-Roman") + "-Bold"
            shift = {"l": 0.0, "r": spare, "c": spare / 2}[way]
            page.say(left + shift, high, row[place], size=size, font=bold if high == base else font)
        left += across + free
    _prose(page, chance, 54, tops[-1] - 2.5 * size, chance.randint(3, 8), room, font, size)
    if columns == 2:
        _prose(page, chance, 307, 780, 40, room, font, size)
    return write([page]), rows


def page_without(seed: int) -> bytes:
    """Return a PDF page whose lines have parts under each other and are no table: a list, a form, contents, names."""
    chance = random.Random(seed)
    page, kind = Page(), seed % 5
    size = chance.choice((9, 10, 11))
    base = _prose(page, chance, 54, 780, 4, 487, "Times-Roman", size) - 2 * size
    for number in range(chance.randint(4, 14)):
        high = base - 1.3 * size * number
        said = " ".join(sentence(chance).split()[: chance.randint(3, 9)])
        if kind == 0:
            page.say(60, high, chance.choice((f"{number + 1}.", f"{number + 1}.")), size=size)
            page.say(84, high, said, size=size)
        elif kind == 1:
            page.say(60, high, said.split()[0] + ":", size=size)
            page.say(190, high, " ".join(said.split()[1:3]), size=size)
        elif kind == 2:
            page.say(60, high, said, size=size)
            page.say(480, high, str(3 + 4 * number), size=size)
        elif kind == 3:
            page.say(60, high, said.split()[0], size=size, font="Times-Bold")
            page.say(150, high, sentence(chance)[:70], size=size)
        else:
            page.say(60, high, "•", size=size)
            page.say(78, high, said, size=size)
    return write([page])


def _prose(
    page: Page, chance: random.Random, left: float, base: float, lines: int, room: float, font: str, size: float
) -> float:
    """Sets lines of prose; returns the base of the last one."""
    words: list[str] = []
    for _ in range(lines):
        line: list[str] = []
        while not words or width(" ".join([*line, words[0]]), font, size) <= room:
            if not words:
                words = sentence(chance).split()
                continue
            line.append(words.pop(0))
        page.say(left, base, " ".join(line), size=size, font=font)
        base -= 1.2 * size
    return base + 1.2 * size
