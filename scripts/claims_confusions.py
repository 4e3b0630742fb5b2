"""Make claims that take what stands beside it for what they ask: another event's year, the next line's value.

Everything that such a claim says stands in its evidence, but not together.  Also claims of two halves, of which one
may be wrong or untold, and swapped roles.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from claims_changes import changed, names_of
from claims_questions import shape
from claims_sets import CONTRADICTED, EITHER, NOT_FOUND, SUPPORTED, Claim, table_text
from claims_squad import Article, Paragraph, tells, titled
from claims_wordings import careless, may_be_claim, reworded

__all__ = ["confused_claims", "line_claims", "price_claims"]

_YEAR = re.compile(r"(?<![\w.,:/–-])(?:1\d|20)\d\d(?![\w–/:-]|[.,:]\d)")
_DATED = re.compile(r",? \b(?:in|during|by) ((?:1\d|20)\d\d)\b,?")
_DONE_BY = re.compile(
    r"^((?:The )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}) (was|were) ([a-z]{3,}ed) by "
    r"((?:the )?[A-Z][\w'’-]+(?: (?:of )?[A-Z][\w'’-]+){0,3})(?=[.,;]| in \d)"
)
FAR = 14  # characters between two years: those that are nearer may be a span of time


def confused_claims(article: Article, rng: random.Random) -> Iterator[Claim]:
    """Yield claims of an article's sentences: years of other events, two halves, and swapped roles."""
    for paragraph in article.paragraphs:
        for place, sentence in enumerate(paragraph.sentences):
            if may_be_claim(sentence):
                for make in (_other_event, _undated, _halves, _roles):
                    for claim, evidence, label in make(article, paragraph, place, rng):
                        said = careless(claim, rng)
                        yield Claim(said, titled(article.title, rng), evidence, label, article.title, _KINDS[make])


Made = Iterator[tuple[str, str, int]]


def _years(text: str) -> dict[str, int]:
    """Return the years of a text that stand there once, with their places."""
    found = [(place[0], place.start()) for place in _YEAR.finditer(text)]
    every = [year for year, _ in found]
    return {year: place for year, place in found if every.count(year) == 1}


def _other_event(_: Article, paragraph: Paragraph, place: int, rng: random.Random) -> Made:
    """Claims that give one event the year of another, in the same sentence or in the next, and right ones beside."""
    sentence = paragraph.sentences[place]
    years = _years(sentence)
    if not years:
        return
    year, at = rng.choice(sorted(years.items()))
    inside = [other for other, there in years.items() if abs(there - at) > FAR + 4]
    beside = [
        other
        for number in (place - 1, place + 1)
        if 0 <= number < len(paragraph.sentences)
        for other in _years(paragraph.sentences[number])
        if other not in sentence
    ]
    if not inside and not beside:
        return
    evidence = paragraph.around(place, rng, least=1 if beside else 0)
    options = [other for other in inside + beside if other in evidence]
    if not options:
        return
    other = rng.choice(options)
    if other in years and rng.random() < 0.5:
        claim = sentence.replace(year, "\0").replace(other, year).replace("\0", other)
    else:
        claim = sentence.replace(year, other)
    yield reworded(claim, rng), evidence, CONTRADICTED
    if rng.random() < 0.6:
        yield reworded(sentence, rng), evidence, SUPPORTED


def _undated(_: Article, paragraph: Paragraph, place: int, rng: random.Random) -> Made:
    """Claims that give an event whose year is not told the year of the event beside it."""
    sentence = paragraph.sentences[place]
    dated = _DATED.search(sentence)
    if not dated or len(_YEAR.findall(sentence)) > 1 or not dated.start():
        return
    for number in (place - 1, place + 1):
        if not 0 <= number < len(paragraph.sentences):
            continue
        beside = paragraph.sentences[number]
        others = sorted(_years(beside).keys() - {dated[1]})
        if others and dated[1] not in beside:
            shorter = sentence[: dated.start()] + sentence[dated.end() :]
            parts = [beside, shorter] if number < place else [shorter, beside]
            yield sentence.replace(dated[1], rng.choice(others)), " ".join(parts), EITHER
            return


def _halves(article: Article, paragraph: Paragraph, place: int, rng: random.Random) -> Made:
    """Claims of two sentences: both right, one changed, or one not told."""
    if place + 1 >= len(paragraph.sentences):
        return
    first, second = paragraph.sentences[place : place + 2]
    if not may_be_claim(second) or len(first) + len(second) > 260:
        return
    evidence = paragraph.around(place, rng, least=1)
    if second not in evidence:
        evidence = f"{first} {second}"
    halves = [reworded(first, rng), reworded(second, rng)]
    roll = rng.random()
    if roll < 0.35:
        yield _joined(halves, rng), evidence, SUPPORTED
    elif roll < 0.8:
        wrong = rng.randrange(2)
        change = changed(halves[wrong], article.near(paragraph), rng)
        if change is not None:
            halves[wrong] = change.on(halves[wrong])
            yield _joined(halves, rng), evidence, CONTRADICTED
    else:
        gone = rng.randrange(2)
        rest = paragraph.without(place + gone, halves[gone])
        kept = (first, second)[1 - gone]
        if rest is not None and kept in rest and not tells(rest.replace(kept, ""), halves[gone]):
            yield _joined(halves, rng), rest, NOT_FOUND


def _joined(halves: Sequence[str], rng: random.Random) -> str:
    first, second = (half.rstrip(". ") for half in halves)
    small = re.match(r"(?:The|A|An|In|On|It|They|He|She|This|That|These|Those|His|Her|Their|Its|There)\b", second)
    second = second[0].lower() + second[1:] if small else second
    return f"{first}{rng.choice([', and ', ' and ', '; ', ', while '])}{second}."


