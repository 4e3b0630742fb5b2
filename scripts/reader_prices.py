# ruff: noqa: E501 - a question with its answer stays on one line
"""Price lists: the same items under several sections, in tables, and under towns and sections."""

from dataclasses import dataclass, field

from reader_lists import opened
from reader_pages import Asked, Draft, Page, Span, has_value, lower_first, upper_first
from reader_records import Bullets, separator
from reader_words import LISTS, MODELS, TOWNS, Taste

__all__ = ["branches", "prices"]

SHOPS = [  # title, items, sections, wording of "for the section"
    ("Garage prices", "service", "kind_of_car", "for"),
    ("Service prices", "service", "make", "for"),
    ("Hairdresser's price list", "hairdressing", "kind_of_hair", "for"),
    ("Admission", "admission", "kind_of_person", "for"),
    ("Opening prices and tickets", "admission", "kind_of_time", "on"),
    ("Laundry prices", "laundry", "express", "with"),
    ("Hire charges", "hire", "kind_of_hire", "for"),
    ("Veterinary fees", "vet", "kind_of_pet", "for"),
]
COST = [
    "How much is {a}{i} {f} {s}?",
    "What does {a}{i} {f} {s} cost?",
    "What is the price of {a}{i} {f} {s}?",
    "{f} {s}, how much is {a}{i}?",
    "How much do I pay for {a}{i} {f} {s}?",
    "What do you charge for {a}{i} {f} {s}?",
    "price of {i} {f} {s}",
]
MASS = {"highlights", "trousers", "parking", "microchipping", "nail clipping", "neutering", "worming", "straightening", "colour",
        "air conditioning refill", "wheel alignment", "dental cleaning", "vaccination", "photography permit", "deep conditioning"}  # fmt: skip


def article(item: str) -> str:
    """The article of an item, with the blank after it; nothing for what cannot be counted."""
    return "" if item in MASS else "an " if item[0].lower() in "aeiou" or item.startswith(("MOT", "X-")) else "a "


def sections_of(taste: Taste, name: str) -> list[str]:
    """The names of a price list's sections."""
    if name == "make":
        return (
            [f"Calvo {model}" for model in taste.sample(MODELS, 5)]
            if taste.chance(0.4)
            else taste.sample([taste.product() for _ in range(8)], 5)
        )
    if name == "express":
        return ["normal service", "express service", "overnight service", "collection and delivery"]
    return taste.sample(LISTS[name], 6)


def cost(ask: str, item: str, wording: str, section: str) -> str:
    """A question for a price."""
    return ask.format(a=article(item), i=lower_first(item), f=wording, s=section)


def unused(taste: Taste, used: set[str]) -> str:
    """A price that the page has not shown."""
    while True:
        value = taste.money(3, 400)
        if value not in used:
            used.add(value)
            return value


@dataclass(slots=True)
class PriceList:
    """Items under sections, which of them are missing, and where each price and its item were written."""

    sections: list[str]
    mentions: list[str]
    items: list[str]
    wording: str
    gone: set[tuple[int, int]]
    used: set[str] = field(default_factory=set)
    keys: dict[tuple[int, int], Span] = field(default_factory=dict)
    cells: dict[tuple[int, int], Span] = field(default_factory=dict)


def as_table(taste: Taste, page: Page, prices: PriceList) -> None:
    """Write one row an item, one column a section."""
    shown = [upper_first(section) for section in prices.sections]
    page.line(f"| {taste.pick(['Service', 'Item', ''])} | " + " | ".join(shown) + " |")
    page.line(separator(taste, len(shown) + 1))
    for col, item in enumerate(prices.items):
        page.add("| ")
        key = page.add(upper_first(item))
        for row in range(len(shown)):
            page.add(" | ")
            if (row, col) in prices.gone:
                page.add("–" if taste.chance(0.7) else "")
            else:
                prices.keys[row, col] = key
                prices.cells[row, col] = page.add(unused(taste, prices.used))
        page.line(" |")


