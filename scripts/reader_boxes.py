"""Pages from InfoTabS tables: one infobox as a list, or several with shared keys as one table."""

import re
from collections import defaultdict
from collections.abc import Sequence

from reader_pages import Asked, Draft, Page, Span, has_value
from reader_records import Bullets, separator
from reader_words import Taste

__all__ = ["Boxes"]

# Key = questions forward = questions from the value. "t" is the table's title, "v" the value.
QUESTIONS = """
Years active = During which years was {t} active? | When was {t} active?
Website = What is the website of {t}? | Where is {t} on the web? = Whose website is {v}?
Occupation = What is {t}'s occupation? | What did {t} do for a living? | What is {t} by profession?
Occupation(s) = What is {t}'s occupation? | What does {t} do for a living?
Genres = What genres is {t} known for? | Which genres of music does {t} play?
Genre = What genre is {t}? | Which genre does {t} belong to?
Labels = Which labels has {t} been with? | What are the record labels of {t}?
Label = On which label did {t} come out? | What label released {t}?
Country = Which country is {t} from? | In which country is {t}?
Spouse(s) = Who is {t} married to? | Who was {t}'s spouse?
Spouse = Who is {t} married to? | Who was {t}'s spouse?
Children = How many children does {t} have? | What children does {t} have?
Associated acts = Which acts is {t} associated with? | What are the associated acts of {t}?
Birth name = What is {t}'s birth name? | What was {t} called at birth? = Who was born as {v}?
Directed by = Who directed {t}? | Who is the director of {t}? = Which film did {v} direct?
Produced by = Who produced {t}? | Who were the producers of {t}? = Which film did {v} produce?
Release date = When was {t} released? | When did {t} come out?
Released = When was {t} released? | When did {t} come out? = What was released on {v}?
Recorded = When was {t} recorded?
Language = In which language is {t}? | What language is {t} in?
Starring = Who stars in {t}? | Who plays in {t}? | Who is in the cast of {t}?
Running time = How long is {t}? | What is the running time of {t}? | How many minutes does {t} last?
Edited by = Who edited {t}? | Who was the editor of {t}? = Which film did {v} edit?
Cinematography = Who was the cinematographer of {t}? | Who was behind the camera for {t}? | Who shot {t}?
Distributed by = Who distributed {t}? | Which company distributed {t}?
Music by = Who wrote the music for {t}? | Who composed the score of {t}? = For which film did {v} write the music?
Origin = Where does {t} come from? | What is the origin of {t}?
Budget = What was the budget of {t}? | How much did {t} cost to make? = Which film had a budget of {v}?
Box office = How much did {t} earn at the box office? | What did {t} take at the box office? = Which film earned {v}?
Nationality = What is {t}'s nationality? | What nationality is {t}?
Length = How long is {t}? | What is the length of {t}?
Location = Where is {t}? | Where is {t} located?
Instruments = What instruments does {t} play? | Which instrument does {t} play?
Residence = Where does {t} live? | What is {t}'s place of residence?
Alma mater = Where did {t} study? | Which university did {t} go to?
Producer = Who produced {t}? | Who was the producer of {t}? = What did {v} produce?
Known for = What is {t} known for? | Why is {t} famous?
Written by = Who wrote {t}? | Who is the writer of {t}? = What did {v} write?
Screenplay by = Who wrote the screenplay of {t}? | Who is the screenwriter of {t}?
Story by = Whose story is {t}? | Who came up with the story of {t}?
Artist = Who is the artist of {t}? | Which artist created {t}? = What did {v} create?
Studio = In which studio was {t} recorded? | What is the studio of {t}?
Dimensions = What are the dimensions of {t}? | How large is {t}?
Year = From which year is {t}? | In which year was {t} made?
Relatives = Who are {t}'s relatives? | Who is {t} related to?
Owner = Who owns {t}? | Who is the owner of {t}?
Medium = What is the medium of {t}?
Production company = Which company produced {t}? | What is the production company of {t}?
Based on = What is {t} based on?
Education = Where was {t} educated? | What education does {t} have?
Manufacturer = Who makes {t}? | Who manufactures {t}? = What does {v} manufacture?
Also known as = What else is {t} known as? | What other name does {t} go by? = Who is also known as {v}?
Founded = When was {t} founded? | In which year was {t} founded?
Other names = What other names does {t} have? | What else is {t} called?
Parent(s) = Who are {t}'s parents?
Parents = Who are {t}'s parents?
Sex = Which sex is {t}?
Demonym(s) = What are the people of {t} called? | What is the demonym of {t}?
Headquarters = Where are the headquarters of {t}? | Where is {t} based?
Government = What kind of government does {t} have? | How is {t} governed?
President = Who is the president of {t}?
Country of origin = In which country did {t} originate? | What country does {t} come from?
Frequency = How often does {t} take place? | How frequent is {t}?
Partner(s) = Who is {t}'s partner? | Who are the partners of {t}?
Elevation = How high above the sea is {t}? | What is the elevation of {t}?
Introduced = When was {t} introduced? | In which year did {t} come on the market?
Fields = In which field did {t} work? | What are {t}'s fields of work?
Legislature = What is the legislature of {t}? | What is the parliament of {t} called?
Established = When was {t} established? | When was {t} set up?
Time zone = In which time zone is {t}? | What is the time zone of {t}?
Industry = In which industry is {t}? | What industry does {t} work in?
Height = How tall is {t}? | What is the height of {t}?
Colour = What colour is {t}?
Sire = Who was the sire of {t}? | Which horse fathered {t}?
Dam = Who was the dam of {t}? | Which mare was the mother of {t}?
Grandsire = Who was the grandsire of {t}?
Damsire = Who was the damsire of {t}?
Foaled = When was {t} foaled? | When was {t} born?
Breeder = Who bred {t}? | Who was the breeder of {t}?
Trainer = Who trained {t}? | Who was the trainer of {t}?
Record = What was the record of {t}?
Earnings = How much did {t} earn? | What were the earnings of {t}?
Key people = Who are the key people of {t}? | Which people lead {t}?
Region = In which region is {t}? | What region is {t} from?
Venue = What is the venue of {t}? | Where is {t} held?
Official languages = What are the official languages of {t}? | What do people officially speak in {t}?
Mayor = Who is the mayor of {t}?
Symptoms = What are the symptoms of {t}? | How does {t} show itself?
Specialty = Which specialty treats {t}? | Which medical field deals with {t}?
Causes = What causes {t}? | What are the causes of {t}?
Treatment = How is {t} treated? | What is the treatment for {t}?
Diagnostic method = How is {t} diagnosed?
Prognosis = What is the outlook for people with {t}? | What is the prognosis of {t}?
Complications = What complications can {t} have?
Usual onset = At what age does {t} usually start? | When does {t} usually set in?
Duration = How long does {t} last? | What is the duration of {t}?
Political party = Which party does {t} belong to? | What is {t}'s political party?
Religion = What is the religion of {t}?
Founder = Who founded {t}? | Who is the founder of {t}? = What did {v} found?
Products = What products does {t} sell? | What does {t} produce?
Capital = What is the capital of {t}?
Publisher = Who published {t}? | Who is the publisher of {t}?
Preceded by = Who came before {t}? | Who preceded {t}?
Succeeded by = Who came after {t}? | Who succeeded {t}?
Predecessor = Who was the predecessor of {t}? | What came before {t}?
Successor = Who was the successor of {t}? | What came after {t}?
Area code(s) = What is the area code of {t}? | Which code do I dial for {t}?
Motto = What is the motto of {t}?
Home town = What is the home town of {t}?
Citizenship = What is {t}'s citizenship? | Which citizenship does {t} have?
Area served = Which area does {t} serve?
Undergraduates = How many undergraduates does {t} have? | How many undergraduate students are there at {t}?
Postgraduates = How many postgraduates does {t} have? | How many postgraduate students are there at {t}?
Students = How many students does {t} have? | How many people study at {t}?
Academic staff = How many academic staff does {t} have? | How many academics work at {t}?
Number of employees = How many people work for {t}? | How many employees does {t} have?
Endowment = How large is the endowment of {t}? | What is {t}'s endowment?
Breed = What breed is {t}?
Species = What species is {t}? | What kind of animal is {t}?
Nickname = What is {t}'s nickname? | What nickname does {t} have?
Cause of death = How did {t} die? | What did {t} die of?
Resting place = Where is {t} buried? | What is {t}'s resting place?
Operator = Who operates {t}? | Who runs {t}?
Competitors = How many competitors took part in {t}?
Opened = When was {t} opened? | When did {t} open?
Closed = When was {t} closed? | When did {t} close?
Colors = What are the colors of {t}? | Which colors does {t} have?
Traded as = Under which symbol is {t} traded?
Net worth = How rich is {t}? | What is {t}'s net worth?
Mascot = What is the mascot of {t}?
Alcohol by volume = How strong is {t}? | How much alcohol does {t} contain?
Upper house = What is the upper house of {t}?
Lower house = What is the lower house of {t}?
Subsidiaries = What are the subsidiaries of {t}? | Which companies belong to {t}?
Observed by = Who observes {t}? | Who celebrates {t}?
Coronation = When was {t} crowned? | When was the coronation of {t}?
Reign = When did {t} reign? | During which years did {t} rule?
Population = How many people live in {t}? | What is the population of {t}?
Currency = What is the currency of {t}? | What do people pay with in {t}?
Architect = Who was the architect of {t}? | Who designed {t}?
Designer = Who designed {t}? | Who was the designer of {t}?
Weight = How heavy is {t}? | What is the weight of {t}?
Chancellor = Who is the chancellor of {t}?
Prime Minister = Who is the prime minister of {t}?
Editor = Who edits {t}? | Who is the editor of {t}?
"""
# Keys that may answer one another's questions: none of a set is asked for where another of it stands.
NEAR = [
    {"Founded", "Established", "Introduced", "Opened", "Founder", "Formation", "Settled"},
    {"Length", "Running time", "Duration", "Dimensions", "Height", "Weight"},
    {"Producer", "Produced by", "Production company", "Productioncompany", "Production companies"},
    {"Written by", "Screenplay by", "Story by", "Based on", "Author", "Artist", "Writer(s)", "Creator(s)"},
    {
        "Country",
        "Origin",
        "Country of origin",
        "Nationality",
        "Citizenship",
        "Region",
        "Location",
        "Headquarters",
        "Venue",
    },
    {"Country", "Nationality", "Born", "Birthplace", "Home town", "Residence", "Citizenship", "Origin"},
    {"Alma mater", "Education", "Institutions", "College"},
    {"Genre", "Genres", "Type"},
    {"Spouse", "Spouse(s)", "Partner(s)"},
    {"Other names", "Also known as", "Nickname", "Nickname(s)", "Birth name", "Formerly"},
    {"Label", "Labels", "Studio", "Distributed by", "Publisher"},
    {"Release date", "Released", "Year", "Date", "Introduced", "Publication date", "Recorded"},
    {"Preceded by", "Predecessor", "Succeeded by", "Successor"},
    {"Occupation", "Occupation(s)", "Known for", "Fields", "Instruments"},
    {"Students", "Undergraduates", "Postgraduates", "Academic staff", "Number of employees"},
    {"Species", "Breed", "Type", "Sex"},
    {"Key people", "President", "Owner", "Founder", "Chancellor", "Mayor", "Prime Minister", "Operator", "Leader"},
    {"Sire", "Dam", "Parents", "Parent(s)", "Relatives", "Children"},
    {"Budget", "Box office", "Net worth", "Earnings", "Endowment"},
    {"Died", "Cause of death", "Resting place"},
    {"Foaled", "Born"},
    {"Medium", "Fields"},
]
HARMLESS = [{"Budget", "Box office", "Net worth", "Earnings", "Endowment"}, {"Sire", "Dam"}]  # near, but not mixed up
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
