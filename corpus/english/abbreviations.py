# ruff: noqa: SIM905 (a list of quoted words is harder to read and to add to)
"""Words that carry a full stop without ending a sentence, and words that a sentence begins with.

All in lower case and without their last stop, except STARTERS, which stand as they are written.
"""

from __future__ import annotations

from corpus.english.calendar import SHORT_MONTHS, SHORT_WEEKDAYS

_MONTHS = frozenset((*SHORT_MONTHS, "sept")) - {"may"}

# Always followed by more: a name, a number or the thing meant.
NEVER_LAST = frozenset(
    """
    mr mrs ms mx dr prof gen col lt capt cpt sgt maj sen rep gov rev hon pres adm cmdr cdr brig cpl pvt msgr supt messrs
    mme mlle mgr fr ss sra srta sig hr frau ing dipl doc ven insp det attn
    e.g i.e eg ie cf vs viz ca approx incl esp resp a.k.a v
    bzw tzv tzn d.h z.b u.a npr tj
    """.split()
)

# Held open by a digit after them ("No. 5", "pp. 3", "c. 1900", "Jan. 5"), otherwise plain words.
BEFORE_NUMBERS = (
    _MONTHS
    | frozenset(SHORT_WEEKDAYS[:5])
    | {"tues", "thur", "thurs"}
    | frozenset(
        """
    no nos nr num vol vols p pp pg fig figs art arts sec secs ch chap chs par para eq eqs ex ref refs ver app tab
    op est b c d r s l n m t abs br str pt pts v lit rs hist orat lib
    ps lk mk jn ecl matt rom cor gal deut lev isa jer ezek heb
    ext tel fax mob ph bldg bld rm apt ste flr fl hwy rte rt jct blk unt ser inv acct cert lic reg ed edn iss
    cl cls ann encl rel qty temp wt ht lat lon alt dia diam vol fol fols ff cols ln lns pos stn sta
    abb abs anm bd bde bst hs kap nr tab ziff str tfn hdwy exp extn mezz lvl pk pkt pcs pl plt
    subsec subpara sect sched reg annex amend suppl thm lem ep eps seq sess lect zn plat div loc pop elev circ avg
    """.split()
    )
)

# Followed by a number or by a letter that names a place ("Bldg. C", "Apt. 4B", "Rm. B12"), likewise held open.
BEFORE_LABELS = frozenset("bldg bld rm apt ste ext fl flr blk unt no nr fig figs tab sec app pl cl art ser".split())

# Directly after an opening bracket, an abbreviation and never a whole sentence ("(feat. Lee)").
IN_BRACKETS = frozenset("feat prod dir arr perf publ orig lit lat gk trans illus ret ed eds".split())

# May stand last in a sentence: what follows decides.
MAY_BE_LAST = _MONTHS | frozenset(
    """
    inc ltd co corp llc plc bros jr sr esq etc al st mt ft ave blvd rd dept univ assn assoc govt intl natl
    ed eds trans comp var sp spp ssp subsp max min dist
    """.split()
)

# Words without a vowel that stand last as often as not ("It is 5 km.").
UNITS = frozenset("kg km cm mm ml lb lbs hr hrs kw kwh mb gb tb px ft pct mph kph rpm hz khz mhz ghz".split())

# Capitalised here only because they begin a sentence. Words that also begin names ("First", "New") are left out.
STARTERS = frozenset(
    """
    The A An This That These Those It Its He She They We I You His Her Their Our My Your In On At By For From With After
    Before During Since Until While When Where Whereas As If Although Though However But And Or So Yet Then Thus
    Therefore Also Both Each Every Many Most Some Several Such There Here What Who Why How Which Another Other Others
    One Two Three All Not No Nor To Of Over Upon Among Between Through Through Despite Because According Later Today
    Instead Meanwhile Moreover Furthermore Additionally Finally Following Unlike Like Once Only Even Within Without
    Having Being Nevertheless Nonetheless Consequently Subsequently Afterwards Eventually Initially Currently
    Recently Historically Traditionally Originally Similarly Likewise Indeed Hence Throughout Under Did Does Is Are Was
    Were Can Could Will Would Should
    """.split()
)

# A single capital after one of these is a name of its own, so its stop may end a sentence ("World War I. Serbia ...").
LETTERED = frozenset(
    """
    war vitamin hepatitis plan part act type class grade group section article appendix figure table schedule title
    phase stage factor division category point model option team
    """.split()
)

# German writes "3. Oktober".
ORDINAL_MONTHS = frozenset(
    "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember".split()
)
