"""Change one thing that a sentence states, so that it states otherwise."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims_wordings import MONTHS, NUMBERS

__all__ = ["CHANGES", "Change", "changed", "names_of", "other_number"]

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_NAME = re.compile(r"\b[A-Z][\w'’-]*[a-z](?:(?: of| the| de| von| van)? [A-Z][\w'’-]*)*")
_NUMBER = re.compile(r"(?<![\w.,:/–-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w–/:-]|[.,:]\d)")


def _pairs(text: str) -> dict[str, list[str]]:
    """Return the partners of each word of a list of pairs."""
    found: dict[str, list[str]] = {}
    for pair in text.split(";"):
        first, second = pair.split()
        found.setdefault(first, []).append(second)
        found.setdefault(second, []).append(first)
    return found


_OPPOSITES = """
increased decreased; rose fell; increase decrease; increases decreases; won lost; largest smallest; highest lowest;
longest shortest; oldest newest; northern southern; eastern western; north south; east west; before after;
accepted rejected; approved rejected; supported opposed; supports opposes; allowed forbidden; legal illegal;
began ended; opened closed; joined left; bought sold; purchased sold; imported exported; arrived departed;
won lost; victory defeat; more fewer; more less; higher lower; larger smaller; greater smaller; longer shorter;
older younger; earlier later; always never; included excluded; includes excludes; inside outside; above below;
public private; rich poor; hot cold; warm cold; young old; permanent temporary; ancient modern; male female; men women;
internal external; domestic foreign; maximum minimum; succeeded failed; successful unsuccessful; popular unpopular;
similar different; strong weak; safe dangerous; early late; first last; best worst; positive negative; wet dry;
upper lower; urban rural; majority minority; agreed refused; common rare; raised lowered; improved worsened;
gained lost; created abolished; father son; mother daughter; brother sister; husband wife; summer winter;
entered left; attacked defended; expanded shrank; growing shrinking; heavy light; deep shallow; wide narrow;
possible impossible; able unable; likely unlikely; necessary unnecessary; independent dependent; import export;
advantage disadvantage; strengthened weakened; encouraged discouraged; appeared disappeared; most least
"""
OPPOSITES = _pairs(_OPPOSITES)
_OPPOSITE = re.compile(r"(?<![-\w])(?:" + "|".join(sorted(OPPOSITES)) + r")(?![-\w])")
_UNITS = """
kilometres miles; kilometers miles; km miles; metres feet; meters feet; million billion; hundred thousand; days weeks;
weeks months; months years; hours days; minutes hours; seconds minutes; kg pounds; tonnes kilograms; inches feet;
dollars euros; euros pounds; century decade; decades centuries; thousand million
"""
UNITS = _pairs(_UNITS)
_UNIT = re.compile(r"(?<=\d )(?:" + "|".join(sorted(UNITS)) + r")\b")
_DENIABLE = re.compile(r"\b(?:is|are|was|were|has|have|had|can|could|will|would|should|must|may|did|does|do)\b")
_DENIED = re.compile(r"\b(is|are|was|were|has|have|had|can|could|will|would|should|must|did|does|do) (?:not|never) ")
_ROLES = (
    "defeated|invaded|conquered|acquired|bought|succeeded|beat|killed|taught|influenced|attacked|sued|owned|owns|hired"
    "|appointed|replaced|preceded|followed|captured|colonized|annexed|inspired|supported|funded|criticized"
)
_SWAPPED = re.compile(rf"^((?:The )?{_NAME.pattern[2:]}) ((?:{_ROLES})) ((?:the )?{_NAME.pattern[2:]})(?=[ ,.])")
_LISTED = re.compile(r"(?:\b(?:and|or)|[,;/&–-])$")


@dataclass(frozen=True, slots=True)
class Change:
    """What is put in the place of text[start:end], and the kind of the change."""

    start: int
    end: int
    new: str
    kind: str

    def on(self, text: str) -> str:
        """Return the text with the change."""
        return text[: self.start] + self.new + text[self.end :]


def other_number(number: str, rng: random.Random) -> str:
    """Return another number of the same form: as many decimals, with commas where it had them."""
    digits = number.replace(",", "")
    if "." in digits:
        decimals = len(digits.split(".")[1])
        value = float(digits)
        new = value + rng.choice([-1, 1]) * rng.choice([0.1, 0.2, 0.5, 1, 2, 3]) * max(1.0, abs(value) // 4)
        return f"{abs(new) if abs(new) != value else value + 1:.{decimals}f}"
    whole = int(digits)
    if 1000 <= whole <= 2100 and "," not in number:
        return str(whole + rng.choice([-1, 1]) * rng.choice([1, 1, 2, 3, 4, 5, 6, 10, 10, 20, 50, 100]))
    step = rng.choice([1, 2, 3, 5, 10, max(1, whole // 10), max(1, whole // 4), max(1, whole // 2), whole])
    new_whole = whole + rng.choice([-1, 1]) * max(1, step)
    if new_whole <= 0 or new_whole == whole:
        new_whole = whole + rng.choice([1, 2, 3])
    if whole >= 1000 and whole % 100 == 0:
        new_whole = max(100, round(new_whole, -2))
        new_whole = new_whole if new_whole != whole else whole + 100
    return f"{new_whole:,}" if "," in number else str(new_whole)


def _number(text: str, context: str, rng: random.Random) -> Change | None:
    years = re.compile(r"1\d\d\d|20\d\d")
    places = [
        found
        for found in _NUMBER.finditer(text)
        # A number after a name may be a part of it ("Boeing 747"), unless it is a year.
        if years.fullmatch(found[0])
        or (len(found[0]) < 13 and not re.search(r"[A-Z][\w.-]* $", text[max(0, found.start() - 25) : found.start()]))
    ]
    if not places:
        return None
    place = rng.choice(places)
    if place[0].startswith("0"):
        return None
    if rng.random() < 0.35:
        # A number of the same length that the paragraph holds is the harder one.
        near = sorted(
            {m[0] for m in _NUMBER.finditer(context) if len(m[0]) == len(place[0])} - set(_NUMBER.findall(text))
        )
        near = [n for n in near if bool(years.fullmatch(n)) == bool(years.fullmatch(place[0]))]
        if near:
            return Change(place.start(), place.end(), rng.choice(near), "number")
    new = other_number(place[0], rng)
    if new in _NUMBER.findall(text):
        return None
    return Change(place.start(), place.end(), new, "number")


def _number_word(text: str, _: str, rng: random.Random) -> Change | None:
    found = list(re.finditer(r"(?<=[a-z] )(" + "|".join(NUMBERS[2:]) + r")(?= [a-z]{3,})", text))
    found = [m for m in found if not re.search(r"\b(?:or|and|to|than|least|most|other) $", text[: m.start()])]
    if not found:
        return None
    place = rng.choice(found)
    return Change(place.start(), place.end(), rng.choice([n for n in NUMBERS[2:] if n != place[0]]), "number")


def _calendar(text: str, _: str, rng: random.Random) -> Change | None:
    names = [m for m in re.finditer(r"\b(?:" + "|".join(MONTHS + DAYS) + r")\b", text)
             if m[0] not in ("May", "March") or re.match(r" \d", text[m.end() :])]  # fmt: skip
    if not names:
        return None
    place = rng.choice(names)
    pool = MONTHS if place[0] in MONTHS else DAYS
    return Change(place.start(), place.end(), rng.choice([n for n in pool if n not in text]), "date")


def _unit(text: str, _: str, rng: random.Random) -> Change | None:
    found = list(_UNIT.finditer(text))
    if found:
        place = rng.choice(found)
        return Change(place.start(), place.end(), rng.choice(UNITS[place[0]]), "unit")
    money = list(re.finditer(r"[$£€](?=\d)", text))
    if not money or rng.random() < 0.5:
        return None
    place = rng.choice(money)
    return Change(place.start(), place.end(), rng.choice([s for s in "$£€" if s != place[0]]), "unit")


@lru_cache(maxsize=64)
def names_of(text: str) -> list[tuple[str, str, int]]:
    """Return the (name, word before it in lower case, position) of the capitalised names inside a text."""
    found = []
    for match in _NAME.finditer(text):
        before = re.search(r"(\w+|[^\w\s])\s*$", text[max(0, match.start() - 30) : match.start()])
        word = before[1] if before else ""
        if match[0] in MONTHS or match[0] in DAYS or len(match[0]) < 4 or re.search(r"-[a-z]", match[0]):
            continue
        found.append((match[0], word if word.islower() or not word.isalpha() else "", match.start()))
    return found


_BEFORE = frozenset(
    """
