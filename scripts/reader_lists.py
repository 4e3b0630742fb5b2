"""Pages of lists: prices by section, opening hours, dated events, offices, ingredients, steps."""

from reader_pages import Asked, Draft, Page, Span, has_value, lower_first, upper_first
from reader_records import NOTES, Bullets, separator
from reader_words import LISTS, MODELS, TOWNS, WEEKDAYS, Taste

__all__ = ["hours", "ingredients", "offices", "prices", "steps", "timeline"]

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
    "How much is {a} {i} {f} {s}?",
    "What does {a} {i} {f} {s} cost?",
    "What is the price of {a} {i} {f} {s}?",
    "{f} {s}, how much is {a} {i}?",
    "How much do I pay for {a} {i} {f} {s}?",
    "What do you charge for {a} {i} {f} {s}?",
    "price of {i} {f} {s}",
]
MASS = {"highlights", "trousers", "parking", "microchipping", "nail clipping", "neutering", "worming", "straightening", "colour",
        "air conditioning refill", "wheel alignment", "dental cleaning", "vaccination", "photography permit", "deep conditioning"}  # fmt: skip


def article(item: str) -> str:
    """The article of an item, with the blank after it; nothing for what cannot be counted."""
    return "" if item in MASS else "an " if item[0].lower() in "aeiou" or item.startswith(("MOT", "X-")) else "a "


def opened(taste: Taste, title: str, share: float = 0.85) -> Page:
    """A page with its title and perhaps a sentence."""
    page = Page()
    if taste.chance(share):
        page.heading(title, 1)
    if taste.chance(0.25):
        page.line(taste.pick(NOTES))
        page.blank()
    return page


def sections_of(taste: Taste, name: str) -> list[str]:
    """The names of a price list's sections."""
    if name == "make":
        return [f"Corvo {model}" for model in taste.sample(MODELS, 5)] if taste.chance(0.4) else taste.sample([taste.product() for _ in range(8)], 5)
    if name == "express":
        return ["normal service", "express service", "overnight service", "collection and delivery"]
    return taste.sample(LISTS[name], 6)


def prices(taste: Taste) -> Draft:
    """The same items under several sections, each with its own price; some sections lack some items."""
    title, pool, groups, wording = taste.pick(SHOPS)
    sections = sections_of(taste, groups)
    count = taste.number(2, 4)
    sections, strangers = sections[:count], sections[count:]
    items = taste.sample(LISTS[pool], taste.number(3, 6) + 2)
    items, others = items[:-2], items[-2:]
    page, bullets = opened(taste, title), Bullets.drawn(taste)
    nested, table = taste.chance(0.25), taste.chance(0.3)
    shown = [upper_first(section) for section in sections]
    cells: dict[tuple[int, int], Span] = {}
    keys: dict[tuple[int, int], Span] = {}
    gone = {(row, col) for row in range(count) for col in range(len(items)) if taste.chance(0.16)}
    used: set[str] = set()
    if table:
        page.line(f"| {taste.pick(['Service', 'Item', ''])} | " + " | ".join(shown) + " |")
        page.line(separator(taste, count + 1))
        for col, item in enumerate(items):
            page.add("| ")
            key = page.add(upper_first(item))
            for row in range(count):
                page.add(" | ")
                keys[row, col] = key
                if (row, col) in gone:
                    page.add("–" if taste.chance(0.7) else "")
                else:
                    cells[row, col] = page.add(unused(taste, used))
            page.line(" |")
    for row in range(0 if table else count):
        if nested:
            page.line(f"- {shown[row]}" + taste.pick(["", ":"]))
        else:
            page.heading(shown[row])
        own = Bullets("- ", "", bullets.joint) if nested else bullets
        for col, item in enumerate(items):
            if (row, col) not in gone:
                indent = "  " if nested else ""
                keys[row, col], cells[row, col] = own.write(page, upper_first(item), unused(taste, used), indent)
    text, asked = page.text, []
    for row, section in enumerate(sections):
        mention = f"the {section}" if groups == "make" else f"{section} items" if groups == "kind_of_size" else section
        for col, item in enumerate(items):
            span = cells.get((row, col))
            asks = taste.sample(COST, 2 if span else 4)
            asked += [Asked(cost(ask, item, wording, mention), (span,) if span else ()) for ask in asks]
            if span:
                value = text[span[0] : span[1]]
                what = f"What costs {value} {wording} {mention}?"
                if has_value(text, value) == 1:
                    asked.append(Asked(what, (keys[row, col],)))
                    other = taste.pick([name for name in sections if name != section])
                    mention_other = f"the {other}" if groups == "make" else other
                    asked.append(Asked(f"What costs {value} {wording} {mention_other}?"))
        for item in others:
            asked.append(Asked(cost(taste.pick(COST), item, wording, mention)))
    for section in strangers[:2]:
        if section.lower() not in text.lower():
            mention = f"the {section}" if groups == "make" else section
            asked += [Asked(cost(taste.pick(COST), item, wording, mention)) for item in items]
    return Draft(title, page, asked, "price_table" if table else "price_sections")


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


