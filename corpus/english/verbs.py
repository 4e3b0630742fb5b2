# ruff: noqa: SIM905 (a list of quoted words is harder to read and to add to)
"""Verbs: their irregular forms, and lists of those that behave alike."""

from __future__ import annotations

# Those whose past does not end in -ed: past and participle before the colon, base after it.
IRREGULAR = """
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
# Common ones whose base a question may hold ("did it cover"), besides those above.
REGULAR = """
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
# In -ed, but no participles.
NOT_PARTICIPLES = frozenset("hundred united sacred naked need seed speed breed indeed red bed feed".split())
# To give a name: as participles, and after "did".
NAMED = frozenset("called named termed dubbed nicknamed known labeled".split())
NAMING = frozenset("call name term refer describe nickname label".split())
# Before "of", without an object, and of making something.
OF_VERBS = frozenset("approve become complain consist dispose dream hear know make speak think".split())
WITHOUT_OBJECT = frozenset("participated died fought happened happens occurred met appeared fell survived".split())
MAKING = frozenset(
    """write compose paint direct design build publish produce invent discover found establish create own sign launch
    sing film draw draft translate record perform edit make""".split()
)
MOVING = tuple(
    """go goes going gone went come comes came move moved travel travelled get gets got flee fled return
    returned""".split()
)
# What a person does of whom a text speaks.
SPEAKING = tuple(
    """said says told thought believed wrote died signed ordered visited declared called argued led married
    met""".split()
)
# With what asks for no more than the last question's event: "when did that happen?".
HAPPENING = frozenset(
    "that this it happen happened happening occur occurred take took taken place come about go".split()
)
# With "I" or "we" they give an opinion.
OPINING = (
    *"think believe feel hope guess suppose love like hate recommend suggest wonder wish want prefer doubt".split(),
    *("am afraid", "am sure", "am happy", "are happy", "look forward"),
)
# Those before a question inside a question: "do you know who", "can you tell me when", "is it clear what".
TELLING = frozenset(
    "know known tell told say said show explain describe mention remember remind specify clear sure idea".split()
)
# They open a sentence that is no fragment.
SENTENCE_OPENINGS = frozenset("if because unless while although whether tell show give explain describe".split())
# Other finite forms than those of auxiliaries, as parts of a pattern: a clause has one of them.
FINITE = tuple(
    """says? said makes? made gets? got gives? gave goes went comes? came takes? took knows? knew lies? lay leads? led
    holds? held becomes? became begins? began costs? pays? paid lives? works? plays? runs? ran stands? stood
    wins? won writes? wrote speaks? spoke means? needs? opens? closes? includes? contains? allows? requires?
    provides? offers? uses? supports? produces? sells? sold buys? bought grows? grew rises? rose falls? fell
    loses? lost sees? saw finds? found keeps? kept brings? brought belongs? consists? covers? receives? exports?
    imports? remains?""".split()
)
