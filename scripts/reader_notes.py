# ruff: noqa: E501 - a question with its answer stays on one line
"""Pages whose headings hold answers: release notes, tours by day, who handles what, FAQ of invented firms."""

from reader_pages import Asked, Draft, Page, Span, has_value, lower_first, upper_first
from reader_records import NOTES
from reader_words import LISTS, MONTHS, TOWNS, WEEKDAYS, Taste, words

__all__ = ["changelog", "duties", "faq", "tour"]

FEATURES = words(
    "dark mode, CSV export, two-factor login, keyboard shortcuts, offline reading, PDF preview, bulk delete, "
    "drag and drop, German translation, a search box, the weekly digest, shared folders, audit log, map view, "
    "single sign-on, the old importer, support for Python 3.8, the XML endpoint, automatic backup, print layout, "
    "voice notes, custom fields, barcode scanning, the --quiet flag, webhooks, the legacy theme, the file watcher, "
    "proxy settings, undo history, time zones, the status page, tag colours, e-mail reminders, QR codes"
)
FAULTS = words(
    "crash when the list is empty, wrong totals on the invoice, slow start on Windows, lost focus in the search box, "
    "memory leak in the importer, broken links in the digest, dates shifted by one day, double e-mails after a reply, "
    "missing icons in the sidebar, time-out on large uploads, garbled umlauts in exports, rounding of prices"
)
VERBS = {"Added": ("added", "new"), "Removed": ("removed", "dropped"), "Fixed": ("fixed", "repaired"),
         "Changed": ("changed", "altered"), "Deprecated": ("deprecated", "marked as deprecated")}  # fmt: skip


def releases(taste: Taste) -> list[str]:
    """Version numbers, the newest first."""
    major, minor, found = taste.number(0, 9), taste.number(4, 20), []
    for _ in range(taste.number(2, 4)):
        found.append(f"{major}.{minor}.{taste.number(0, 5)}" if taste.chance(0.8) else f"{major}.{minor}")
        minor -= taste.number(1, 2)
        if minor < 0:
            break
    return found


def changelog(taste: Taste) -> Draft:
    """Release notes: versions and dates stand in headings, changes under them."""
    page, name = Page(), taste.pick([upper_first(package) for package in LISTS["package"]])
    title = taste.pick(["Changelog", "Release notes", f"{name} release notes", "What's new", f"{name} changelog"])
    if taste.chance(0.9):
        page.heading(title, 1)
    versions, features, faults = releases(taste), taste.sample(FEATURES, 14), taste.sample(FAULTS, 8)
    form, grouped = (
        taste.pick(["{v} ({d})", "{v} - {d}", "[{v}] - {d}", "Version {v}, {d}", "v{v} ({d})", "{v} – {d}"]),
        taste.chance(0.75),
    )
    asked: list[Asked] = []
    done: list[tuple[str, Span, str]] = []
    for number, version in enumerate(versions):
        date = taste.date(2025 - 2 * number, 2026 - 2 * number)
        at = page.heading(form.format(v=version, d=date))[0]
        heading = form.format(v=version, d=date)
        spot = (at + heading.index(version), at + heading.index(version) + len(version))
        when = (at + heading.rindex(date), at + heading.rindex(date) + len(date))
        asked += [
            Asked(ask.format(v=version), (when,))
            for ask in ("When was {v} released?", "When did version {v} come out?", "What is the release date of {v}?")
        ]
        if has_value(page.text, date) == 1:
            asked += [
                Asked(ask.format(d=date), (spot,))
                for ask in ("Which version was released on {d}?", "Which version came out on {d}?")
            ]
        asked += entries(taste, page, version, features, faults, grouped, spot, done)
        if number + 1 < len(versions):
            asked.append(Asked(f"Who released {version}?", plain=True))
    asked += changes(taste, done, features)
    text = page.text
    strange = f"{taste.number(0, 9)}.{taste.number(0, 30)}.{taste.number(0, 9)}"
    if not has_value(text, strange):
        asked += [
            Asked(f"When was {strange} released?"),
            Asked(f"When did version {strange} come out?"),
            Asked(f"What was added in {strange}?"),
        ]
    asked.append(Asked(f"When does support for {versions[0]} end?", plain=True))
    return Draft(title, page, asked, "changelog")


