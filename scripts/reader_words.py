# ruff: noqa: E501 - a pool stays together
"""Invented names and values for training documents: prices, times, dates, codes, people, places, products.

A :class:`Taste` fixes how one document writes them (one currency, one way to write dates), as a person would.
"""

from dataclasses import dataclass, field

import numpy as np

__all__ = ["MONTHS", "WEEKDAYS", "Taste", "words"]


def words(text: str) -> list[str]:
    """The phrases of a list that commas separate.

    >>> words("oak, red pine")
    ['oak', 'red pine']
    """
    return [word.strip() for word in text.split(",")]


FIRST = words(
    "Anna, Dario, Maya, Tomas, Ingrid, Yusuf, Clara, Bram, Leila, Oskar, Priya, Hugo, Nadia, Felix, Joan, Kwame, Sofia, "
    "Piotr, Aisha, Martin, Greta, Ravi, Elena, Callum, Mina, Stefan, Rosa, Ibrahim, Helga, Paul, Wanda, Jun, Marta, "
    "Liam, Zofia, Arjun, Beatrice, Emil, Fatima, Gwen, Idris, Kirsten, Luca, Noor, Petra, Quentin, Ruth, Sven, Tara"
)
LAST = words(
    "Parekh, Berg, Adeyemi, Novak, Sandqvist, Haddad, Moreau, Kowalski, Fraser, Tanaka, Silva, Jensen, Brandt, Costa, "
    "Nowak, Mensah, Hughes, Rossi, Weber, Larsen, Ahmed, Lambert, Keller, Byrne, Iyer, Petrov, Santos, Doyle, Meyer, "
    "Ortega, Lund, Achterberg, Whitlock, Pryce, Sandoval, Ekström, Farrow, Gallagher, Hale, Ito, Jovanovic, Quist"
)
TOWNS = words(
    "Ashford Mill, Setúbal, Brenmouth, Castle Orrin, Dunvale, Elmstead, Fernley, Gdansk, Harrow Bay, Inverlea, Jarrow, "
    "Kelmscott, Lyndale, Marlow Cross, Northwick, Oporto, Pellow, Quarrington, Rosthwaite, Stavely, Tarnside, Utrecht, "
    "Velden, Westbrook, Yarrowford, Zell, Bergen, Trieste, Ghent, Malmö, Graz, Cork, Toledo, Bath, Aarhus, Lucerne, "
    "Port Sennen, Highcliff, Sandhurst Green, Little Wexham, Bologna, Kraków, Turku, Girona, Nantes, Split"
)
MAKES = words(
    "Calvo, Halden, Norvik, Pella, Astra Verde, Tindal, Brisk, Merlin, Lumen, Orbis, Vanto, Zephyr, Maris, Delka, "
    "Fjord, Quanta, Rivo, Solis, Trigon, Ursa, Wren, Altona, Boreal, Cinder, Drift, Ember, Falke, Garnet, Heron, Ikon"
)
STREETS = words("Mill Lane, Station Road, Harbour Street, Church Row, Park Avenue, Quay Side, Elm Grove, High Street")
MONTHS = words("January, February, March, April, May, June, July, August, September, October, November, December")
WEEKDAYS = words("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday")
POOLS = {
    "colour": "red, dark green, white, anthracite, sky blue, silver, black, ivory, orange, burgundy, sand, navy",
    "material": "oak, stainless steel, beech plywood, cast iron, recycled plastic, aluminium, brass, walnut, bamboo, "
    "tempered glass, copper, felt, slate, canvas, leather",
    "grade": "easy, moderate, hard, very hard, beginner, intermediate, advanced",
    "status": "open, done, in progress, on hold, cancelled, waiting for parts, approved, rejected, draft",
    "licence": "MIT, Apache 2.0, GPL v3, BSD 3-Clause, MPL 2.0, proprietary",
    "language": "Spanish, French and Arabic, Polish, Hindi, German, Portuguese, Italian, Dutch and English, Welsh",
    "position": "full sun, partial shade, full shade, sheltered and moist, dry and sunny",
    "allergen": "milk and eggs, nuts, wheat, soya, celery and mustard, sesame, fish, shellfish, wheat and milk",
    "fuel": "diesel, petrol, electric, hybrid, hydrogen, LPG",
    "department": "Accounts, Human Resources, Maintenance, Sales, Customer Care, Legal, Purchasing, IT, Warehouse, "
    "Marketing, Quality, Reception, Research, Press Office, Logistics",
    "role": "Chair, Vice-chair, Treasurer, Secretary, Membership officer, Events organiser, Safeguarding lead, "
    "Head groundskeeper, Archivist, Webmaster, Choir master, Caretaker, Newsletter editor, Auditor, First aider, "
    "Volunteer coordinator, Youth leader, Equipment manager, Press officer, Head coach",
    "job": "accountant, head chef, site manager, librarian, nurse, receptionist, electrician, data analyst, "
    "project manager, driver, lab technician, translator, gardener, designer, HR adviser, buyer, trainer",
    "task": "order the new chairs, repair the fence, write to the council, paint the clubhouse, book the hall, "
    "update the website, collect the keys, check the fire extinguishers, print the posters, renew the insurance, "
    "clean the gutters, invite the speakers, count the stock, replace the projector, hire a minibus, mow the meadow, "
    "draft the budget, buy a new kettle, translate the leaflet, close the old account",
    "venue": "Town Hall, Riverside Pavilion, St Anne's Church, Old Granary, Main Hall, Studio 2, Market Square, "
    "Garden Room, Lecture Theatre B, Sports Hall, Boathouse, Library annex, Community Centre, Assembly Rooms",
    "surface": "grass, clay, gravel, tarmac, artificial turf, sand, boardwalk",
    "os": "Debian 12, Ubuntu 22.04, Windows Server 2019, FreeBSD 14, Rocky Linux 9, Alpine 3.19",
    "meaning": "filter blocked, door not closed, water level too low, motor overheated, sensor not connected, "
    "battery voltage low, fan stalled, pressure too high, memory full, paper jam, lamp failure, leak detected",
    "remedy": "clean the filter, close the door firmly, refill the tank, let the motor cool for 30 minutes, "
    "check the sensor cable, charge the battery, remove the obstruction, release the pressure valve, "
    "delete old recordings, open the rear cover, replace the lamp, close the main valve and call service",
    "item": "bronze bowl, ship's bell, silver spoon, herring barrel, embroidered shawl, oil lamp, brass compass, "
    "wooden plough, clay pipe, school desk, fire helmet, spinning wheel, tin toy tram, miner's lamp, church key, "
    "butter churn, postman's horn, wedding dress, barometer, printing plate",
    "maker": "Holm & Sons, Tarn Foundry, J. Whitlock, the Pellow Works, Brandt Brothers, Velden Pottery, unknown smith",
    "plant": "runner bean, sweet pea, tomato, lavender, beetroot, sunflower, carrot, rosemary, foxglove, courgette, "
    "leek, dahlia, kale, hydrangea, broad bean, snowdrop, radish, aubergine, parsley, clematis",
    "season": "March to May, late April, early autumn, June and July, September, mid-May, August to October, winter",
    "dish": "Lentil soup, Grilled trout, Mushroom risotto, Beef stew, Apple crumble, Goat's cheese salad, Fish pie, "
    "Vegetable curry, Onion tart, Roast chicken, Lemon cake, Pumpkin ravioli, Bean chilli, Plum dumplings",
    "animal": "Bella, Otto, Misty, Gus, Pepper, Juno, Biscuit, Rolo, Hazel, Nero, Daisy, Archie, Willow, Tango, Clover",
    "species": "Shetland pony, barn owl, red panda, otter, alpaca, meerkat, donkey, pygmy goat, lynx, tortoise",
    "room": "Oak Room, Garden Room, Main Hall, Studio, Board Room, Attic, Cellar Bar, Library, Terrace, Gallery, "
    "Music Room, Blue Salon, Chapel, Workshop, Conference Room 1, Conference Room 2",
    "plan": "Starter, Basic, Plus, Team, Business, Enterprise, Student, Family, Pro, Community, Premium, Lite",
    "course": "Pottery for beginners, Bread baking, Watercolour, First aid, Spanish A1, Bookkeeping, Yoga, Woodwork, "
    "Life drawing, Guitar, Creative writing, Bike repair, Screen printing, Basket weaving, Photography, Sewing",
    "event": "Harvest Fair, Jazz Night, Summer Regatta, Book Sale, Lantern Parade, Film Evening, Open Garden Day, "
    "Winter Market, Chess Tournament, Choir Concert, Science Day, Quiz Night, Flea Market, Poetry Slam, Barn Dance",
    "zone": "Zone 1, Zone 2, Zone 3, Zone 4, the islands, mainland Europe, North America, the Highlands, Overseas",
    "walk": "Ridge Walk, Mill Pond Loop, Lighthouse Path, Forest Circuit, Canal Towpath, Quarry Trail, Abbey Round, "
    "Waterfall Walk, Drovers' Road, Coast Path, Heron Marsh Walk, Castle Hill Loop",
    "package": "tinyparse, quillstore, ferrycache, mossdb, larkmail, stonepath, plumline, oxbow, tidegauge, hazelnet",
    "server": "heron, osprey, mail-01, web-02, db-primary, backup-03, gitbox, relay, curlew, build-07, files-01",
    "book": "The Salt Road, A Winter in Velden, Birds of the Estuary, Practical Knots, The Glass Orchard, River Maps, "
    "Letters from the Fen, Bread and Time, The Last Lamplighter, Night Ferry, A Short History of Tin, Moss",
    "publisher": "Heron Press, Quay Books, Northwick House, Larch & Co, Ember Editions, Tindal University Press",
    "medicine": "Calmadol, Tessivil, Norafen, Peridox, Lutamine, Brevasol, Cortivan, Zelnadine, Ostrapen, Viramol",
    "station": "Tarn Ridge, Harbour Mole, Pellow Moor, Castle Orrin, Velden Airport, Lower Quarry, Fernley Dam, "
    "North Cape, Elmstead Farm, Zell Pass",
    "team": "Northwick Rovers, Dunvale United, Harrow Bay, Velden Athletic, Tarnside Town, Fernley Wanderers, "
    "Pellow City, Stavely Albion, Ghent Rangers, Inverlea Thistle",
    "food": "sliced almonds, plain flour, caster sugar, butter, buttermilk, honey, red lentils, grated cheese, olive oil, "
    "ground cumin, coconut milk, tomato purée, chopped parsley, dried yeast, salt, oats, raisins, stock, rice, leeks, "
    "double cream, cocoa powder, lemon juice, breadcrumbs, paprika, smoked bacon",
    "service": "full service, interim service, brake check, wheel alignment, tyre change, oil change, battery test, "
    "air conditioning refill, MOT test, puncture repair, headlight adjustment, diagnostic scan, valet, winter check, "
    "exhaust repair, clutch adjustment, windscreen replacement, timing belt replacement",
    "hairdressing": "wash and cut, dry cut, colour, highlights, blow-dry, beard trim, fringe trim, perm, straightening, "
    "deep conditioning, plait, root touch-up",
    "admission": "day ticket, season ticket, guided tour, evening ticket, audio guide, group ticket, locker hire, parking, "
    "photography permit, boat trip, sauna session, swimming lesson",
    "laundry": "shirt, suit jacket, trousers, evening dress, duvet, curtain, winter coat, blouse, tie, tablecloth",
    "hire": "kayak, mountain bike, tandem, helmet, wetsuit, rowing boat, tent, paddleboard, child seat, sleeping bag, "
    "pressure washer, floor sander, ladder, cement mixer, trailer, marquee",
    "vet": "vaccination, dental cleaning, microchipping, nail clipping, check-up, X-ray, neutering, blood test, worming",
    "kind_of_car": "small cars, estate cars, vans, motorcycles, electric cars, campers, minibuses",
    "kind_of_person": "adults, children, students, seniors, members, groups, families, residents",
    "kind_of_time": "weekdays, weekends, low season, high season, mornings, evenings, public holidays",
    "kind_of_size": "small, medium, large, extra large",
    "kind_of_pet": "dogs, cats, rabbits, ferrets, parrots, horses",
    "kind_of_hair": "short hair, medium-length hair, long hair, children under 12",
    "kind_of_hire": "half a day, one day, a weekend, one week, a month",
}  # fmt: skip
LISTS = {name: words(pool) for name, pool in POOLS.items()}
MODELS = words("Estate, Mini, Cargo, Sport, Classic, Compact, Max, Tour, City, Pro, Light, Home, Duo, Eco")
SITES = words(
    "example.org, tarnside.example, calvo.example, northwick.net, velden.example, mossdb.dev, harrowbay.co.uk"
)
NUMBER_WORDS = words("two, three, four, five, six, seven, eight, nine, ten, twelve")


