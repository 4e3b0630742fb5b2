# ruff: noqa: SIM905 (a list of quoted words is harder to read and to add to)
"""Nouns, by what they name, and their plurals."""

from __future__ import annotations

KINDS = frozenset("kind type sort form kinds types sorts forms".split())
PLACES = frozenset(
    """country countries city cities town towns village state states place places location locations region
    continent county province district capital river island street area areas site territory nation nations
    building venue stadium neighborhood borough port valley mountain lake sea ocean""".split()
)
PERSONS = frozenset(
    """king queen president emperor metropolitan pope bishop actor actress singer author writer poet composer
    artist architect person man woman people scientist philosopher general commander leader minister politician
    director player coach founder inventor explorer ruler prince princess duke saint patriarch consul envoy
    ambassador judge journalist rapper musician engineer mathematician physicist senator governor mayor
    brother sister son daughter father mother wife husband professor character""".split()
)
QUANTITIES = frozenset(
    """percentage percent proportion share fraction number amount price cost population size height length width
    depth weight speed distance area capacity temperature rate ratio age salary budget revenue gdp total value
    elevation density""".split()
)

# Plurals that do not look like one, singulars that do, and plurals that stand before a noun.
PLURALS = frozenset(
    """people children men women police feet teeth criteria phenomena bacteria fungi alumni species series means
    headquarters members""".split()
)
SINGULARS = frozenset(
    """news series politics physics mathematics economics species basis gas lens bus always yes perhaps this was is has
    does his its thus besides whose ones as us""".split()
)
PLURAL_MODIFIERS = frozenset("sports arms sales goods savings customs".split())
# Those that the rules of conversation know.
CONVERSED_PLURALS = PLURALS & frozenset("people men women children police".split()) | {"troops", "data", "media"}

# Of persons: before a name, and without one.
TITLES = frozenset(
    """king queen prince princess emperor empress tsar president general colonel admiral marshal archduke duke count
    patriarch metropolitan pope sir lord lady mr mrs ms dr captain major commander sultan minister
    chancellor professor bishop""".split()
)
CROWDS = frozenset(
    """citizen refugee emigrant immigrant émigré exile officer soldier volunteer mercenary national rebel prisoner
    worker employee customer member troop child men women people inhabitant resident student teacher artist owner
    successor predecessor deputy rival friend colleague opponent heir cousin uncle aunt parent grandfather grandmother
    spouse killer assassin murderer founder creator head boss chief captain rapper manager chairman secretary""".split()
)
# Of women and of men, with the pronouns of women.
WOMEN = frozenset(
    """mother queen empress princess wife daughter sister woman lady she her actress duchess countess baroness
    grandmother aunt niece girl mrs ms miss madam madame waitress heroine widow""".split()
)
MEN = frozenset(
    """king emperor prince tsar duke archduke sultan father brother son husband man lord sir count baron grandfather
    uncle nephew boy mr monsieur widower""".split()
)
# The head of a name that is a place's.
PLACE_HEADS = frozenset(
    """oblast republic kingdom empire governorate federation states islands monarchy peninsula""".split()
)
# They name an organization, an event or a work when they stand in a name: "the Treaty of Berlin".
ORGANIZED = frozenset(
    """treaty party union war wars convention museum church house army conference council congress declaration
    revolution uprising movement league committee government ministry embassy company refinery crisis
    dynasty festival fair ballet school academy institute agreement act pact programme program brigade guard
    association organization organisation bureau offensive battle film line brotherhood forces force partisans
    commission assembly parliament alliance regime law census bank group corporation society club agency times
    centre center university peace purge exhibition days system department""".split()
)
# Of things that a pronoun before them does not tell apart.
VAGUE = frozenset("way reason kind sort type form case aspect one ones first second third last next same only".split())
# What says that a number is to be paid.
PAID = tuple(
    """prices? costs? fees? fares? charges? deposit rent postage shipping delivery fine penalty surcharge supplement
    total""".split()
)
PRICES = (*"prices fees fares tariffs charges menu".split(), "price list", "price card", "rate card")
# What has a number with a point that is no price: a time of day, a measure, a reference.
NOT_PAID = tuple(
    """daily weekdays? opens? opening closes? closing orders? hours? times? arrival departure check.?in check.?out
    weight length width height depth diameter size volume distance version rating score room page section telephone
    phone fax""".split()
)
