"""Words that the rules of conversation know: tokens, function words, verbs and their bases, countries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(r"\b[A-Z]\.(?=\s?[A-Z])|['’][sS]\b|[$€£]?\w+(?:[-–/.,]\w+|['’](?![sS]\b)\w+)*%?|[^\w\s]")

WH = frozenset("who whom whose when where why which what how".split())  # noqa: SIM905
BE = frozenset("is are was were be been being".split())  # noqa: SIM905
DO = frozenset("did do does".split())  # noqa: SIM905
AUXILIARIES = (
    BE | DO | frozenset("has have had can could will would shall should may might must".split())  # noqa: SIM905
)
PREPOSITIONS = frozenset(
    """of in on at by for with from to into onto about between against during since until till after before
    without as than near outside inside under over within among towards toward through under across behind
    despite along around upon via beyond above below beside besides""".split()  # noqa: SIM905
)
ARTICLES = frozenset(("the", "a", "an"))
POSSESSIVES = frozenset("my your his her its our their".split())  # noqa: SIM905
DEMONSTRATIVES = frozenset("this that these those".split())  # noqa: SIM905
PERSONAL = frozenset(
    """i me you he him she it we us they them hers theirs ours mine yours himself herself itself themselves
    one ones""".split()  # noqa: SIM905
)
FUNCTION = (
    WH
    | AUXILIARIES
    | PREPOSITIONS
    | ARTICLES
    | POSSESSIVES
    | DEMONSTRATIVES
    | PERSONAL
    | frozenset(
        """and or but nor so yet if then because while whereas although though unless not no only also too very just
        even there here ever still again later already exactly precisely else both each any some all other
        others same own more most much
        many actually really according instead ago now once together well out up down off away back""".split()  # noqa: SIM905
    )
)
ORDINALS = tuple("first second third fourth fifth sixth seventh eighth ninth tenth".split())  # noqa: SIM905
MONTHS = frozenset(
    """january february march april may june july august september october november december""".split()  # noqa: SIM905
)

# Verbs whose past does not end in -ed: past and participle before the colon, base after it.
_IRREGULAR = """
    arose,arisen:arise ate,eaten:eat awoke:awake bore,born,borne:bear beat,beaten:beat became:become began,begun:begin
    bent:bend bet:bet bit,bitten:bite bled:bleed blew,blown:blow broke,broken:break bred:breed brought:bring
    broadcast:broadcast built:build burnt:burn bought:buy cast:cast caught:catch chose,chosen:choose came:come
    cost:cost crept:creep cut:cut dealt:deal dug:dig done:do drew,drawn:draw drank,drunk:drink drove,driven:drive
    fell,fallen:fall fed:feed felt:feel fought:fight fled:flee flew,flown:fly forbade,forbidden:forbid forgot:forget
    forgave:forgive froze,frozen:freeze got,gotten:get gave,given:give went,gone:go grew,grown:grow hung:hang
    hid,hidden:hide hit:hit held:hold hurt:hurt kept:keep knew,known:know laid:lay led:lead left:leave lent:lend
    let:let lay,lain:lie lost:lose made:make meant:mean met:meet overthrew,overthrown:overthrow oversaw:oversee
    paid:pay put:put quit:quit read:read rode,ridden:ride rang,rung:ring rose,risen:rise ran,run:run said:say
    saw,seen:see sought:seek sold:sell sent:send set:set shook,shaken:shake shot:shoot showed,shown:show shut:shut
    sang,sung:sing sank,sunk:sink sat:sit slept:sleep spoke,spoken:speak spent:spend split:split spread:spread
    stood:stand stole,stolen:steal struck,stricken:strike strove:strive swore,sworn:swear swept:sweep swam:swim
    took,taken:take taught:teach tore,torn:tear told:tell thought:think threw,thrown:throw understood:understand
    undertook,undertaken:undertake upheld:uphold woke:wake wore,worn:wear won:win withdrew,withdrawn:withdraw
    wrote,written:write
