"""Pages from InfoTabS tables: one infobox as a list, or several with shared keys as one table."""

import re
from collections import defaultdict
from collections.abc import Sequence

from reader_box_questions import HARMLESS, NEAR, QUESTIONS
from reader_pages import Asked, Draft, Page, Span, has_value
from reader_records import Bullets, separator
from reader_words import Taste

__all__ = ["Boxes"]

DATE = re.compile(r"\b(?:[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})\b")
TITLE = re.compile(r"[A-Z0-9À-Þ][ -;=?-Z\[\]a-zÀ-žĀ-ſ’–]{1,48}")
GLUED = re.compile(r"[a-z](?<!Mc)(?<!Mac)(?<!De)(?<!La)[A-Z]|[()]|\s\s")
WHEN = re.compile(r"\b(?:[A-Z][a-z]+ \d{1,2}, \d{4}|(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4})\b")
COUNT = re.compile(r"(?:c\. ?|~|over |about )?\d[\d,.]*\d(?: (?:million|billion))?|\d")
LIFE = {
    "Born": ("When was {t} born?", "Where was {t} born?", "What is {t}'s date of birth?"),
    "Died": ("When did {t} die?", "Where did {t} die?", "What was the date of {t}'s death?"),
}
AGED = re.compile(r"\(aged\s*\d+\)[ ,]*(?=[A-Z])")


def tidy(values: list[str]) -> str:
    """The values of one key as a person would write them, or nothing if they are not fit to be shown."""
    parts = []
    for value in values:
        value = re.sub(r"\s*\(\s*\d{4}-\d{2}-\d{2}\s*\)\s*", " ", value.replace("\u200e", "").replace("\xa0", " "))
        value = re.sub(r"\(\s+", "(", re.sub(r"\s+([,;:)])", r"\1", value))
        value = re.sub(r" \.(?=\w)", ".", value)
        value = re.sub(r";? \d+ years? ago\b", "", value)
        value = re.sub(r"\b(\d{4})\s*\(\1\)", r"\1", value)
        value = re.sub(r"(\d):\s+(\d\d)", r"\1:\2", re.sub(r"\s+", " ", value)).strip(" ,;")
        if value and value not in parts:
            parts.append(value)
    text = ", ".join(parts)
    return "" if len(text) > 90 or "\ufeff" in text or "Coordinates" in text or "|" in text or "*" in text else text


def read_questions() -> dict[str, tuple[list[str], list[str]]]:
    """The questions for each key: forward and backward."""
    found = {}
    for line in QUESTIONS.strip().splitlines():
        key, *rest = [cell.strip() for cell in line.split(" = ")]
        cells = [[ask.strip() for ask in cell.split("|")] for cell in rest]
        found[key] = (cells[0], cells[1] if len(cells) > 1 else [])
    return found


def narrowed(ask: str, value: str, span: Span) -> Asked | None:
    """The question with the part of the value that answers it: the date of a place and date, the figure of a note.

    None where the value does not fit the question, such as two dates for one "when".
    """
    start = span[0]
    if ask.startswith("How many children") and not value[0].isdigit():
        return Asked(ask, plain=True)
    if ask.startswith("What children") and value[0].isdigit():
        return None
    if (
        ask.startswith(("When was", "When did", "In which year", "From which year"))
        and " active" not in ask
        and "reign" not in ask
    ):
        found = list(WHEN.finditer(value))
        if len(found) != 1:
            return None
        return Asked(ask, ((start + found[0].start(), start + found[0].end()),))
    if ask.startswith("How many") and " minutes " not in ask:
        count = COUNT.match(value)
        return Asked(ask, ((start, start + count.end()),)) if count else None
    return Asked(ask, (span,))


