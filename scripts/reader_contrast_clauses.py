"""Templates of longer sentences, in which the value that was asked for stands beside another one."""

__all__ = ["CLAUSES"]

CLAUSES = """
# opposite events
= hr club / person1
+ {person1}, who had worked in {place1} before, started with us on {date1} as a technician. | On {date1} {person1}
  took up the post of technician after some years in {place1}.
? When did {person1} [start with us/take up the post]? | {person1} first day = date1
! Where had {person1} worked before? = place1
+ {person1} handed over the work on {date2} and has gone to live in {place2}. | Since {date2} {person1} has not worked
  here any more; the new home is {place2}.
? When did {person1} stop working here? | On what date did {person1} give up the post? = date2
? Where did {person1} move to? | Where does {person1} live now? = place2
- Why did {person1} move? | Which post did {person1} have in {place1}?
= terms
+ We may raise the price once a year if we tell you {duration1} in advance. | A rise in price must be announced
  {duration1} in advance.
? How long in advance must a rise in price be announced? | notice of price increase = duration1
+ If we lower the price, this takes effect {duration2} later. | A cut in price takes effect after {duration2}.
? After what time does a cut in price take effect? | When does a lower price apply? = duration2
- By how much may the price be raised? | How is a rise in price announced?
= delivery / firm
+ The driver loaded the {goods1} at {firm1} at {time1}. | At {time1} the {goods1} were loaded at {firm1}.
? When were the {goods1} loaded? | loading time {goods1} = time1
! Where were the {goods1} loaded? = firm1
+ The {goods1} were unloaded at {time2}. | Unloading of the {goods1} began at {time2}.
? When were the {goods1} unloaded? | unloading time {goods1} = time2
- Who unloaded the {goods1}? | Where were the {goods1} unloaded? | How long did it take to load the {goods1}?
= minutes town / street
+ The sale of {street1} was proposed by {person1} on {date1}. | On {date1} {person1} suggested selling {street1}.
? Who proposed the sale of {street1}? | Whose idea was it to sell {street1}? = person1
! When was the sale of {street1} [proposed/suggested]? = date1
- When was {street1} sold? | Who [bought/sold] {street1}? | For how much was {street1} sold? | Who opposed the sale of
  {street1}?
= study / medicine
+ Patients began taking {medicine1} on day {small1} of the trial. | {medicine1} was first given on day {small1} of the
  trial.
? On which day of the trial was {medicine1} first given? | first dose {medicine1} day = small1
+ Patients stopped taking {medicine1} on day {count1} of the trial. | {medicine1} was last given on day {count1} of
  the trial.
? On which day of the trial was {medicine1} last given? | last dose {medicine1} day = count1
- Who gave {medicine1} to the patients? | How many patients were given {medicine1}?
= project / project
+ {firm1} won the contract for {project1}. | The contract for {project1} went to {firm1}.
? Who won the contract for {project1}? | Who got the contract for {project1}? = firm1
+ {firm2} lost the contract for {project1}. | {firm2} had bid for {project1} as well, but without success.
? Who lost the contract for {project1}? | Who bid for {project1} without success? = firm2
- How much is the contract for {project1} worth? | When was the contract for {project1} awarded?
= handbook / machine
+ {machine1} needs {spell1} to charge. | Charging {machine1} takes {spell1}.
? How long does {machine1} take to charge? | {machine1} charging time = spell1
+ {machine1} runs for {spell2} on one charge. | One charge keeps {machine1} going for {spell2}.
? How long does {machine1} run on one charge? | {machine1} running time = spell2
- What does {machine1} cost to run? | When was {machine1} last charged?
= medical / person1
+ {person1} had an operation on {date1}. | The operation on {person1} took place on {date1}.
! When was {person1} operated on? | When did {person1} have the operation? = date1
- When does {person1} leave hospital? | Who operated on {person1}? | When will {person1} be operated on again? | How
  long did the operation on {person1} take?
= lease
+ The flat was handed over on {date1}. | The keys were given to the tenant on {date1}.
! When were the keys handed over? | When did the tenant get the keys? | handover date = date1
- When were the keys given back? | When did the tenant move out? | How many keys are there? | Who handed over the
  keys?
= travel / person1
+ {person1} flies out on {date1} with {firm1}. | {firm1} takes {person1} out on {date1}.
? When does {person1} fly out? | On what date does {person1} [leave/set off]? = date1
! With whom does {person1} fly out? = firm1
+ {person1} flies home on {date2} with {firm2}. | {firm2} brings {person1} home on {date2}.
? When does {person1} [fly home/come back]? | {person1} return flight date = date2
- What did the ticket of {person1} cost? | Where does {person1} sit?
= club event %final
+ Last year's tournament took place in {place1}. | {place1} was the scene of last year's tournament.
? Where was last year's tournament? | In which city was the tournament held last year? = place1
+ Next year's tournament will be held in {place2}. | {place2} hosts next year's tournament.
? Where will next year's tournament be? | In which city will the tournament be held next year? = place2
- Who won last year's tournament? | When does next year's tournament start?
= history / firm
+ {firm1} built its first factory in {place1} in {year1}. | In {year1} the first factory of {firm1} went up in
  {place1}.
? When was the first factory of {firm1} built? = year1
? Where was the first factory of {firm1} built? = place1
+ {firm1} pulled down its last factory, the one in {place2}, in {year2}. | In {year2} the last factory of {firm1}, in
  {place2}, was demolished.
? When was the last factory of {firm1} [pulled down/demolished]? = year2
? Where was the last factory of {firm1}? = place2
- How many factories did {firm1} have? | How many people worked in the first factory of {firm1}?
# two values
= house handbook / room
+ {room1} may be used until {time1} on weekdays and until {time2} at weekends. | In {room1} the lights go out at
  {time1} on weekdays and at {time2} at weekends.
! Until when may {room1} be used on a [Monday/weekday]? = time1
! Until when may {room1} be used at weekends? | {room1} weekend until = time2
- Until when may {room1} be used on public holidays? | From when may {room1} be used on weekdays? | Who cleans
  {room1}?
= terms event %refund
+ If you cancel by {date1} you get {percent2} of the price back, and {percent1} if you cancel later. | Those who
  cancel by {date1} are refunded {percent2}, everybody else {percent1}.
! How much is refunded if I cancel by {date1}? | refund if cancelled by {date1} = percent2
! How much is refunded if I cancel after {date1}? = percent1
- How do I cancel? | What is refunded if the organiser cancels? | How long does the refund take?
= hr
+ Staff under thirty have {small1} days of training a year, older staff {small2}. | There are {small1} days of
  training a year for staff under thirty and {small2} for those over thirty.
? How many days of training do staff under thirty have? | training days under thirty = small1
? How many days of training do [staff over thirty/older staff] have? = small2
- How many days of training do part-time staff have? | What does a day of training cost? | Where is the training held?
= hr memo
+ Travel by train is refunded in full and by car at {fee1} a mile. | Rail tickets are paid in full, car journeys at
  {fee1} a mile.
! How much is paid for a mile by car? | mileage rate car = fee1
- How much is paid for a mile by bicycle? | How much is paid for a hotel? | By when must travel costs be claimed?
= town / place
+ The tram to {place1} runs every {small1} minutes by day and every {small2} minutes at night. | By day the tram to
  {place1} goes every {small1} minutes, at night every {small2} minutes.
! How often does the tram to {place1} run by day? = small1
! How often does the tram to {place1} run at night? | night tram {place1} interval = small2
- How often does the tram to {place1} run on Sundays? | How long does the tram to {place1} take? | {place1} tram fare
= medical / medicine
+ Take {medicine1} for {duration1} against a cold and for {duration2} against a cough. | Against a cold {medicine1} is
  taken for {duration1}, against a cough for {duration2}.
! How long is {medicine1} taken against a cold? = duration1
! How long is {medicine1} taken against a cough? = duration2
- How long is {medicine1} taken against a fever? | How many tablets of {medicine1} are taken a day? | {medicine1}
  earache how long
= club
+ Juniors train on {weekday1} at {time1}, seniors on {weekday2} at {time2}. | Training for juniors is on {weekday1} at
  {time1} and for seniors on {weekday2} at {time2}.
! On which day do juniors train? | juniors training day = weekday1
! At what time do juniors train? = time1
! On which day do seniors train? = weekday2
! At what time do seniors train? | seniors training time = time2
- On which day do beginners train? | Who trains the juniors? | How long does training last? | veterans training time
= project / project
+ {project1} has {small2} open and {small1} closed tasks. | Of the tasks of {project1}, {small1} are closed and
  {small2} open.
! How many tasks of {project1} are open? | open tasks {project1} = small2
! How many tasks of {project1} are [closed/done]? = small1
- How many tasks of {project1} are blocked? | How many tasks of {project1} are late? | Who closed the tasks of
  {project1}?
= travel
+ A seat by the window costs {fee2} and one on the aisle {fee1}. | For {fee2} you sit by the window, for {fee1} on the
  aisle.
! What does a seat by the window cost? | window seat price = fee2
! What does a seat on the aisle cost? | How much is an aisle seat? = fee1
- What does a seat with a table cost? | How many seats by the window are there? | What does a bed cost? | luggage
  price
= lease house
+ The hall was painted in {year1} and the kitchen in {year2}. | The kitchen was last painted in {year2}, the hall in
  {year1}.
! When was the kitchen painted? | kitchen painted year = year2
! When was the hall painted? = year1
- When was the bathroom painted? | Who painted the kitchen? | What colour is the kitchen? | bedroom painted year
= study / place
+ In {place1} {percent1} agreed, whereas in {place2} {percent2} did. | {percent1} of the people asked in {place1}
  agreed, compared with {percent2} in {place2}.
! What share agreed in {place1}? = percent1
! What percentage agreed in {place2}? = percent2
- What share agreed in {place3}? | How many people were asked in {place1}? | What share disagreed in {place2} because
  of the cost?
= memo project / person1
+ {person1} looks after {firm1} and {person2} looks after {firm2}. | {firm1} and {firm2} are looked after by {person1}
  and {person2} respectively.
! Who looks after {firm1}? | contact for {firm1} = person1
! Who looks after {firm2}? = person2
! Which customer does {person2} look after? = firm2
- Who looks after {firm3}? | Which customer does {person3} look after? | Since when has {person1} looked after
  {firm1}?
= delivery / number
+ Pallet {number1} weighs {weight2} and pallet {number2} {weight1}. | The weights of pallets {number1} and {number2}
  are {weight2} and {weight1} respectively.
! What does pallet {number1} weigh? = weight2
! How heavy is pallet {number2}? = weight1
- What does pallet {number3} weigh? | What is on pallet {number1}? | What do both pallets weigh together?
# denials
= minutes / person1
+ {person1} agreed to write to the council but has not yet done so. | {person1} was to write to the council; the
  letter has not gone out.
! Who was to write to the council? | Who agreed to write to the council? = person1
- When did {person1} write to the council? | What did the council answer? | What did {person1} write to the council?
= lease
+ Subletting is forbidden unless <if:the landlord agrees in writing>. | The tenant may not sublet unless <if:the
  landlord has agreed beforehand>.
! When is subletting allowed? | Under what condition may the tenant sublet? = if
- To whom is the flat sublet? | How much is the fine for subletting? | For how long may the tenant sublet?
= hr
+ Working from home is possible except <not:in the first month>. | Everyone may work from home, only <not:on the day
  of the team meeting> this is not possible.
! When is working from home not possible? = not
- How many days a week may I work from home? | Who approves working from home? | Since when has working from home been
  allowed?
= project / person1
+ {person1} was to present the results but <why:had lost the laptop>. | The results were to be shown by {person1}, who
  <why:had missed the train>.
! Who was to present the results? = person1
- Who presented the results? | When were the results presented? | What were the results?
= event / work
+ "{work1}" has been put off to {date2} because <why:{reason1}>. | Because <why:{reason1}>, "{work1}" will not be
  shown until {date2}.
! To when has "{work1}" been put off? | When will "{work1}" be shown? | "{work1}" new date = date2
! Why has "{work1}" been put off? | Why will "{work1}" be shown later? = why
- When was "{work1}" first to be shown? | Who put off "{work1}"? | Where was "{work1}" shown? | "{work1}" original
  date
= event / work
+ "{work1}" has been cancelled without a new date because <why:{reason1}>. | Since <why:{reason1}>, "{work1}" is
  cancelled.
! Why has "{work1}" been cancelled? = why
- When will "{work1}" be shown? | To when has "{work1}" been put off? | Who cancelled "{work1}"? | "{work1}" new date
= history / person1
+ {person1} wanted to study in {place1} but could not pay the fees. | {person1} dreamed of studying in {place1}, which
  the family could not afford.
! Where did {person1} want to study? = place1
- Where did {person1} study? | What did {person1} study in {place1}? | When did {person1} study in {place1}? | Who
  paid the fees of {person1}?
= terms %data
+ We do not pass your data on, except <but:to the carrier>. | Nobody outside gets your data other than <but:the
  payment service>.
! To whom is my data passed on? | Who outside gets my data? = but
- When was my data passed on? | Where is the carrier's office? | How often is data passed on?
= town / shop
+ {shop1} will probably be sold, but no buyer has been found. | A buyer for {shop1} is still being looked for.
- Who bought {shop1}? | When was {shop1} sold? | For how much was {shop1} sold? | Who sold {shop1}? | buyer of {shop1}
= delivery / goods
+ The {goods1} should have come on {date1} but are still missing. | The {goods1}, promised for {date1}, have not come.
! For when were the {goods1} promised? | When should the {goods1} have come? = date1
- When did the {goods1} come? | Who brought the {goods1}? | Why have the {goods1} not come?
# swapped roles
= minutes / person1
+ {person1} asked {person2} about <what:the new lockers>. | {person2} was asked by {person1} about <what:the state of
  the roof>.
! Who asked {person2} a question? = person1
! Whom did {person1} ask? = person2
! What did {person1} ask {person2} about? = what
- What did {person2} answer? | Whom did {person2} ask? | Who asked {person1} a question?
= project memo / person1
+ {person1} sent the plans to {person2} and a copy to {person3}. | {person2} got the plans from {person1}, {person3}
  only a copy.
! Who got the plans from {person1}? | To whom did {person1} send the plans? = person2
! Who got a copy from {person1}? | To whom did {person1} send a copy? = person3
! Who sent {person2} the plans? = person1
- Who sent {person1} the plans? | What did {person2} send to {person1}? | When were the plans sent to {person2}?
= hr notice / person1
+ {person1} is replaced by {person2} from {date1}. | From {date1} {person2} takes over from {person1}.
! Who replaces {person1}? | Who takes over from {person1}? = person2
! Whom does {person2} replace? | From whom does {person2} take over? = person1
! From when does {person2} replace {person1}? = date1
- Who replaces {person2}? | Whom does {person1} replace? | Until when does {person2} replace {person1}? | {person2}
  successor
= history / person1
+ {person1} painted a portrait of {person2}. | {person2} sat for a portrait by {person1}.
! Who painted {person2}? | By whom is the portrait of {person2}? = person1
! Whom did {person1} paint? = person2
- Who painted {person1}? | Whom did {person2} paint? | Where does the portrait of {person2} hang?
= club / person1
+ {person1} lent {person2} {money1}. | {person2} borrowed {money1} from {person1}.
! Who lent {person2} money? | From whom did {person2} borrow money? = person1
! Who borrowed money from {person1}? | To whom did {person1} lend money? = person2
! How much did {person1} lend to {person2}? = money1
- How much did {person2} lend to {person1}? | From whom did {person1} borrow money? | When did {person2} pay {person1}
  back?
= delivery / firm
+ {firm1} complained to {firm2} about <what:a broken pallet>. | {firm2} had a complaint from {firm1} about <what:wet
  cartons>.
! Who complained to {firm2}? = firm1
! To whom did {firm1} complain? = firm2
! What did {firm1} complain about? = what
- What did {firm2} complain about? | Who complained to {firm1}? | To whom did {firm2} complain?
# wrong type
= medical / person1
+ {person1} sees patients in {room1}. | Patients of {person1} go to {room1}.
! Where does {person1} see patients? | {person1} consulting room = room1
- When does {person1} see patients? | How many patients does {person1} see a day? | How long has {person1} seen
  patients?
= lease delivery / firm
+ {firm1} is liable for damage up to {money1}. | The liability of {firm1} ends at {money1}.
! Up to what sum is {firm1} liable? | {firm1} liability limit = money1
- For how long is {firm1} liable? | How much damage did {firm1} cause? | To whom must {firm1} pay? | What did {firm1}
  pay for the damage?
= club event / person1
+ {person1} came second with {small1} points. | With {small1} points {person1} took second place.
! How many points did {person1} have? | {person1} points = small1
- Who came first ahead of {person1}? | How many points did the winner ahead of {person1} have? | How long did
  {person1} take?
= terms / firm
+ Complaints are handled by {firm1}. | {firm1} deals with complaints.
! Who [handles/deals with] complaints? = firm1
- How many complaints did {firm1} handle? | How long does {firm1} take for a complaint? | Where is {firm1}?
= minutes / purpose
+ The vote on {purpose1} was close. | After a long debate the members voted on {purpose1}.
- How many voted for {purpose1}? | Who voted against {purpose1}? | When was the vote on {purpose1}? | How many members
  voted on {purpose1}?
= history / place
+ The school in {place1} had far too many pupils. | In {place1} the classes were very large.
- How many pupils did the school in {place1} have? | When was the school in {place1} built? | Who taught in {place1}?
  | How many pupils were in a class in {place1}?
= travel / place
+ The museum in {place1} opens late and is worth a visit. | In {place1} the museum should not be missed.
- When does the museum in {place1} open? | What does the museum in {place1} cost? | Where is the museum in {place1}? |
  {place1} museum price
"""