"""
# Common verbs whose base a question may hold ("did it cover"), besides those above.
_REGULAR = """
    abolish accept achieve add acquire adopt affect agree allow announce annex answer appear appoint approve arrest
    arrive ask assassinate attack attempt attend back ban belong believe borrow call carry cause celebrate change charge
    claim close collapse command commit complain complete concern conclude condemn conquer consist contain continue
    contribute control cooperate cover create cross declare decline defeat defend deliver demand deny depend depose
    describe design destroy develop die direct disagree discover dismiss dissolve dominate earn emerge employ enable
    end enjoy enter escape establish execute exist expand expect expel explain export expose face fail favour finance
    finish flow follow force form found gain govern happen hate help hire honour hope ignore impose improve include
    increase influence inherit insist inspire intend intervene introduce invade invent invite involve join justify
    kill lack land last launch like live locate look love maintain manage marry migrate mobilize move murder name need
    negotiate obtain occupy occur offer open operate oppose order organize own participate pass perform permit plan
    play populate prefer prevent proclaim produce promise promote propose protect protest prove provide publish
    pursue raise reach react receive recognise recognize recommend record reduce refuse reign reject remain remember
    remove rename renew replace represent request resign respond restore result return rule run say seem seize serve
    settle share sign sponsor start stay step stop suffer suggest supply support suppose survive tend threaten topple
    train transfer travel treat try turn unite use view visit vote want warn win work worry
"""
_NOT_PARTICIPLES = frozenset("hundred united sacred naked need seed speed breed indeed red bed feed".split())  # noqa: SIM905

# Countries and larger states of the past with the adjective, where it is not the name with -n.
COUNTRIES = {
    pair.partition(":")[0].replace("_", " "): (pair.partition(":")[2] or pair.partition(":")[0].replace("_", " ") + "n")
    for pair in """
    Afghanistan:Afghan Albania Algeria Angola Argentina:Argentine Armenia Australia Austria
    Austria-Hungary:Austro-Hungarian
    Azerbaijan:Azerbaijani Bangladesh:Bangladeshi Belarus:Belarusian Belgium:Belgian Bolivia
    Bosnia_and_Herzegovina:Bosnian Bosnia Brazil:Brazilian Britain:British Bulgaria Cambodia Canada:Canadian
    Chile China:Chinese Colombia Croatia Cuba Cyprus:Cypriot Czechoslovakia:Czechoslovak Czechia:Czech
    Denmark:Danish Egypt:Egyptian England:English Estonia Ethiopia Finland:Finnish France:French Georgia
    Germany:German Ghana:Ghanaian Great_Britain:British Greece:Greek Hungary:Hungarian Iceland:Icelandic India
    Indonesia Iran:Iranian Iraq:Iraqi Ireland:Irish Israel:Israeli Italy:Italian Jamaica Japan:Japanese
    Jordan:Jordanian Kazakhstan:Kazakh Kenya Korea Kosovo:Kosovan Kuwait:Kuwaiti Latvia Lebanon:Lebanese Libya
    Lithuania Luxembourg:Luxembourgish Macedonia Malaysia Malta:Maltese Mexico:Mexican Moldova Mongolia
    Montenegro:Montenegrin Morocco:Moroccan Nepal:Nepalese Netherlands:Dutch New_Zealand Nigeria
    North_Macedonia Norway:Norwegian Pakistan:Pakistani Palestine:Palestinian Peru:Peruvian Philippines:Philippine
    Poland:Polish Portugal:Portuguese Prussia Romania Russia Saudi_Arabia:Saudi Scotland:Scottish Serbia
    Singapore:Singaporean Slovakia:Slovak Slovenia:Slovene Somalia:Somali South_Africa Soviet_Union:Soviet
    Spain:Spanish Sudan:Sudanese Sweden:Swedish Switzerland:Swiss Syria Taiwan:Taiwanese Thailand:Thai
    Tunisia Turkey:Turkish Uganda Ukraine:Ukrainian United_Kingdom:British United_States:American
    Uruguay:Uruguayan Venezuela Vietnam:Vietnamese Wales:Welsh Yemen:Yemeni Yugoslavia:Yugoslav
    """.split()  # noqa: SIM905
}
ADJECTIVES = {adjective: country for country, adjective in COUNTRIES.items()}

# Nouns that name an organization, an event or a work when they stand in a name: "the Treaty of Berlin".
ORGANIZED = frozenset(
    """treaty party union war wars convention museum church house army conference council congress declaration
    revolution uprising movement league committee government ministry embassy company refinery crisis
    dynasty festival fair ballet school academy institute agreement act pact programme program brigade guard
    association organization organisation bureau offensive battle film line brotherhood forces force partisans
    commission assembly parliament alliance regime law census bank group corporation society club agency times
    centre center university peace purge exhibition days system department""".split()  # noqa: SIM905
)
_PEOPLES = frozenset(
    """Serb Croat Slav Turk Dane Swede Finn Pole Spaniard Scot Briton Jew Arab Ottoman
    Bolshevik""".split()  # noqa: SIM905
)


class Word(NamedTuple):
    """A word or sign of a question, as written and lower-cased, with its place."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is written like a name: "Masri", "al-Masri"."""
        return self.text[0].isupper() or self.text.rpartition("-")[2][:1].isupper()

    @property
    def word(self) -> bool:
        """Whether it is a word or number rather than a sign or a possessive ending."""
        return (self.text[-1].isalnum() or self.text[0].isalnum()) and self.lower != "'s"


