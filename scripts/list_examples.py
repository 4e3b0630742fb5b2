# ruff: noqa: E501 - a sentence stays on one line
"""Invented documents with questions that have several answers apart from one another, and with some that have one.

Each draw is a page of lines, a table or a few sentences in which the same thing is said of several: who works in which
room, which town a line serves, who received whom in which year. The names come from ``reader_words.py``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reader_words import FIRST, LAST, TOWNS, WEEKDAYS

__all__ = ["Drawn", "draw"]

DEPARTMENTS = ("accounts", "purchasing", "maintenance", "the archive", "reception", "the workshop", "deliveries")
GOODS = ("timber", "slate", "wool", "barley", "glass", "salt", "tiles", "cider")
ROLES = ("trustees", "treasurers", "secretaries", "wardens", "curators")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document's text, a question and all its answers, each as it stands in the text."""

    text: str
    question: str
    answers: tuple[str, ...]


def draw(count: int, seed: int) -> list[Drawn]:
    """So many examples, the same for the same seed.

    >>> one, = draw(1, 3)
    >>> all(answer in one.text for answer in one.answers)
    True
    """
    rng = random.Random(seed)
    return [rng.choice(_KINDS)(rng) for _ in range(count)]


def _people(rng: random.Random, count: int) -> list[str]:
    return [f"{first} {last}" for first, last in zip(rng.sample(FIRST, count), rng.sample(LAST, count), strict=True)]


def _visits(rng: random.Random) -> Drawn:
    """Who came in which year, told one after the other."""
    people, town = _people(rng, 5), rng.choice(TOWNS)
    years = sorted(rng.sample(range(1950, 2020), 4))
    host, *guests = people
    count = rng.choice((2, 3, 3, 4))
    told = [f"{guest} in {year}" for guest, year in zip(guests[:count], years[:count], strict=True)]
    if rng.random() < 0.5:
        body = f"Several mayors travelled to {town}: {', '.join(told)}. {host} received them at the station."
    else:
        first, *rest = zip(guests[:count], years[:count], strict=True)
        body = (
            f"{first[0]} visited {town} in {first[1]}. "
            + " ".join(
                rng.choice(
                    ("{0} came in {1}.", "In {1} {0} visited the town as well.", "The next to visit was {0}, in {1}.")
                ).format(*each)
                for each in rest
            )
            + f" Each of them was received by {host}."
        )
    year = rng.randrange(count)
    asked: list[tuple[str, Sequence[str]]] = [
        (f"Which mayors visited {town}?", guests[:count]),
        (f"Who were the people that visited {town}?", guests[:count]),
        (f"Who visited {town} in {years[year]}?", [guests[year]]),
        (f"In which years did mayors visit {town}?", [str(each) for each in years[:count]]),
        (f"When did {guests[0]} visit {town}?", [str(years[0])]),
        ("Who received the visitors?", [host]),
    ]
    return _asked(rng, body, asked)


def _staff(rng: random.Random) -> Drawn:
    """A list of people and the department that each works in."""
    people = _people(rng, 6)
    shared, *others = rng.sample(DEPARTMENTS, 4)
    works = [shared, others[0], shared, others[1], others[2], rng.choice((shared, others[0]))]
    between = rng.choice((": ", " - ", ", "))
    body = f"Staff of {rng.choice(TOWNS)} Mill\n\n" + "\n".join(
        f"- {person}{between}{place}" for person, place in zip(people, works, strict=True)
    )
    of = lambda place: [person for person, at in zip(people, works, strict=True) if at == place]  # noqa: E731
    asked: list[tuple[str, Sequence[str]]] = [
        (f"Who works in {shared}?", of(shared)),
        (f"Which people work in {shared}?", of(shared)),
        (f"Who are the employees in {shared}?", of(shared)),
        (f"Who works in {others[1]}?", of(others[1])),
        (f"Where does {people[3]} work?", [works[3]]),
        (f"Which department does {people[0]} belong to?", [works[0]]),
    ]
    return _asked(rng, body, asked)


def _collections(rng: random.Random) -> Drawn:
    """A table of streets or towns and the day on which something comes."""
    towns = rng.sample(TOWNS, 6)
    shared, *others = rng.sample(WEEKDAYS, 4)
    days = [others[0], shared, others[1], shared, others[2], rng.choice((shared, others[1]))]
    body = "| Village | Collection day |\n| --- | --- |\n" + "\n".join(
        f"| {town} | {day} |" for town, day in zip(towns, days, strict=True)
    )
    if rng.random() < 0.4:
        body = "Bin collections\n\n" + "\n".join(f"- {town}: {day}" for town, day in zip(towns, days, strict=True))
    of = lambda day: [town for town, on in zip(towns, days, strict=True) if on == day]  # noqa: E731
    asked: list[tuple[str, Sequence[str]]] = [
        (f"Which villages have their collection on {shared}?", of(shared)),
        (f"Where are the bins collected on {shared}?", of(shared)),
        (f"Which village has its collection on {others[2]}?", of(others[2])),
        (f"On which day are the bins of {towns[0]} collected?", [days[0]]),
    ]
    return _asked(rng, body, asked)


def _trade(rng: random.Random) -> Drawn:
    """What a port sent out and what it took in, in two or three sentences."""
    goods, town = rng.sample(GOODS, 5), rng.choice(TOWNS)
    first, second, third, inward, later = goods
    body = (
        f"{town} lived by its harbour. The main export was {first}, which left on barges. The merchants also shipped {second} "
        f"to the capital, and from the hills came {third}, sold abroad at a good price. {inward.capitalize()} was bought in from "
        f"the south, as none was to be had nearby. {later.capitalize()} came up only a century later."
    )
    asked: list[tuple[str, Sequence[str]]] = [
        (f"What goods did {town} export?", [first, second, third]),
        (f"What were the exports of {town}?", [first, second, third]),
        (f"What was the main export of {town}?", [first]),
        (f"What did {town} buy in from the south?", [inward.capitalize()]),
    ]
    return _asked(rng, body, asked)


def _offices(rng: random.Random) -> Drawn:
    """Who held an office, and from when."""
    people, role = _people(rng, 4), rng.choice(ROLES)
    years = sorted(rng.sample(range(1900, 2020), 3))
    singular = {"secretaries": "secretary"}.get(role, role.removesuffix("s"))
    body = (
        f"The first {singular} of the society was {people[0]}, elected in {years[0]}. After a long dispute {people[1]} followed as "
        f"{singular} in {years[1]}. The present {singular}, {people[2]}, took over in {years[2]}. The hall is let by {people[3]}."
    )
    asked: list[tuple[str, Sequence[str]]] = [
        (f"Who were the {role} of the society?", people[:3]),
        (f"Which {role} has the society had?", people[:3]),
        (f"Who was the first {singular} of the society?", people[:1]),
        (f"Who is the present {singular}?", [people[2]]),
        ("Who lets the hall?", [people[3]]),
    ]
    return _asked(rng, body, asked)


def _asked(rng: random.Random, body: str, asked: Sequence[tuple[str, Sequence[str]]]) -> Drawn:
    question, answers = rng.choice(asked)
    return Drawn(body, question, tuple(answers))


_KINDS: tuple[Callable[[random.Random], Drawn], ...] = (_visits, _staff, _collections, _trade, _offices)
