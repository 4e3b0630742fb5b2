"""Pages about things with attributes: tables, lists by thing, lists by attribute, nested lists, single sheets."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from reader_attributes import Attribute, Domain
from reader_domains import DOMAINS
from reader_pages import Asked, Draft, Page, Span, has_value, lower_first, upper_first
from reader_words import TOWNS, Taste

__all__ = ["NOTES", "Bullets", "records", "separator"]

LOWER = {"task", "item", "dish", "plant", "service"}
MISSING = ["-", "–", "—", "n/a", ""]
ALIKE = {"extension": "phone", "time": "when", "date": "when", "weekday": "when", "year": "when", "season": "when"}
NOTES = [
    "Please note that details may change.",
    "Last checked by the office.",
    "All information is given without guarantee.",
    "Questions? Ask at the desk.",
    "This page replaces the older one.",
    "Thank you to everybody who helped to put this together.",
    "The list is kept up to date by volunteers.",
    "Please report mistakes so that we can correct them.",
    "A printed copy hangs in the entrance.",
    "We are happy to help if something is unclear.",
]
ODD = [
    "Who recommended {e}?",
    "Why was {e} chosen?",
    "Who complained about {e}?",
    "How many people have asked about {e}?",
    "Why is there no newer entry for {e}?",
    "Who was here before {e}?",
]
MEASURED = re.compile(r"(?P<before>[£$€])?(?P<number>[-−]?\d[\d.,]*)(?: ?(?P<after>[^\W\d]{1,8}[²³]?|°C|%))?")
COUNTS = ["How many {n}s are there?", "How many {n}s are there in total?", "How many {n}s are listed?"]


@dataclass(frozen=True, slots=True)
class Bullets:
    """How one document writes its "key: value" lines."""

    mark: str
    strong: str
    joint: str
    plain: bool = False

    @classmethod
    def drawn(cls, taste: Taste, *, bare: bool = True) -> "Bullets":
        """A way of writing at random; `bare` allows lines without a bullet."""
        mark = taste.pick(["- ", "- ", "- ", "* "] + ["", "+ "] * bare)
        strong = taste.pick(["", "", "", "**"])
        joint = taste.pick([": ", ": ", ": ", " – ", " - ", " — "])
        return cls(mark, strong, joint, taste.chance(0.4))

    def write(self, page: Page, key: str, value: str, indent: str = "") -> tuple[Span, Span]:
        """Write one line and return the spans of its key and value."""
        spans = page.line(indent + self.mark + self.strong, key, self.strong + self.joint, value)
        if not self.mark and not indent and not self.plain:
            page.add("\n")  # lines without a bullet would run together into one paragraph
        return spans[1], spans[3]


@dataclass(slots=True)
class Grid:
    """The things of one page, their values, and where each was written."""

    domain: Domain
    names: list[str]
    attributes: list[Attribute]
    labels: list[str]
    values: list[list[str | None]]  # [thing][attribute]
    bare: dict[int, str] = field(default_factory=dict)  # the unit of a column that has it in its head
    keys: dict[int, Span] = field(default_factory=dict)
    cells: dict[tuple[int, int], Span] = field(default_factory=dict)

    def written(self, row: int, column: int) -> str | None:
        """What stands in a cell: its value, without the unit where the column's head has it."""
        value = self.values[row][column]
        return value if value is None or column not in self.bare else without_unit(value)

    def mention(self, name: str) -> str:
        """A thing as a question names it."""
        return self.domain.mention.format(lower_first(name) if self.domain.name in LOWER else name)


def separator(taste: Taste, columns: int) -> str:
    """The line under a table's head."""
    return "|" + "|".join(taste.pick(["---", "---", ":---", "----"]) for _ in range(columns)) + "|"


def unit_of(value: str) -> str | None:
    """The unit after a number or the currency before it, if the value is nothing else.

    >>> unit_of("12.5 kg"), unit_of("£40"), unit_of("4 May 2021")
    ('kg', '£', None)
    """
    match = MEASURED.fullmatch(value)
    return match["before"] or match["after"] if match else None