def hours(taste: Taste) -> Draft:
    """Opening hours by day of the week."""
    place = taste.pick(["library", "café", "swimming pool", "museum", "recycling centre", "clinic", "shop", "office", "archive", "sauna", "post office", "pharmacy"])  # fmt: skip
    title = taste.pick(["Opening hours", f"{upper_first(place)} opening times", "When we are open", f"{taste.pick(TOWNS)} {place}"])
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
            key, value = bullets.write(page, day, taste.pick(["closed", "Closed"]))
            asked += [Asked(f"On which day is the {place} {word}?", (key,)) for word in ("closed", "shut", "not open")]
            continue
        if day == shut:
            continue
        start, end = taste.time(6, 11), taste.time(14, 22)
        if table:
            spans = page.line("| ", day, " | ", start, " | ", end, " |")
            first, last, whole = spans[3], spans[5], None
        else:
            _, whole = bullets.write(page, day, start + dash + end)
            first, last = (whole[0], whole[0] + len(start)), (whole[1] - len(end), whole[1])
        asked += [Asked(q, (first,)) for q in (f"When does the {place} open on {day}?", f"What time do you open on {day}?", f"From what time is the {place} open on {day}s?")]
        asked += [Asked(q, (last,)) for q in (f"When does the {place} close on {day}?", f"Until when are you open on {day}?", f"What time does the {place} shut on {day}s?")]
        if whole:
            asked += [Asked(q, (whole,)) for q in (f"What are the opening hours on {day}?", f"What are the {place}'s hours on {day}s?")]
    closed = {shut, *(day for day in WEEKDAYS if day not in days)}
    text = page.text
    for day in WEEKDAYS:
        if day in closed and day not in text:
            asked += [Asked(f"When does the {place} open on {day}?"), Asked(f"What time do you close on {day}?")]
    if "losed" not in text:
        asked.append(Asked(f"On which day is the {place} closed?"))
    for extra in ("Christmas Day", "Easter Monday", "bank holidays", "New Year's Eve"):
        asked.append(Asked(taste.pick([f"When does the {place} open on {extra}?", f"What are the opening hours on {extra}?"])))
    asked += [Asked(f"How much does it cost to get into the {place}?"), Asked(f"Who runs the {place}?"), Asked(f"When was the {place} founded?"),
              Asked(f"When is the last admission to the {place} on {taste.pick(days)}?"), Asked(f"When is the lunch break on {taste.pick(days)}?"),
              Asked(f"How many people work in the {place}?"), Asked(f"What is the phone number of the {place}?")]  # fmt: skip
    return Draft(title, page, asked, "opening_hours")


