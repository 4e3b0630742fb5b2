# ruff: noqa: SIM905 (a list of quoted words is harder to read and to add to)
"""Function words: articles, pronouns, prepositions, conjunctions, auxiliaries, words that ask and words that deny.

Each class is listed once, in lower case; what a rule needs besides it is added to it, or taken from it, by name.
"""

from __future__ import annotations

ARTICLES = frozenset(("the", "a", "an"))
DEMONSTRATIVES = frozenset("this that these those".split())
THERE = frozenset(("there", "here"))

SUBJECTS = frozenset("i you he she it we they".split())
OBJECTS = frozenset("me him us them".split())  # "you" and "it" are subjects too, "her" a possessive
POSSESSIVES = frozenset("my your his her its our their".split())
THIRD_POSSESSIVES = POSSESSIVES - {"my", "your", "our"}
OWNERS = frozenset("mine yours hers ours theirs".split())
REFLEXIVES = frozenset("myself yourself himself herself itself ourselves themselves".split())
OF_THIRDS = REFLEXIVES & frozenset("himself herself itself themselves".split())
OWNING_OF_THIRDS = THIRD_POSSESSIVES | OWNERS - {"mine", "yours", "ours"}
ONES = frozenset(("one", "ones"))
PERSONAL = SUBJECTS | OBJECTS | OWNERS | OF_THIRDS | ONES

WH = frozenset("who whom whose when where why which what how".split())

BE = frozenset("is are was were be been being".split())
DO = frozenset("did do does".split())
HAVE = frozenset("has have had".split())
MODALS = frozenset("can could will would shall should may might must".split())
AUXILIARIES = BE | DO | HAVE | MODALS
NEGATED = frozenset(
    """isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't won't wouldn't can't cannot couldn't
    shouldn't""".split()
)
# What stands after the words that ask, or first where none asks.
ASKING_AUXILIARIES = (
    AUXILIARIES - {"being"} | NEGATED & frozenset(f"{verb}n't" for verb in BE | DO) | frozenset(("am", "'s"))
)

_PLACING = frozenset(
    """of in on at by for with from to into onto upon about as over under between among through during before after
    above below against within without toward towards via""".split()
)
PREPOSITIONS = _PLACING | frozenset(
    "since until till than near outside inside across behind despite along around beyond beside besides".split()
)
CONJUNCTIONS = frozenset("and or but nor so yet if then because while whereas although though unless".split())

DENYING = ("not", "never", "no")
DENIALS = (*DENYING, "none", "neither", "nor", "nobody", "nothing", "without", "cannot")

# Function words that are none of those above.
_OTHERS = frozenset("not no only also too very just even both each any some all other same own more most".split())

# They tell which words of a question carry its content; the index holds them like any other term.
STOP_WORDS = (
    ARTICLES
    | DEMONSTRATIVES
    | THERE
    | SUBJECTS
    | OBJECTS - {"us"}  # that is a country, too
    | POSSESSIVES
    | OWNERS
    | REFLEXIVES
    | WH
    | AUXILIARIES
    | NEGATED
    | _PLACING
    | CONJUNCTIONS
    | _OTHERS
    | frozenset("another whatever whoever whichever am doing done having ought than per nor such s t".split())
)

# Words that only ask: left out of a question for ranking. On samples of SQuAD train that raises recall@1 by 1.5
# to 2 points, while leaving out all function words lowers it.
QUESTION_WORDS = WH | DO

# What conversation takes for no part of a name or a noun phrase.
FUNCTION = (
    WH
    | AUXILIARIES
    | PREPOSITIONS
    | ARTICLES
    | POSSESSIVES
    | DEMONSTRATIVES
    | THERE
    | PERSONAL
    | CONJUNCTIONS
    | _OTHERS
    | frozenset(
        """ever still again later already exactly precisely else others much many actually really according instead ago
        now once together well out up down off away back""".split()
    )
)

# Of the words of an answer, as the lexical reader sees them: each word has the last class that lists it.
CLASSES = {
    "determiner": ARTICLES | DEMONSTRATIVES | POSSESSIVES | frozenset("each every some any no another such".split()),
    "preposition": _PLACING | frozenset("per since until near around across".split()),
    "conjunction": CONJUNCTIONS | WH | frozenset(("than", "whether")),
    "auxiliary": AUXILIARIES | NEGATED - {"haven't", "couldn't", "shouldn't"} | frozenset(("am", "having", "not")),
    "pronoun": SUBJECTS | OBJECTS | OF_THIRDS | THERE,
}

# No unit, wherever one of them stands after a number.
NO_UNITS = (
    ARTICLES
    | DEMONSTRATIVES
    | HAVE
    | THIRD_POSSESSIVES
    | BE - {"being"}
    | frozenset(
        """of in on at by for to from with and or but as which who during after before since until between than per into
        under over years old when while where it there not also only out up about around more less each""".split()
    )
)
# What no name consists of, though it may have a capital; besides months, days and numbers.
NO_NAMES = (
    ARTICLES
    | DEMONSTRATIVES
    | SUBJECTS
    | THIRD_POSSESSIVES
    | frozenset(
        """in on at by for to from with of and or but as there when while after before since until during although
        however both many most some all several who what where which today yesterday now then only also not no mr mrs
        ms dr""".split()
    )
)
# They stand inside names without a capital.
NAME_PARTS = tuple("of the and de la von van der al bin for".split())
# What may be the subject of a clause, or begin it.
CLAUSE_SUBJECTS = (
    ARTICLES
    | DEMONSTRATIVES
    | SUBJECTS - {"i", "you"}
    | THIRD_POSSESSIVES
    | frozenset("there both many most some".split())
)
# A clause begins or ends with one of these.
CLAUSE_ENDS = frozenset(
    """that when because after before while if as and but since until although though who which where whether than to
    so , ;""".split()
)
# The words that ask end before one of these.
ASKING_ENDS = frozenset(
    "of in on at by for with from to into about as between among during that which who and or not the a an than".split()
)
ATTACHING = frozenset("in at between for against with on to from about".split())
# An answer may begin with one of these although its like never begins one.
ANSWER_OPENINGS = frozenset(
    "because if when where how what why not both whether so have had be been being while".split()
)
# After "does", which "dose" is not: "dose it rain?".
AFTER_DOES = tuple("an? the it this that he she they my your our one everyone anyone".split())
# After its subject, an auxiliary that says that a name is one.
ACTING = AUXILIARIES - frozenset("be been being do shall should may might must".split())
# A question may begin with one of these after a word that leads into it.
OPENING_AUXILIARIES = AUXILIARIES - MODALS - {"be", "been", "being"} | {"can", "could"}
# Of a clause, besides other verbs: one of these makes it a statement.
FINITE_AUXILIARIES = AUXILIARIES - frozenset("been being should".split())
# What adds to a noun after it.
FURTHER = ATTACHING | frozenset("of that which who whose where when 's".split())
# Before a number or what it is of, they make it less exact.
APPROXIMATE = frozenset(
    "about around approximately nearly almost roughly over under than some least most estimated".split()
)

# No heading and no full line ends in one of these: the next line goes on.
GOES_ON = frozenset(
    "a an and are as at be by de for from had has her his in is its la of on or that the their to was were with".split()
)
