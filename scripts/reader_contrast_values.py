"""Templates of sentences with several values, of roles that can be swapped and of facts about somebody else."""

__all__ = ["VALUES"]

VALUES = """
# two values
= hr terms %notice
+ The notice period is {duration1} in the trial period and {duration2} after it. | During the trial period either side
  may leave with {duration1} notice, after that with {duration2}. | Notice is {duration1} in the first year of service
  and {duration2} from the second year on.
? What is the notice period [at the beginning of the job/for somebody who has just started]? | notice period beginner
  = duration1
- What is the notice period during [parental leave/sick leave]? | How is notice given? | What is the notice period for
  apprentices? | How long is the trial period?
= hr terms %notice
+ The notice period is {duration1} during the trial period and {duration2} from then on. | In the trial period notice
  is {duration1}, later {duration2}.
? What is the notice period [during/in] the trial period? | notice trial period = duration1
? What is the notice period after the trial period? | How much notice has to be given once the trial period is over? |
  notice after trial period = duration2
- How long is the trial period? | What is the notice period for managers? | notice period apprentices | Who decides
  whether the trial period is passed?
= town event club
+ Entry to {shop1} is {fee2} for grown-ups and {fee1} for under-sixteens. | At {shop1}, grown-ups pay {fee2} and
  under-sixteens {fee1}.
? What do grown-ups pay at {shop1}? | How much is {shop1} for [an adult/a grown-up]? = fee2
? What do under-sixteens pay at {shop1}? | How much is {shop1} for a child of ten? = fee1
- What do pensioners pay at {shop1}? | How much is {shop1} for a family? | {shop1} group price
= town event
+ A day ticket costs {fee1}, a weekend ticket {fee2} and a season ticket {fee3}. | Tickets are {fee1} for a day,
  {fee2} for a weekend and {fee3} for the season.
? What does a day ticket cost? | How much is a ticket for one day? | price day ticket = fee1
? What does a weekend ticket cost? | How much is a ticket for the weekend? = fee2
? What does a season ticket cost? | How much is it for the whole season? | price season ticket = fee3
- What does an evening ticket cost? | How much is a family ticket? | Where are tickets sold? | price month ticket
= club event / person1 %lesson
+ {person1} teaches {subject1} and {person2} {subject2}. | {subject1} is taught by {person1}, {subject2} by {person2}.
! Who teaches {subject1}? | {subject1} teacher = person1
! Who teaches {subject2}? | Who gives {subject2} lessons? = person2
! What does {person1} teach? | Which subject is taught by {person1}? = subject1
! What does {person2} teach? = subject2
- Who teaches {subject3}? | Who is learning {subject1}? | What does {person3} teach? | When is {subject2} taught?
= travel project / person1
+ {person1} speaks {language1} and {person2} {language2}. | {person1} is our {language1} interpreter, {person2} the
  one for {language2}.
! Who [speaks/knows] {language1}? = person1
! Who [speaks/knows] {language2}? = person2
! Which language does {person2} speak? = language2
- Who speaks {language3}? | Which language does {person3} speak? | Where did {person1} learn {language1}?
= lease %rent
+ The rent is {money1} for the first six months and {money2} after that. | For six months the rent is {money1} a
  month, later {money2}.
? What is the rent in the first six months? | How much do I pay a month at the beginning? | rent first months = money1
? What is the rent after six months? | How much is the rent later on? | rent after half a year = money2
- What was the rent for the last tenant? | What is the rent for the garage? | On what day is the rent due?
= town house / shop
+ {shop1} is open from {time1} to {time4} on weekdays and from {time2} to {time3} on Saturdays. | Opening hours of
  {shop1}: {time1} to {time4} from Monday to Friday, {time2} to {time3} on Saturdays.
! When does {shop1} open on [weekdays/Tuesdays]? = time1
! When does {shop1} close on [weekdays/Thursdays]? = time4
! When does {shop1} open on Saturdays? | {shop1} Saturday opening = time2
! When does {shop1} [close/shut] on Saturdays? = time3
- When does {shop1} open on [Sundays/public holidays]? | When does {shop1} close on Sundays? | {shop1} Sunday hours |
  When does {shop1} have its lunch break?
= town travel / place
+ The bus to {place1} leaves at {time1} and the bus to {place2} at {time2}. | There are two coaches, one to {place1}
  at {time1} and one to {place2} at {time2}.
! When does the [bus/coach] to {place1} leave? | {place1} bus time = time1
! When does the [bus/coach] to {place2} leave? = time2
! Where does the {time2} [bus/coach] go? = place2
- When does the [bus/coach] to {place3} leave? | When does the coach from {place1} arrive? | What does it cost to go
  to {place2}?
= delivery memo / goods
+ {goods1} and {goods2} cost {fee1} and {fee2} respectively. | The prices of {goods1} and {goods2} are {fee1} and
  {fee2} respectively.
! What do {goods1} cost? | What is the price of {goods1}? | {goods1} price = fee1
! What do {goods2} cost? | What is the price of {goods2}? = fee2
- What do {goods3} cost? | {goods3} price | How many {goods1} are in stock?
= delivery / goods
+ The first lorry brings {count1} {goods1}, the second {count2} {goods2}. | {count1} {goods1} are in the first lorry
  and {count2} {goods2} in the second.
! How many {goods1} are [in the first lorry/brought]? = count1
! How many {goods2} are [in the second lorry/brought]? = count2
- How many {goods3} are brought? | How many {goods1} are in the third lorry? | Who drives the second lorry?
= study %sample
+ {count1} subjects were given the drug and {count2} the placebo. | The drug group had {count1} members, the placebo
  group {count2}.
? How many subjects [got/received] the drug? | How large was the drug group? | drug group size = count1
? How many subjects [got/received] the placebo? | How large was the placebo group? = count2
- How many subjects received no treatment? | How many women were in the drug group? | How large was the waiting group?
= study
+ The method found {percent2} of the {things1} by day and {percent1} at night. | By day {percent2} of the {things1}
  were found, at night only {percent1}.
! What share of the {things1} was found by day? | {things1} found by day percentage = percent2
! What share of the {things1} was found at night? | What percentage of the {things1} was found after dark? = percent1
- What share of the {things1} was found in the rain? | What share of the {things1} was found at dawn? | How many
  {things1} were found by day?
= study / place
+ The samples from {place1} weighed {weight1}, those from {place2} {weight2}. | In {place1} the mean weight was
  {weight1}, in {place2} it was {weight2}.
! What was the weight in {place1}? | How heavy were the samples from {place1}? = weight1
! What was the weight in {place2}? | How heavy were the samples from {place2}? = weight2
- What was the weight in {place3}? | How heavy were the samples from {place3}? | How many samples came from {place1}?
= medical / medicine
+ Adults take {small1} tablets of {medicine1} a day, children {small2}. | The dose of {medicine1} is {small1} tablets
  a day for adults and {small2} for children.
! How many tablets of {medicine1} do adults take? | {medicine1} adult dose = small1
! How many tablets of {medicine1} do children take? | {medicine1} dose child = small2
- How many tablets of {medicine1} do pregnant women take? | {medicine1} dose elderly | How many tablets of {medicine1}
  are in a pack?
= medical
+ The surgery is in {room1}, the X-ray department in {room2}. | Patients wait in {room1}; X-rays are taken in {room2}.
? Where are X-rays taken? | Where do I go for an X-ray? = room2
- Where is blood taken? | Where is the [pharmacy/cash desk/ultrasound]? | When does the X-ray department open?
= project house / room
+ {room1} will be painted {colour1} and {room2} {colour2}. | The walls of {room1} are {colour1}, those of {room2}
  {colour2}.
! What colour is {room1} to have? | Which colour belongs to {room1}? = colour1
! What colour is {room2} to have? | Which colour belongs to {room2}? = colour2
- What colour is {room3} to have? | Who chose the colour of {room1}?
= memo history / firm
+ {firm1} sold {count2} {goods1} in {year1} and {count1} in {year2}. | In {year1}, {firm1} sold {count2} {goods1}; in
  {year2} it was {count1}.
! How many {goods1} did {firm1} sell in {year1}? = count2
! How many {goods1} did {firm1} sell in {year2}? = count1
- How many {goods1} did {firm1} sell in {year3}? | How many {goods1} did {firm1} buy in {year1}? | How many {goods1}
  did {firm1} sell in both years together?
= memo / firm
+ {firm1} made a profit of {money1} in the first quarter and of {money2} in the second. | Profits of {firm1} came to
  {money1} from January to March and to {money2} from April to June.
! What profit did {firm1} make in the first quarter? = money1
! What profit did {firm1} make in the second quarter? = money2
- What profit did {firm1} make in the third quarter? | What loss did {firm1} make? | What was the turnover of {firm1}?
= hr
+ Full-time staff have {small2} weeks of holiday and trainees {small1}. | Holiday is {small2} weeks for full-time
  staff and {small1} for trainees.
? How much holiday do full-time staff have? | How many weeks off do full-time employees get? = small2
? How much holiday do trainees [have/get]? | holiday trainees weeks = small1
- How much holiday do part-time staff have? | How many weeks of holiday do managers get? | sick leave weeks
= lease house
+ The [flat/house] has a cellar of {area1} and a balcony of {area2}. | A balcony of {area2} and a cellar of {area1} go
  with it.
? How [large/big] is the cellar? | cellar size = area1
? How [large/big] is the balcony? | balcony size = area2
- How [large/big] is the [kitchen/attic/terrace]? | How many windows does the cellar have?
= event travel / weekday
+ On {weekday1} we meet in {room1}, on {weekday2} in {room2}. | The group meets in {room1} on {weekday1} and in
  {room2} on {weekday2}.
! Where do we meet on {weekday1}? | meeting room {weekday1} = room1
! Where do we meet on {weekday2}? | Where is the meeting on {weekday2}? = room2
! On which day do we meet in {room2}? = weekday2
- Where do we meet on {weekday3}? | On which day do we meet in {room3}? | At what time do we meet on {weekday1}?
= handbook / machine
+ {machine1} takes {spell1} to warm up and {spell2} to cool down. | Warming up {machine1} takes {spell1}, cooling it
  down {spell2}.
! How long does {machine1} take to warm up? = spell1
! How long does {machine1} take to cool down? = spell2
- How long does {machine1} take to clean? | How hot does {machine1} get? | How long does {machine1} run on one charge?
= handbook / machine
+ The warranty on {machine1} is {term1} for parts and {term2} for the housing. | Parts of {machine1} have a warranty
  of {term1}, the housing one of {term2}.
! How long is the warranty on the parts of {machine1}? = term1
! How long is the warranty on the housing of {machine1}? = term2
- How long is the warranty on the battery of {machine1}? | Who grants the warranty on {machine1}?
= terms delivery
+ Standard delivery takes {small2} days and costs {fee1}, express takes {small1} and costs {fee2}. | Delivery is
  {fee1} and takes {small2} days; by express it is {fee2} and {small1} days.
! How long does express delivery take? | express delivery days = small1
! What does express delivery cost? | How much is express? = fee2
! How long does [standard/ordinary] delivery take? = small2
! What does [standard/ordinary] delivery cost? = fee1
- What does delivery abroad cost? | How long does delivery to an island take? | What does delivery on a Saturday cost?
= terms
+ Repairs are free for {term1}, upgrades for {term2}. | You get free repairs for {term1} and free upgrades for
  {term2}.
? For how long are repairs free? | free repairs how long = term1
? For how long are upgrades free? | How long do I get upgrades for nothing? = term2
- For how long is training free? | What does an upgrade cost afterwards? | For how long are backups free?
# swapped roles
= history memo / firm
+ {firm1} sued {firm2}. | {firm1} took {firm2} to court over a patent. | {firm2} was sued by {firm1}.
! Who sued {firm2}? | Which company took {firm2} to court? = firm1
! Whom did {firm1} sue? | Which company did {firm1} take to court? = firm2
- Who sued {firm1}? | Whom did {firm2} sue? | Which company took {firm1} to court? | How much did {firm2} have to pay?
= club event / person1
+ {person1} gave {person2} {item1}. | {person2} got {item1} from {person1}. | {person2} was given {item1} by
  {person1}.
! Who gave {person2} {item1}? | From whom did {person2} [get/receive] {item1}? = person1
! Who [got/received] {item1} from {person1}? | To whom did {person1} give {item1}? = person2
! What did {person1} give to {person2}? | What did {person2} get from {person1}? = item1
- What did {person1} get from {person2}? | What did {person2} give to {person1}? | Who gave {person1} a present?
= history / person1
+ {person1} succeeded {person2} as mayor of {place1}. | As mayor of {place1}, {person2} was followed by {person1}.
! Who succeeded {person2}? | Who came after {person2} as mayor? = person1
! Whom did {person1} succeed? | Who was mayor of {place1} before {person1}? = person2
- Who succeeded {person1}? | Who was mayor of {place1} before {person2}? | Whom did {person2} succeed? | When did
  {person1} become mayor?
= hr project / person1
+ {person1} reports to {person2}. | {person2} is the manager of {person1}. | {person1} works under {person2}.
! Who does {person1} report to? | Who is the [boss/manager] of {person1}? = person2
! Who reports to {person2}? | Who works under {person2}? = person1
- Who does {person2} report to? | Who is the boss of {person2}? | Who reports to {person1}? | {person2} line manager
= hr / person1
+ {person1} hired {person2}. | {person2} was hired by {person1}. | It was {person1} who took on {person2}.
! Who hired {person2}? | By whom was {person2} taken on? = person1
! Whom did {person1} hire? | Who was hired by {person1}? = person2
- Who hired {person1}? | Whom did {person2} hire? | Who dismissed {person2}? | When was {person2} hired?
= history memo / person1
+ {person1} wrote to {person2} on {date1}. | A letter from {person1} to {person2} is dated {date1}.
! Who wrote to {person2}? | Who sent {person2} a letter? = person1
! To whom did {person1} write? | Who received a letter from {person1}? = person2
- Who wrote to {person1}? | To whom did {person2} write? | When did {person2} answer {person1}? | When did {person2}
  write to {person1}?
= club event / person1 %final
+ {person1} beat {person2} in the final. | In the final {person2} lost to {person1}.
! Who beat {person2}? | To whom did {person2} lose? | Who won the final against {person2}? = person1
! Whom did {person1} beat? | Who lost to {person1}? = person2
- Who beat {person1}? | Whom did {person2} beat? | To whom did {person1} lose? | Whom did {person1} beat in the
  semi-final?
= history / firm
+ {firm1} took over {firm2} in {year1}. | {firm2} was taken over by {firm1} in {year1}.
! Who [took over/bought/acquired] {firm2}? = firm1
! Which company did {firm1} [take over/buy/acquire]? = firm2
! When was {firm2} taken over? = year1
- Who took over {firm1}? | Which company did {firm2} take over? | When was {firm1} taken over? | What was paid for
  {firm2}?
= delivery memo / firm
+ {firm1} supplies {firm2} with {goods1}. | {firm2} gets its {goods1} from {firm1}.
! Who supplies {firm2}? | Where does {firm2} get its {goods1} from? = firm1
! Whom does {firm1} supply with {goods1}? | Who gets {goods1} from {firm1}? = firm2
- Who supplies {firm1}? | Whom does {firm2} supply? | What does {firm1} get from {firm2}?
= history / person1
+ {person1} taught {person2} the violin. | {person2} learned the violin from {person1}. | {person2} was a pupil of
  {person1}.
! Who taught {person2}? | Who was the teacher of {person2}? = person1
! Whom did {person1} teach? | Who was a pupil of {person1}? = person2
- Who taught {person1}? | Whom did {person2} teach? | Who was a pupil of {person2}? | Where did {person1} learn the
  violin?
= history / person1
+ {person1} is the [mother/aunt/elder sister] of {person2}.
! Whose relative is {person1}? = person2
- Who is the [father/grandmother/husband/wife] of {person2}? | Who is the daughter of {person2}? | Who is the mother
  of {person1}? | Whom did {person2} marry?
= club minutes / person1
+ {person1} thanked {person2} for the accounts. | {person2} was thanked by {person1} for looking after the garden.
! Who thanked {person2}? | By whom was {person2} thanked? = person1
! Whom did {person1} thank? = person2
- Who thanked {person1}? | Whom did {person2} thank?
= project handbook / person1
+ {person1} stands in for {person2}. | When {person2} is away, {person1} takes over. | {person1} is the deputy of
  {person2}.
! Who stands in for {person2}? | Who takes over when {person2} is away? = person1
! For whom does {person1} stand in? | Whose deputy is {person1}? = person2
- Who stands in for {person1}? | Who takes over when {person1} is away? | For whom does {person2} stand in?
= study
+ {firm1} paid for the study and {firm2} carried it out. | The study was commissioned by {firm1} and done by {firm2}.
? Who [paid for/funded/commissioned] the study? = firm1
? Who [carried out/did/conducted] the study? = firm2
- Who reviewed the study? | Who published the study? | What did the study cost? | Who checked the data?
= town minutes / street
+ {person1} let {street1} to {firm1}. | {firm1} rents {street1} from {person1}.
! Who lets {street1}? | From whom is {street1} rented? | {street1} landlord = person1
! Who rents {street1}? | To whom is {street1} let? | {street1} tenant = firm1
- Who [bought/sold] {street1}? | What is the rent for {street1}? | Who built {street1}?
# another entity
= handbook notice hr / person1
+ {person1} can be reached on {phone1}. | {person1}'s telephone number is {phone1}. | Call {person1} on {phone1}.
? What is {person1}'s [phone/telephone] number? | On what number can {person1} be reached? | {person1} phone = phone1
+ {person1} sits in {room1}. | You will find {person1} in {room1}. | {person1}'s desk is in {room1}.
? Where does {person1} sit? | In which room is {person1}? | {person1} room = room1
+ {person1}'s e-mail address is {email1}. | Write to {person1} at {email1}.
? What is {person1}'s [e-mail/email] address? | Where do I write to {person1}? | {person1} email = email1
- When does {person1} start work? | What is {person1}'s job? | How old is {person1}?
= project / project
+ {project1} is led by {person1}. | {person1} leads {project1}. | {person1} is in charge of {project1}.
? Who [leads/heads/is in charge of] {project1}? | {project1} leader = person1
+ {project1} starts on {date1}. | Work on {project1} begins on {date1}.
? When does {project1} [start/begin]? | {project1} start = date1
+ {project1} has a budget of {money1}. | {money1} has been set aside for {project1}.
? What is the budget of {project1}? | How much money is there for {project1}? = money1
+ {project1} is {percent1} complete. | So far {percent1} of {project1} is done.
? How much of {project1} is done? | What share of {project1} is complete? = percent1
- Which risks does {project1} have? | How many people work on {project1}? | Who asked for {project1}?
= event / work
+ "{work1}" is shown in {room1}. | {room1} is where "{work1}" is shown.
? Where is "{work1}" shown? | In which room is "{work1}"? | "{work1}" where = room1
+ "{work1}" starts at {time1}. | The curtain for "{work1}" rises at {time1}.
? When does "{work1}" [start/begin]? | At what time is "{work1}"? = time1
+ "{work1}" was directed by {person1}. | {person1} directed "{work1}".
? Who directed "{work1}"? | Who is the director of "{work1}"? = person1
+ "{work1}" lasts {spell1}. | The running time of "{work1}" is {spell1}.
? How long is "{work1}"? | How long does "{work1}" last? | "{work1}" length = spell1
- Who plays the lead in "{work1}"? | What does "{work1}" cost to see? | Who wrote "{work1}"?
= history memo town / firm
+ {firm1} is based in {place1}. | The head office of {firm1} is in {place1}.
? Where is {firm1} based? | In which city is the head office of {firm1}? = place1
+ {firm1} was founded in {year1}. | {firm1} goes back to {year1}.
? When was {firm1} founded? | In which year was {firm1} [set up/founded]? = year1
+ {firm1} employs {count1} people. | {firm1} has {count1} employees.
? How many people work for {firm1}? | {firm1} number of employees = count1
+ {firm1} is run by {person1}. | The managing director of {firm1} is {person1}.
? Who [runs/is the head of/manages] {firm1}? = person1
- Who owns {firm1}? | What was the turnover of {firm1}? | Who founded {firm1}?
= delivery / number
+ Order {number1} was placed by {person1}. | {person1} placed order {number1}.
? Who placed order {number1}? | Who ordered {number1}? = person1
+ Order {number1} goes to {street1}. | The address for order {number1} is {street1}.
? Where does order {number1} go? | What is the address for order {number1}? | {number1} address = street1
+ Order {number1} is worth {money1}. | The value of order {number1} is {money1}.
? What is order {number1} worth? | What is the value of order {number1}? = money1
- When was order {number1} placed? | How is order {number1} sent? | What does order {number1} weigh?
= house lease / room
+ {room1} holds {count1} people. | There is space for {count1} people in {room1}.
? How many people fit into {room1}? | {room1} capacity = count1
+ {room1} costs {money1} a day. | The hire of {room1} is {money1} a day.
? What does {room1} cost a day? | How much is it to hire {room1}? | {room1} price = money1
+ The key of {room1} is kept by {role1}. | Ask {role1} for the key of {room1}.
? Who keeps the key of {room1}? | Where do I get the key of {room1}? = role1
- Who built {room1}? | How warm is {room1}? | On which floor is {room1}?
= town club / org
+ {org1} meets on {weekday1}. | The meetings of {org1} are on {weekday1}.
? On which day does {org1} meet? | {org1} meeting day = weekday1
+ {org1} has {count1} members. | {count1} people belong to {org1}.
? How many members does {org1} have? | How many people are in {org1}? = count1
+ {org1} is chaired by {person1}. | The chair of {org1} is {person1}.
? Who chairs {org1}? | Who is at the head of {org1}? = person1
+ {org1} was founded in {year1}. | {org1} has existed since {year1}.
? When was {org1} founded? | Since when has {org1} existed? = year1
- What does membership of {org1} cost? | Where does {org1} meet? | Who is the treasurer of {org1}?
= travel / place
+ In {place1} we stay at {street1}. | Our lodging in {place1} is at {street1}.
? Where do we stay in {place1}? | What is the address in {place1}? = street1
+ We spend {small1} nights in {place1}. | {small1} nights are planned in {place1}.
? How many nights do we spend in {place1}? | {place1} nights = small1
+ In {place1}, {person1} shows us round. | {person1} is our guide in {place1}.
? Who shows us round in {place1}? | Who is our guide in {place1}? = person1
- What do we eat in {place1}? | What is the weather like in {place1}? | What does the guide in {place1} cost?
= medical study / medicine
+ {medicine1} is made by {firm1}. | The maker of {medicine1} is {firm1}.
? Who makes {medicine1}? | Which company produces {medicine1}? = firm1
+ {medicine1} is sold at {fee1} a pack. | A pack of {medicine1} costs {fee1}.
? What does {medicine1} cost? | How much is a pack of {medicine1}? | {medicine1} price = fee1
+ {medicine1} has been on sale since {year1}. | {medicine1} was licensed in {year1}.
? Since when has {medicine1} been on sale? | When did {medicine1} come on the market? = year1
- Who discovered {medicine1}? | How many people take {medicine1}? | Is there a syrup of {medicine1}?
= handbook / machine
+ {machine1} was made by {firm1}. | {firm1} is the maker of {machine1}.
? Who made {machine1}? | Which company made {machine1}? = firm1
+ {machine1} stands in {room1}. | {machine1} is in {room1}.
? Where is {machine1}? | In which room is {machine1}? = room1
+ {machine1} weighs {weight1}. | The weight of {machine1} is {weight1}.
? How heavy is {machine1}? | What does {machine1} weigh? | {machine1} weight = weight1
+ {machine1} is serviced by {person1}. | {person1} looks after {machine1}.
? Who [services/looks after/maintains] {machine1}? = person1
- What did {machine1} cost? | When was {machine1} bought? | How old is {machine1}? | How loud is {machine1}?
"""
