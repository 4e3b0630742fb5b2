# ruff: noqa: E501 - a sentence stays on one line
"""Invented prose in which the answers to one question stand in several sentences, beside others that answer none."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from list_examples import Drawn
from reader_words import FIRST, LAST, TOWNS

__all__ = ["draw_prose"]

WORKS = (
    "the town hall",
    "the glass bridge",
    "the old harbour wall",
    "the theatre",
    "the grain market",
    "the north lighthouse",
    "the music school",
    "the botanical garden",
)
FILMS = (
    "Low Water",
    "The Quiet Mill",
    "Nine Lanterns",
    "Ash Wednesday",
    "The Ferryman",
    "Salt Road",
    "A Winter Tale",
    "Blue Slate",
    "The Long Acre",
    "Harbour Lights",
)
THINGS = (
    "copper",
    "flax",
    "honey",
    "linen",
    "paper",
    "pottery",
    "cheese",
    "barrels",
    "ropes",
    "candles",
    "nails",
    "felt",
)
CAUSES = (
    "a failed harvest",
    "the closing of the quarry",
    "a fire in the mill",
    "rising rents",
    "the loss of the railway",
    "an outbreak of typhoid",
    "cheap imports",
    "two dry summers",
)
FOUNDED = ("a school", "a printing works", "the first library", "a choir", "a hospital", "a weekly newspaper", "a bank")


def draw_prose(count: int, seed: int) -> list[Drawn]:
    """So many examples, the same for the same seed.

    >>> one, = draw_prose(1, 3)
    >>> all(answer in one.text for answer in one.answers)
    True
    """
    rng = random.Random(seed)
    return [rng.choice(_KINDS)(rng) for _ in range(count)]


def _people(rng: random.Random, count: int) -> list[str]:
    return [f"{one} {other}" for one, other in zip(rng.sample(FIRST, count), rng.sample(LAST, count), strict=True)]


def _joined(rng: random.Random, items: Sequence[str]) -> str:
    if len(items) == 1:
        return items[0]
    last = rng.choice((" and ", " and ", ", and ", " as well as "))
    return ", ".join(items[:-1]) + last + items[-1]


def _cast(rng: random.Random) -> Drawn:
    """Who played in a film, who made it, and what else they did."""
    people, film, other = _people(rng, 8), *rng.sample(FILMS, 2)
    director, writer, *cast = people
    stars, guests, voice = cast[: rng.choice((2, 3))], cast[3:5], cast[5]
    year = rng.randrange(1950, 2020)
    text = (
        f"{film} is a {year} film directed by {director} and written by {writer}. It stars {_joined(rng, stars)} in the main parts. "
        + rng.choice(
            (
                f"{_joined(rng, guests)} appear in smaller parts, and {voice} is heard as the narrator. ",
                f"{guests[0]} was cast a week before the filming began; {guests[1]} came later. The narrator is {voice}. ",
            )
        )
        + f"{director} had earlier made {other} with {writer}."
    )
    asked: list[tuple[str, Sequence[str]]] = [
        (f"who stars in {film}", stars),
        (f"Who played the main parts in {film}?", stars),
        (
            f"Who appears in smaller parts in {film}?" if "smaller" in text else f"Who are the stars of {film}?",
            guests if "smaller" in text else stars,
        ),
        (f"who directed {film}", [director]),
        (f"Who is the narrator of {film}?", [voice]),
        (f"which films did {director} make", [film, other]),
        (f"names of the actors in {film}", stars + guests + [voice]),
    ]
    return _asked(rng, text, asked)


def _builders(rng: random.Random) -> Drawn:
    """Who built what, in sentences that follow one another."""
    people, works, town = _people(rng, 4), rng.sample(WORKS, 4), rng.choice(TOWNS)
    years = sorted(rng.sample(range(1780, 1990), 4))
    one, two, other, patron = people
    text = (
        f"{one} came to {town} in {years[0]} and designed {works[0]}. "
        + rng.choice(
            (
                f"{works[1][0].upper()}{works[1][1:]} is also {one.split()[0]}'s work, ",
                f"Two years later {one} drew the plans for {works[1]}, ",
            )
        )
        + f"finished in {years[1]}. {works[2][0].upper()}{works[2][1:]}, on the other hand, was built by {two} in {years[2]}. "
        + f"The last large building of the time, {works[3]}, was put up by {other}. {patron} paid for all of it."
    )
    second = works[1][0].upper() + works[1][1:] if f"{works[1][0].upper()}{works[1][1:]}" in text else works[1]
    third = works[2][0].upper() + works[2][1:]
    asked: list[tuple[str, Sequence[str]]] = [
        (f"What did {one} design in {town}?", [works[0], second]),
        (f"Which buildings in {town} are by {one}?", [works[0], second]),
        (f"Who were the architects of {town}?", [one, two, other]),
        (f"who designed buildings in {town}", [one, two, other]),
        (f"What did {two} build?", [third]),
        (f"Which building was put up by {other}?", [works[3]]),
        ("Who paid for the buildings?", [patron]),
        (f"In which years were buildings of {town} finished or built?", [str(years[1]), str(years[2])]),
    ]
    return _asked(rng, text, asked)


def _causes(rng: random.Random) -> Drawn:
    """Why a town grew smaller, and what it made."""
    causes, made, town = rng.sample(CAUSES, 4), rng.sample(THINGS, 5), rng.choice(TOWNS)
    text = (
        f"{town} was known for its {_joined(rng, made[:3])}. A little {made[3]} was made as well. Its decline had several causes. "
        f"The first was {causes[0]}. Then came {causes[1]}, and {rng.choice(('a few years later', 'in the next decade'))} {causes[2]} drove many families away. "
        f"The neighbouring village, where {made[4]} was made, suffered only from {causes[3]}."
    )
    asked: list[tuple[str, Sequence[str]]] = [
        (f"What were the causes of {town}'s decline?", causes[:3]),
        (f"reasons for the decline of {town}", causes[:3]),
        (f"Why did {town} decline?", causes[:3]),
        (f"What was {town} known for?", made[:3]),
        (f"What did people make in {town}?", made[:4]),
        (f"What was the first cause of {town}'s decline?", causes[:1]),
        ("What was made in the neighbouring village?", [made[4]]),
        ("What did the neighbouring village suffer from?", [causes[3]]),
    ]
    return _asked(rng, text, asked)


def _founders(rng: random.Random) -> Drawn:
    """Who founded what in a town."""
    people, founded, town = _people(rng, 5), rng.sample(FOUNDED, 3), rng.choice(TOWNS)
    pair = people[:2]
    text = (
        f"The {town} Society was founded by {people[0]} and {people[1]}. {people[0].split()[1]} had already opened {founded[0]} there. "
        f"{people[2]}, a doctor, started {founded[1]} in the same year, and {founded[2]} goes back to {people[3]}. "
        f"The society's first chairman was {people[4]}."
    )
    asked: list[tuple[str, Sequence[str]]] = [
        (f"Who founded the {town} Society?", pair),
        (f"founders of the {town} Society", pair),
        (f"who started the {town} society", pair),
        ("Who was the society's first chairman?", [people[4]]),
        (f"Who started {founded[1]}?", [people[2]]),
        (f"What was founded or started in {town}?", [f"The {town} Society", *founded]),
        (f"Which people founded something in {town}?", people[:4]),
    ]
    return _asked(rng, text, asked)


def _branches(rng: random.Random) -> Drawn:
    """Where somebody lived, taught or kept shops, one place after another."""
    towns, (person, heir, guest) = rng.sample(TOWNS, 6), _people(rng, 3)
    years = sorted(rng.sample(range(1850, 2000), 3))
    surname = person.split()[1]
    text = (
        f"{person} was born in {towns[0]} and went to school in {towns[1]}. In {years[0]} {surname} opened a bakery in {towns[2]}. "
        f"A second shop followed in {towns[3]} in {years[1]}, and a third in {towns[4]}. {heir} sold them all in {years[2]} and moved to {towns[5]}. "
        f"A plate in the hall names {guest}, who wrote about them."
    )
    asked: list[tuple[str, Sequence[str]]] = [
        (f"Where did {person} have shops?", towns[2:5]),
        (f"In which towns did {surname} open shops?", towns[2:5]),
        (f"where were {surname}'s bakeries", towns[2:5]),
        (f"When were the first two shops of {surname} opened?", [str(year) for year in years[:2]]),
        (f"Where was {person} born?", [towns[0]]),
        (f"Where did {person} open a second shop?", [towns[3]]),
        (f"Where did {heir} move?", [towns[5]]),
        ("Who sold the shops?", [heir]),
    ]
    return _asked(rng, text, asked)


def _asked(rng: random.Random, text: str, asked: Sequence[tuple[str, Sequence[str]]]) -> Drawn:
    question, answers = rng.choice(asked)
    return Drawn(text, question, tuple(answers))


_KINDS: tuple[Callable[[random.Random], Drawn], ...] = (_cast, _builders, _causes, _founders, _branches)
