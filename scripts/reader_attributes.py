"""A kind of thing with its attributes, read from one line an attribute."""

from dataclasses import dataclass

__all__ = ["Attribute", "Domain", "domain"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a kind of thing."""

    labels: tuple[str, ...]
    recipe: str
    asks: tuple[str, ...]
    reverse: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A kind of thing: titles, the noun, the recipe of its name, how it is mentioned, its attributes."""

    titles: tuple[str, ...]
    noun: str
    name: str
    mention: str
    attributes: tuple[Attribute, ...]


def parts(text: str, mark: str) -> tuple[str, ...]:
    """The stripped parts of a text."""
    return tuple(part.strip() for part in text.split(mark) if part.strip())


def domain(titles: str, noun: str, name: str, mention: str, lines: str) -> Domain:
    """A domain read from its lines."""
    attributes = []
    for line in lines.strip().splitlines():
        cells = [cell.strip() for cell in line.split(" = ")]
        reverse = parts(cells[3], "|") if len(cells) > 3 else ()
        attributes.append(Attribute(parts(cells[0], "/"), cells[1], parts(cells[2], "|"), reverse))
    return Domain(parts(titles, "|"), noun, name, mention, tuple(attributes))