# What happens: present, participle or base form for "When was/did ...?", subjects. The sets are opposites or near.
EVENTS = [
    ("is {}", "When was {s} {}?", "In which year was {s} {}?", [
        ("built", "demolished", "sold", "bought", "renovated", "closed", "opened", "extended", "painted", "insured", "damaged in a storm", "listed", "rewired", "flooded"),
        "the chapel, the mill, the new school, the bridge, the boathouse, the town hall, the old barn, the water tower, the pier, the market hall, the theatre, the lighthouse, the station, the swimming pool, the clubhouse, the library",
    ]),
    ("is {}", "When was {s} {}?", "In what year was {s} {}?", [
        ("founded", "dissolved", "renamed", "registered as a charity", "merged with a rival", "banned", "relaunched"),
        "the choir, the rowing club, the brewery, the brass band, the cooperative, the savings bank, the football club, the women's institute, the newspaper, the ferry company, the fire brigade",
    ]),
    ("is {}", "When was {s} {}?", "In which year was {s} {}?", [
        ("dug", "drained", "deepened", "filled in", "fenced off", "cleaned", "poisoned", "covered", "measured"),
        "the well, the canal, the fish pond, the village ditch, the harbour basin, the moat, the reservoir",
    ]),
    ("is {}", "When was {s} {}?", "In what year was {s} {}?", [
        ("elected mayor", "appointed headteacher", "made chair of the society", "born in the mill house", "dismissed", "knighted", "elected to the council", "buried in the churchyard", "awarded the town's medal", "arrested"),
        "person",
    ]),
    ("{}", "", "", [
        ("arrives in the village/arrive in the village", "leaves for Canada/leave for Canada", "opens a bakery/open a bakery", "sells the brewery/sell the brewery", "buys the quarry/buy the quarry", "retires/retire", "wins the regatta/win the regatta", "joins the board/join the board", "resigns from the board/resign from the board", "starts a school/start a school", "publishes a history of the parish/publish a history of the parish", "lends the museum a telescope/lend the museum a telescope", "gives the church an organ/give the church an organ"),
        "person",
    ]),
    ("{}", "", "", [
        ("opens/open", "closes/close", "burns down/burn down", "moves to Mill Lane/move to Mill Lane", "gets a new roof/get a new roof", "celebrates a hundred years/celebrate a hundred years", "runs out of money/run out of money", "gets electric light/get electric light", "loses its roof/lose its roof"),
        "the bakery, the school, the post office, the cinema, the railway station, the inn, the pottery, the dairy, the museum, the cottage hospital, the tannery, the sawmill",
    ]),
]  # fmt: skip
HAPPENED = ["What happened in {d}?", "What happened on {d}?"]


def event(taste: Taste) -> tuple[str, str, list[str], str, str | None]:
    """A subject, a statement on it, questions for its date, the question with an opposite event, and who did it."""
    form, was, which, (deeds, subjects) = taste.pick(EVENTS)
    person = subjects == "person"
    subject = taste.person() if person else taste.pick([name.strip() for name in subjects.split(",")])
    deed, other = taste.sample(list(deeds), 2)
    if was:
        asks = [was.replace("{}", deed).replace("{s}", subject), which.replace("{}", deed).replace("{s}", subject)]
        wrong = was.replace("{}", other).replace("{s}", subject)
        who = f"Who was {deed}" if person else None
    else:
        deed, base = deed.split("/")
        asks = [f"When did {subject} {base}?", f"In which year did {subject} {base}?"]
        wrong = f"When did {subject} {other.split('/')[1]}?"
        who = "Who " + past(deed) if person else None
    return subject, f"{upper_first(subject)} {form.replace('{}', deed)}", asks, wrong, who


PAST = {"arrives": "arrived", "leaves": "left", "opens": "opened", "sells": "sold", "buys": "bought", "retires": "retired", "wins": "won",
        "joins": "joined", "resigns": "resigned", "starts": "started", "publishes": "published", "lends": "lent", "gives": "gave"}  # fmt: skip


def past(deed: str) -> str:
    """The deed with its first verb in the past."""
    verb, _, rest = deed.partition(" ")
    return f"{PAST[verb]} {rest}".strip()


