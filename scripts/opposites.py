"""Words that exclude each other: one event or quality where the question asks for the other."""

from __future__ import annotations

from collections.abc import Mapping

_PAIRS = """
first last; oldest youngest; oldest newest; largest smallest; biggest smallest; highest lowest; longest shortest;
most least; more fewer; more less; before after; earliest latest; early late; begin end; began ended; start stop;
start end; starts ends; started stopped; begins finishes; increase decrease; increased decreased; rise fall; rose fell;
win lose; won lost; won refused; north south; east west; northern southern; eastern western; male female; man woman;
men women; boys girls; father mother; son daughter; brother sister; husband wife; king queen; born buried;
birth death; born died; inside outside; above below; under over; left right; open close; opens closes; opened closed;
opening closing; public private; rich poor; high low; hot cold; young old; new old; large small; big small; good bad;
best worst; positive negative; allow forbid; allowed forbidden; legal illegal; support oppose; supported opposed;
accept reject; accepted rejected; agree disagree; agreed refused; join leave; joined left; joins leaves; enter leave;
entered left; arrive depart; arrives departs; arrive leave; arrived left; arrival departure; build destroy;
built destroyed; create abolish; created abolished; buy sell; bought sold; buyer seller; give take; gave took;
give receive; gave received; lend borrow; lent borrowed; lends borrows; send receive; sent received; sender recipient;
pay owe; paid owed; hire dismiss; hired dismissed; admit discharge; admitted discharged; attack defend;
attacked defended; succeed fail; succeeded failed; friend enemy; ally enemy; allies enemies; import export;
imports exports; summer winter; spring autumn; day night; morning evening; urban rural; minimum maximum; min max;
top bottom; front back; major minor; common rare; always never; all none; many few; major small; strong weak;
safe dangerous; similar different; same different; like unlike; include exclude; included excluded; includes excludes;
with without; gain lose; gained lost; popular unpopular; success failure; victory defeat; appear disappear;
appeared disappeared; permanent temporary; ancient modern; primary secondary; senior junior; direct indirect;
internal external; domestic foreign; landlord tenant; employer employee; teacher pupil; teach learn; teaches learns;
lessor lessee; creditor debtor; winner loser; winner runner; arrested released; approved rejected; raised lowered;
raise lower; planned actual; net gross; deposit withdraw; deposited withdrawn; install remove; installed removed;
add remove; added removed; upload download; lock unlock; enable disable; enabled disabled; mandatory optional;
required optional; present absent; weekday weekend; weekdays weekends; adult child; adults children
"""


def _pairs() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for pair in _PAIRS.split(";"):
        first, second = pair.split()
        found.setdefault(first, []).append(second)
        found.setdefault(second, []).append(first)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}


OPPOSITES: Mapping[str, tuple[str, ...]] = _pairs()
"""The opposites of each word, in lower case."""