def without_unit(value: str) -> str:
    """The number of a value.

    >>> without_unit("12.5 kg"), without_unit("£40")
    ('12.5', '40')
    """
    match = MEASURED.fullmatch(value)
    return match["number"] if match else value


def move_units(taste: Taste, grid: Grid) -> None:
    """Write the unit of some columns into their heads, as in "Weight (kg)", and leave numbers alone in the cells."""
    for column, label in enumerate(grid.labels):
        units = {unit_of(row[column]) for row in grid.values if row[column] is not None}
        if len(units) == 1 and taste.chance(0.45):
            unit = units.pop()
            if unit is not None:
                grid.bare[column] = unit
                form = taste.pick(["{} ({})", "{} ({})", "{} in {}", "{}, {}", "{} [{}]"])
                grid.labels[column] = form.format(label, unit)


def heading(taste: Taste, page: Page, title: str) -> None:
    """The title and perhaps a sentence under it."""
    if taste.chance(0.85):
        page.heading(title, 1)
    if taste.chance(0.35):
        page.line(taste.pick(NOTES))
        page.blank()


def drawn(taste: Taste, domain: Domain, rows: int, columns: int) -> Grid:
    """A grid of random values; some cells are missing."""
    names: list[str] = []
    while len(names) < rows:
        name = upper_first(taste.make(domain.name)) if domain.name in LOWER else taste.make(domain.name)
        if name not in names:
            names.append(name)
    if domain.name.startswith("year"):
        names.sort()
    attributes = taste.sample(list(domain.attributes), columns)
    labels = [taste.pick(attribute.labels) for attribute in attributes]
    values: list[list[str | None]] = []
    for _ in range(rows):
        row: list[str | None] = []
        for column, attribute in enumerate(attributes):
            value: str | None = taste.make(attribute.recipe)
            for _ in range(6):
                if value not in [other[column] for other in values]:
                    break
                value = taste.make(attribute.recipe)
            row.append(None if columns > 1 and rows > 1 and taste.chance(0.08) else value)
        values.append(row)
    return Grid(domain, names, attributes, labels, values)


def as_table(taste: Taste, page: Page, grid: Grid) -> str:
    """One row a thing, one column an attribute."""
    pad = taste.pick([" ", " ", ""])
    move_units(taste, grid)
    head = [upper_first(taste.pick([grid.domain.noun, grid.domain.noun, "Name", ""])), *grid.labels]
    page.line("|" + "|".join(f"{pad}{cell}{pad}" for cell in head) + "|")
    page.line(separator(taste, len(head)))
    missing = taste.pick(MISSING)
    for row, name in enumerate(grid.names):
        page.add("|" + pad)
        grid.keys[row] = page.add(name)
        for column in range(len(grid.labels)):
            value = grid.written(row, column)
            page.add(pad + "|" + pad)
            span = page.add(missing if value is None else value)
            if value is not None:
                grid.cells[row, column] = span
        page.line(pad + "|")
    return "table"


def as_turned_table(taste: Taste, page: Page, grid: Grid) -> str:
    """One row an attribute, one column a thing."""
    move_units(taste, grid)
    page.add("| ")
    page.add(taste.pick(["", "Property", "Detail"]))
    for row, name in enumerate(grid.names):
        page.add(" | ")
        grid.keys[row] = page.add(name)
    page.line(" |")
    page.line(separator(taste, len(grid.names) + 1))
    missing = taste.pick(MISSING)
    for column, label in enumerate(grid.labels):
        page.add(f"| {label}")
        for row in range(len(grid.names)):
            page.add(" | ")
            value = grid.written(row, column)
            span = page.add(missing if value is None else value)
            if value is not None:
                grid.cells[row, column] = span
        page.line(" |")
    return "table"


def as_sections(taste: Taste, page: Page, grid: Grid) -> str:
    """A heading for each thing, its attributes as lines."""
    bullets = Bullets.drawn(taste)
    for row, name in enumerate(grid.names):
        grid.keys[row] = page.heading(name)
        for column, label in enumerate(grid.labels):
            value = grid.values[row][column]
            if value is not None:
                grid.cells[row, column] = bullets.write(page, label, value)[1]
    return "key_value_sections"