in of by to from at with for against near into between under through as on during and was
""".split()  # noqa: SIM905
)


_WIDE = re.compile(r"\b(?:Europe|Asia|Africa|America|World|Earth|God|North|South|East|West|Western|Eastern|Union)\b")


def _name(text: str, context: str, rng: random.Random) -> Change | None:
    """Another name that stands after the same word in the paragraph."""
    wide = _inner_names(context)
    options = []
    for name, before, start in names_of(text):
        end = start + len(name)
        listed = before in ("and", ",", "or") or re.match(r"(?:,| and| or|/|-|–|&|'s? and)", text[end:])
        if not start or before not in _BEFORE or listed or _descriptive(text, end):
            continue
        for other, word, place in wide:
            if word != before or other in text or name in other or other in name or _WIDE.search(other):
                continue
            if (" " in other) != (" " in name) and rng.random() < 0.7:
                continue
            if _LISTED.search(context[max(0, place - 8) : place].rstrip()) or _descriptive(context, place + len(other)):
                continue
            if re.match(r"(?:,| and| or|/|&)", context[place + len(other) :]) and _shares(context, name, place):
                continue
            options.append(Change(start, end, other, "name"))
    return rng.choice(options) if options else None


@lru_cache(maxsize=16)
def _inner_names(text: str) -> list[tuple[str, str, int]]:
    """Return the names that also stand inside a sentence, where only names have capitals."""
    found = names_of(text)
    inside = {name for name, _, place in found if not _begins(text, place)}
    return [name for name in found if name[0] in inside]


def _begins(text: str, place: int) -> bool:
    """Whether a sentence begins at a place, where any word has a capital."""
    return not place or re.search(r"[.!?:;\"“(—–\])]\s*$", text[max(0, place - 4) : place]) is not None


_FOLLOWING = re.compile(
    r" (?!(?:in|of|by|to|from|at|with|for|and|on|as|is|was|were|are|had|has|during|after|before|when|where|who|which"
    r"|that|until|since|through|under|against|between|into|but|or|because|while|did|would|could|can|will|became)\b)[a-z]"
)


def _descriptive(text: str, end: int) -> bool:
    """Whether the name that ends there only describes the noun after it ("Roman law")."""
    return _FOLLOWING.match(text, end) is not None


def _shares(context: str, name: str, place: int) -> bool:
    return name in context[max(0, place - 60) : place + 80]


_SUBJECT = re.compile(rf"^({_NAME.pattern[2:]}) (?=was |is |had |has |became |won |began |wrote |led |[a-z]{{3,}}ed )")


_ACTING = re.compile(r"\.|,| (?:was|is|had|has|became|won|began|wrote|led|[a-z]{3,}ed)\b")
_NO_NAME = re.compile(
    r"(?:However|Although|After|During|While|Since|When|The [a-z]+|These|Some|Many|Other|Most|This"
    r"|Their|Having|Before|Because)\b"
)


def _subject(text: str, context: str, rng: random.Random) -> Change | None:
    """Another name in the place of the one that the sentence begins with."""
    found = _SUBJECT.match(text)
    if not found or "The " in found[1]:
        return None
    name = found[1]
    others = sorted(
        other
        for other, word, place in _inner_names(context)
        if place and other not in text and word in ("by", ".", "", "with")
        and not set(other.split()) & set(name.split()) and (" " in other) == (" " in name)
        and not _descriptive(context, place + len(other))
        and _ACTING.match(context, place + len(other)) and not _NO_NAME.match(other)
    )  # fmt: skip
    return Change(0, len(name), rng.choice(others), "name") if others else None


def _denial(text: str, _: str, rng: random.Random) -> Change | None:
    """Deny the first verb that can be denied, or take a denial away."""
    denied = _DENIED.search(text)
    if denied:
        if denied[1] in ("did", "does", "do", "can", "could") or re.match(
            r"(?:only|just|yet|until)\b", text[denied.end() :]
        ):
            return None
        return Change(denied.start(), denied.end(), f"{denied[1]} ", "denial")
    if re.search(r"\b(?:not|never|no|none|nor|neither|only|few|little|hardly|without|nothing|nobody)\b|n't", text):
        return None
    verbs = list(_DENIABLE.finditer(text))
    if not verbs or verbs[0].start() > 90:
        return None
    verb = verbs[0]
    head = text[: verb.start()]
    # A verb of a clause inside the subject or before the main clause is not what the sentence states.
    if re.search(
        r"\b(?:who|which|that|when|while|where|as|although|though|if|because|whose|since|after|before)\b", head, re.I
    ):
        return None
    if "," in head and not re.match(r"^In [^,]+, [^,]+$", head.strip()):
        return None
    if verb[0] in ("has", "have", "had", "do", "does", "did"):
        following = re.match(r" (been|become|\w+ed)\b", text[verb.end() :])
        if not following:
            return None
    if verb[0] == "may" or (
        re.match(r" (?:also|the (?:first|most)|one of)", text[verb.end() :]) and rng.random() < 0.5
    ):
        return None
    word = "never" if rng.random() < 0.2 and verb[0] in ("was", "were", "has", "have", "had") else "not"
    after = re.match(r" \S+", text[verb.end() :])
    tail = after[0] if after else ""
    return Change(verb.start(), verb.end() + len(tail), f"{verb[0]} {word}{tail}", "denial")


def _opposite(text: str, _: str, rng: random.Random) -> Change | None:
    found = [m for m in _OPPOSITE.finditer(text) if not _loose(text, m)]
    if not found:
        return None
    place = rng.choice(found)
    return Change(place.start(), place.end(), rng.choice(OPPOSITES[place[0]]), "opposite")


def _loose(text: str, word: re.Match[str]) -> bool:
    """Whether a word may mean something else here than what its opposite denies."""
    after, before = text[word.end() :], text[: word.start()]
    loose = {
        "most": not re.match(r" (?:common|popular|important|expensive|powerful|successful|populous|dense)", after),
        "least": True,
        "more": not (re.match(r" than \d", after) or re.match(r" \w+ than\b", after)),
        "less": not re.match(r" (?:than \d|\w+ than)", after),
        "fewer": not re.match(r" than \d", after),
        "left": not re.match(r" (?:the|[A-Z])", after),
        "light": True,
        "first": not before.endswith(("the ", "was ")),
        "last": not before.endswith("the "),
        "old": re.search(r"\b(?:years?|months?)[ -]$", before) is not None,
        "before": not re.match(r" (?:the|\d{4}|[A-Z])", after),
        "after": not re.match(r" (?:the|\d{4}|[A-Z])", after),
        "late": not re.match(r" (?:\d|in|the)", after),
        "early": not re.match(r" (?:\d|in|the)", after),
        "men": "women" in text,
        "women": re.search(r"\bmen\b", text) is not None,
        "male": "female" in text,
        "female": re.search(r"\bmale\b", text) is not None,
        "common": re.match(r" (?:name|law|language)", after) is not None,
        "possible": before.endswith(("as ", "whenever ", "if ", "where ", "wherever ")),
        "lost": before.endswith(("was ", "were ", "been ", "be ")),
        "dry": True,
        "wet": True,
        "wide": True,
        "lower": "upper" in text,
        "later": True,
        "earlier": True,
        "public": not re.match(r" (?:school|universit|compan|owner|fund|sector)", after),
        "private": not re.match(r" (?:school|universit|compan|owner|fund|sector)", after),
    }
    both = not set(re.findall(r"\w+", text)).isdisjoint(OPPOSITES[word[0]])
    return both or loose.get(word[0], False)


def _roles(text: str, _: str, __: random.Random) -> Change | None:
    found = _SWAPPED.match(text)
    if not found or _NO_NAME.match(text) or re.match(r" (?:and|or|at|in the)\b", text[found.end() :]):
        return None
    first, verb, second = found.groups()
    second = second[0].upper() + second[1:]
    first = "the" + first[3:] if first.startswith("The ") else first
    return Change(0, found.end(), f"{second} {verb} {first}", "roles")


Way = Callable[[str, str, random.Random], Change | None]
CHANGES: tuple[tuple[float, Way], ...] = (
    (0.28, _number),
    (0.15, _number_word),
    (0.3, _calendar),
    (0.6, _unit),
    (0.7, _name),
    (0.4, _subject),
    (0.13, _denial),
    (0.2, _opposite),
    (0.5, _roles),
)


def changed(text: str, context: str, rng: random.Random) -> Change | None:
    """Return a change after which ``text`` contradicts what it said, or None; ``context`` lends names and numbers."""
    ways: Sequence[tuple[float, Way]] = sorted(CHANGES, key=lambda way: rng.random() ** (1 / way[0]), reverse=True)
    for _, way in ways:
        change = way(text, context, rng)
        if change is not None and change.on(text) != text:
            return change
    return None