def tokens(text: str) -> list[Word]:
    """The words and signs of a question; hyphenated words are one, a possessive ending stands alone.

    >>> [token.text for token in tokens("Serbia's MiG-29 cost $1.7 billion?")]
    ['Serbia', "'s", 'MiG-29', 'cost', '$1.7', 'billion', '?']
    """
    return [
        Word(match[0], match[0].lower().replace("’", "'"), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


@cache
def _pasts() -> dict[str, str]:
    pairs = (pair.split(":") for pair in _IRREGULAR.split())
    return {past: base for pasts, base in pairs for past in pasts.split(",")}


@cache
def _bases() -> frozenset[str]:
    return frozenset(_pasts().values()) | frozenset(_REGULAR.split())


def is_base(word: str) -> bool:
    """Whether a lower-case word is the base of a common verb."""
    return word in _bases()


def is_past(word: str) -> bool:
    """Whether a lower-case word looks like a past tense or a participle."""
    return word in _pasts() or (word.endswith("ed") and len(word) > 3 and word not in _NOT_PARTICIPLES)


def base_form(verb: str) -> tuple[str, str]:
    """The auxiliary and the base of a verb: what "ordered" becomes in a question with "did".

    >>> base_form("ordered"), base_form("led"), base_form("proposed"), base_form("carries")
    (('did', 'order'), ('did', 'lead'), ('did', 'propose'), ('does', 'carry'))
    """
    if verb in _pasts():
        return "did", _pasts()[verb]
    if verb.endswith("ied"):
        return "did", verb[:-3] + "y"
    if verb.endswith("ed"):
        return "did", _without_ending(verb[:-2])
    if verb.endswith("ies"):
        return "does", verb[:-3] + "y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return "does", verb[:-2]
    if verb.endswith("s") and not verb.endswith("ss"):
        return "does", verb[:-1]
    return "do", verb


def _without_ending(stem: str) -> str:
    """The base of a verb in -ed without that ending: known, or by the usual spelling."""
    for base in (stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem):
        if base in _bases():
            return base
    if stem[-2:-1] == stem[-1:] and stem[-1] not in "slfz":
        return stem[:-1]
    mute = re.search(
        r"(?:[aeiou][csvzgu]|[aiou]t|dg|rg|[^aeiouwl]l|[^aeiou][rs]v|[^aeo]ir|tor|plor|scor|n[cs]|rs|u[rmn]|id)$", stem
    )
    return stem + "e" if mute and not re.search(r"(?:ss|x|w|it|et)$", stem) else stem


def is_plural(word: str) -> bool:
    """Whether a lower-case noun looks like a plural."""
    return word in ("people", "men", "women", "children", "police", "troops", "data", "media") or (
        word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is"))
    )


def is_people(word: str) -> bool:
    """Whether a capitalised word is the plural name of a people: "Russians", "Serbs"."""
    return word.endswith("s") and (word[:-1] in ADJECTIVES or word[:-1] in _PEOPLES)


def is_abbreviated_plural(word: str) -> bool:
    """Whether a word is the plural of an abbreviation: "DVDs"."""
    return len(word) > 2 and word[:-1].isupper() and word[-1] == "s"


def country_of(name: str) -> str:
    """The country that a name or an adjective stands for, in any case of letters, or "".

    >>> country_of("russian"), country_of("Soviet Union"), country_of("Tito")
    ('Russia', 'Soviet Union', '')
    """
    return _countries().get(name.casefold(), "")


@cache
def _countries() -> dict[str, str]:
    adjectives = {adjective.casefold(): country for adjective, country in ADJECTIVES.items()}
    return adjectives | {country.casefold(): country for country in COUNTRIES}


def joined(words: Sequence[Word], text: str) -> str:
    """The stretch of the text that the tokens cover."""
    return text[words[0].start : words[-1].end] if words else ""


def sentence(text: str) -> str:
    """The text as a question: a capital first, a question mark last."""
    stripped = " ".join(text.split()).rstrip(" ?!.,;")
    return stripped[:1].upper() + stripped[1:] + "?"
