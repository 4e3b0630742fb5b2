# ruff: noqa: SIM905 (a list of quoted words is harder to read and to add to)
"""Units of measure and of money, and what is said before and after a number of them."""

from __future__ import annotations

MEASURES = {
    "km": ("length", 1000.0), "kilometre": ("length", 1000.0), "kilometer": ("length", 1000.0),
    "mile": ("length", 1609.34), "mi": ("length", 1609.34), "metre": ("length", 1.0), "meter": ("length", 1.0),
    "foot": ("length", 0.3048), "feet": ("length", 0.3048), "ft": ("length", 0.3048), "cm": ("length", 0.01),
    "centimetre": ("length", 0.01), "centimeter": ("length", 0.01), "mm": ("length", 0.001),
    "inch": ("length", 0.0254), "inche": ("length", 0.0254), "yard": ("length", 0.9144),
    "kg": ("mass", 1.0), "kilogram": ("mass", 1.0), "gram": ("mass", 0.001), "tonne": ("mass", 1000.0),
    "ton": ("mass", 1000.0), "pound": ("mass", 0.4536), "lb": ("mass", 0.4536),
    "hectare": ("area", 1e4), "acre": ("area", 4046.9), "minute": ("time", 60.0), "hour": ("time", 3600.0),
    "second": ("time", 1.0), "day": ("time", 86400.0), "week": ("time", 604800.0), "month": ("time", 2.63e6),
    "year": ("time", 3.156e7), "decade": ("time", 3.156e8), "century": ("time", 3.156e9),
}  # fmt: skip
"""Units that can be turned into one another: what they measure, and how much of its base unit each is."""

MONEY = r"dollars?|euros?|pounds?|rubles?|roubles?|yen|dinars?|USD|EUR|GBP|RUB|RSD"
CURRENCIES = {
    "us$": "dollar", "$": "dollar", "usd": "dollar", "€": "euro", "eur": "euro", "£": "pound", "gbp": "pound",
    "¥": "yen", "₽": "rouble", "rub": "rouble", "ruble": "rouble", "rsd": "dinar",
}  # fmt: skip
# What makes a number a bound or an approximation, as patterns.
MANNERS = {
    "least": r"at least|upwards? of|no (?:less|fewer) than|not (?:less|fewer) than|minimum of",
    "most": r"at most|up to|no more than|maximum of|not more than",
    "above": r"more than|over|above|exceed(?:ing|ed|s)?|greater than|higher than|surpass(?:ed|ing|es)?",
    "below": r"less than|fewer than|under|below|lower than|smaller than",
    "almost": r"almost|nearly|close to|just under|approaching",
    "about": r"about|around|approximately|roughly|some|circa|c\.|ca\.|approx\.|an estimated|estimated(?: at)?|~|≈",
    "before": r"before|prior to",
    "after": r"after",
}
# After "how", with what a question asks for.
MEASURED = {
    "long": "duration", "old": "duration", "far": "measure", "large": "measure", "big": "measure",
    "tall": "measure", "high": "measure", "deep": "measure", "wide": "measure", "fast": "measure",
    "heavy": "measure", "often": "frequency", "great": "measure", "hot": "measure", "cold": "measure",
    "close": "measure", "soon": "duration", "thick": "measure", "early": "time", "late": "time",
}  # fmt: skip
# After "how" and after "what", where a question asks for a number.
AMOUNTS_OF = tuple("many much long old far tall high big large often deep fast".split())
AMOUNTS = tuple("year date day month century decade time percent percentage number amount age population".split())

# What tells of a sum, and what asks for one.
SUMS = tuple("total altogether together combined sum average difference all".split())
# Of a reader's words: those that it takes for a unit.
UNIT_SHAPES = frozenset(
    """km kilometers kilometres miles mile meters metres m ft feet inches acres hectares tonnes tons kg years year month
    months weeks week days day hours hour minutes minute seconds dollars pounds euros people °c °f mph degrees square
    cubic gallons liters litres""".split()
)

# What measures what, as patterns that spaces part, in lower case.
UNIT_PATTERNS = {
    "money": r"dollars? euros? cents? pence pennies eur usd gbp chf francs? rupees? roubles? rubles? kronor",
    "duration": r"seconds? secs? s minutes? mins? min hours? hrs? h nights? days? weeks? fortnights? months? years? "
    r"yrs? decades? centuries century ms",
    "length": r"km mm cm m nm µm (?:kilo|centi|milli)?met(?:re|er)s? miles? mi feet foot ft inch(?:es)? yards? yd",
    "area": r"[ckm]?m[²2] ft² ha hectares? acres? (?:sq\.?|square)\s(?:\w+)",
    "volume": r"[ckm]?m³ m3 l ml cl dl lit(?:re|er)s? millilit(?:re|er)s? gallons? pints? cubic\s\w+",
    "mass": r"kg g mg kilos? kilograms? grams? tonnes? tons? lbs? oz ounces?",
    "temperature": r"°\s?[cf] ° degrees(?:\s(?:celsius|fahrenheit|centigrade|c|f))?",
    "speed": r"km/h kmh kph mph m/s knots? kn rpm "
    r"(?:miles|kilomet(?:re|er)s|met(?:re|er)s|km|feet)\s(?:an|a|per)\s(?:hour|second|minute)",
    "electricity": r"[km]?v volts? m?a amps? amperes? [kmg]?w (?:kilo|mega|giga)?watts? [kmg]?wh m?ah ω ohms? "
    r"hp horsepower [km]?j",
    "frequency": r"[kmg]?hz",
    "sound": r"db(?:\(a\))? decibels?",
    "pressure": r"m?bar psi [hkm]?pa",
    "data": r"[kmgt]b (?:kilo|mega|giga|tera)?bytes? [kmg]bit/s",
    "share": r"% ‰ percent per\scent",
}
# Nouns with what they are measured in, where a question asks for one: "the weight of the anchor".
MEASURED_NOUNS = {
    "money": "price prices cost costs fee fees rent deposit fine salary wage charge tariff fare",
    "mass": "weight mass",
    "length": "length height width depth diameter distance altitude thickness radius circumference wingspan",
    "area": "area",
    "temperature": "temperature",
    "speed": "speed",
    "share": "percentage percent proportion share",
    "duration": "duration",
}
# Adjectives after "how", with what may measure them; "high" may be said of anything.
MEASURED_BY = {
    "tall": "length area volume", "deep": "length area volume", "wide": "length area volume",
    "thick": "length area volume", "far": "length area volume duration", "long": "length area volume duration",
    "heavy": "mass", "hot": "temperature", "cold": "temperature", "old": "duration", "soon": "duration",
    "fast": "speed duration",
}  # fmt: skip
# "How long" asks for a time where one of these follows.
TAKING_TIME = tuple("last take takes took stay stayed wait valid keep kept run ago before after".split())