def entries(
    taste: Taste,
    page: Page,
    version: str,
    features: list[str],
    faults: list[str],
    grouped: bool,
    spot: Span,
    done: list[tuple[str, Span, str]],
) -> list[Asked]:
    """Write the changes of a version and return the questions for them; `done` gains each with its version's span."""
    asked, used = [], taste.sample(list(VERBS), taste.number(1, 3))
    for verb in used:
        pool, said, spans = faults if verb == "Fixed" else features, VERBS[verb][0], []
        if grouped:
            page.heading(verb, 3)
        for _ in range(min(taste.number(1, 2), len(pool))):
            item = pool.pop()
            spans.append(page.line("- ", "" if grouped else f"{verb}: ", upper_first(item))[2])
            done.append((item, spot, verb))
        if len(spans) == 1:
            asked.append(Asked(f"What was {said} in {version}?", (spans[0],)))
            asked.append(Asked(f"What has been {said} in version {version}?", (spans[0],)))
    return asked + [Asked(f"What was {VERBS[verb][0]} in {version}?") for verb in VERBS if verb not in used]


def changes(taste: Taste, done: list[tuple[str, Span, str]], features: list[str]) -> list[Asked]:
    """Questions from a change to its version; the opposite change has no answer."""
    asked = []
    for item, spot, verb in done:
        item = lower_first(item)
        said = VERBS[verb][0]
        asked.append(
            Asked(
                taste.pick([f"In which version was the {item} {said}?", f"Which release {said} the {item}?"])
                .replace("the the", "the")
                .replace("the a ", "a "),
                (spot,),
            )
        )
        asked.append(Asked(f"Since which version is there {item}?", (spot,))) if verb == "Added" else None
        other = taste.pick([name for name in ("added", "removed", "deprecated") if name != said])
        if verb != "Fixed":
            asked.append(Asked(f"In which version was {item} {other}?"))
    asked += [
        Asked(f"In which version was {lower_first(item)} {taste.pick(['added', 'removed'])}?") for item in features[:3]
    ]
    return asked


SIGHTS = words(
    "the cathedral, the fish market, the tile museum, the old tram depot, the castle, the botanical garden, a pottery, "
    "the salt mine, the lighthouse, the town walls, a chocolate factory, the art gallery, the thermal baths, the opera, "
    "the observatory, a vineyard, the shipyard, the glass works, the monastery, the zoo, the paper mill, the fort"
)


def tour(taste: Taste) -> Draft:
    """A tour whose headings are days with towns."""
    title = taste.pick(
        ["Tour by train", "Our itinerary", "Choir trip", "Study tour", "Programme of the journey", "Road trip"]
    )
    page, towns = Page(), taste.sample(TOWNS, 7)
    if taste.chance(0.9):
        page.heading(title, 1)
    if taste.chance(0.2):
        page.line(taste.pick(NOTES))
    form = taste.pick(["Day {d}: {t}", "Day {d} – {t}", "{w}: {t}", "{t} (day {d})", "{w} in {t}"])
    count, sights, days = taste.number(3, 5), taste.sample(SIGHTS, 18), list(WEEKDAYS)
    asked: list[Asked] = []
    for number in range(count):
        town, day = towns[number], days[number + 1] if "{w}" in form else f"Day {number + 1}"
        heading = form.format(d=number + 1, t=town, w=day)
        at = page.heading(heading)[0]
        where = (at + heading.index(town), at + heading.index(town) + len(town))
        low = heading.lower().index(day.lower())
        when = (at + low, at + low + len(day))
        mention = f"on {day}" if "{w}" in form else f"on day {number + 1}"
        asked += [
            Asked(f"Where are we {mention}?", (where,), plain=True),
            Asked(f"Which town do we visit {mention}?", (where,), plain=True),
        ]
        asked += [
            Asked(f"On which day are we in {town}?", (when,), plain=True),
            Asked(f"When do we visit {town}?", (when,), plain=True),
        ]
        bullets = taste.pick(["- ", "* "])
        for _ in range(taste.number(1, 3)):
            sight = sights.pop()
            page.line(
                bullets,
                taste.pick(["Visit to {}", "Guided tour of {}", "{}", "We see {}", "Free time, then {}"]).format(sight),
            )
            asked += [
                Asked(f"In which town do we see {sight}?", (where,)),
                Asked(f"On which day do we visit {sight}?", (when,)),
                Asked(f"Where do we see {sight}?", (where,)),
            ]
        if taste.chance(0.5):
            hotel = f"Hotel {taste.pick(LISTS['species']).title()}"
            if hotel not in page.text:
                span = page.line(bullets, "Night at ", hotel)[2]
                asked += [
                    Asked(f"Which hotel do we stay at in {town}?", (span,)),
                    Asked(f"Where do we sleep {mention}?", (span,), plain=True),
                ]
        else:
            asked += [
                Asked(f"Which hotel do we stay at in {town}?"),
                Asked(f"Which restaurant do we eat at in {town}?"),
            ]
        asked.append(Asked(f"At what time do we arrive in {town}?", plain=True))
    text = page.text
    asked += [Asked(f"On which day are we in {town}?") for town in towns[count:] if town not in text]
    asked += [Asked(f"In which town do we see {sight}?") for sight in sights[:4]]
    asked.append(Asked(f"Where are we on {'day ' + str(count + 2) if '{d}' in form else 'Monday'}?", plain=True))
    return Draft(title, page, asked, "tour")