def timeline(taste: Taste) -> Draft:
    """Dated events, asked for from the event and from the date."""
    title = taste.pick(["History", "Chronicle", f"{taste.pick(TOWNS)} through the years", "Timeline", "Milestones", "Dates"])
    page, bullets = opened(taste, title), Bullets.drawn(taste)
    years = sorted(taste.sample(list(range(1780, 2024)), taste.number(4, 9)))
    stop, table, full = taste.pick([".", "", "."]), taste.chance(0.15), taste.chance(0.25)
    if table:
        page.line("| Year | Event |" if not full else "| Date | Event |")
        page.line(separator(taste, 2))
    asked: list[Asked] = []
    subjects: set[str] = set()
    wrongs: list[str] = []
    said: list[str] = []
    for year in years:
        subject, statement, asks, wrong, who = event(taste)
        if subject in subjects:
            continue
        subjects.add(subject)
        said.append(statement[len(subject) :])
        date = taste.date(year, year) if full else str(year)
        if table:
            spans = page.line("| ", date, " | ", statement, stop + " |")
            key, value = spans[1], spans[3]
        else:
            key, value = bullets.write(page, date, statement + stop)
            value = (value[0], value[1] - len(stop))
        asked += [Asked(ask, (key,), plain=True) for ask in asks if not (full and "year" in ask)]
        asked.append(Asked(HAPPENED[full].format(d=date), (value,), plain=True))
        wrongs.append(wrong)
        if who and said.count(statement[len(subject) :]) == 1:
            span = (value[0], value[0] + len(subject))
            when = f" on {date}?" if full else f" in {year}?"
            asked.append(Asked(who + when, (span,), plain=True))
            distant = taste.pick([-7, 11, 23]) + year
            if str(distant) not in page.text and not full:
                asked.append(Asked(f"{who} in {distant}?", plain=True))
    text = page.text.lower()
    asked += [Asked(wrong, plain=True) for wrong in wrongs]
    for _ in range(4):
        year = str(taste.number(1780, 2023))
        if year not in text and not full:
            asked.append(Asked(f"What happened in {year}?", plain=True))
        subject, _, asks, _, _ = event(taste)
        if subject.lower() not in text:
            asked.append(Asked(asks[0], plain=True))
    return Draft(title, page, asked, "timeline")


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
        asked += [Asked(f"Who is the {low}?", (who,)), Asked(f"What is the name of the {low}?", (who,)), Asked(f"Which person is {low}?", (who,))]
        asked += [Asked(f"What is {person}'s role?", (what,)), Asked(f"What office does {person} hold?", (what,)), Asked(f"What does {person} do?", (what,)),
                  Asked(f"Which post has {person}?", (what,))]  # fmt: skip
        asked.append(Asked(f"Since when has {person} been {low}?", plain=True))
        asked.append(Asked(taste.pick([f"What is {person}'s phone number?", f"Who was {low} before {person}?", f"Who is the deputy of {person}?", f"Where does {person} live?", f"How can I email {person}?"]), plain=True))
    asked += [Asked(f"Who is the {lower_first(role)}?") for role in others for _ in range(2) if not {"Chair", "Vice-chair"} & {role}]
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
        amount = taste.pick([f"{taste.number(1, 40) * 25} g", f"{taste.number(2, 9)} tablespoons", f"{taste.number(1, 9) * 100} ml", f"{taste.number(2, 6)} cups", "½ teaspoon", f"{taste.number(1, 3)} kg", "a pinch", "1 ½ cups"])
        if order == "key":
            name, quantity = bullets.write(page, upper_first(food), amount)
        elif order == "table":
            spans = page.line("| ", upper_first(food), " | ", amount, " |")
            name, quantity = spans[1], spans[3]
        else:
            spans = page.line("- ", amount, taste.pick([" ", " of "]) if amount[-1] not in "n" else " of ", food)
            name, quantity = spans[3], spans[1]
        asked += [Asked(f"How much {food} do I need?", (quantity,)), Asked(f"What amount of {food} goes into it?", (quantity,)), Asked(f"How much {food} is in the {lower_first(dish)}?", (quantity,))]
        if has_value(page.text, amount) == 1:
            asked.append(Asked(f"Of what do I need {amount}?", (name,), plain=True))
    text = page.text
    asked = [one for one in asked if not one.question.startswith("Of what") or not one.spans or has_value(text, one.question[18:-1]) == 1]
    for food in others:
        if not any(food in other or other in food for other in foods):
            asked += [Asked(f"How much {food} do I need?"), Asked(f"What amount of {food} goes into it?")]
    asked.append(Asked("How many calories does it have?", plain=True))
    asked.append(Asked(f"Who invented the {lower_first(dish)}?", plain=True))
    return Draft(dish, page, asked, "recipe")


