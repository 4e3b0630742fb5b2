# ruff: noqa: E501 - a question with its answer stays on one line
"""Pages of lists: opening hours, offices, ingredients, two values in one line."""

from reader_pages import Asked, Draft, Page, Span, has_value, lower_first, upper_first
from reader_records import NOTES, Bullets, separator
from reader_words import LISTS, TOWNS, WEEKDAYS, Taste

__all__ = ["hours", "ingredients", "offices", "opened", "pairs"]


def opened(taste: Taste, title: str, share: float = 0.85) -> Page:
    """A page with its title and perhaps a sentence."""
    page = Page()
    if taste.chance(share):
        page.heading(title, 1)
    if taste.chance(0.25):
        page.line(taste.pick(NOTES))
        page.blank()
    return page


def open_on(place: str, day: str, first: Span, last: Span) -> list[Asked]:
    """The questions for a day's first and last hour."""
    opens = [
        f"When does the {place} open on {day}?",
        f"What time do you open on {day}?",
        f"From what time is the {place} open on {day}s?",
    ]
    closes = [
        f"When does the {place} close on {day}?",
        f"Until when are you open on {day}?",
        f"What time does the {place} shut on {day}s?",
    ]
    return [Asked(ask, (first,)) for ask in opens] + [Asked(ask, (last,)) for ask in closes]


def hours(taste: Taste) -> Draft:
    """Opening hours by day of the week."""
    place = taste.pick(["library", "café", "swimming pool", "museum", "recycling centre", "clinic", "shop", "office", "archive", "sauna", "post office", "pharmacy"])  # fmt: skip
    title = taste.pick(
        ["Opening hours", f"{upper_first(place)} opening times", "When we are open", f"{taste.pick(TOWNS)} {place}"]
    )
    page, asked = opened(taste, title), []
    if taste.chance(0.4):
        page.heading(upper_first(place))
    table, bullets = taste.chance(0.3), Bullets.drawn(taste)
    dash = taste.pick([" – ", "–", " to ", "-", " - "])
    if table:
        page.line("| Day | Opens | Closes |")
        page.line(separator(taste, 3))
    days, shut = list(WEEKDAYS), taste.pick(list(WEEKDAYS))
    if taste.chance(0.3):
        days = taste.sample(days, 5)
        days.sort(key=WEEKDAYS.index)
    for day in days:
        if day == shut and not table:
            key, _ = bullets.write(page, day, taste.pick(["closed", "Closed"]))
            asked += [Asked(f"On which day is the {place} {word}?", (key,)) for word in ("closed", "shut", "not open")]
        elif day != shut:
            start, end = taste.time(6, 11), taste.time(14, 22)
            if table:
                spans = page.line("| ", day, " | ", start, " | ", end, " |")
                asked += open_on(place, day, spans[3], spans[5])
            else:
                whole = bullets.write(page, day, start + dash + end)[1]
                asked += open_on(place, day, (whole[0], whole[0] + len(start)), (whole[1] - len(end), whole[1]))
                asked.append(Asked(f"What are the opening hours on {day}?", (whole,)))
                asked.append(Asked(f"What are the {place}'s hours on {day}s?", (whole,)))
    closed = {shut, *(day for day in WEEKDAYS if day not in days)}
    text = page.text
    for day in WEEKDAYS:
        if day in closed and day not in text:
            asked += [Asked(f"When does the {place} open on {day}?"), Asked(f"What time do you close on {day}?")]
    if "losed" not in text:
        asked.append(Asked(f"On which day is the {place} closed?"))
    for extra in ("Christmas Day", "Easter Monday", "bank holidays", "New Year's Eve"):
        asked.append(
            Asked(taste.pick([f"When does the {place} open on {extra}?", f"What are the opening hours on {extra}?"]))
        )
    asked += [Asked(f"How much does it cost to get into the {place}?"), Asked(f"Who runs the {place}?"), Asked(f"When was the {place} founded?"),
              Asked(f"When is the last admission to the {place} on {taste.pick(days)}?"), Asked(f"When is the lunch break on {taste.pick(days)}?"),
              Asked(f"How many people work in the {place}?"), Asked(f"What is the phone number of the {place}?")]  # fmt: skip
    return Draft(title, page, asked, "opening_hours")


