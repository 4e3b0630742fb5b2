# ruff: noqa: SIM905 (a list of quoted words is harder to read and to add to)
"""Adjectives and adverbs, by what they say of a thing."""

from __future__ import annotations

# In -ly, but no adverbs.
NOT_ADVERBS = frozenset(
    """family ally assembly monopoly supply reply anomaly
    yearly monthly weekly daily early friendly""".split()
)
# What is said of a subject after "is": no part of its name.
PREDICATES = frozenset(
    """open closed free available possible responsible ready legal famous big bigger small smaller large larger old
    older new newer high higher long longer expensive cheap cheaper true false alive dead independent neutral successful
    necessary important useful like similar different allowed""".split()
)
# What may stand beside a word that asks.
MANNER = frozenset(
    """exactly precisely else many much long often far old large big not so long the reason year month day date town
    city country place one ones people kind of sort come so then percent""".split()
)
# "It is ... that": the pronoun stands for nothing.
CLAIMED = tuple(
    """true false right wrong possible impossible necessary likely unlikely known said believed thought clear important
    legal illegal hard easy difficult easier harder better worse common allowed forbidden safe dangerous correct
    certain worth time raining fair customary usual normal advisable useful sufficient enough""".split()
)
# Opinions, which no document can support.
OPINIONS = tuple(
    """beautiful wonderful amazing awesome terrible horrible lovely fascinating delicious disappointing ugly boring
    brilliant fantastic stunning charming gorgeous awful magnificent overrated underrated tasty pleasant nice
    perfect""".split()
)
# What may stand before a number that names nothing: "at least 5".
BEFORE_AMOUNTS = frozenset(
    """least most next last past first every about around under over age aged early late mid within below above only
    just nearly almost exactly year years ages spend pay paid cost costs worth number""".split()
)
# Who uses one of these with a name may ask about another one: "What came before 3.0?"
RELATING = tuple(
    """before after until till since from than successor predecessor previous next replac\\w* instead compar\\w*
    differ\\w* between upgrad\\w* both over under above below other""".split()
)