DUTIES = {
    "Accounts": "expense claims, invoices, payroll questions, travel advances, tax certificates",
    "Human Resources": "holiday requests, sick notes, job references, parental leave, new contracts",
    "Maintenance": "broken windows, blocked drains, heating faults, light bulbs, lift repairs",
    "IT": "forgotten passwords, new laptops, printer problems, software licences, mailing lists",
    "Reception": "visitor badges, parcels, lost property, taxi bookings, conference calls",
    "Legal": "data protection requests, trademark questions, court letters, tender documents",
    "Purchasing": "office furniture, supplier complaints, price quotes, framework agreements",
    "Library": "interlibrary loans, old newspapers, reading cards, map requests",
    "Marketing": "logo files, press photos, brochure texts, trade fair stands",
    "Warehouse": "stock counts, pallets, dangerous goods, returned items",
    "Kitchen": "buffets, food allergies, coffee machines, birthday cakes",
    "Security": "door cards, night access, alarm codes, parking permits, camera recordings",
}


def duties(taste: Taste) -> Draft:
    """Departments as headings or parents, what they handle under them."""
    names = taste.sample(list(DUTIES), taste.number(3, 5) + 2)
    names, others = names[:-2], names[-2:]
    title = taste.pick(["Who handles what", "Where to go", "Departments and duties", "Guide for new staff"])
    page, nested = Page(), taste.chance(0.5)
    if taste.chance(0.85):
        page.heading(title, 1)
    asked: list[Asked] = []
    for name in names:
        room = taste.roomcode() if taste.chance(0.5) else ""
        shown = f"{name} ({room})" if room else name
        at = page.line("- ", shown)[1][0] if nested else page.heading(shown)[0]
        span = (at, at + len(name))
        kept = taste.sample(words(DUTIES[name]), taste.number(2, 4))
        for duty in kept:
            page.line("  - " if nested else "- ", upper_first(duty) if taste.chance(0.6) else duty)
            asked += [
                Asked(f"Which department handles {duty}?", (span,)),
                Asked(f"Who deals with {duty}?", (span,)),
                Asked(f"Where do I go about {duty}?", (span,), plain=True),
            ]
        place = at + len(name) + 2
        asked.append(Asked(f"Which room is {name} in?", ((place, place + len(room)),) if room else ()))
        asked.append(
            Asked(
                taste.pick(
                    [
                        f"What is the phone number of {name}?",
                        f"Who is the head of {name}?",
                        f"When does {name} open?",
                        f"How many people work in {name}?",
                    ]
                ),
                plain=True,
            )
        )
    for name in others:
        for duty in words(DUTIES[name])[:3]:
            asked += [Asked(f"Which department handles {duty}?"), Asked(f"Who deals with {duty}?")]
    return Draft(title, page, asked, "headings")