def offices(taste: Taste) -> Draft:
    """Offices of a club and who holds them, from either side."""
    title = taste.pick(["Committee", "Board", "Officers 2025", "Our volunteers", "Trustees", "Who does what"])
    page, bullets = opened(taste, title), Bullets.drawn(taste)
    roles = taste.sample(LISTS["role"], taste.number(4, 8) + 2)
    roles, others = roles[:-2], roles[-2:]
    people = [taste.person() for _ in roles]
    stranger, turned = taste.person(), taste.chance(0.4)
    asked = []
    for role, person in zip(roles, people, strict=True):
        low = lower_first(role)
        if turned:
            who, what = bullets.write(page, person, taste.pick([role, low]))
        else:
            what, who = bullets.write(page, role, person)
        asked += [
            Asked(f"Who is the {low}?", (who,)),
            Asked(f"What is the name of the {low}?", (who,)),
            Asked(f"Which person is {low}?", (who,)),
        ]
        asked += [Asked(f"What is {person}'s role?", (what,)), Asked(f"What office does {person} hold?", (what,)), Asked(f"What does {person} do?", (what,)),
                  Asked(f"Which post has {person}?", (what,))]  # fmt: skip
        asked.append(Asked(f"Since when has {person} been {low}?", plain=True))
        asked.append(
            Asked(
                taste.pick(
                    [
                        f"What is {person}'s phone number?",
                        f"Who was {low} before {person}?",
                        f"Who is the deputy of {person}?",
                        f"Where does {person} live?",
                        f"How can I email {person}?",
                    ]
                ),
                plain=True,
            )
        )
    asked += [
        Asked(f"Who is the {lower_first(role)}?")
        for role in others
        for _ in range(2)
        if not {"Chair", "Vice-chair"} & {role}
    ]
    asked += [Asked(f"What is {stranger}'s role?"), Asked(f"What office does {stranger} hold?")]
    asked.append(Asked(f"How many members does the {lower_first(title.split()[0])} have?", plain=True))
    return Draft(title, page, asked, "offices")


def ingredients(taste: Taste) -> Draft:
    """A recipe: amounts, times, and perhaps the steps."""
    dish = taste.pick(LISTS["dish"])
    page = opened(taste, dish, 0.95)
    foods = taste.sample(LISTS["food"], taste.number(4, 8) + 3)
    foods, others = foods[:-3], foods[-3:]
    asked: list[Asked] = []
    order = taste.pick(["key", "amount", "amount", "table"])
    bullets = Bullets.drawn(taste, bare=False)
    facts = taste.sample([("Preparation", f"{taste.number(5, 60)} minutes", "How long does the preparation take?"), ("Baking time", f"{taste.number(5, 90)} minutes", "How long is it baked?"),
             ("Oven", f"{10 * taste.number(14, 24)} °C", "How hot should the oven be?"), ("Serves", str(taste.number(2, 12)), "How many people does it serve?"),
             ("Keeps for", f"{taste.number(2, 14)} days", "How long does it keep?"), ("Resting time", f"{taste.number(1, 12)} hours", "How long does it have to rest?")], 6)  # fmt: skip
    kept = taste.number(0, 3)
    for key, value, ask in facts[:kept]:
        asked.append(Asked(ask, (bullets.write(page, key, value)[1],)))
    asked += [Asked(ask) for key, _, ask in facts[kept:] if kept]
    page.heading(taste.pick(["Ingredients", "You need", "Shopping list"]))
    if order == "table":
        page.line("| Ingredient | Amount |")
        page.line(separator(taste, 2))
    for food in foods:
        amount = taste.pick(
            [
                f"{taste.number(1, 40) * 25} g",
                f"{taste.number(2, 9)} tablespoons",
                f"{taste.number(1, 9) * 100} ml",
                f"{taste.number(2, 6)} cups",
                "½ teaspoon",
                f"{taste.number(1, 3)} kg",
                "a pinch",
                "1 ½ cups",
            ]
        )
        if order == "key":
            name, quantity = bullets.write(page, upper_first(food), amount)
        elif order == "table":
            spans = page.line("| ", upper_first(food), " | ", amount, " |")
            name, quantity = spans[1], spans[3]
        else:
            joint = " of " if amount in ("a pinch", "½ teaspoon") else taste.pick([" ", " of "])
            spans = page.line("- ", amount, joint, food)
            name, quantity = spans[3], spans[1]
        asked += [
            Asked(f"How much {food} do I need?", (quantity,)),
            Asked(f"What amount of {food} goes into it?", (quantity,)),
            Asked(f"How much {food} is in the {lower_first(dish)}?", (quantity,)),
        ]
        if has_value(page.text, amount) == 1:
            asked.append(Asked(f"Of what do I need {amount}?", (name,), plain=True))
    text = page.text
    asked = [
        one
        for one in asked
        if not one.question.startswith("Of what") or not one.spans or has_value(text, one.question[18:-1]) == 1
    ]
    for food in others:
        if not any(food in other or other in food for other in foods):
            asked += [Asked(f"How much {food} do I need?"), Asked(f"What amount of {food} goes into it?")]
    asked.append(Asked("How many calories does it have?", plain=True))
    asked.append(Asked(f"Who invented the {lower_first(dish)}?", plain=True))
    return Draft(dish, page, asked, "recipe")


