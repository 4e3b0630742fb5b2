"""Templates of events in life and town that are easily taken for their opposites."""

__all__ = ["EVENTS"]

EVENTS = """
# opposite events
= town house club / shop
+ {shop} opens at {time1}. | {shop} is open from {time1}. | On working days {shop} opens its doors at {time1}.
? When does {shop} open? | What time does {shop} open? | From what time is {shop} open? | {shop} opening time | At
  what hour can one first go into {shop}? = time1
+ {shop} closes at {time2}. | {shop} shuts at {time2}. | The last people have to be out of {shop} by {time2}.
? When does {shop} close? | What time does {shop} [shut/close]? | Until what time is {shop} open? | {shop} closing
  time = time2
- Why does {shop} close? | Who [opens/closes] {shop}?
= travel / place
+ The train to {place1} departs at {time1}. | The coach to {place1} leaves at {time1} from platform {small1}. | Our
  [train/bus] for {place1} sets off at {time1}.
? When do we [leave/set off] for {place1}? | What time is the departure to {place1}? | departure {place1} = time1
+ We [arrive in/reach] {place1} at {time2}. | Arrival in {place1} is at {time2}.
? When do we [arrive in/reach/get to] {place1}? | What time is the arrival in {place1}? | arrival {place1} | At what
  time do we get to {place1}? = time2
- How long does the journey to {place1} take? | What does the ticket to {place1} cost?
= event club handbook / subject %lesson
+ The course in {subject1} starts on {date1}. | The {subject1} course begins on {date1} in {room1}.
? When does the course in {subject1} [start/begin]? | What is the first day of the {subject1} course? | {subject1}
  course start date = date1
+ The course in {subject1} ends on {date2}. | The {subject1} course runs until {date2}.
? When does the course in {subject1} [end/finish]? | What is the last day of the {subject1} course? | {subject1}
  course end date | Until when does the {subject1} course run? = date2
- How much does the {subject1} course cost? | Who pays for the {subject1} course?
= club minutes / person1
+ {person1} joined {org1} in {year1}. | {person1} has been a member of {org1} since {year1}.
? When did {person1} [join/become a member of] {org1}? | In which year did {person1} join {org1}? = year1
+ {person1} left {org1} in {year2}. | {person1} gave up the membership of {org1} in {year2}.
? When did {person1} [leave/quit] {org1}? | In which year did {person1} leave {org1}? = year2
- What does {person1} pay for the membership of {org1}?
= minutes / project
+ {person1} voted for {project1}. | In the vote on {project1}, {person1} was in favour.
? Who voted [for/in favour of] {project1}? | Who supported {project1} in the vote? = person1
+ {person2} voted against {project1}. | {person2} opposed {project1} in the vote.
? Who voted against {project1}? | Who opposed {project1}? = person2
- Why did {person2} vote against {project1}? | Who abstained in the vote on {project1}?
= club event / subject %lesson
+ {person1} teaches {subject1}. | The {subject1} class is given by {person1}. | {person1} is the teacher in
  {subject1}.
? Who teaches {subject1}? | Who gives the {subject1} class? | {subject1} teacher = person1
+ {person2} is learning {subject1}. | {person2} takes lessons in {subject1}. | {person2} studies {subject1}.
? Who is [learning/studying] {subject1}? | Who takes lessons in {subject1}? = person2
- How long does a lesson in {subject1} last?
= history / work
+ {person1} wrote "{work1}" in {year1}. | "{work1}" was written in {year1}.
? When was "{work1}" written? | In what year was "{work1}" written? = year1
+ "{work1}" was published in {year2}. | "{work1}" came out in {year2}.
? When [was "{work1}" published/did "{work1}" come out]? | What year was "{work1}" published? = year2
- Who published "{work1}"? | When was "{work1}" translated? | How many copies of "{work1}" were sold?
= history / person1
+ {person1} was born in {place1}. | {place1} is the birthplace of {person1}. | {person1}, born in {place1}, grew up
  with four sisters.
? Where was {person1} born? | What is {person1}'s birthplace? | birthplace {person1} = place1
+ {person1} died in {place2}. | {place2} is where {person1} died. | In old age {person1} fell ill and died in
  {place2}.
? Where did {person1} die? | In which [city/town] did {person1} die? | place of death {person1} = place2
- Where is {person1} buried? | Where did {person1} study? | Where did {person1} marry?
= history / person1
+ {person1} was born in {year1}. | The birth of {person1} is recorded in {year1}.
? When was {person1} born? | What year was {person1} born? = year1
+ {person1} died in {year2}. | {person1} passed away in {year2}.
? When did {person1} die? | In which year did {person1} [die/pass away]? = year2
- When did {person1} marry? | How old was {person1} at death? | What did {person1} die of?
= town handbook / shop
+ The fee at {shop} was raised in {month1}. | Prices at {shop} went up in {month1}.
? When [was the fee at {shop} raised/did the prices at {shop} go up]? | When did {shop} get more expensive? = month1
+ The fee at {shop} was lowered in {month2}. | Prices at {shop} came down in {month2}.
? When [was the fee at {shop} lowered/did the prices at {shop} come down]? | When did {shop} get cheaper? = month2
- What is the fee at {shop}?
= club history event %final
+ {org1} won against {org2}. | {org1} beat {org2} in the final.
! Who won? | Who won the final? | Who was the winner? = org1
! Who lost? | Who was beaten? = org2
- What was the score? | Where was the final played? | When was the final played? | Who was the referee?
= history / place
+ {person1} attacked {place1} in {year1}. | In {year1} {place1} was attacked by {person1}.
? Who attacked {place1}? | By whom was {place1} attacked? = person1
! When was {place1} attacked? = year1
+ {person2} defended {place1}. | The defence of {place1} was led by {person2}.
? Who defended {place1}? | Who led the defence of {place1}? = person2
- How many people were killed in {place1}? | Who rebuilt {place1}?
= history / person1
+ {person1} was arrested on {date1}. | Police arrested {person1} on {date1} in {place1}.
? When was {person1} arrested? | When did the police take {person1} into custody? = date1
+ {person1} was released on {date2}. | {person1} was set free on {date2}.
? When was {person1} [released/set free]? | On what date was {person1} let go? = date2
- Why was {person1} arrested? | How long was {person1} sentenced to?
= town history / shop
+ {shop} was first opened in {year1}. | {shop} has existed since it was opened in {year1}.
? When was {shop} [first opened/opened]? | In which year did {shop} first open? = year1
+ {shop} was closed for good in {year2}. | In {year2} {shop} closed for ever.
? When was {shop} closed for good? | In which year did {shop} close? = year2
- Who opened {shop}? | Why was {shop} closed?
= handbook / room
+ {role1} locks {room1}. | Locking {room1} is the job of {role1}.
? Who locks {room1}? | Who sees to it that {room1} is locked? = role1
+ {role2} unlocks {room1} in the morning. | In the morning {room1} is unlocked by {role2}.
? Who unlocks {room1}? | By whom is {room1} unlocked? = role2
- At what time is {room1} locked? | Where is the key of {room1} kept?
= history / firm
+ {firm1} gained {count1} customers in {year1}. | In {year1} {firm1} won {count1} new customers.
? How many customers did {firm1} [gain/win] in {year1}? = count1
+ {firm1} lost {count2} customers in {year1}. | In {year1} {count2} customers left {firm1}.
? How many customers did {firm1} lose in {year1}? | How many customers left {firm1} in {year1}? = count2
- How many customers does {firm1} have?
= event / room
+ The exhibition in {room1} is opened by {person1}. | {person1} opens the exhibition in {room1} with a short speech.
? Who opens the exhibition in {room1}? | Who gives the opening speech in {room1}? = person1
+ {person2} closes the evening in {room1}. | The closing words in {room1} are spoken by {person2}.
? Who closes the evening in {room1}? | Who speaks the closing words in {room1}? = person2
- What does the exhibition in {room1} cost?
= travel / place
+ The outward flight to {place1} goes via {place2}. | On the way out to {place1} we change in {place2}.
? Where do we change on the way to {place1}? | Via which city is the outward flight to {place1}? = place2
+ The flight back from {place1} goes via {place3}. | On the way back from {place1} we change in {place3}.
? Where do we change on the way back from {place1}? | Via which city do we fly home from {place1}? = place3
- Which airline flies to {place1}? | Where do we stay in {place1}?
= club minutes / person1
+ {person1} was elected in {year1}. | {person1} came into office in {year1}.
? When was {person1} elected? | When did {person1} come into office? = year1
+ {person1} stepped down in {year2}. | In {year2} {person1} resigned from the committee.
? When did {person1} [step down/resign]? | When did {person1} leave office? = year2
- With how many votes was {person1} elected? | Why did {person1} step down? | Who followed {person1}?
= town travel event / place
+ The outward ticket to {place1} costs {fee1}. | Going to {place1} costs {fee1} one way.
? What does the outward ticket to {place1} cost? | How much is a single to {place1}? = fee1
+ A return ticket to {place1} costs {fee2}. | There and back, {place1} costs {fee2}.
? What does a return ticket to {place1} cost? | How much is it to {place1} and back? = fee2
- Where are tickets to {place1} sold? | What does a child's ticket to {place1} cost?
= club / org
+ {org1} gave {money1} to {org2}. | {org1} donated {money1} to {org2}.
! How much did {org1} give to {org2}? | What sum did {org2} get from {org1}? = money1
- How much did {org1} [get/receive] from {org2}? | How much did {org2} give to {org1}?
= notice house / shop
+ The entrance to {shop} is on the side of {street1}. | You enter {shop} from {street1}.
? Where is the entrance [to/of] {shop}? | Where do I go in at {shop}? = street1
+ The exit of {shop} is at {street2}. | You leave {shop} by the door at {street2}.
? Where is the exit of {shop}? | Where do I come out of {shop}? = street2
- Who guards the entrance of {shop}?
= house handbook / things
+ The first delivery of {things1} each day is at {time1}. | Each day the first {things1} come in at {time1}.
? When do the first {things1} come? | What time is the first delivery of {things1}? = time1
+ The last {things1} of the day go out at {time2}. | Each day the last delivery of {things1} is at {time2}.
? When do the last {things1} go out? | What time is the last delivery of {things1}? = time2
- Who brings the {things1}?
"""