def as_lists(taste: Taste, page: Page, prices: PriceList) -> None:
    """Write a heading or a parent item for each section, the prices under it."""
    nested = taste.chance(0.3)
    bullets = Bullets.drawn(taste, bare=not nested)
    for row, section in enumerate(prices.sections):
        if nested:
            page.line(bullets.mark + upper_first(section) + taste.pick(["", ":"]))
        else:
            page.heading(upper_first(section))
        for col, item in enumerate(prices.items):
            if (row, col) not in prices.gone:
                value, indent = unused(taste, prices.used), "  " if nested else ""
                prices.keys[row, col], prices.cells[row, col] = bullets.write(page, upper_first(item), value, indent)


def questions(taste: Taste, text: str, prices: PriceList) -> list[Asked]:
    """Questions for each price, written or missing, and from each price to its item."""
    asked = []
    for row, mention in enumerate(prices.mentions):
        others = [other for other in prices.mentions if other != mention]
        for col, item in enumerate(prices.items):
            span = prices.cells.get((row, col))
            asks = taste.sample(COST, 2 if span else 4)
            asked += [Asked(cost(ask, item, prices.wording, mention), (span,) if span else ()) for ask in asks]
            if span and has_value(text, text[span[0] : span[1]]) == 1:
                what = f"What costs {text[span[0] : span[1]]} {prices.wording} "
                asked.append(Asked(f"{what}{mention}?", (prices.keys[row, col],)))
                asked.append(Asked(f"{what}{taste.pick(others)}?"))
    return asked


def prices(taste: Taste) -> Draft:
    """The same items under several sections, each with its own price; some sections lack some items."""
    title, pool, groups, wording = taste.pick(SHOPS)
    every, count = sections_of(taste, groups), taste.number(2, 4)
    mentions = [f"the {section}" if groups == "make" else section for section in every]
    items = taste.sample(LISTS[pool], taste.number(3, 6) + 2)
    gone = {(row, col) for row in range(count) for col in range(len(items)) if taste.chance(0.16)}
    listed = PriceList(every[:count], mentions[:count], items[:-2], wording, gone)
    page, table = opened(taste, title), taste.chance(0.3)
    (as_table if table else as_lists)(taste, page, listed)
    asked = questions(taste, page.text, listed)
    for mention in listed.mentions:
        asked += [Asked(cost(taste.pick(COST), item, wording, mention)) for item in items[-2:]]
    for section, mention in list(zip(every, mentions, strict=True))[count : count + 2]:
        if section.lower() not in page.text.lower():
            asked += [Asked(cost(taste.pick(COST), item, wording, mention)) for item in listed.items]
    return Draft(title, page, asked, "price_table" if table else "price_sections")


def branches(taste: Taste) -> Draft:
    """The same items under groups under towns: an answer needs both of its parents."""
    title, pool, groups, wording = taste.pick([shop for shop in SHOPS if shop[2] not in ("make",)])
    towns, sections = taste.sample(TOWNS, 3), sections_of(taste, groups)[:2]
    towns, stranger = towns[:2], towns[2]
    items = taste.sample(LISTS[pool], taste.number(2, 4))
    page, bullets, used = opened(taste, title), Bullets.drawn(taste, bare=False), set[str]()
    nested, where = taste.chance(0.5), taste.pick(["in {}", "at the {} branch"])
    asked: list[Asked] = []
    for town in towns:
        page.heading(town if taste.chance(0.6) or nested else f"{town} branch")
        for section in sections:
            if nested:
                page.line(bullets.mark, upper_first(section))
            else:
                page.heading(upper_first(section), 3)
            for item in items:
                gone = taste.chance(0.2)
                span = (
                    None
                    if gone
                    else bullets.write(page, upper_first(item), unused(taste, used), "  " if nested else "")[1]
                )
                for ask in taste.sample(COST[:3], 3 if gone else 1):
                    question = cost(ask, item, wording, f"{section} {where.format(town)}")
                    asked.append(Asked(question, (span,) if span else ()))
    asked += [Asked(cost(COST[0], item, wording, f"{sections[0]} {where.format(stranger)}")) for item in items[:2]]
    return Draft(title, page, asked, "nested_prices")