# Items | recipe of the value | conditions | questions with {i} the item and {c} the condition.
PAIRS = """
Notice period; Notice | duration weeks | during probation; after probation; for temporary staff; for managers | What is the notice period {c}?; How long is the notice period {c}?; How much notice is needed {c}?
Coffee; Tea; Soup; Lemonade; Porridge; Salad | money 2 15 | small; large; medium | How much is a {c} {i}?; What does a {c} {i} cost?; What is the price of a {c} {i}?
Guided tour; Boat trip; Evening concert; Film; Workshop | money 3 60 | for adults; for children; for students; for groups; for members | How much is the {i} {c}?; What does the {i} cost {c}?; What is the price of the {i} {c}?
Parking space; Locker; Desk; Garage | money 2 190 | per hour; per day; per month; per year | How much is a {i} {c}?; What does a {i} cost {c}?; {c}, how much is a {i}?
Loan period | duration days | for books; for films; for magazines; for maps | What is the loan period {c}?; How long is the loan period {c}?
Warranty; Guarantee | duration years | on the motor; on the battery; on the frame; on the paint | How long is the {i} {c}?; What is the {i} {c}?
Gate; Car park; Front desk; Kiosk | time | in summer; in winter; at Easter; on holidays | When does the {i} close {c}?; Until when is the {i} open {c}?; What is the closing time of the {i} {c}?
Greenhouse; Cold store; Server room; Cellar | celsius -24 38 | by day; at night; during cleaning; in winter | How warm is the {i} {c}?; What temperature does the {i} have {c}?; What is the temperature in the {i} {c}?
Speed limit | whole 10 130 km/h | on dry roads; in rain; in fog; with a trailer | What is the speed limit {c}?; How fast may one drive {c}?
Fee for late return; Late fee | money 1 40 | in the first week; after the first week; after a month | What is the late fee {c}?; How much is the late fee {c}?
Rent for the hall; Hall hire | money 30 900 | for members; for non-members; for charities; for schools | How much is the hall {c}?; What does the hall cost {c}?; What is the rent for the hall {c}?
Postage | money 1 30 | within the country; to Europe; overseas; for letters | How much is postage {c}?; What does postage cost {c}?
Sick leave | duration weeks | on full pay; on half pay; without pay | How long is sick leave {c}?; How much sick leave is there {c}?
Water pressure; Oil pressure | measure 1 12 bar | at the pump; at the tap; when cold; when hot | What is the {i} {c}?; How high is the {i} {c}?
"""
JOINTS = [
    "{a} {x}, {b} {y}",
    "{a} {x} and {b} {y}",
    "{a} {x}; {b} {y}",
    "{x} {a}, {y} {b}",
    "{a} ({x}), {b} ({y})",
    "{a} {x} but {b} {y}",
    "{x}: {a}, {y}: {b}",
]


def pairs(taste: Taste) -> Draft:
    """Lines with two values under two conditions; a third condition has none."""
    title = taste.pick(["Terms", "Good to know", "Conditions", "Overview", "House rules", "In short"])
    page, bullets = opened(taste, title), Bullets.drawn(taste)
    asked: list[Asked] = []
    joint = taste.pick(JOINTS)
    for line in taste.sample(PAIRS.strip().splitlines(), taste.number(3, 6)):
        names, recipe, conditions, asks = ([part.strip() for part in cell.split(";")] for cell in line.split(" | "))
        first, second, *others = taste.sample(conditions, len(conditions))
        a, b = taste.make(recipe[0]), taste.make(recipe[0])
        if a == b or a in b or b in a:
            continue
        name = taste.pick(names)
        value = joint.format(a=a, b=b, x=first, y=second)
        start = bullets.write(page, name, value)[1][0]
        for condition, amount in ((first, a), (second, b)):
            at = value.index(amount)
            span = (start + at, start + at + len(amount))
            asked += [Asked(ask.format(i=lower_first(name), c=condition), (span,)) for ask in asks]
        for condition in others:
            asked += [Asked(ask.format(i=lower_first(name), c=condition)) for ask in asks]
    return Draft(title, page, asked, "two_values")