def as_nested(taste: Taste, page: Page, grid: Grid) -> str:
    """A list of things, their attributes as items under each."""
    bullets = Bullets.drawn(taste, bare=False)
    indent = taste.pick(["  ", "    "])
    for row, name in enumerate(grid.names):
        grid.keys[row] = page.line(bullets.mark + bullets.strong, name, bullets.strong + taste.pick(["", ":"]))[1]
        for column, label in enumerate(grid.labels):
            value = grid.values[row][column]
            if value is not None:
                grid.cells[row, column] = bullets.write(page, label, value, indent)[1]
    return "nested"


def as_lines(taste: Taste, page: Page, grid: Grid) -> str:
    """One line a thing, its attributes after another."""
    bullets = Bullets.drawn(taste, bare=False)
    mark = taste.pick(["; ", ", ", " · "])
    for row, name in enumerate(grid.names):
        page.add(bullets.mark + bullets.strong)
        grid.keys[row] = page.add(name)
        page.add(bullets.strong + bullets.joint)
        given = [column for column, value in enumerate(grid.values[row]) if value is not None]
        for place, column in enumerate(given):
            page.add((mark if place else "") + lower_first(grid.labels[column]) + " ")
            grid.cells[row, column] = page.add(str(grid.values[row][column]))
        page.line()
    return "lines"


def as_attribute_lists(taste: Taste, page: Page, grid: Grid) -> str:
    """A heading for each attribute, under it the value of each thing."""
    bullets = Bullets.drawn(taste)
    for column, label in enumerate(grid.labels):
        if len(grid.labels) > 1 or taste.chance(0.5):
            page.heading(label)
        else:
            page.line(label + ":")
            page.blank()
        for row, name in enumerate(grid.names):
            value = grid.values[row][column]
            if value is not None:
                key, grid.cells[row, column] = bullets.write(page, name, value)
                if len(grid.labels) == 1:
                    grid.keys[row] = key
    return "key_value_sections"


Layout = Callable[[Taste, Page, Grid], str]
LAYOUTS: list[tuple[Layout, float]] = [
    (as_table, 0.36),
    (as_turned_table, 0.06),
    (as_sections, 0.2),
    (as_nested, 0.16),
    (as_lines, 0.08),
    (as_attribute_lists, 0.14),
]


def group(attribute: Attribute) -> str:
    """The family of an attribute's values: times and dates are one, money is one."""
    name = attribute.recipe.split()[0]
    return ALIKE.get(name, name)


def shape(attribute: Attribute) -> tuple[str, ...]:
    """The form of an attribute's values: the recipe with its unit, without its limits."""
    return tuple(word for word in attribute.recipe.split() if not word.lstrip("-").isdigit())


def forward(grid: Grid, row: int, column: int) -> list[Asked]:
    """The questions for one cell; without answers where it is missing."""
    span, attribute = grid.cells.get((row, column)), grid.attributes[column]
    near = any(
        group(other) == group(attribute) and (row, place) in grid.cells
        for place, other in enumerate(grid.attributes)
        if place != column
    )
    found = []
    for ask in attribute.asks:
        if span or not (ask.startswith("!") and near):
            found.append(Asked(ask.lstrip("!").format(e=grid.mention(grid.names[row])), (span,) if span else ()))
    return found


def backward(taste: Taste, grid: Grid, text: str) -> list[Asked]:
    """Questions from a value to its thing, and the same with values that stand elsewhere or nowhere."""
    found = []
    for column, attribute in enumerate(grid.attributes):
        for ask in attribute.reverse:
            for row in range(len(grid.names)):
                value, seen = grid.values[row][column], grid.written(row, column)
                if value and seen and row in grid.keys and has_value(text, seen) == 1:
                    found.append(Asked(ask.format(v=value), (grid.keys[row],)))
            strange = taste.make(attribute.recipe)
            if not has_value(text, without_unit(strange) if column in grid.bare else strange):
                found.append(Asked(ask.format(v=strange)))
            for other, near in enumerate(grid.attributes):
                alike = shape(near) == shape(attribute)
                if other != column and alike and attribute.recipe.split()[0] not in ("phone", "email"):
                    row = taste.number(0, len(grid.names) - 1)
                    value, seen = grid.values[row][other], grid.written(row, other)
                    if value and seen and has_value(text, seen) == 1:
                        found.append(Asked(ask.format(v=value)))
    return found


