"""Draw the names, dates, sums and things that fill the templates of ``reader_contrasts.py``.

One :class:`Words` serves one document: its dates, times and sums keep one form throughout, and no
value is drawn twice, so a value that answers one question never answers another by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np

_PEOPLE = """
Siobhan Keane; Declan Moriarty; Gwen Prosser; Hamish Lockhart; Beatrice Towle; Clive Anstey; Philippa Rudge;
Agnieszka Wrona; Bartosz Zielony; Milena Hruba; Vojtech Kadlec; Zsofia Barta; Laszlo Fekete; Ioana Munteanu;
Radu Cernat; Svetlana Orlova; Mykola Hrytsenko; Dragana Savic; Zoran Pejic; Maja Kranjc; Luka Bregar;
Giulia Ferrante; Matteo Bassani; Inés Carrasco; Álvaro Quiroga; Joana Teixeira; Rui Valente; Camille Aubry;
Étienne Marchal; Annelies Vermeer; Joost Hoekstra; Katrin Osterloh; Jürgen Brandl; Sigrid Halvorsen; Torbjörn Ek;
Aino Lehtonen; Eero Salmi; Birta Jónsdóttir; Kadri Tamm; Rasa Petrauskas; Eleni Kouris; Nikos Vlachos;
Leyla Aydın; Mehmet Korkmaz; Shirin Daneshvar; Kaveh Rostami; Huda Al-Masri; Tariq Haddad; Noor Saleh; Samir Ghali;
Chiamaka Eze; Obinna Nwosu; Kwabena Mensah; Abena Asante; Wanjiru Kamau; Otieno Ochieng; Thandiwe Dlamini;
Sipho Khumalo; Fatou Ndiaye; Moussa Traoré; Selam Tesfaye; Dawit Bekele; Priya Raghavan; Arjun Deshmukh;
Meera Chatterjee; Harpreet Gill; Ayesha Siddiqui; Bilal Qureshi; Nimal Perera; Dilini Fernando; Thuy Pham;
Minh Duong; Siti Rahayu; Budi Santoso; Maricel Bautista; Rodel Aquino; Mei Xu; Haoran Zhou; Wing Cheung; Yuki Morita;
Kenji Asano; Haruka Ueno; Jiwoo Han; Seojun Baek; Naomi Tapsell; Wiremu Parata; Lucía Benavides; Joaquín Arce;
Tainá Moraes; Caio Figueira; Ximena Olvera; Ricardo Zúñiga; Darnell Whitlock; Keisha Broussard; Tyler Hagen;
Marguerite Boisvert; Owen Trask; Rosalind Peverell; Edmund Sayle; Harriet Munby; Imogen Fairclough; Rafael Stern
"""
_PLACES = """
Tampere; Gdańsk; Porto; Valencia; Utrecht; Ghent; Graz; Trieste; Bergen; Aarhus; Cork; Leeds; Inverness; Swansea; Lyon;
Nantes; Dresden; Bremen; Brno; Košice; Debrecen; Cluj; Varna; Split; Maribor; Thessaloniki; Izmir; Haifa; Amman;
Casablanca; Accra; Kumasi; Mombasa; Durban; Kampala; Addis Ababa; Pune; Chennai; Colombo; Chiang Mai; Hanoi; Cebu;
Surabaya; Busan; Nagoya; Sapporo; Taichung; Wellington; Hobart; Perth; Halifax; Winnipeg; Portland; Tucson; Savannah;
Duluth; Guadalajara; Mérida; Medellín; Cusco; Valparaíso; Rosario; Curitiba; Recife; Tartu; Kaunas; Odense; Malmö
"""
_FIRMS = """
Ashgrove Textiles; Bellweather Foods; Caldera Instruments; Dunmore Freight; Eastholm Logistics; Fennick & Sons;
Garnet Software; Halcyon Dairy; Ironbridge Tools; Jasper Analytics; Korhonen Timber; Linnet Publishing; Mossvale Energy;
Nordhavn Shipping; Orchard Robotics; Pellworm Ceramics; Quill Insurance; Rookery Films; Saffron Catering;
Tidewater Cables; Umbra Lighting; Vantage Surveyors; Westmoor Printing; Yarrow Pharma; Zephyr Cycles; Adeyemi Motors;
Kimura Optics; Bastos Seafood; Lakshmi Spices; Petrel Airlines; Drumlin Brewery; Sable Records; Tamarind Travel;
Holloway Seeds; Copperfield Audio; Larchmont Glass; Varga Elevators; Bluebell Nurseries; Osprey Telecom; Merrow Paints
"""
_SHOPS = """
the bakery in Mill Lane; the library; the post office; the swimming hall; the town museum; the canteen;
the repair workshop; the pharmacy; the toy library; the farm shop; the bicycle store; the reading room;
the climbing hall; the tea room; the registry office; the recycling centre; the box office; the ice rink;
the laundry room; the visitor centre; the fish market; the garden centre; the ticket desk; the sauna; the print shop
"""
_ITEMS = """
the oak table; the grand piano; the cargo bike; the old tractor; the coffee machine; the projector; the rowing boat;
the marquee; the sewing machine; the delivery van; the snow plough; the pizza oven; the telescope; the loom; the kayak;
the harp; the chest freezer; the lawn mower; the printing press; the electric piano; the camper van; the wood chipper
"""
_MACHINES = """
the lift; the boiler; the heat pump; the fire alarm; the dishwasher; the ventilation unit; the card reader;
the water softener; the garage door; the solar inverter; the intercom; the charging station; the 3D printer;
the cold store; the sprinkler system; the packing line; the label printer; the weighbridge; the backup generator
"""
_GOODS = """
office chairs; standing desks; roof tiles; tulip bulbs; olive jars; bicycle frames; wool blankets; copper pipes;
printer cartridges; coffee beans; solar panels; picture frames; running shoes; floor boards; wine glasses; bath towels;
rubber gloves; school atlases; hand pumps; ceiling lamps; pine shelves; steel bolts; paper cups; window blinds
"""
_ROOMS = """
room 12; room 204; room B7; the Cedar Room; the Linden Room; the blue room; the main hall; the attic studio;
the seminar room; the garden pavilion; the boardroom; the workshop; the music room; the upper gallery; lab 3;
hall 2; the chapel; the gymnasium; the old kitchen; the conservatory; room 317; the Amber Room; lecture hall C
"""
_STREETS = """
14 Tanner Street; 3 Quarry Road; 27 Elm Terrace; 9 Canal Walk; 52 Bishop's Way; 118 Fuller Avenue; 6 Heron Close;
41 Cobbler's Row; 70 Station Parade; 2 Orchard Hill; 33 Ferry Lane; 85 Windmill Street; 19 Priory Gardens;
Kanalstraat 8; Rue des Tilleuls 15; Via Garofani 22; Calle Olmos 4; 230 Prospect Avenue; 1200 Juniper Drive
"""
_ORGS = """
the rowing club; the choir; the allotment society; the chess club; the drama group; the parents' association;
the residents' association; the film society; the cycling club; the orchestra; the debating society; the food bank;
the hiking club; the history society; the youth theatre; the beekeepers' association; the folk dance group
"""
_ROLES = """
the caretaker; the treasurer; the head gardener; the site manager; the duty nurse; the head of finance;
the data protection officer; the shift leader; the librarian; the works council; the clerk; the deputy head;
the building manager; the payroll office; the front desk; the safety officer; the catering team; the project office
"""
_PROJECTS = """
the Harrier project; the footbridge project; the Juno migration; the archive project; the new website; Project Basalt;
the canal survey; the payroll upgrade; the school extension; the Heron project; the mobile app; Project Larkfield;
the tram extension; the data warehouse; the roof renewal; the booking system; Project Tundra; the wind farm
"""
_MEDICINES = """
Velorin; Cardexal; Nuprazine; Solvatec; Brontaxol; Ardimol; Fenoclear; Tessalon; Quintapril; Lumidrine; Ostevia;
Panforte; Rhinalis; Zolvadin; Mirapect; Gastrelin; Dermacort; Hepalis; Somnavil; Acritol
"""
_LANGUAGES = """
French; Spanish; Arabic; Mandarin; Swahili; Polish; Hindi; Finnish; Korean; Italian; Portuguese; Dutch; Greek; Welsh
"""
_SUBJECTS = """
chemistry; pottery; algebra; woodwork; geography; first aid; bookkeeping; watercolour; photography; judo; typing;
the cello; choral singing; welding; creative writing; astronomy; yoga; calligraphy; landscape drawing; accounting
"""
_WORKS = """
The Salt Road; Winter Ferries; A Map of Small Hours; The Glassblower's Daughter; Northern Orchards; The Ninth Harbour;
Letters to a Lighthouse; Ash and Clover; The Quiet Engine; Songs for a Dry Year; The Copper Hill; Under Slow Water;
The Long Table; House of Swallows; Paper Lanterns; The Tin Orchestra; Six Bridges; The Weaver's Almanac
"""
_REASONS = """
the spare part is out of stock; the permit is still missing; the fitter fell ill; the budget was frozen;
the floor is still damp; the supplier went bankrupt; the wiring failed the test; the neighbours objected;
the insurance has not agreed; the delivery was damaged; the contract is being checked by a lawyer;
two members of the team are ill; the software crashed during the trial; the road is flooded;
the measurements were wrong; the ground is frozen; the manual is missing; there was too little interest
"""
_PURPOSES = """
new instruments; the kitchen; staff training; the roof; the summer camp; new uniforms; travel costs; the heating;
garden tools; the website; insurance; the youth section; the sound system; prizes; library books; the lease of the van
"""
_THINGS = """
parcels; visitors; complaints; applications; samples; seedlings; meals; tickets; questionnaires; volunteers; households;
calls; invoices; repairs; books; trees; patients; pupils; nests; letters; bottles; chairs; plots; sensors
"""
_COLOURS = "red; green; yellow; white; grey; black; orange; purple; brown; silver"
_WEEKDAYS = "Monday; Tuesday; Wednesday; Thursday; Friday; Saturday; Sunday"
_MONTHS = """
January; February; March; April; May; June; July; August; September; October; November; December
"""
_NUMBERS = """
zero; one; two; three; four; five; six; seven; eight; nine; ten; eleven; twelve; thirteen; fourteen; fifteen; sixteen;
seventeen; eighteen; nineteen; twenty
"""
_HALVES = "twelve; one; two; three; four; five; six; seven; eight; nine; ten; eleven"


def _split(text: str) -> tuple[str, ...]:
    return tuple(" ".join(item.split()) for item in text.split(";") if item.strip())


_NUMBER_WORDS, _HALF_WORDS = _split(_NUMBERS), _split(_HALVES)
_LISTS = {
    "person": _split(_PEOPLE),
    "place": _split(_PLACES),
    "firm": _split(_FIRMS),
    "shop": _split(_SHOPS),
    "item": _split(_ITEMS),
    "machine": _split(_MACHINES),
    "goods": _split(_GOODS),
    "room": _split(_ROOMS),
    "street": _split(_STREETS),
    "org": _split(_ORGS),
    "role": _split(_ROLES),
    "project": _split(_PROJECTS),
    "medicine": _split(_MEDICINES),
    "language": _split(_LANGUAGES),
    "subject": _split(_SUBJECTS),
    "work": _split(_WORKS),
    "reason": _split(_REASONS),
    "purpose": _split(_PURPOSES),
    "things": _split(_THINGS),
    "colour": _split(_COLOURS),
    "weekday": _split(_WEEKDAYS),
    "month": _split(_MONTHS),
}
_MONEY = (
    "£{}", "€{}", "${}", "{} euros", "EUR {}", "CHF {}", "{} pounds", "₹{}", "{} kr", "{} dollars", "NZ$ {}",
)  # fmt: skip
ORDERED = frozenset(
    {
        "date",
        "time",
        "year",
        "small",
        "count",
        "fee",
        "money",
        "percent",
        "weight",
        "size",
        "area",
        "temp",
        "weekday",
        "month",
    }
)
"""The types whose values rise with the number of the slot: ``{date1}`` comes before ``{date2}``."""


class Words:
    """Values for the slots of one document, in one form of date, time and sum throughout."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._used: set[str] = set()
        self._date = int(rng.integers(7))
        self._time = int(rng.integers(5))
        self._money = _MONEY[int(rng.integers(len(_MONEY)))]
        self._cents = bool(rng.random() < 0.4)
        self._year = int(rng.integers(1998, 2029))
        self._spelled = bool(rng.random() < 0.35)
        self._percent = "{}%" if rng.random() < 0.6 else ("{} %" if rng.random() < 0.5 else "{} per cent")
        self._makers: dict[str, Callable[[], tuple[float, str]]] = {
            "date": self._a_date,
            "time": self._a_time,
            "fee": self._a_fee,
            "money": self._a_sum,
            "year": lambda: self._plain(int(self._rng.integers(1905, 2028))),
            "count": self._a_count,
            "small": lambda: self._number(int(self._rng.integers(2, 20))),
            "percent": self._a_percent,
            "duration": lambda: self._a_duration(("days", 29), ("weeks", 12), ("months", 19)),
            "spell": lambda: self._a_duration(("hours", 20), ("minutes", 95)),
            "term": lambda: self._a_duration(("years", 20), ("months", 30)),
            "phone": self._a_phone,
            "email": self._an_email,
            "weight": lambda: self._unit("kg", 2, 900),
            "size": lambda: self._unit("km", 2, 400),
            "area": lambda: self._unit("m²", 3, 60),
            "temp": lambda: self._unit("°C", 2, 90),
            "number": self._a_reference,
        }

    def draw(self, types: Sequence[str]) -> list[str]:
        """Return one new value for each of ``types`` (all alike), rising where the type has an order."""
        found: list[tuple[float, str]] = []
        while len(found) < len(types):
            value, text = self._one(types[0])
            if text not in self._used:
                self._used.add(text)
                found.append((value, text))
            elif self._rng.random() < 0.02:
                raise LookupError(types[0])
        if types[0] in ORDERED:
            found.sort(key=lambda pair: pair[0])
        return [text for _, text in found]

    def _one(self, kind: str) -> tuple[float, str]:
        if kind in _LISTS:
            values = _LISTS[kind]
            at = int(self._rng.integers(len(values)))
            return at, values[at]
        return self._makers[kind]()

    def _plain(self, value: int) -> tuple[float, str]:
        return value, str(value)

    def _number(self, value: int) -> tuple[float, str]:
        return value, _NUMBER_WORDS[value] if self._spelled and value < len(_NUMBER_WORDS) else str(value)

    def _unit(self, unit: str, low: int, high: int) -> tuple[float, str]:
        value = int(self._rng.integers(low, high))
        return value, f"{value} {unit}"

    def _a_date(self) -> tuple[float, str]:
        day = date(self._year, 1, 1) + timedelta(days=int(self._rng.integers(0, 365)))
        month = day.strftime("%B")
        ending = "th" if day.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        forms = (
            f"{day.day} {month} {day.year}",
            f"{month} {day.day}, {day.year}",
            f"{day.day} {month}",
            f"{day.day}{ending} {month}",
            day.isoformat(),
            f"{day.day:02}.{day.month:02}.{day.year}",
            f"{day.strftime('%A')}, {day.day} {month}",
        )
        return day.toordinal(), forms[self._date]

    def _a_time(self) -> tuple[float, str]:
        hour, minute = int(self._rng.integers(6, 22)), int(self._rng.choice([0, 0, 15, 30, 30, 45]))
        half = "am" if hour < 12 else "pm"
        twelve = (hour - 1) % 12 + 1
        forms = (
            f"{hour}:{minute:02}",
            f"{hour:02}.{minute:02}",
            f"{twelve}:{minute:02} {half}",
            f"{twelve}{f'.{minute:02}' if minute else ''} {half}",
            f"{hour:02}:{minute:02}",
        )
        if self._time == 3 and minute == 30 and self._spelled:
            return hour * 60 + minute, f"half past {_HALF_WORDS[hour % 12]}"
        return hour * 60 + minute, forms[self._time]

    def _a_sum(self) -> tuple[float, str]:
        value = int(self._rng.integers(20, 199)) * (5 if self._rng.random() < 0.5 else 50)
        return value, self._money.format(f"{value:,}")

    def _a_fee(self) -> tuple[float, str]:
        value = int(self._rng.integers(2, 80))
        if self._cents and self._rng.random() < 0.6:
            return value + 0.5, self._money.format(f"{value}.50")
        return value, self._money.format(str(value))

    def _a_count(self) -> tuple[float, str]:
        return self._plain(int(self._rng.integers(21, 980)))

    def _a_percent(self) -> tuple[float, str]:
        value = int(self._rng.integers(2, 97))
        return value, self._percent.format(value)

    def _a_duration(self, *units: tuple[str, int]) -> tuple[float, str]:
        unit, high = units[int(self._rng.integers(len(units)))]
        return 0.0, f"{self._number(int(self._rng.integers(2, high)))[1]} {unit}"

    def _a_phone(self) -> tuple[float, str]:
        digits = "".join(str(digit) for digit in self._rng.integers(0, 10, 10))
        forms = (f"0{digits[:3]} {digits[3:9]}", f"+4{digits[0]} {digits[1:3]} {digits[3:9]}", f"ext. {digits[:3]}")
        return 0.0, forms[int(self._rng.integers(3))]

    def _an_email(self) -> tuple[float, str]:
        names = ("office", "bookings", "hello", "desk", "secretary", "press", "accounts", "help", "events", "jobs")
        hosts = ("alderbrook", "sunfield", "ravenhall", "tidemark", "oldmill", "greenway", "stonegate", "lakeview")
        ends = ("example", "example.org", "example.com", "example.net")
        name, host, end = (str(self._rng.choice(list(options))) for options in (names, hosts, ends))
        return 0.0, f"{name}@{host}.{end}"

    def _a_reference(self) -> tuple[float, str]:
        letters = "".join(str(letter) for letter in self._rng.choice(list("ABCDEFHKLMNPRSTVWX"), 2))
        return 0.0, f"{letters}-{int(self._rng.integers(1000, 99999))}"
