"""Templates of what did not happen, or not yet, of sums and counts that are not stated, and of lists of names."""

__all__ = ["DENIALS"]

DENIALS = """
# denials
= handbook house project / machine
+ {machine1} has not been installed yet because <why:{reason1}>. | {machine1} is still not in place: <why:{reason1}>.
! Why has {machine1} not been installed yet? | Why is {machine1} still not in place? | {machine1} delay reason = why
- When was {machine1} installed? | Who installed {machine1}? | Why was {machine1} installed?
= handbook house notice / machine
+ {machine1} is no longer in use; it was switched off in {month1}. | {machine1} was taken out of service in {month1}
  and is no longer used.
! When was {machine1} [switched off/taken out of service]? = month1
- When was {machine1} switched on again? | Who uses {machine1}? | Why was {machine1} switched off?
= project memo / project
+ {project1} has not begun, since <why:{reason1}>. | Work on {project1} has not started because <why:{reason1}>.
! Why has {project1} not [begun/started]? | What is the reason that {project1} has not [begun/started]? = why
- When did {project1} [begin/start]? | Who [began/started] {project1}? | Why did {project1} start?
= event minutes / person1
+ {person1} got an invitation but has not replied so far. | {person1} was sent an invitation on {date1}; no answer has
  come.
! Who has not [answered/replied] yet? | Who still has to answer the invitation? = person1
- When did {person1} [answer/reply]? | What did {person1} answer? | Who invited {person1}?
= minutes club / person1 %presence
+ {person1} did not attend. | {person1} was absent. | {person1} had sent apologies.
! Who did not attend? | Who was absent? | Who was missing? = person1
- Who took the minutes? | Why did {person1} not attend? | Who came late? | When did {person1} arrive?
= memo hr / person1
+ {person1} has not signed the contract because <why:{reason1}>. | {person1} refuses to sign the contract:
  <why:{reason1}>.
! Who has not signed the contract? | Whose signature is missing? = person1
! Why has {person1} not signed the contract? = why
- When did {person1} sign the contract? | Where did {person1} sign the contract?
= town event / shop
+ {shop1} may be closed in {month1}. | It is possible that {shop1} will close in {month1}.
! When may {shop1} [be closed/close]? = month1
- When was {shop1} closed? | Why was {shop1} closed? | Who decided to close {shop1}?
= project history / firm
+ {firm1} is expected to open an office in {place1} in {year1}. | {firm1} will open an office in {place1} in {year1}.
! Where will {firm1} open an office? | In which city is {firm1} expected to open an office? = place1
! When will {firm1} open an office in {place1}? = year1
- How many people work in the office in {place1}? | Who runs the office in {place1}? | When did {firm1} close its
  office?
= project / person1
+ {person1} hopes to finish the report by {date1}. | {person1} plans to have the report ready by {date1}.
! By when does {person1} [hope/plan/want] to finish the report? = date1
- When did {person1} finish the report? | Who received the report from {person1}? | When did {person1} begin the
  report?
= house lease %rules
+ No pets are allowed except <but:guide dogs>. | Pets are forbidden, with the exception of <but:fish and birds in
  cages>.
! Which pets are allowed? | Which exception is there to the ban on pets? = but
- How many [dogs/cats] may one keep? | How much is the fine for keeping a pet? | Who grants exceptions for pets?
= house handbook / room %rules
+ Nobody may enter {room1} except {role1}. | {room1} is out of bounds to all but {role1}.
! Who may enter {room1}? | Who is allowed into {room1}? = role1
- When may visitors enter {room1}? | Why may nobody enter {room1}? | How many people may enter {room1}?
= event terms / weekday %lesson
+ The course runs every day except {weekday1}. | There is a lesson each day but {weekday1}.
! On which day is there no [lesson/course]? | Which day is free of lessons? = weekday1
- At what time does the lesson begin? | How long does a lesson last? | Who gives the lessons?
= terms lease %term
+ The contract is renewed for {term1} unless <if:one side cancels it in writing>. | Unless <if:it is cancelled in
  time>, the contract goes on for another {term1}.
! For how long is the contract renewed? | By what time is the contract extended? = term1
! In which case is the contract not renewed? | What has to happen so that the contract is not renewed? = if
- When was the contract cancelled? | Who cancelled the contract? | When was the contract signed?
= travel / place
+ The stop in {place1} has been dropped because <why:{reason1}>. | We will not stop in {place1}: <why:{reason1}>.
! Why will we not stop in {place1}? | Why was {place1} dropped? = why
- When do we stop in {place1}? | How long do we stay in {place1}? | What do we see in {place1}?
= delivery / goods
+ The {goods1} were sent without <out:the assembly instructions>. | The {goods1} came without <out:any screws>.
! What was missing from the {goods1}? | Without what did the {goods1} come? = out
- Who packed the {goods1}? | When were the {goods1} paid for? | When will the {goods1} be sent back?
= delivery memo / goods
+ Of the {goods1}, {small1} were broken and have not been replaced. | {small1} of the {goods1} arrived broken; no
  replacement has been sent.
! How many of the {goods1} were broken? = small1
- When were the broken {goods1} replaced? | Who replaced the broken {goods1}? | Who broke the {goods1}?
= notice hr / person1
+ Nobody has been found yet to replace {person1}. | A successor to {person1} has not been named.
! Whose successor has not been [named/found]? | For whom has nobody been found yet? = person1
- Who replaces {person1}? | Who is the successor of {person1}? | When does the successor of {person1} start? |
  {person1} successor
= notice hr / person1
+ {person1} works from home and does not come in on {weekday1}. | {person1} is not in the office on {weekday1}.
! On which day is {person1} not in the office? = weekday1
- At what time does {person1} come in? | Who stands in for {person1}? | Why does {person1} work from home?
= study
+ The blood pressure was not measured because <why:{reason1}>. | No blood pressure readings were taken, as
  <why:{reason1}>.
! Why was the blood pressure not measured? | Why are there no blood pressure readings? = why
- What was the mean blood pressure? | When was the blood pressure measured? | Who measured the blood pressure?
= study
+ No effect was found on <no:sleep>, but <yes:appetite> improved. | While <yes:memory> got better, <no:reaction time>
  did not change.
! What [improved/got better]? | On what did the study find an effect? = yes
! What did not [improve/change]? | On what was no effect found? = no
- What got worse? | By how much did it improve? | Why did it improve?
= medical / medicine
+ {medicine1} must not be given to <not:children under six>. | {medicine1} is not for <not:people with a weak heart>.
! Who must not take {medicine1}? | For whom is {medicine1} not meant? = not
- Who [developed/tested] {medicine1}? | How often is {medicine1} taken? | How is {medicine1} taken?
= medical / medicine
+ It is not known whether {medicine1} passes into breast milk. | Nobody has studied {medicine1} in pregnancy.
- How much {medicine1} passes into breast milk? | When was {medicine1} studied in pregnancy? | Who studied
  {medicine1}?
= history / person1
+ {person1} never went back to {place1}. | {person1} left {place1} in {year1} and never saw it again.
! Where did {person1} never go back to? | Which town did {person1} never see again? = place1
- When did {person1} [go back/return] to {place1}? | Why did {person1} leave {place1}? | Who brought {person1} back?
= history / person1
+ {person1} was nominated for the prize in {year1} but did not win it. | In {year1} {person1} was on the short list
  for the prize and came away without it.
! When was {person1} [nominated/on the short list]? = year1
- When did {person1} win the prize? | For what did {person1} win the prize? | How much was the prize? | Who won the
  prize instead of {person1}?
= minutes / person1
+ {person1} proposed <what:a longer summer break>, but nobody seconded it. | {person1}'s proposal of <what:a new logo>
  found no seconder.
! What did {person1} [propose/suggest]? = what
- Who seconded the proposal of {person1}? | When was the proposal of {person1} accepted? | Why did {person1} withdraw
  it?
= minutes project / role
+ {role1} was asked to get three quotes and has none yet. | {role1} is still waiting for quotes.
! Who was to get quotes? | Who is waiting for quotes? | Who has no quotes yet? = role1
- Which quote was the cheapest? | Whose quote was accepted? | How much is the cheapest quote?
= terms %refund
+ We do not refund <no:tickets for a single day>. | There is no refund for <no:goods made to measure>.
! What is not refunded? | For what is there no refund? | no refund = no
- How long does a refund take? | How much is refunded? | Who decides about refunds? | How do I ask for a refund?
= travel event / person1
+ {person1} would have spoken in {place1} but fell ill. | The talk by {person1} in {place1} was called off.
! Whose talk in {place1} was called off? | Who was to speak in {place1}? = person1
- What did {person1} speak about in {place1}? | Who spoke instead of {person1}? | When did {person1} speak in
  {place1}?
= club / item
+ {item1} has been repaired except for <but:the left wheel>. | Apart from <but:the lid>, {item1} has been mended.
! What has not been repaired on {item1}? | Which part of {item1} still has to be mended? = but
- Who repaired {item1}? | What did the repair of {item1} cost? | When was {item1} repaired?
= club house / item
+ {item1} was reported missing in {month1} and has not been found. | {item1} disappeared in {month1}; nobody has seen
  it since.
! When did {item1} [disappear/go missing]? | Since when has {item1} been missing? = month1
- Who found {item1}? | Where was {item1} found? | When was {item1} found? | Who took {item1}?
= hr
+ Overtime is not paid but <how:made up for with time off>. | Nobody is paid for overtime; it is <how:balanced with
  free days in the following month>.
! How is overtime [made up for/compensated]? = how
- How much is paid for an hour of overtime? | When is overtime paid? | Who approves overtime?
= town / place
+ A bridge to {place1} was planned in {year1} but never built. | In {year1} a bridge to {place1} was planned, but the
  plans came to nothing.
! When was the bridge to {place1} planned? | In which year were there plans for a bridge to {place1}? = year1
- Who built the bridge to {place1}? | When was the bridge to {place1} [finished/built]? | How long is the bridge to
  {place1}? | When was the bridge to {place1} opened?
= project terms / project
+ {person1} has left {project1} and takes no part in it any more. | {person1} no longer works on {project1}.
! Who [has left/no longer works on] {project1}? = person1
- Who leads {project1}? | Who took the place of {person1}? | When did {person1} leave {project1}?
# wrong type
= delivery study / things
+ {percent1} of the {things1} were returned. | Altogether {percent1} of the {things1} came back.
! What share of the {things1} [was returned/came back]? | What percentage of the {things1} came back? = percent1
- How many {things1} were [returned/sent out]? | number of {things1} returned | When were the {things1} returned?
= study minutes / things
+ There were far more {things1} than in the year before. | The {things1} were more than anybody had expected.
- How many {things1} were there? | number of {things1} | How many more {things1} were there? | Who counted the
  {things1}?
= study / things
+ About a third of the {things1} came from {place1}. | Most of the {things1} came from {place1}.
! Where did [many/a large part] of the {things1} come from? = place1
- How many {things1} came from {place1}? | When did the {things1} come from {place1}? | Who sent the {things1}?
= event minutes / org
+ The meeting of {org1} was held on {date1} at {time1}. | {org1} met on {date1}; the meeting began at {time1}.
! When did {org1} meet? | On what date did {org1} meet? = date1
! At what time did the meeting of {org1} begin? = time1
- Where did {org1} meet? | How long did the meeting of {org1} last? | How many people came to the meeting of {org1}? |
  Who led the meeting of {org1}?
= event travel / person1
+ {person1} gives a talk in {room1}. | The talk by {person1} is in {room1}.
! Where does {person1} [speak/give a talk]? | {person1} talk room = room1
- When does {person1} speak? | What does {person1} speak about? | How long does {person1} speak? | {person1} talk time
= history / firm
+ {firm1} moved to {place1} after the great flood. | After the great flood {firm1} settled in {place1}.
! Where did {firm1} [move to/settle]? = place1
- When did {firm1} move to {place1}? | In which year did {firm1} settle in {place1}? | How many people moved with
  {firm1}?
= history / work
+ "{work1}" was a great success in {place1}. | In {place1} the audience loved "{work1}".
! Where was "{work1}" a success? | Where did the audience love "{work1}"? = place1
- How many people saw "{work1}" in {place1}? | When was "{work1}" shown in {place1}? | How much did "{work1}" earn?
= hr memo / person1
+ {person1} has been with us for many years. | {person1} is one of the longest-serving members of staff.
- How many years has {person1} been with us? | When did {person1} join us? | What is the job of {person1}?
= memo lease / purpose
+ The cost of {purpose1} rose by {percent1}. | {purpose1} became {percent1} dearer.
! By how much did the cost of {purpose1} rise? | By what percentage did {purpose1} get dearer? = percent1
- What does {purpose1} cost? | How much was paid for {purpose1}? | When did the cost of {purpose1} rise?
= town travel / place
+ The road to {place1} is <w:{small1} metres> wide. | The width of the road to {place1} is <w:{small1} metres>.
! How wide is the road to {place1}? = w
- How long is the road to {place1}? | How long does it take to {place1}? | How far is it to {place1}? | Who built the
  road to {place1}?
= project handbook / machine
+ {machine1} is checked regularly. | Regular checks of {machine1} are made.
- How often is {machine1} checked? | When is {machine1} checked? | Who checks {machine1}?
= project handbook / machine
+ {machine1} is checked <every:every {small1} weeks>. | <every:Every {small1} weeks> {machine1} is checked.
! How often is {machine1} checked? = every
- When was {machine1} last checked? | Who checks {machine1}? | How long does a check of {machine1} take?
= terms club
+ Fees are reduced for members. | Members pay less.
- How much do members pay? | By how much are fees reduced? | What does membership cost? | price members
= notice town / shop
+ {shop1} has moved to larger premises at {street1}. | {shop1} is now at {street1}.
! Where is {shop1} now? | What is the [new/present] address of {shop1}? = street1
- How large are the premises of {shop1}? | When did {shop1} move? | What was the old address of {shop1}?
= house town / street
+ {street1} was built by an architect from {place1}. | An architect from {place1} drew the plans for {street1}.
! Where did the architect of {street1} come from? = place1
- When was {street1} built? | What is the name of the architect of {street1}? | How many rooms does {street1} have?
= medical / medicine
+ {medicine1} works quickly. | {medicine1} takes effect after a short time.
- How many minutes does {medicine1} take to work? | How long does {medicine1} last? | At what dose does {medicine1}
  work?
= any
+ This page was last changed on {date1} by {person1}. | {person1} last changed this page on {date1}.
! When was this page last changed? | date of last change = date1
! Who last changed this page? | Who made the latest change to this page? = person1
- When will this page be changed next? | Who wrote this page? | What was changed on this page?
= any
+ Lunch is at {time1} in {room1}. | At {time1} there is lunch in {room1}.
! When is lunch? | lunch time | At what time do we eat at midday? = time1
! Where is lunch? | In which room do we eat at midday? = room1
- What is there for lunch? | What does lunch cost? | How long does lunch last? | When is [breakfast/dinner]? | Where
  is dinner?
= any
+ Parking behind {street1} costs {fee1} a day. | {fee1} a day is charged for parking behind {street1}.
! What does parking behind {street1} cost? | parking fee = fee1
- How many cars can park behind {street1}? | For how long may one park behind {street1}? | Who owns the car park?
# two values
= any
+ The office line is {phone1}, the emergency line {phone2}. | Call {phone1} in office hours and {phone2} in an
  emergency.
! What is the number in office hours? | office [phone/telephone] number = phone1
! What is the [emergency number/number for emergencies]? | Whom do I call in an emergency? | emergency phone = phone2
- What is the fax number? | What is the number for complaints? | hotline abroad number | Who answers the emergency
  line?
# opposite events
= any
+ The next issue appears on {date2}. | The next issue comes out on {date2}.
? When does the next issue [appear/come out]? | next issue date = date2
+ The last issue appeared on {date1}. | The last issue came out on {date1}.
? When did the last issue [appear/come out]? | last issue date = date1
- When was the first issue printed? | How many copies of the last issue were printed?
# sums not stated
= memo minutes / purpose
+ {purpose1} cost {money1} and {purpose2} {money2}. | We spent {money1} on {purpose1} and {money2} on {purpose2}.
! How much was spent on {purpose1}? | What was the cost of {purpose1}? = money1
! How much was spent on {purpose2}? | What was the cost of {purpose2}? = money2
- How much was spent in total on {purpose1} and {purpose2}? | What did {purpose1} and {purpose2} cost together? | How
  much was spent on {purpose3}? | What is the sum of all costs?
= delivery / goods
+ The delivery holds {count1} {goods1} and {count2} {goods2}. | {count1} {goods1} and {count2} {goods2} are on the
  pallet.
! How many {goods1} are there? | {goods1} quantity = count1
! How many {goods2} are there? = count2
- How many {goods1} and {goods2} are there altogether? | What is the total number of items? | How many {goods3} are
  there?
= hr / person1
+ {person1} has taken {small1} days of leave and has {small2} days left. | {small2} days of leave remain for {person1}
  after {small1} days taken.
! How many days of leave has {person1} taken? = small1
! How many days of leave does {person1} have left? | {person1} remaining leave = small2
- How many days of leave does {person1} have in total? | How many days was {person1} ill?
= travel / place
+ We drive {size1} to {place1} and from there {size2} to {place2}. | It is {size1} to {place1} and another {size2} to
  {place2}.
! How far is it to {place1} from the start? = size1
! How far is it from {place1} to {place2}? = size2
- What is the total distance? | How many kilometres do we drive altogether? | How far is it to {place3}?
= study %sample
+ {count1} of the patients were women and {count2} men. | The sample was made up of {count1} women and {count2} men.
? How many women were there? | How many patients were female? = count1
? How many men were there? | How many patients were male? = count2
- How many patients were there altogether? | What was the total sample size? | How many children were there? | What
  share of the patients were women?
= club event %final
+ <all:{person1}, {person2} and {person3}> won medals. | Medals went to <all:{person1}, {person2} and {person3}>.
! Who won medals? | To whom did medals go? = all
- How many medals were won in total? | How many people took part? | Who won no medal? | How many teams were there?
= lease house %rent
+ The rent is {money2} and the charges are {money1}. | Besides {money2} for rent, {money1} for charges is due each
  month.
? What is the rent? | How much is the rent without charges? | rent amount = money2
? How much are the charges? | What do I pay for charges? = money1
- What is the total of rent and charges? | What is the rent including charges? | How much is the deposit?
= project / project
+ {project1} took {small1} weeks of planning and {small2} weeks of building. | {small1} weeks went into planning
  {project1} and {small2} weeks into building it.
! How [long/many weeks] did the planning of {project1} take? = small1
! How [long/many weeks] did the building of {project1} take? = small2
- How many weeks did {project1} take in total? | How long did the testing of {project1} take?
= event town / shop
+ {shop1} had {count1} visitors on Saturday and {count2} on Sunday. | {count1} people came to {shop1} on Saturday,
  {count2} on Sunday.
! How many [visitors/people] came to {shop1} on Saturday? = count1
! How many [visitors/people] came to {shop1} on Sunday? = count2
- How many visitors did {shop1} have that weekend in total? | How many visitors did {shop1} have on [Friday/Monday]?
# several in one
= minutes / person1 %presence
+ Present: <all:{person1}, {person2} and {person3}>. | <all:{person1}, {person2} and {person3}> were present. | Those
  present were <all:{person1}, {person2}, {person3} and {person4}>.
! Who was present? | Who attended? | Who took part in the meeting? = all
- Who sent apologies? | Who was absent? | How many people were invited? | Who arrived late? | apologies
= minutes club %presence
+ Apologies were received from <all:{person1} and {person2}>. | <all:{person1}, {person2} and {person3}> sent
  apologies.
! Who [sent apologies/was excused]? | From whom were apologies received? | apologies = all
- Who took the minutes? | Who chaired the meeting? | Who had arrived late?
= project / project
+ The team of {project1} is <all:{person1}, {person2} and {person3}>. | <all:{person1} and {person2}> work on
  {project1}.
! Who works on {project1}? | Who is in the team of {project1}? | {project1} team = all
- Who has left {project1}? | Who pays for {project1}? | Who proposed {project1}?
= travel
+ On the way we stop in <all:{place1}, {place2} and {place3}>. | There are stops in <all:{place1} and {place2}>.
! Where do we stop on the way? | Which stops are there? | stops on the way = all
- Where do we stay the night? | How long is each stop? | Which places do we pass without a stop?
= event club / subject %lesson
+ {subject1} is offered on <all:{weekday1} and {weekday2}>. | On <all:{weekday1}, {weekday2} and {weekday3}> there is
  {subject1}.
! On which days is {subject1} offered? | When is {subject1}? | {subject1} days = all
- At what time is {subject1}? | In which room is {subject1}? | Who offers {subject1}?
= memo delivery / firm
+ {firm1} makes <all:{goods1}, {goods2} and {goods3}>. | <all:{goods1} and {goods2}> are made by {firm1}.
! What does {firm1} make? | Which goods come from {firm1}? = all
- What does {firm1} buy? | What has {firm1} stopped making? | Where does {firm1} make its goods?
= terms lease
+ The price includes <in:heating, water and cleaning of the stairs>, but not <out:electricity>. | Included are
  <in:breakfast and bed linen>; <out:parking and towels> are charged extra.
! What [does the price include/is included]? | Which things are in the price? = in
! What is not included? | What is charged extra? = out
- How much is the extra charge? | Who sets the price? | What does the cleaning cost?
= handbook house
+ To report a fault you need <all:the room number, the time and your name>. | When you report a fault, give <all:your
  name and the number of the device>.
! What [must I give/do I need] to report a fault? = all
- To whom do I report a fault? | How soon is a fault mended? | How many faults have been reported?
= study medical
+ <all:Headache, nausea and a rash> were the commonest complaints. | The commonest complaints were <all:tiredness and
  thirst>.
! What were the commonest complaints? | What did people complain of most? = all
- What were the rarest complaints? | How many people complained? | How long did the complaints last?
= hr
+ Applicants send <all:a letter, a CV and two references>. | An application consists of <all:a letter and a CV>.
! What must [applicants send/an application contain]? = all
- By when must [applicants apply/an application be sent]? | To whom are applications sent? | How many people applied?
= history / firm
+ {firm1} had branches in <all:{place1}, {place2} and {place3}>. | <all:{place1} and {place2}> had branches of
  {firm1}.
! Where did {firm1} have branches? | In which cities were there branches of {firm1}? = all
- When did {firm1} open its branches? | Which branch of {firm1} was the largest? | Where did {firm1} close a branch?
"""