def _roles(_: Article, paragraph: Paragraph, place: int, rng: random.Random) -> Made:
    """Claims of who did what to whom, told in the passive voice: turned round, or said in the active voice."""
    sentence = paragraph.sentences[place]
    found = _DONE_BY.match(sentence)
    if not found or not names_of(sentence):
        return
    done, verb, deed, doer = found.groups()
    if set(done.split()) & set(doer.split()):
        return
    upper, lower = doer[0].upper() + doer[1:], re.sub("^The ", "the ", done)
    evidence = paragraph.around(place, rng)
    yield f"{upper} {deed} {lower}.", evidence, SUPPORTED
    yield rng.choice([f"{done} {deed} {doer}.", f"{upper} {verb} {deed} by {lower}."]), evidence, CONTRADICTED


_KINDS: dict[Callable[[Article, Paragraph, int, random.Random], Made], str] = {
    _other_event: "other event",
    _undated: "other event",
    _halves: "halves",
    _roles: "turned roles",
}


def line_claims(tables: Iterable[tuple[str, dict[str, list[str]]]], rng: random.Random) -> Iterator[Claim]:
    """Yield claims about tables of "- Key: value" by name: a key's value, the value of another key, an absent key."""
    keys: list[str] = []
    for name, rows in tables:
        title = " ".join(rows["title"])
        told = {key: values[0] for key, values in rows.items() if key != "title" and len(values) == 1}
        told = {key: value for key, value in told.items() if len(value) < 40 and len(key) < 30}
        forms: dict[str, list[str]] = defaultdict(list)
        for key, value in told.items():
            forms[shape(value)].append(key)
        text = table_text(rows)
        for key, value in told.items():
            if len(text) > 700 or not key[0].isalpha():
                continue
            others = [other for other in forms[shape(value)] if _apart(told[other], value)]
            if others and rng.random() < 0.5:
                yield _line(title, key, told[rng.choice(others)], text, CONTRADICTED, name, rng)
            elif others or rng.random() < 0.2:
                yield _line(title, key, value, text, SUPPORTED, name, rng)
            elif keys and (absent := rng.choice(keys)) not in rows and absent.lower() not in text.lower():
                yield _line(title, absent, value, text, NOT_FOUND, name, rng)
        keys = [*keys[-400:], *told]


def _apart(first: str, second: str) -> bool:
    return first.lower() not in second.lower() and second.lower() not in first.lower()


def _line(title: str, key: str, value: str, text: str, label: int, page: str, rng: random.Random) -> Claim:
    said = key if key.isupper() else key[0].lower() + key[1:]
    claim = rng.choice(
        [f"The {said} of {title} is {value}.", f"{title}: {said} {value}.", f"{key[0].upper()}{key[1:]} is {value}.",
         f"{title} has {value} as its {said}."]
    )  # fmt: skip
    return Claim(claim, title, text, label, page, "neighbour lines")


_OFFERS = """
trim and bath; nail clipping; dental check; eye test; lens cleaning; frame repair; tyre change; oil change; brake check;
hull wash; sail repair; winter storage; mooring; key cutting; shoe repair; watch battery; day ticket; weekly ticket;
locker; towel hire; skate hire; guided tour; audio guide; group booking; small hall; large hall; kitchen; projector;
parking; breakfast; extra bed; late checkout; pet fee; bicycle hire; helmet; trailer hire; half board; full board;
piano tuning; violin lesson; choir practice; singing lesson; hedge trimming; lawn mowing; tree felling; stump removal;
wood chipping; chimney sweep; boiler service; drain cleaning; window cleaning; carpet cleaning; ironing; dry cleaning;
curtain hanging; passport photo; colour copy; binding; lamination; postage; express delivery; returns; membership
"""
_SAID = (
    "{0} costs {1}.",
    "The price of {0} is {1}.",
    "{0} is {1}.",
    "They charge {1} for {0}.",
    "You pay {1} for {0}.",
)
_ROWS = ("- {0}: {1}", "- {0} – {1}", "{0}: {1}", "| {0} | {1} |", "* {0} ({1})")


def price_claims(count: int, rng: random.Random) -> Iterator[Claim]:
    """Yield claims about short price lists, of which two lines may have one price."""
    offers = [" ".join(offer.split()) for offer in _OFFERS.split(";")]
    for number in range(count):
        lines = rng.sample(offers, rng.randrange(2, 8))
        money = rng.choice(["{} €", "€{}", "£{}", "${}", "{} CHF", "{} kr"])
        prices = [rng.choice([5, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 60, 75, 80, 120]) for _ in lines]
        if rng.random() < 0.4:
            prices[1] = prices[0]
        told = dict(zip(lines, (money.format(price) for price in prices), strict=True))
        row = rng.choice(_ROWS)
        shown = list(told.items())
        rng.shuffle(shown)
        text = "\n".join(row.format(offer[0].upper() + offer[1:], price) for offer, price in shown)
        about = rng.choice(lines)
        roll = rng.random()
        others = sorted({price for price in told.values() if price != told[about]})
        if roll < 0.4:
            price, label = told[about], SUPPORTED
        elif roll < 0.75 and others:
            price, label = rng.choice(others), CONTRADICTED
        else:
            about = rng.choice([offer for offer in offers if not set(offer.split()) & set(" ".join(lines).split())])
            price, label = rng.choice(sorted(told.values())), NOT_FOUND
        claim = rng.choice(_SAID).format(about, price)
        claim = claim[0].upper() + claim[1:]
        yield Claim(claim, rng.choice(["", "Prices", "Services"]), text, label, f"prices {number}", "neighbour lines")