# Question | reworded questions | the answer's sentence with the answer in [[ ]] | an unanswerable near question
FAQS = """
How do I cancel my order? | How can I cancel an order? ; What must I do to cancel? | You can [[write to {email}]] until the parcel has left our store. | How do I change my delivery address?
How long do I have to return goods? | Within how many days can I send goods back? ; What is the return period? | Goods may be returned within [[{n} days]] of delivery. Please keep the box. | How long does an exchange take?
When will I get my refund? | How long does the refund take? ; When is my money paid back? | We pay the money back [[within {n} working days]] after the parcel has come in. | How is the refund paid out?
Do I need to book in advance? | How far ahead must I book? ; How many days before do I have to book? | Groups should book [[at least {n} days]] before their visit; everybody else can simply come. | How do I cancel a booking?
Where can I park? | Where do visitors leave their cars? ; Is there parking, and where? | There are spaces [[behind the {venue}]]. Coaches stop in front of the gate. | How much does parking cost?
Can I bring my dog? | What about dogs? ; Where are dogs allowed? | Dogs on a lead are welcome [[in the garden]], but not in the building. | Where can I leave my bicycle?
What should I bring with me? | What do I need to bring? ; What must I have with me? | Please bring [[{item2}]]. Everything else is provided. | What must I leave at home?
How do I reset my password? | What do I do if I have forgotten my password? ; How can I get a new password? | Choose ["[[Forgotten?]]"] on the login page and follow the link in the message. | How do I change my user name?
Which browsers are supported? | What browsers can I use? ; Which browser do I need? | The site works with [[{browser}]]. Older ones may show gaps. | Which languages are supported?
Where are my files stored? | Where do you keep my files? ; Where is the data kept? | All files are kept [[on servers in {town}]] and copied every night. | How long are my files stored?
How large may an attachment be? | What is the size limit for attachments? ; How big can attached files be? | Attachments can be up to [[{n} MB]]. Larger ones are refused by the server. | How many attachments can I send?
Who can join? | Who may become a member? ; Who is allowed to join? | [[Anyone over {n}]] can join; younger people come with a parent. | How do I leave the club?
What does membership cost? | How much is membership? ; What do members pay? | Membership costs [[{money} a year]], payable in {month}. | What does a guest pay?
When is the annual meeting? | When does the annual meeting take place? ; On what date is the annual meeting held? | The annual meeting is held on [[{date}]]. All members may vote. | Where is the annual meeting?
How do I contact support? | What is the support address? ; Where do I write for support? | Write to [[{email}]] and give your customer number. | When is support open at weekends?
What happens if it rains? | What if the weather is bad? ; What do you do in bad weather? | If it rains, [[we move to the {venue}]]. Tickets stay valid. | What happens if the event is sold out?
How long does a repair take? | How many days is a repair? ; How long will my repair be? | Most repairs take [[{n} to {m} days]]. We ring you when the work is done. | How long is the guarantee on a repair?
Why was my card declined? | For what reason was my card refused? ; Why did the payment by card fail? | Cards are declined mostly because [[the billing address does not match]]. Try another card or ask your bank. | Which cards do you accept?
Why is the water brown? | What makes the water brown? ; For what reason is the water brown? | The colour comes from [[rust in the old pipes]] and is harmless. | How hard is the water?
Who cleans the stairs? | Who is responsible for cleaning the stairs? ; Who does the cleaning of the stairs? | The stairs are cleaned by [[{person}]] every week. | Who clears the snow?
When is the rubbish collected? | On which day does the rubbish go? ; What day is rubbish collection? | Rubbish is collected on [[{weekday}]]; put the bins out the evening before. | When is paper collected?
How loud may I play music? | What is the limit for music? ; How loud can music be? | Music may be played at [[up to {n} dB]] until {time}. | On which days is music forbidden?
Where do I find the serial number? | Where is the serial number? ; Where on the device is the serial number? | The serial number is printed [[on the underside of the housing]]. It starts with {code}. | Where do I find the manual?
At what temperature does it freeze? | How cold must it get before it freezes? ; What is its freezing point? | It freezes at [[{cold}]], so keep it indoors in winter. | At what temperature does it boil?
How often should I water it? | How many times must I give it water? ; How frequently does it need water? | Water it [[every {n} days]] in summer, less in winter. | How often should I feed it?
What is the minimum age? | How old must I be? ; From what age can one take part? | Participants must be [[at least {n} years]] old. | What is the maximum age?
How do I get to you by bus? | Which bus goes to you? ; What bus do I take? | Take [[{train}]] to {town} and walk for five minutes. | How do I get to you by car?
How can I pay? | Which ways to pay are there? ; What methods of payment do you take? | You can pay [[{pay}]]. We do not send goods on account. | When do I have to pay?
Who owns the photographs? | To whom do the photographs belong? ; Whose are the photographs? | All photographs remain the property of [[{person}]]. | Who took the photographs?
What is the Wi-Fi password? | What password do I use for the Wi-Fi? ; How do I get into the wireless network? | The password is [[{code}]]; it changes every {weekday}. | What is the door code?
Where is the first aid kit? | Where can I find the first aid kit? ; Where do you keep the first aid box? | The first aid kit hangs [[next to the {place}]]. | Where is the fire extinguisher?
What version do I need? | Which version is required? ; What is the oldest version that works? | You need [[version {version} or newer]]. | When will the next version come out?
"""
SLOTS = {
    "item2": "a towel and indoor shoes, a pencil and an apron, your passport and two photos, sturdy boots and a packed lunch, a torch and warm clothes",
    "browser": "Firefox and Chrome, Safari 15 and later, any browser from the last three years",
    "pay": "by card or bank transfer, in cash only, by invoice or PayPal, with vouchers or in cash, by direct debit",
    "place": "kitchen door, main entrance, lift, changing rooms, photocopier",
}