def absent(taste: Taste, grid: Grid, text: str) -> list[Asked]:
    """Questions for attributes and things that the page does not have."""
    found, domain = [], grid.domain
    groups = {group(attribute) for attribute in grid.attributes}
    for attribute in domain.attributes:
        if attribute in grid.attributes:
            continue
        for ask in attribute.asks:
            if not (ask.startswith("!") and group(attribute) in groups):
                name = taste.pick(grid.names)
                copies = 2 if group(attribute) in groups else 1
                found += [Asked(ask.lstrip("!").format(e=grid.mention(name)))] * copies
    for _ in range(4):
        name = taste.make(domain.name)
        if not has_value(text, name) and name.lower() not in text.lower():
            ask = taste.pick(taste.pick(grid.attributes).asks).lstrip("!")
            found.append(Asked(ask.format(e=grid.mention(name))))
    if domain.name != "task" and domain.noun not in ("year", "match", "code"):
        found.append(Asked(taste.pick(ODD).format(e=grid.mention(taste.pick(grid.names))), plain=True))
    if len(grid.names) > 1 and domain.noun not in ("person", "address", "year", "match"):
        found.append(Asked(taste.pick(COUNTS).format(n=domain.noun).replace("dishs", "dishes"), plain=True))
    return found


def records(taste: Taste) -> Draft:
    """A page about several things of one kind, or about one."""
    domain = taste.pick(DOMAINS)
    title = taste.pick(domain.titles).format(town=taste.pick(TOWNS))
    page = Page()
    if taste.chance(0.12) and domain.name not in ("task", "code") and domain.noun not in ("year", "match"):
        return sheet(taste, domain, page)
    shares = [share for _, share in LAYOUTS]
    layout = LAYOUTS[int(taste.rng.choice(len(LAYOUTS), p=shares))][0]
    columns = taste.number(1, 6) if layout in (as_table, as_nested) else taste.number(1, 4)
    if layout in (as_sections, as_lines):
        columns = taste.number(2, 5)
    rows = taste.number(2, 4) if layout in (as_turned_table, as_sections) else taste.number(3, 7)
    while rows > 2 and rows * columns > 22:
        rows -= 1
    grid = drawn(taste, domain, rows, columns)
    heading(taste, page, title)
    kind = layout(taste, page, grid)
    if taste.chance(0.3):
        page.blank()
        page.line(taste.pick(NOTES))
    text = page.text
    asked = [one for row in range(rows) for column in range(columns) for one in forward(grid, row, column)]
    if columns > 1 and layout is as_attribute_lists:
        asked += absent(taste, grid, text)
    else:
        asked += absent(taste, grid, text) + backward(taste, grid, text)
    return Draft(title, page, asked, kind)


def sheet(taste: Taste, domain: Domain, page: Page) -> Draft:
    """A page about one thing, its attributes as lines or as a table of two columns."""
    grid = drawn(taste, domain, 1, taste.number(4, 9))
    name = grid.names[0]
    title = name if taste.chance(0.6) else f"{name}: {taste.pick(['data sheet', 'details', 'at a glance', 'facts'])}"
    page.heading(title, 1)
    if taste.chance(0.3):
        page.line(taste.pick(NOTES))
        page.blank()
    bullets, flat = Bullets.drawn(taste), taste.chance(0.3)
    if flat:
        page.line(taste.pick(["| | |", "| Detail | Value |", "| Property | |"]))
        page.line(separator(taste, 2))
    for column, label in enumerate(grid.labels):
        value = str(grid.values[0][column])
        if flat:
            grid.cells[0, column] = page.line("| ", label, " | ", value, " |")[3]
        else:
            grid.cells[0, column] = bullets.write(page, label, value)[1]
    asked = [one for column in range(len(grid.labels)) for one in forward(grid, 0, column)]
    known = [one for one in absent(taste, grid, page.text) if grid.mention(name) in one.question]
    return Draft(title, page, asked + known, "key_value")
