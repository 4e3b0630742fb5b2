# ruff: noqa: E501 - a set of events or steps stays on one line
"""Pages of events and steps: what happened when, what comes after what."""

from reader_lists import opened
from reader_pages import Asked, Draft, upper_first
from reader_records import Bullets, separator
from reader_words import TOWNS, Taste

__all__ = ["steps", "timeline"]

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
    title = taste.pick(
        ["History", "Chronicle", f"{taste.pick(TOWNS)} through the years", "Timeline", "Milestones", "Dates"]
    )
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
        asked += [
            Asked(f"What do I do after {doing}?", after, plain=True),
            Asked(f"What comes right after {doing}?", after, plain=True),
        ]
        asked.append(Asked(f"What do I do just before {doing}?", before, plain=True))
        asked.append(Asked(f"What is the {ORDINALS[number]} step?", (spans[number],), plain=True))
        asked.append(Asked(f"How long does {doing} take?", plain=True))
        asked.append(Asked(f"Who is responsible for {doing}?", plain=True))
    for _, doing in missing:
        asked += [
            Asked(f"What do I do after {doing}?", plain=True),
            Asked(f"What comes right before {doing}?", plain=True),
        ]
    if len(kept) < 8:
        asked.append(Asked(f"What is the {ORDINALS[len(kept)]} step?", plain=True))
    return Draft(title, page, asked, "steps")
