"""Templates of events in work and trade that are easily taken for their opposites."""

__all__ = ["DEALINGS"]

DEALINGS = """
# opposite events
= delivery memo / firm
+ We sent the {goods1} to {firm1} on {date1}. | The {goods1} for {firm1} were dispatched on {date1}. | On {date1} the
  {goods1} were shipped to {firm1}.
? When were the {goods1} [sent/shipped/dispatched] to {firm1}? | When did the {goods1} for {firm1} go out? = date1
+ {firm1} received the {goods1} on {date2}. | The {goods1} reached {firm1} on {date2}.
? When did {firm1} [receive/get] the {goods1}? | On what date did the {goods1} [reach/arrive at] {firm1}? = date2
- How many {goods1} were sent to {firm1}? | What did {firm1} pay for the {goods1}?
= memo minutes club / person1
+ {person1} has paid {money1} for {purpose1}. | {person1} paid {money1} towards {purpose1} in {month1}.
? How much [did {person1} pay/has {person1} paid]? | What sum has {person1} paid so far? = money1
+ {person1} still owes {money2}. | {money2} is still outstanding from {person1}.
? How much does {person1} [still owe/owe]? | What sum is still outstanding from {person1}? | {person1} outstanding
  amount = money2
- To whom does {person1} owe money?
= history memo / item
+ {person1} sold {item1} in {year1}. | In {year1} {item1} was sold by {person1}.
? Who sold {item1}? | Who was the seller of {item1}? | From whom was {item1} bought? = person1
! When was {item1} sold? = year1
+ It was {firm1} that bought {item1}. | {item1} was bought by {firm1}. | {firm1} is now the owner of {item1}, having
  bought it at an auction.
? Who [bought/purchased] {item1}? | Who was the buyer of {item1}? | To whom was {item1} sold? = firm1
- How much did {item1} cost? | For how much was {item1} sold?
= club house memo / item
+ {person1} has lent us {item1} for a while. | {item1} was lent by {person1}. | {item1} is on loan from {person1}.
? Who lent {item1}? | Who has {item1} been borrowed from? | Who does {item1} belong to? = person1
+ {person2} has borrowed {item1} until {date1}. | {item1} is out: {person2} borrowed it last week.
? Who [borrowed/has borrowed] {item1}? | Who was {item1} lent to? = person2
- What does it cost to borrow {item1}?
= hr project / person1
+ {person1} was hired on {date1}. | {person1} joined the company on {date1}. | {firm1} took on {person1} on {date1}.
? When was {person1} [hired/taken on]? | On what date did {person1} join? | {person1} start date = date1
+ {person1} left the company on {date2}. | {person1} resigned with effect from {date2}. | The employment of {person1}
  ended on {date2}.
? When did {person1} leave? | What was the last day of {person1}? | When did {person1}'s employment end? = date2
- Why did {person1} leave? | Who wrote {person1}'s reference?
= medical notice / person1
+ {person1} was admitted to hospital on {date1}. | {person1} went into hospital on {date1}.
? When was {person1} admitted? | When did {person1} go into hospital? = date1
+ {person1} was discharged on {date2}. | {person1} came home from hospital on {date2}.
? When was {person1} discharged? | When did {person1} [leave hospital/come out of hospital]? = date2
- Why was {person1} in hospital? | Which hospital was {person1} in?
= minutes project / project
+ The committee approved <what:the budget for {project1}>. | The board accepted <what:the schedule of {project1}>.
? What did the [committee/board] [approve/accept/agree to]? | What was approved? = what
+ <no:A second car park for staff> was rejected. | The board turned down <no:the request for a second car park>.
? What did the [committee/board] [reject/turn down]? | What was rejected? = no
- Why was the second car park rejected? | When was the decision about {project1} announced?
= minutes study
+ {count1} members voted for the motion. | The motion had {count1} votes in its favour.
? How many [voted for/votes were for/were in favour of] the motion? = count1
+ {count2} members voted against the motion. | {count2} votes were cast against the motion.
? How many voted against the motion? | How many votes were there against the motion? = count2
- How many members abstained? | How many members were entitled to vote? | abstentions number
= handbook delivery terms / machine
+ The minimum temperature for {machine1} is {temp1}. | {machine1} must not be kept below {temp1}.
? What is the [minimum/lowest] temperature for {machine1}? | How cold may it get for {machine1}? = temp1
+ The maximum temperature for {machine1} is {temp2}. | {machine1} must not get hotter than {temp2}.
? What is the [maximum/highest] temperature for {machine1}? | How hot may {machine1} get? = temp2
- What is the normal operating temperature of {machine1}?
= terms club event / goods
+ The minimum order for {goods1} is {small1} boxes. | At least <least:{small1} boxes> of {goods1} must be ordered.
? What is the [minimum/smallest] order for {goods1}? | {goods1} minimum order = small1, least
+ No more than {count1} boxes of {goods1} can be ordered at a time. | The maximum order for {goods1} is {count1}
  boxes.
? What is the [maximum/largest] order for {goods1}? | How many boxes of {goods1} can be ordered at most? = count1
- What does a box of {goods1} cost?
= hr terms %notice
+ The employer gives notice of {duration1}. | Notice by the employer is {duration1}. | If the employer ends the
  contract, the notice period is {duration1}.
? What notice does the employer have to give? | How long is the notice period for the employer? | notice period
  employer = duration1
+ The employee gives notice of {duration2}. | An employee who resigns must give {duration2} notice.
? What notice does the employee have to give? | How long is the notice period [when I resign/for an employee]? |
  notice period employee = duration2
- To whom must notice be given?
= lease
+ The landlord pays for <mine:repairs to the roof and the pipes>. | <mine:Repairs to the roof and the pipes> are the
  landlord's concern. | The landlord bears the cost of <mine:repairs to the outside of the building>.
? What does the landlord [pay for/have to pay]? | Which costs does the landlord bear? = mine
+ The tenant pays for <yours:electricity and internet>. | <yours:Water, gas and waste collection> are paid by the
  tenant.
? What does the tenant [pay for/have to pay]? | Which costs does the tenant bear? | costs tenant = yours
- When does the tenant pay for the parking space?
= lease %term
+ The lease begins on {date1}. | The tenancy starts on {date1}. | The tenant may move in on {date1}.
? When does the [lease/tenancy] [begin/start]? | From what date does the tenancy run? | lease start = date1
+ The lease ends on {date2}. | The tenancy runs until {date2}. | The lease expires on {date2} without notice.
? When does the [lease/tenancy] [end/expire/run out]? | Until when does the tenancy run? | lease end date = date2
- When was the lease signed? | By when must the lease be renewed? | When was the [flat/apartment] built?
= lease
+ The landlord is {person1}. | {person1} is the landlord. | The flat belongs to {person1}, who lets it.
? Who is the landlord? | Who lets the flat? | Who owns the [flat/apartment]? | landlord name = person1
+ The tenant is {person2}. | The flat is let to {person2}. | {person2} rents the flat.
? Who is the tenant? | Who rents the [flat/apartment]? | To whom is the flat let? | tenant name = person2
- Who is the guarantor? | Who lived in the flat before? | Who manages the building?
= delivery house project / machine
+ {machine1} was delivered on {date1}. | {firm1} delivered {machine1} on {date1}.
? When was {machine1} delivered? | On what date was {machine1} brought? = date1
+ {machine1} was installed on {date2}. | {machine1} was put in on {date2} by {firm1}.
? When was {machine1} [installed/put in/fitted]? = date2
- When was {machine1} last inspected? | What did {machine1} cost?
= delivery memo / goods
+ The {goods1} were ordered on {date1}. | We placed the order for the {goods1} on {date1}.
? When were the {goods1} ordered? | When did we place the order for the {goods1}? = date1
+ The {goods1} were delivered on {date2}. | The {goods1} came on {date2}.
? When were the {goods1} delivered? | When did the {goods1} [come/arrive]? | {goods1} delivery date = date2
- When were the {goods1} paid for? | Who ordered the {goods1}?
= memo town minutes / purpose
+ In {year1} the grant for {purpose1} was raised to {money2}. | The grant for {purpose1} rose to {money2} in {year1}.
! To what sum was the grant for {purpose1} [raised/increased]? = money2
! When was the grant for {purpose1} [raised/increased]? = year1
- By how much was the grant for {purpose1} lowered? | When was the grant for {purpose1} cut? | Who pays the grant for
  {purpose1}?
= memo history / firm
+ {firm1} imports {goods1}. | {firm1} is an importer of {goods1}. | {goods1} are imported by {firm1} from {place1}.
? What does {firm1} import? | Which goods does {firm1} bring in from abroad? = goods1
+ {firm1} exports {goods2}. | {firm1} is an exporter of {goods2}.
? What does {firm1} export? | Which goods does {firm1} sell abroad? = goods2
- How many people work for {firm1}? | Who owns {firm1}?
= house lease event %rules
+ <yes:Small dogs on a lead> are allowed. | <yes:Bicycles in the rear courtyard> are permitted. | You may bring
  <yes:your own food>.
? What is [allowed/permitted]? | What may [we/people] do or bring? = yes
+ <no:Open fires> are forbidden. | <no:Loud music after ten in the evening> is not allowed. | <no:Glass bottles on the
  lawn> are prohibited.
? What is [forbidden/prohibited/not allowed]? | What must people not do or bring? = no
- What is the fine for breaking the rules?
= project memo / project
+ {project1} was planned to cost {money1}. | The budget for {project1} was {money1}.
? What was the [planned cost/budget] of {project1}? | How much was {project1} [planned/supposed] to cost? = money1
+ {project1} actually cost {money2}. | In the end {money2} was spent on {project1}.
? What did {project1} actually cost? | How much was [really/actually] spent on {project1}? | {project1} actual cost =
  money2
- Who paid for {project1}?
= project / project
+ {project1} was planned to be finished on {date1}. | The planned completion date of {project1} was {date1}.
? When was {project1} planned to be finished? | What was the planned completion date of {project1}? = date1
+ {project1} was finished on {date2}. | {project1} was actually completed on {date2}.
? When was {project1} [finished/actually completed]? | On what date was {project1} really finished? = date2
- Who finished {project1}? | Why was {project1} late?
= hr / person1
+ The gross monthly pay of {person1} is {money2}. | {person1} earns {money2} a month gross.
? What is {person1}'s gross pay? | How much does {person1} earn before tax? | {person1} gross salary = money2
+ The net monthly pay of {person1} is {money1}. | {person1} gets {money1} a month net.
? What is {person1}'s net pay? | How much does {person1} get after tax? = money1
- How much tax does {person1} pay?
= delivery / goods
+ The gross weight of the {goods1} is {weight2}. | With packing, the {goods1} weigh {weight2}.
? What is the gross weight of the {goods1}? | What do the {goods1} weigh with packing? = weight2
+ The net weight of the {goods1} is {weight1}. | Without packing, the {goods1} weigh {weight1}.
? What is the net weight of the {goods1}? | What do the {goods1} weigh without packing? = weight1
- What does the packing of the {goods1} weigh?
= travel lease event / street
+ Check-in at {street1} is from {time2}. | At {street1} guests can check in from {time2} on.
? When is check-in at {street1}? | From when can one check in at {street1}? | check-in time {street1} = time2
+ Check-out at {street1} is by {time1}. | Guests at {street1} leave their rooms by {time1} on the last day.
? When is check-out at {street1}? | By what time must guests leave {street1}? | check-out {street1} = time1
- What does a night at {street1} cost?
= notice hr / person1
+ {person1} goes on leave on {date1}. | {person1}'s leave begins on {date1}. | From {date1} {person1} is away.
? When does {person1} go on leave? | When does {person1}'s [leave/absence] [begin/start]? = date1
+ {person1} comes back on {date2}. | {person1} returns to work on {date2}. | {person1} will be in again from {date2}.
? When [is {person1} back/does {person1} come back]? | When will {person1} return? | {person1} return date = date2
- Where is {person1} going on leave? | Why is {person1} away?
= notice memo / person1
+ Before {date1}, {person1} can be reached by phone only. | Until {date1} {person1} can only be reached by phone.
? Until when can {person1} be reached by phone only? = date1
+ After {date2}, {person1} is in the office again every day. | From {date2} on {person1} is at the desk every day.
? From when is {person1} in the office every day? | When is {person1} in the office again? = date2
- What is {person1}'s phone number? | Which office is {person1} in?
= club event terms
+ Registration opens on {date1}. | You can sign up from {date1}.
? When does registration open? | From when can [I/people] [sign up/register]? | registration opening date = date1
+ Registration closes on {date2}. | The last day to sign up is {date2}. | The deadline for registration is {date2}.
? When does registration close? | What is the deadline for [signing up/registration]? | registration deadline = date2
- How much is the registration fee? | Where do I register? | How many people can register?
= terms handbook club / work
+ Subscribing to "{work1}" costs {fee2} a year. | A yearly subscription to "{work1}" is {fee2}.
? What does a subscription to "{work1}" cost? | How much is it to subscribe to "{work1}"? = fee2
+ Cancelling "{work1}" costs {fee1}. | Whoever cancels "{work1}" early pays {fee1}.
? What does it cost to cancel "{work1}"? | How much is the fee for cancelling "{work1}"? = fee1
- How does one cancel "{work1}"?
= hr project / person1
+ {person1} was promoted in {year1}. | In {year1} {person1} was made a team leader.
! When was {person1} promoted? = year1
- When was {person1} demoted? | When was {person1} dismissed? | When did {person1} retire? | Why was {person1}
  promoted?
= hr / person1
+ {person1} retired in {year1}. | {person1} has been retired since {year1}.
! When did {person1} retire? | When did {person1} stop working? = year1
- When was {person1} hired? | When did {person1} start? | What pension does {person1} get?
= delivery terms / number
+ Invoice {number1} was issued on {date1}. | We wrote invoice {number1} on {date1}.
? When was invoice {number1} [issued/written]? | invoice {number1} date = date1
+ Invoice {number1} was paid on {date2}. | The money for invoice {number1} came in on {date2}.
? When was invoice {number1} [paid/settled]? | On what date did we get the money for invoice {number1}? = date2
- When is invoice {number1} due? | Who has to pay invoice {number1}? | What is the sum of invoice {number1}?
= delivery / number
+ Parcel {number1} was picked up by {person1}. | {person1} collected parcel {number1}.
? Who [picked up/collected] parcel {number1}? = person1
+ Parcel {number1} was dropped off by {person2}. | {person2} handed in parcel {number1}.
? Who [dropped off/handed in] parcel {number1}? = person2
- What was in parcel {number1}? | What does parcel {number1} weigh?
= handbook project / machine
+ {machine1} is switched on at {time1}. | Every morning {machine1} is started at {time1}.
? When is {machine1} [switched on/started]? | At what time does one turn {machine1} on? = time1
+ {machine1} is switched off at {time2}. | {machine1} is turned off at {time2}.
? When is {machine1} [switched off/turned off]? | At what time does one stop {machine1}? = time2
- How is {machine1} switched off? | Who switches {machine1} on?
= study %sample
+ {count2} people entered the trial. | At the start the trial had {count2} participants.
? How many people [entered/started] the trial? | How many participants were there at the start? = count2
+ {count1} people completed the trial. | {count1} participants stayed until the end of the trial.
? How many people [completed/finished] the trial? | How many participants stayed to the end? = count1
- How many people were asked to take part? | Why did people drop out of the trial? | What were participants paid?
= study medical / medicine
+ {medicine1} raised the pulse of {percent1} of patients. | In {percent1} of patients {medicine1} increased the pulse.
? In what share of patients did {medicine1} [raise/increase] the pulse? = percent1
+ {medicine1} lowered the pulse of {percent2} of patients. | The pulse fell in {percent2} of patients on {medicine1}.
? In what share of patients did {medicine1} [lower/reduce] the pulse? = percent2
- By how many beats did {medicine1} change the pulse?
= study / things
+ The mean number of {things1} before the change was {count1}. | Before the change there were {count1} {things1} a
  week.
? How many {things1} were there before the change? | number of {things1} before change = count1
+ After the change there were {count2} {things1} a week. | The number of {things1} after the change was {count2}.
? How many {things1} were there after the change? | number of {things1} after change = count2
- Who counted the {things1}? | How many {things1} were there during the change?
= medical / medicine
+ Take {medicine1} <when:before meals>. | {medicine1} should be taken <when:half an hour before breakfast>. | Take
  {medicine1} <when:in the evening with a glass of water>.
? When should [I/one] take {medicine1}? | When is {medicine1} taken? = when
+ Stop taking {medicine1} <stop:if a rash appears>. | {medicine1} must be stopped <stop:if the skin turns yellow>.
? When should [I/one] stop taking {medicine1}? | In which case must {medicine1} be stopped? = stop
- How much {medicine1} should I take? | What does {medicine1} cost? | How long may {medicine1} be taken?
= medical / medicine
+ {medicine1} is used to treat <for:mild pain in the joints>. | {medicine1} is given against <for:hay fever>. |
  {medicine1} helps with <for:trouble falling asleep>.
? What is {medicine1} [used for/given for]? | What does {medicine1} treat? = for
+ {medicine1} can cause <bad:dizziness and a dry mouth>. | A side effect of {medicine1} is <bad:a stuffy nose>.
? What can {medicine1} cause? | What are the side effects of {medicine1}? | {medicine1} side effects = bad
- Who makes {medicine1}? | How often does {medicine1} help?
= medical / medicine
+ {medicine1} is kept <keep:in the fridge>. | Store {medicine1} <keep:below 25 °C in the original box>.
? How should [I store {medicine1}/{medicine1} be kept]? | {medicine1} storage = keep
+ Used packs of {medicine1} are taken <away:to the pharmacy>. | Throw {medicine1} away <away:with the household
  waste>.
? How [should I throw away/do I get rid of] {medicine1}? | How is {medicine1} disposed of? = away
- When does {medicine1} expire? | How many tablets are in a pack of {medicine1}?
= terms %refund
+ You may return goods within {duration1}. | Goods can be sent back within {duration1}.
? Within what time can goods be [returned/sent back]? | How long do I have to return something? | return period =
  duration1
+ We refund the price within {duration2}. | You get your money back within {duration2}.
? Within what time is the price refunded? | How long [does a refund take/until I get my money back]? = duration2
- Who pays for the return? | Where do I send the goods? | Which goods cannot be returned?
= terms %data
+ Personal data is stored for {duration1}. | We keep your data for {duration1}.
? How long is [personal data stored/my data kept]? | data retention period = duration1
+ Data is deleted within {duration2} of your request. | On request we erase your data within {duration2}.
? How quickly is data [deleted/erased] on request? | Within what time is my data deleted? = duration2
- Where is personal data stored? | Who can see my data? | To whom is data passed on?
= history memo / firm
+ {firm1} was founded by {person1}. | {person1} founded {firm1} in {year1}. | {person1} set up {firm1}.
? Who [founded/set up] {firm1}? | Who is the founder of {firm1}? = person1
+ {firm1} was wound up by {person2}. | It was {person2} who closed down {firm1}.
? Who wound up {firm1}? | Who closed down {firm1}? = person2
- How many people did {firm1} employ? | Why was {firm1} closed down? | Who runs {firm1} now?
= project / project
+ {person1} proposed {project1}. | {project1} was the idea of {person1}.
? Who [proposed/suggested] {project1}? | Whose idea was {project1}? = person1
+ {person2} stopped {project1}. | {project1} was cancelled by {person2}.
? Who [stopped/cancelled] {project1}? | Who called off {project1}? = person2
- When was {project1} proposed? | Why was {project1} cancelled?
= project notice / machine
+ {machine1} broke down on {date1}. | {machine1} has failed once, on {date1}.
? When did {machine1} [break down/fail/stop working]? = date1
+ {machine1} was repaired on {date2}. | {firm1} mended {machine1} on {date2}.
? When was {machine1} [repaired/fixed/mended]? = date2
- Why did {machine1} break down? | What did the repair of {machine1} cost? | Who broke {machine1}?
= house lease hr
+ The deposit is paid <in:when the keys are handed over>. | The deposit is due <in:on the day of moving in>.
? When is the deposit [paid/due]? | When do I have to pay the deposit? = in
+ The deposit is returned <out:{duration1} after moving out>. | You get the deposit back <out:{duration1} after you
  leave>.
? When is the deposit returned? | When do I get the deposit back? | deposit refund time = out
- How much is the deposit? | To which account is the deposit paid? | What interest does the deposit earn?
= study handbook / goods
+ The {goods1} are washed at {temp1}. | Washing the {goods1} takes place at {temp1}.
? At what temperature are the {goods1} washed? = temp1
+ The {goods1} are dried at {temp2}. | Drying the {goods1} takes place at {temp2}.
? At what temperature are the {goods1} dried? = temp2
- How long are the {goods1} dried? | Who washes the {goods1}?
= memo delivery / firm
+ {firm1} raised its price to {money2} on {date1}. | On {date1} the price of {firm1} went up to {money2}.
! What is the price of {firm1} after the increase? | To what did {firm1} raise its price? = money2
! When did {firm1} [raise/increase] its price? = date1
- When did {firm1} [lower/cut] its price? | To what did {firm1} lower its price? | What did {firm1} charge before?
"""