STEPS = {
    "Starting the pump": "open the inlet valve/opening the inlet valve, fill the priming chamber/filling the priming chamber, switch on the mains/switching on the mains, set the dial to 3/setting the dial to 3, wait for the green lamp/waiting for the green lamp, release the brake/releasing the brake, open the outlet slowly/opening the outlet slowly, note the pressure in the log/noting the pressure in the log",
    "Closing the shop": "count the till/counting the till, switch off the coffee machine/switching off the coffee machine, wipe the counters/wiping the counters, take out the bins/taking out the bins, check the back door/checking the back door, set the alarm/setting the alarm, lower the shutters/lowering the shutters, post the keys through the hatch/posting the keys through the hatch",
    "Changing a filter": "unplug the machine/unplugging the machine, remove the front cover/removing the front cover, pull out the old filter/pulling out the old filter, vacuum the housing/vacuuming the housing, insert the new filter/inserting the new filter, close the cover/closing the cover, reset the counter/resetting the counter, write the date on the label/writing the date on the label",
    "Returning a parcel": "print the label/printing the label, repack the goods/repacking the goods, stick the label on the box/sticking the label on the box, book a collection/booking a collection, keep the receipt/keeping the receipt, wait for the refund/waiting for the refund, send us a note/sending us a note",
    "Fire drill": "raise the alarm/raising the alarm, close the windows/closing the windows, leave by the nearest exit/leaving by the nearest exit, walk to the car park/walking to the car park, answer the roll call/answering the roll call, wait for the all-clear/waiting for the all-clear, report missing persons/reporting missing persons",
    "Setting up the server": "download the archive/downloading the archive, verify the checksum/verifying the checksum, unpack it to the data folder/unpacking it to the data folder, create the service account/creating the service account, copy the sample configuration/copying the sample configuration, open port 8443/opening port 8443, start the daemon/starting the daemon, watch the log for errors/watching the log for errors",
    "Planting a tree": "dig a wide hole/digging a wide hole, loosen the soil at the bottom/loosening the soil at the bottom, soak the roots/soaking the roots, drive in the stake/driving in the stake, set the tree upright/setting the tree upright, fill in the earth/filling in the earth, water it well/watering it well, cover the ground with mulch/covering the ground with mulch",
}  # fmt: skip
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]


def steps(taste: Taste) -> Draft:
    """Numbered steps: what comes after, what comes before."""
    title = taste.pick(list(STEPS))
    every = [step.strip().split("/") for step in STEPS[title].split(",")]
    kept = sorted(taste.sample(list(range(len(every))), taste.number(4, len(every) - 1)))
    missing = [every[place] for place in range(len(every)) if place not in kept]
    page, stop = opened(taste, title), taste.pick([".", "."])
    spans = []
    for number, place in enumerate(kept, 1):
        span = page.line(f"{number}. ", upper_first(every[place][0]), stop)[1]
        spans.append(span)
    asked = []
    for number, place in enumerate(kept):
        doing = every[place][1]
        after = (spans[number + 1],) if number + 1 < len(kept) else ()
        before = (spans[number - 1],) if number else ()
        asked += [Asked(f"What do I do after {doing}?", after, plain=True), Asked(f"What comes right after {doing}?", after, plain=True)]
        asked.append(Asked(f"What do I do just before {doing}?", before, plain=True))
        asked.append(Asked(f"What is the {ORDINALS[number]} step?", (spans[number],), plain=True))
        asked.append(Asked(f"How long does {doing} take?", plain=True))
        asked.append(Asked(f"Who is responsible for {doing}?", plain=True))
    for _, doing in missing:
        asked += [Asked(f"What do I do after {doing}?", plain=True), Asked(f"What comes right before {doing}?", plain=True)]
    if len(kept) < 8:
        asked.append(Asked(f"What is the {ORDINALS[len(kept)]} step?", plain=True))
    return Draft(title, page, asked, "steps")