@dataclass(slots=True)
class Taste:
    """The way one document writes values; the methods draw values in that way."""

    rng: np.random.Generator
    currency: str = ""
    clock: str = ""
    calendar: str = ""
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.currency = self.pick(
            ["£{}", "€{}", "${}", "{} €", "{} EUR", "CHF {}", "{} kr", "US${}", "£{}", "€{}", "${}"]
        )
        self.clock = self.pick(["24", "24", "am", "am.", "dot", "h"])
        self.calendar = self.pick(["dmy", "dmy", "mdy", "iso", "dots", "slash", "short", "dm"])

    def pick(self, choices):
        """One of a list."""
        return choices[int(self.rng.integers(len(choices)))]

    def chance(self, share: float) -> bool:
        """True in that share of calls."""
        return bool(self.rng.random() < share)

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return int(self.rng.integers(low, high + 1))

    def sample(self, pool: list, count: int) -> list:
        """Some different items of a list, in random order."""
        return [pool[int(i)] for i in self.rng.permutation(len(pool))[:count]]

    def make(self, recipe: str) -> str:
        """A value from a recipe such as "money 5 90", a pool's name, or "a pool"."""
        name, *rest = recipe.split()
        if name in LISTS:
            return str(self.pick(LISTS[name]))
        numbers = [int(word) for word in rest if word.lstrip("-").isdigit()]
        units = [word.replace("_", " ") for word in rest if not word.lstrip("-").isdigit()]
        return str(getattr(self, name)(*numbers, *units))

    def money(self, low: int, high: int) -> str:
        """A price."""
        amount = self.number(low, high)
        if self.chance(0.35) and high < 300:
            return self.currency.format(f"{amount}.{self.pick(['50', '90', '20', '75', '99', '00'])}")
        return self.currency.format(f"{amount:,}")

    def time(self, low: int = 6, high: int = 22) -> str:
        """A time of day."""
        hour, minute = self.number(low, high), 5 * self.number(0, 11)
        if self.clock == "24":
            return f"{hour:02d}:{minute:02d}"
        if self.clock == "dot":
            return f"{hour}.{minute:02d}"
        if self.clock == "h":
            return f"{hour}:{minute:02d} h"
        half = ("a.m." if hour < 12 else "p.m.") if self.clock == "am." else ("am" if hour < 12 else "pm")
        short = (hour - 1) % 12 + 1
        return f"{short} {half}" if minute == 0 else f"{short}:{minute:02d} {half}"

    def date(self, low: int = 2008, high: int = 2026) -> str:
        """A date with its year, or without one in some documents."""
        day, month, year = self.number(1, 28), self.number(1, 12), self.number(low, high)
        name = MONTHS[month - 1]
        return {
            "dmy": f"{day} {name} {year}",
            "mdy": f"{name} {day}, {year}",
            "iso": f"{year}-{month:02d}-{day:02d}",
            "dots": f"{day:02d}.{month:02d}.{year}",
            "slash": f"{day:02d}/{month:02d}/{year}",
            "short": f"{day} {name[:3]} {year}",
            "dm": f"{day} {name}" if low > 2000 else f"{day} {name} {year}",
        }[self.calendar]

    def year(self, low: int = 1850, high: int = 2024) -> str:
        """A year."""
        return str(self.number(low, high))

    def weekday(self) -> str:
        """A day of the week."""
        return str(self.pick(WEEKDAYS))

    def person(self) -> str:
        """A first and a last name that this document has not used."""
        for _ in range(50):
            name = f"{self.pick(FIRST)} {self.pick(LAST)}"
            if self.chance(0.08):
                name = f"Dr {name}"
            if name not in self.used and not any(name.split()[-1] == old.split()[-1] for old in self.used):
                break
        self.used.add(name)
        return name

    def town(self) -> str:
        """A town."""
        return str(self.pick(TOWNS))

    def address(self) -> str:
        """A street, number and town."""
        return f"{self.number(1, 140)} {self.pick(STREETS)}, {self.town()}"

    def product(self) -> str:
        """A make and a model."""
        make, model, number = self.pick(MAKES), self.pick(MODELS), self.number(2, 990)
        return str(
            self.pick([f"{make} {model}", f"{make} {number}", f"{make} {model[0]}{number}", f"{make} {model} {number}"])
        )

    def phone(self) -> str:
        """A telephone number."""
        a, b, c = self.number(200, 989), self.number(100, 999), self.number(1000, 9999)
        return str(
            self.pick(
                [f"0{a} {b} {c}", f"+44 {a} {b}{c}", f"({a}) {b}-{c}", f"+49 {a} {c}{b}", f"01{a} {c}{b % 100:02d}"]
            )
        )

    def extension(self) -> str:
        """A short internal telephone number."""
        return str(self.number(100, 9999))

    def email(self) -> str:
        """An e-mail address."""
        box = self.pick(
            [f"{self.pick(FIRST)}.{self.pick(LAST)}", "info", "bookings", "help", "office", self.pick(LAST), "returns"]
        )
        box = box.lower().replace("ö", "o")
        return f"{box}{self.number(1, 99) if self.chance(0.15) else ''}@{self.pick(SITES)}"

    def web(self) -> str:
        """A web address."""
        path = self.pick(["", "/returns", "/help", "/booking", "/map.pdf", "/faq", "/jobs", "/forms/12"])
        return f"{self.pick(['www.', 'https://', 'https://www.', ''])}{self.pick(SITES)}{path}"

    def measure(self, low: int, high: int, unit: str) -> str:
        """A number with a unit."""
        amount = self.number(low, high)
        text = f"{amount}.{self.number(1, 9)}" if high < 100 and self.chance(0.4) else f"{amount:,}"
        return f"{text} {unit}"

    def span(self, low: int, high: int, unit: str) -> str:
        """A range of numbers with a unit."""
        start = self.number(low, high - 1)
        return f"{start}{self.pick(['–', '-', ' to '])}{self.number(start + 1, high)} {unit}"

    def whole(self, low: int, high: int, unit: str = "") -> str:
        """A whole number, with its unit if there is one."""
        amount = self.number(low, high)
        return f"{amount:,} {unit}" if unit else str(amount)

    def celsius(self, low: int, high: int) -> str:
        """A temperature, which may be below zero."""
        amount = self.number(low, high)
        return f"{amount} °C" if self.calendar != "iso" else f"{amount}°C"

    def percent(self) -> str:
        """A percentage."""
        return self.pick(
            [f"{self.number(1, 99)} %", f"{self.number(1, 99)}%", f"{self.number(1, 30)}.{self.number(1, 9)}%"]
        )

    def code(self) -> str:
        """A code of letters and digits."""
        letters = "".join(self.pick("ABCDEFGHKLMNPRSTVWX") for _ in range(self.number(1, 3)))
        return str(
            self.pick(
                [
                    f"{letters}-{self.number(10, 9999)}",
                    f"{letters}{self.number(10, 999)}",
                    f"{letters}/{self.number(10, 99)}/{self.number(10, 99)}",
                ]
            )
        )

    def version(self) -> str:
        """A version number."""
        parts = [self.number(0, 12), self.number(0, 20), self.number(0, 9)]
        return ".".join(str(part) for part in parts[: self.pick([2, 3, 3])])

    def duration(self, unit: str = "") -> str:
        """A length of time."""
        if unit:
            return f"{self.pick([str(self.number(2, 40)), self.pick(NUMBER_WORDS)])} {unit}"
        minutes = 5 * self.number(2, 50)
        if minutes < 60:
            return f"{minutes} {self.pick(['min', 'minutes', 'min.'])}"
        return self.pick([f"{minutes // 60} h {minutes % 60:02d} min", f"{minutes // 60}:{minutes % 60:02d} h"])

    def roomcode(self) -> str:
        """A room's number."""
        return self.pick(
            [
                f"{self.number(1, 4)}.{self.number(1, 30):02d}",
                f"{self.pick('ABCDE')}{self.number(1, 320)}",
                f"Room {self.number(1, 40)}",
                str(self.number(101, 420)),
            ]
        )

    def floor(self) -> str:
        """A floor."""
        return str(
            self.pick(
                ["ground floor", "first floor", "2nd floor", "basement", "top floor", "third floor", "fifth floor"]
            )
        )

    def score(self) -> str:
        """A result of a match."""
        return f"{self.number(0, 6)}{self.pick(['-', '–', ':'])}{self.number(0, 6)}"

    def ipaddress(self) -> str:
        """An address in a private network."""
        return f"10.{self.number(0, 40)}.{self.number(0, 200)}.{self.number(2, 250)}"

    def isbn(self) -> str:
        """A number in the form of an ISBN."""
        return f"978-{self.number(0, 9)}-{self.number(1000, 9999)}-{self.number(1000, 9999)}-{self.number(0, 9)}"

    def train(self) -> str:
        """The name of a train, bus or ferry service."""
        return str(
            self.pick(
                [
                    f"IC {self.number(100, 990)}",
                    f"R {self.number(10, 99)}",
                    f"Bus {self.number(1, 99)}",
                    f"RE {self.number(1000, 9000)}",
                    f"Line {self.pick('ABCDEFGHK')}",
                    f"{self.pick(MAKES)} Express",
                ]
            )
        )

    def dimensions(self) -> str:
        """Length, width and height in one."""
        return f"{self.number(10, 240)} × {self.number(10, 120)} × {self.number(5, 90)} cm"