def fill(taste: Taste, text: str) -> str:
    """An FAQ answer with its slots filled."""
    low = taste.number(2, 30)
    values = {name: taste.pick(words(pool)) for name, pool in SLOTS.items() if "{" + name in text}
    values |= {
        name: taste.make(name)
        for name in ("email", "venue", "town", "person", "weekday", "time", "code", "train", "version")
    }
    values |= {"n": str(low), "m": str(low + taste.number(2, 9)), "month": taste.pick(MONTHS), "money": taste.money(10, 200),
               "date": taste.date(2024, 2026), "cold": taste.celsius(-40, -2)}  # fmt: skip
    return text.format(**values)


def faq(taste: Taste) -> Draft:
    """Invented questions and answers, asked word for word and in other words."""
    title = taste.pick(["Frequently asked questions", "FAQ", "Questions and answers", "Help", "Good to know"])
    page = Page()
    if taste.chance(0.9):
        page.heading(title, 1)
    lines = taste.sample(FAQS.strip().splitlines(), taste.number(3, 5) + 3)
    form = taste.pick(["heading", "heading", "heading", "bold", "Q"])
    asked: list[Asked] = []
    questions = []
    for line in lines[:-3]:
        question, others, answer, near = [cell.strip() for cell in line.split(" | ")]
        answer = fill(taste, answer.replace('["[[', "“[[").replace(']]"]', "]]”"))
        start, end = answer.index("[["), answer.index("]]") - 2
        if form == "heading":
            page.heading(question)
        else:
            page.blank()
            page.line(f"**{question}**" if form == "bold" else f"Q: {question}")
            page.add("\n" if form == "bold" else "A: ")
        at = page.add(answer.replace("[[", "").replace("]]", ""))[0]
        page.line()
        span = ((at + start, at + end),)
        asked += [
            Asked(question, span, plain=True),
            Asked(question, span),
            *(Asked(ask.strip(), span, plain=True) for ask in others.split(";")),
        ]
        asked.append(Asked(near, plain=True))
        questions.append(question)
    for line in lines[-3:]:
        question, others, *_ = [cell.strip() for cell in line.split(" | ")]
        asked += [Asked(question, plain=True), Asked(taste.pick(others.split(";")).strip(), plain=True)]
    return Draft(title, page, asked, "faq_own")