class Boxes:
    """Makers of pages from the tables of a file."""

    def __init__(self, tables: Sequence[dict]) -> None:
        self.questions = read_questions()
        self.tables: list[tuple[str, dict[str, str]]] = []
        self.having: dict[str, list[int]] = defaultdict(list)
        for table in tables:
            rows = {key: tidy(values) for key, values in table.items() if key != "title" and len(key) < 30}
            rows = {key: value for key, value in rows.items() if value and key.lower() != value.lower()}
            title = " ".join(table["title"]).strip()
            if len(rows) > 3 and TITLE.fullmatch(title) and not GLUED.search(title):
                for key in rows:
                    self.having[key].append(len(self.tables))
                self.tables.append((title, rows))
        self.shared = [key for key, places in self.having.items() if len(places) > 12 and key in self.questions]

    def missing(self, title: str, kept: dict[str, str], full: dict[str, str], taste: Taste) -> list[Asked]:
        """Questions for keys that the page lacks and that nothing on it comes near to."""
        found = []
        # Keys of the same table that were left out are the most natural to ask for; others must fit its kind.
        like = [key for key in full if key not in kept and key in self.questions]
        for key in like:
            near = [group for group in NEAR if key in group and group not in HARMLESS]
            if any(other in kept for group in near for other in group):
                continue
            for ask in self.questions[key][0]:
                found.append(Asked(ask.format(t=title), plain=taste.chance(0.5)))
        return found

    def dates(self, title: str, key: str, span: Span, value: str) -> list[Asked]:
        """The questions for a birth or a death: its date and its place apart."""
        ask = LIFE[key]
        found, date, aged = [], DATE.search(value), AGED.search(value)
        if date:
            when = (span[0] + date.start(), span[0] + date.end())
            found += [Asked(ask[0].format(t=title), (when,)), Asked(ask[2].format(t=title), (when,))]
        place = aged.end() if aged else date.end() if date else 0
        where = value[place:].lstrip(" ,")
        if date and where and where[0].isupper() and "(" not in where and "(" not in value[: date.start()]:
            found.append(Asked(ask[1].format(t=title), ((span[1] - len(where), span[1]),)))
        return found

    def box(self, taste: Taste) -> Draft | None:
        """One infobox as a list of keys and values or as a table."""
        title, full = taste.pick(self.tables)
        kept_keys = [key for key in full if taste.chance(0.7)][:12]
        kept = {key: full[key] for key in kept_keys}
        if len(kept) < 3:
            return None
        page, bullets = Page(), Bullets.drawn(taste)
        if taste.chance(0.85):
            page.heading(title, 1)
        flat = taste.chance(0.3)
        if flat:
            page.line(taste.pick(["| | |", "| Property | Value |", f"| | {title} |"]))
            page.line(separator(taste, 2))
        asked: list[Asked] = []
        spans: dict[str, Span] = {}
        for key, value in kept.items():
            spans[key] = page.line("| ", key, " | ", value, " |")[3] if flat else bullets.write(page, key, value)[1]
        for key, span in spans.items():
            if key in ("Born", "Died"):
                asked += self.dates(title, key, span, kept[key])
            elif key in self.questions:
                near = {other for group in NEAR if key in group for other in group if group not in HARMLESS} - {key}
                asks = self.questions[key][0]
                for ask in asks if not near & set(kept) else asks[-1:]:
                    one = narrowed(ask.format(t=title), kept[key], span)
                    asked += [one] if one else []
        asked += self.missing(title, kept, full, taste)
        return Draft(title, page, asked, "infobox")

    def grid(self, taste: Taste) -> Draft | None:
        """Several infoboxes that share keys as one table, a row each."""
        key = taste.pick(self.shared)
        first = taste.pick(self.having[key])
        keys = [other for other in self.tables[first][1] if other in self.questions and len(self.having[other]) > 8]
        keys = [*taste.sample([other for other in keys if other != key], taste.number(1, 4)), key]
        rows: list[int] = []
        for place in taste.sample(self.having[key], 400):
            title, values = self.tables[place]
            if (
                all(len(values.get(other, "")) <= 60 for other in keys)
                and sum(other in values for other in keys) >= len(keys) - 1
                and title not in [self.tables[row][0] for row in rows]
            ):
                rows.append(place)
            if len(rows) == 7:
                break
        rows = rows[: taste.number(2, 7)]
        if len(rows) < 2 or len(keys) < 2:
            return None
        return self.written(taste, rows, keys)

    def written(self, taste: Taste, rows: list[int], keys: list[str]) -> Draft:
        """The table of those boxes and its questions."""
        page, name = Page(), taste.pick(["Overview", "Comparison", "List", "Some examples", "Table 2"])
        if taste.chance(0.8):
            page.heading(name, 1)
        page.line("| " + " | ".join([taste.pick(["Name", "Title", ""]), *keys]) + " |")
        page.line(separator(taste, len(keys) + 1))
        cells: dict[tuple[int, str], Span] = {}
        names: dict[int, Span] = {}
        for row in rows:
            title, values = self.tables[row]
            page.add("| ")
            names[row] = page.add(title)
            for key in keys:
                page.add(" | ")
                if key in values:
                    cells[row, key] = page.add(values[key])
            page.line(" |")
        return Draft(name, page, self.grid_questions(taste, page, rows, keys, names, cells), "infobox_table")

    def grid_questions(
        self,
        taste: Taste,
        page: Page,
        rows: list[int],
        keys: list[str],
        names: dict[int, Span],
        cells: dict[tuple[int, str], Span],
    ) -> list[Asked]:
        """The questions for a table of boxes."""
        asked: list[Asked] = []
        text = page.text
        for key in keys:
            asks, reverse = self.questions[key]
            near = {other for group in NEAR if key in group for other in group if group not in HARMLESS} - {key}
            sure = asks if not near & set(keys) else asks[-1:]
            for row in rows:
                title, span = self.tables[row][0], cells.get((row, key))
                if span:
                    value = text[span[0] : span[1]]
                    fitted = [narrowed(ask.format(t=title), value, span) for ask in sure]
                    asked += [one for one in fitted if one]
                    if has_value(text, value) == 1 and "," not in value:
                        asked += [Asked(ask.format(v=value), (names[row],)) for ask in reverse]
                elif not near & set(keys):
                    asked += [Asked(ask.format(t=title)) for ask in asks]
            strange, values = self.tables[taste.pick(self.having[key])]
            if strange.lower() not in text.lower():
                asked += [Asked(ask.format(t=strange)) for ask in asks]
            if not has_value(text, values[key]) and len(values[key]) < 40:
                asked += [Asked(ask.format(v=values[key])) for ask in reverse]
        shown = dict.fromkeys(keys, "")
        for row in rows:
            full = {k: v for k, v in self.tables[row][1].items() if k not in keys}
            asked += self.missing(self.tables[row][0], shown, full, taste)[:3]
        return asked
