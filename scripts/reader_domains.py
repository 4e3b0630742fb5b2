# ruff: noqa: E501 - an attribute with its questions stays on one line
"""Kinds of things with their attributes, and how people ask for each of them.

One attribute a line: ``Label / other label = recipe of the value = questions = questions from the value``.
In questions ``{e}`` is the thing and ``{v}`` the value.  Attributes of one kind are near to each other on
purpose: those that a document leaves out are asked for, and have no answer.
"""

from reader_attributes import domain

__all__ = ["DOMAINS"]

DOMAINS = (
    domain("Product comparison | Our machines | Technical data | Models at a glance", "model", "product", "the {}", """
Net weight / Weight without packaging = measure 2 60 kg = What is the net weight of {e}? | !How heavy is {e}? | !How much does {e} weigh? | How heavy is {e} without packaging? = Which model has a net weight of {v}?
Gross weight / Weight with packaging = measure 2 70 kg = What is the gross weight of {e}? | How heavy is {e} with its packaging?
Length = whole 20 220 cm = How long is {e}? | What is the length of {e}? = Which model is {v} long?
Width = whole 20 120 cm = How wide is {e}? | What is the width of {e}? = Which model is {v} wide?
Height = whole 20 190 cm = How tall is {e}? | How high is {e}? | What is the height of {e}? = Which model is {v} high?
Power / Rated power = whole 200 3200 W = How powerful is {e}? | What is the rated power of {e}? | How many watts does {e} have? = Which model has {v}?
Voltage / Mains voltage = whole 12 400 V = What voltage does {e} run on? | What is the voltage of {e}?
Minimum operating temperature / Min. temperature = celsius -40 4 = What is the lowest temperature at which {e} can be used? | What is the minimum operating temperature of {e}? | How cold may it get for {e}?
Maximum operating temperature / Max. temperature = celsius 30 75 = What is the highest temperature at which {e} may be used? | What is the maximum operating temperature of {e}?
Warranty / Guarantee = duration years = How long is the warranty on {e}? | How long is {e} guaranteed for?
Noise level / Noise = whole 28 92 dB = How loud is {e}? | What is the noise level of {e}?
Battery life = duration hours = How long does the battery of {e} last? | What is the battery life of {e}?
Charging time = duration minutes = How long does {e} take to charge? | How long does charging {e} take?
Cable length / Cord = measure 1 9 m = How long is the cable of {e}? | What is the cord length of {e}?
Price = money 40 2400 = How much is {e}? | What does {e} cost? | What is the price of {e}? = Which model costs {v}? | Which model can I get for {v}?
Colour / Color = colour = What colour is {e}? | Which colour does {e} come in? = Which model is {v}?
Housing / Material = material = What is {e} made of? | Which material is the housing of {e}? = Which model is made of {v}?
Tank capacity / Capacity = measure 1 90 l = How much does the tank of {e} hold? | What is the capacity of {e}?
Article number / Item no. = code = What is the article number of {e}? | What is the item number for {e}? = Which model has the article number {v}? | What is {v}?
Firmware = version = Which firmware does {e} run? | What is the firmware version of {e}?
Country of manufacture = town = Where is {e} made? | Where is {e} manufactured?
"""),
    domain("Timetable | Departures | Summer timetable | Connections from {town} | Winter service", "service", "train", "{}", """
Departs / Departure / Leaves / Dep. = time = When does {e} leave? | What time does {e} depart? | At what time does {e} set off? = Which service leaves at {v}? | What departs at {v}?
Arrives / Arrival / Arr. = time = When does {e} arrive? | What time does {e} get in? | At what time does {e} reach its destination? = Which service arrives at {v}?
Platform / Stand / Track = whole 1 24 = From which platform does {e} leave? | Which platform does {e} use?
To / Destination = town = Where does {e} go? | What is the destination of {e}? | Where is {e} going? = Which service goes to {v}? | What do I take to get to {v}?
From / Starts at = town = Where does {e} start? | Where does {e} come from? = Which service starts in {v}?
Journey time / Duration = duration = How long does {e} take? | What is the journey time of {e}?
Single fare / Single = money 2 60 = How much is a single on {e}? | What does a one-way ticket on {e} cost?
Return fare / Return = money 5 90 = How much is a return on {e}? | What does a return ticket for {e} cost?
Operator = person = Who operates {e}?
Seats = whole 18 420 = How many seats does {e} have? | How many people can sit on {e}?
"""),
    domain("Staff | Staff directory | Who is who | Our team | People", "person", "person", "{}", """
Role / Position / Job title = job = What is {e}'s role? | What does {e} do? | What is {e}'s job? = Who is the {v}? | Who works as {v}?
Phone / Telephone / Tel. = phone = !What is {e}'s phone number? | !How can I phone {e}? | !What number do I call to reach {e}? = Whose number is {v}? | Who answers on {v}?
Mobile / Cell phone = phone = What is {e}'s mobile number? | What is the cell phone number of {e}?
Fax = phone = What is {e}'s fax number? | What is the fax number of {e}?
E-mail / Email = email = What is {e}'s e-mail address? | Where can I email {e}? | What is the email of {e}? = Whose address is {v}? | Who reads {v}?
Room / Office = roomcode = Where is {e}'s office? | Which room is {e} in? | In which room do I find {e}? = Who sits in {v}? | Whose office is {v}?
Extension / Ext. = extension = What is {e}'s extension? | Which extension does {e} have? = Who has extension {v}?
Department / Team = department = Which department does {e} work in? | What team is {e} in?
Day off = weekday = Which day does {e} have off? | When is {e} not in? = Who is off on {v}?
Joined / Start date / Since = date = When did {e} join? | When did {e} start? = Who joined on {v}?
Leaves / Contract ends = date = When does {e} leave? | When does {e}'s contract end?
Languages = language = Which languages does {e} speak? | What does {e} speak? = Who speaks {v}?
Deputy = person = Who is {e}'s deputy? | Who stands in for {e}? = Whose deputy is {v}?
Line manager / Reports to = person = Who is {e}'s manager? | Who does {e} report to? = Who reports to {v}?
"""),
    domain("Contacts | Departments | How to reach us | Useful numbers", "department", "department", "{}", """
Phone / Tel. = phone = What is the phone number of {e}? | How do I ring {e}? | What number do I call for {e}? = Which department has the number {v}? | Who answers {v}?
Fax = phone = What is the fax number of {e}?
E-mail / Email = email = What is the e-mail address of {e}? | Where do I write to {e}? = Which department reads {v}?
Room / Office = roomcode = Where is {e}? | Which room is {e} in? = Which department is in {v}?
Head / Head of department / Manager = person = Who is the head of {e}? | Who runs {e}? | Who leads {e}? = Which department does {v} lead? | What does {v} head?
Deputy head = person = Who is the deputy head of {e}?
Opens = time = When does {e} open? | From what time is {e} open?
Closes = time = When does {e} close? | Until when is {e} open?
Website / Web = web = What is the website of {e}? | What is the web address of {e}?
Staff / Employees = whole 2 60 = How many people work in {e}? | How many employees does {e} have?
Budget = money 9000 900000 = What is the budget of {e}? | How much money does {e} have?
"""),
    domain("Course programme | Courses | Evening classes | Autumn term", "course", "course", "{}", """
Starts / Start date / Begins = date = When does {e} start? | When does the {e} course begin? = Which course starts on {v}?
Ends / End date = date = When does {e} end? | When does the {e} course finish?
Day = weekday = On which day is {e}? | What day does {e} take place? = Which course is on {v}? | What is on {v}?
Time = time = What time is {e}? | At what time does {e} take place? = Which course is at {v}?
Room / Place = roomcode = Where is {e} held? | In which room is {e}? = Which course is in {v}?
Tutor / Teacher / Led by = person = Who teaches {e}? | Who is the tutor for {e}? = Which course does {v} teach? | What does {v} teach?
Fee / Course fee / Price = money 20 300 = How much is {e}? | What does {e} cost? | What is the fee for {e}? = Which course costs {v}?
Deposit = money 5 50 = What is the deposit for {e}? | How much deposit do I pay for {e}?
Materials = money 2 40 = How much are the materials for {e}? | What do I pay for materials in {e}?
Places / Maximum group size = whole 6 30 = How many places are there in {e}? | How many people can take part in {e}?
Minimum age = whole 5 18 = How old must I be for {e}? | What is the minimum age for {e}?
Enrol by / Enrolment deadline = date = By when must I enrol for {e}? | What is the enrolment deadline for {e}?
"""),
    domain("Rooms for hire | Meeting rooms | Our spaces | Venue hire", "room", "room", "the {}", """
Seated / Seats / Capacity seated = whole 8 300 = How many people can sit in {e}? | How many seats does {e} have? = Which room seats {v}?
Standing / Capacity standing = whole 20 500 = How many people can stand in {e}? | How many standing guests does {e} hold?
Floor = floor = On which floor is {e}? | What floor is {e} on? = Which room is on the {v}?
Area / Size = whole 14 420 m² = How large is {e}? | What is the floor area of {e}? = Which room has {v}?
Ceiling height = measure 2 7 m = How high is the ceiling in {e}? | What is the ceiling height of {e}?
Per hour / Hourly rate = money 10 120 = How much is {e} per hour? | What does {e} cost for an hour? = Which room costs {v} an hour?
Per day / Day rate = money 80 900 = How much is {e} for a whole day? | What is the day rate of {e}? = Which room costs {v} a day?
Cleaning fee = money 10 80 = What is the cleaning fee for {e}? | How much is cleaning for {e}?
Deposit = money 50 400 = What is the deposit for {e}? | How much deposit is due for {e}?
Key holder / Contact = person = Who has the key to {e}? | Who is the contact for {e}? = Which room does {v} look after?
Available from / Opens = time = From what time can {e} be used? | When does {e} open?
Available until / Closes = time = Until when can {e} be used? | When does {e} close?
"""),
    domain("Collection | New acquisitions | Objects on display | Catalogue", "object", "item", "the {}", """
Inventory number / Accession no. / Object no. = code = What is the inventory number of {e}? | Under which number is {e} listed? = What is {v}? | Which object has the number {v}?
Acquired / Date acquired = date = When was {e} acquired? | When did {e} enter the collection? = What was acquired on {v}?
Made / Year / Date made = year = When was {e} made? | In what year was {e} made? = Which object was made in {v}? | What was made in {v}?
Restored = year = When was {e} restored? | In which year was {e} restored?
Maker / Made by = maker = Who made {e}? | Who was the maker of {e}? = What did {v} make?
Donor / Given by / Gift of = person = Who gave {e}? | Who donated {e}? = What did {v} give? | What did {v} donate?
On loan to / Lent to = town = Where has {e} been lent to? | Where is {e} on loan?
Place of origin / Made in = town = Where was {e} made? | Where does {e} come from? = Which object was made in {v}?
Case / Location / Display case = roomcode = Where is {e} shown? | In which case is {e}? = What is in {v}?
Material = material = What is {e} made of? | Which material is {e}?
Height = measure 4 180 cm = How tall is {e}? | What is the height of {e}?
Width = measure 4 180 cm = How wide is {e}? | What is the width of {e}?
Insurance value / Insured for = money 100 9000 = What is {e} insured for? | What is the insurance value of {e}?
Purchase price / Bought for = money 20 4000 = How much was paid for {e}? | What did the museum pay for {e}?
"""),
    domain("Planting guide | Seeds | What grows when | Garden plan", "plant", "plant", "{}", """
Sow / Sowing time = season = When do I sow {e}? | When should {e} be sown? = Which plant is sown in {v}?
Harvest = season = When is {e} harvested? | When can I pick {e}?
Flowers / Flowering = season = When does {e} flower? | When is {e} in bloom?
Spacing / Distance apart = whole 5 90 cm = How far apart do I plant {e}? | What is the spacing for {e}?
Sowing depth / Depth = whole 1 9 cm = How deep do I sow {e}? | What is the sowing depth of {e}?
Height = whole 15 220 cm = How tall does {e} grow? | What height does {e} reach?
Spread = whole 15 150 cm = How wide does {e} grow? | What is the spread of {e}?
Position / Site = position = Where should {e} be planted? | What position does {e} need?
Germination = duration days = How long does {e} take to germinate? | After how many days does {e} come up?
Lowest temperature / Hardy to = celsius -28 2 = What is the lowest temperature {e} survives? | How cold can it get for {e}?
Bed = code = Which bed is {e} in? | Where does {e} grow this year? = What grows in {v}?
Variety = product = Which variety of {e} is grown? | What is the variety of {e}?
"""),
    domain("Packages | Supported releases | Software inventory | Dependencies", "package", "package", "{}", """
Version / Current version / Stable = version = What version is {e}? | Which version of {e} is current? = Which package is at {v}? | What has version {v}?
Minimum version / Oldest supported = version = What is the oldest supported version of {e}? | Which version of {e} is needed at least?
Released / Release date = date = When was {e} released? | When did {e} come out? = Which package was released on {v}? | What came out on {v}?
End of support / End of life / EOL = date = Until when is {e} supported? | When does support for {e} end? = Which package is supported until {v}?
Licence / License = licence = What is the licence of {e}? | How is {e} licensed? | Under which licence is {e}? = Which package is under {v}?
Maintainer / Maintained by = person = Who maintains {e}? | Who is the maintainer of {e}? = Which package does {v} maintain? | What does {v} maintain?
Security contact = email = Where do I report a security problem in {e}? | What is the security contact of {e}?
Download size / Size = measure 1 90 MB = How big is {e}? | What is the download size of {e}? = Which package is {v}?
Memory / RAM = measure 1 64 GB = How much memory does {e} need? | How much RAM does {e} use?
Default port / Port = whole 1000 65000 = Which port does {e} listen on? | What is the default port of {e}? = What runs on port {v}? | Which package uses port {v}?
Timeout / Default timeout = duration seconds = What is the default timeout of {e}? | After how long does {e} time out?
Documentation / Docs = web = Where is the documentation of {e}? | Where can I read about {e}?
"""),
    domain("What's on | Events | Event calendar | Programme", "event", "event", "the {}", """
Date = date = !When is {e}? | On what date is {e}? | !When does {e} take place? = What is on {v}? | Which event is on {v}?
Doors / Doors open = time = When do the doors open for {e}? | From what time can I get into {e}?
Begins / Start / Starts = time = What time does {e} start? | When does {e} begin? = Which event starts at {v}?
Ends / End / Until = time = What time does {e} end? | When is {e} over? = Which event ends at {v}?
Venue / Place / Where = venue = !Where is {e}? | Where does {e} take place? | What is the venue for {e}? = What is on at the {v}? | Which event takes place at the {v}?
Admission / Ticket / Tickets = money 2 50 = How much is a ticket for {e}? | What does admission to {e} cost? | What do I pay for {e}? = Which event costs {v}?
Concession / Reduced = money 1 30 = How much is a concession ticket for {e}? | What is the reduced price for {e}?
Organiser / Organized by / Contact = person = Who organises {e}? | Who is responsible for {e}? = What does {v} organise? | Which event is {v} responsible for?
Visitors last year = whole 40 4000 = How many visitors came to {e} last year? | How many people were at {e} last year?
Bad weather venue = venue = Where is {e} held if it rains? | Where does {e} take place in bad weather?
"""),
    domain("Flats to let | Properties | Available apartments | Lettings", "flat", "address", "{}", """
Rent / Monthly rent = money 350 2400 = What is the rent for {e}? | How much is {e} a month? = Which flat costs {v} a month? | Which flat has a rent of {v}?
Deposit / Security deposit = money 400 4900 = What is the deposit for {e}? | How much deposit do I pay for {e}?
Service charge = money 20 300 = What is the service charge for {e}? | How much are the service charges at {e}?
Bedrooms = whole 1 6 = How many bedrooms does {e} have? | How many bedrooms are there at {e}?
Bathrooms = whole 1 3 = How many bathrooms does {e} have?
Floor = floor = On which floor is {e}? | What floor is the flat at {e} on?
Size / Area / Floor area = whole 28 190 m² = How large is {e}? | How big is the flat at {e}? = Which flat measures {v}?
Available from / Free from = date = When is {e} available? | From when can I rent {e}? = Which flat is free from {v}?
Viewing = date = When can I see {e}? | When is the viewing at {e}? = Which flat can be seen on {v}?
Notice by tenant / Tenant's notice = duration weeks = How much notice must the tenant of {e} give? | What is the tenant's notice period for {e}?
Notice by landlord / Landlord's notice = duration weeks = How much notice must the landlord of {e} give? | What is the landlord's notice period for {e}?
Minimum term = duration months = What is the minimum term for {e}? | For how long must I rent {e} at least?
Agent = person = Who is the agent for {e}? | Who lets {e}? = Which flat does {v} let?
Landlord = person = Who is the landlord of {e}? | Who owns {e}? = Which flat belongs to {v}?
"""),
    domain("Plans and prices | Subscriptions | Pricing | Tariffs", "plan", "plan", "the {} plan", """
Monthly / Per month / Monthly price = money 3 90 = How much is {e} per month? | What does {e} cost a month? = Which plan costs {v} a month?
Yearly / Per year / Annual price = money 30 900 = How much is {e} per year? | What does {e} cost a year? | What is the annual price of {e}? = Which plan costs {v} a year?
Set-up fee / Setup = money 5 200 = What is the set-up fee for {e}? | How much does it cost to set up {e}?
Storage = whole 5 2000 GB = How much storage does {e} include? | How many gigabytes do I get with {e}? = Which plan includes {v}?
Users / Seats = whole 1 500 = How many users does {e} allow? | How many people can use {e}? = Which plan allows {v} users?
Projects = whole 1 200 = How many projects does {e} allow? | How many projects can I have on {e}?
Trial / Free trial = duration days = How long is the free trial of {e}? | How long can I try {e} for free?
Notice / Cancellation period = duration weeks = What is the notice period of {e}? | How long before must I cancel {e}?
Response time / Support response = duration hours = How fast does support answer on {e}? | What is the response time for {e}?
Backups kept = duration days = How long are backups kept on {e}? | For how long does {e} keep backups?
Upload limit = whole 10 900 MB = What is the upload limit of {e}? | How large may an upload be on {e}?
"""),
    domain("Vehicles for hire | Our fleet | Rental cars | Hire fleet", "vehicle", "product", "the {}", """
Seats = whole 2 17 = How many seats does {e} have? | How many people fit into {e}? = Which vehicle has {v} seats?
Doors = whole 2 6 = How many doors does {e} have?
Per day / Daily rate = money 20 190 = How much is {e} per day? | What does {e} cost for one day? = Which vehicle costs {v} a day?
Per week / Weekly rate = money 120 990 = How much is {e} for a week? | What is the weekly rate for {e}? = Which vehicle costs {v} a week?
Deposit = money 100 900 = What deposit do I leave for {e}? | How much is the deposit on {e}?
Excess / Insurance excess = money 100 1900 = What is the insurance excess on {e}? | How much is the excess for {e}?
Fuel = fuel = What fuel does {e} take? | What does {e} run on? = Which vehicle runs on {v}?
Minimum age / Minimum driver age = whole 18 30 = How old must the driver of {e} be? | What is the minimum age for {e}?
Range = whole 180 900 km = How far does {e} go on one charge or tank? | What is the range of {e}?
Free kilometres / Mileage limit = whole 100 1500 km = How many kilometres are included with {e}? | What is the mileage limit for {e}?
Registration / Number plate = code = What is the registration of {e}? | What is the number plate of {e}? = Which vehicle has the plate {v}?
Next inspection / Inspection due = date = When is the next inspection of {e}? | When is {e} due for inspection? = Which vehicle is inspected on {v}?
Last service / Last serviced = date = When was {e} last serviced? | When was the last service of {e}?
Colour = colour = What colour is {e}? = Which vehicle is {v}?
"""),
    domain("Weather stations | Readings for January | Observations | Climate table", "station", "station", "{}", """
Minimum / Lowest / Min. temp. = celsius -34 3 = What was the lowest temperature at {e}? | What minimum was measured at {e}? | How cold did it get at {e}? = Which station recorded a low of {v}? | Where was the minimum {v}?
Maximum / Highest / Max. temp. = celsius 4 39 = What was the highest temperature at {e}? | What maximum was measured at {e}? | How warm did it get at {e}? = Which station recorded a high of {v}? | Where was the maximum {v}?
Rainfall / Rain / Precipitation = measure 1 190 mm = How much rain fell at {e}? | What was the rainfall at {e}? = Where did {v} of rain fall?
Snow depth = whole 1 120 cm = How deep was the snow at {e}? | What was the snow depth at {e}?
Peak gust / Strongest gust = whole 40 150 km/h = How strong was the strongest gust at {e}? | What was the peak gust at {e}? = Where was a gust of {v} measured?
Mean wind = whole 4 38 km/h = What was the mean wind at {e}? | How windy was it on average at {e}?
Elevation / Altitude = whole 2 2900 m = How high is {e}? | What is the elevation of {e}? = Which station lies at {v}?
Sunshine = whole 10 260 hours = How many hours of sunshine did {e} have? | How much sun did {e} get?
Observer = person = Who is the observer at {e}? | Who reads the instruments at {e}? = At which station does {v} observe?
In operation since / Since = year = Since when has {e} been in operation? | When did {e} start operating?
"""),
    domain("Walks | Walking routes | Trails around {town} | Hiking", "walk", "walk", "the {}", """
Distance / Length = measure 2 28 km = !How long is {e}? | What is the distance of {e}? | How far is {e}? = Which walk is {v} long? | Which walk is {v}?
Ascent / Climb = whole 20 1200 m = How much ascent does {e} have? | How much do I climb on {e}?
Descent = whole 20 1200 m = How much descent does {e} have?
Time / Walking time = duration = How long does {e} take? | How much time do I need for {e}?
Grade / Difficulty = grade = How hard is {e}? | What grade is {e}? | How difficult is {e}?
Start / Starts at = town = Where does {e} start? | Where do I begin {e}? = Which walk starts in {v}?
Finish / Ends at = town = Where does {e} end? | Where does {e} finish? = Which walk ends in {v}?
Parking = money 1 9 = How much is parking for {e}? | What does it cost to park at {e}?
Map / Map sheet = code = Which map do I need for {e}? | Which map sheet covers {e}? = Which walk is on map {v}?
Leader / Guide = person = Who leads {e}? | Who is the guide on {e}? = Which walk does {v} lead?
Surface = surface = What is the surface of {e}? | What do you walk on along {e}?
Closed = season = When is {e} closed? | When can {e} not be walked?
"""),
    domain("Fault codes | Error messages | Troubleshooting | Status codes", "code", "code", "{}", """
Meaning / Cause / Description = meaning = What does {e} mean? | What is error {e}? | What is the cause of {e}? = Which code means {v}? | Which code is shown for {v}? | Which error stands for {v}?
Remedy / What to do / Action = remedy = What do I do when {e} is shown? | How do I clear {e}? | What is the remedy for {e}? = For which code do I {v}?
Lamp = colour = What colour is the lamp for {e}? | Which lamp shows {e}?
Beeps = whole 1 9 = How often does it beep at {e}? | How many beeps are there with {e}? = Which code beeps {v} times?
Restart after = duration minutes = How long do I wait before a restart after {e}? | After how long can I restart after {e}?
Added in version = version = In which version was {e} added? | Since which version is {e} shown?
"""),
    domain("Minutes: action items | Actions | To do | Tasks", "task", "task", "{}", """
Owner / Who / Responsible = person = Who is to {e}? | Who will {e}? | Who has to {e}? = What is {v} responsible for? | What is {v} to do?
Due / By when / Deadline = date = By when must someone {e}? | What is the deadline to {e}? = What is due on {v}? | Which task is due on {v}?
Status = status = What is the status of the task to {e}? | How far along is the task to {e}?
Budget / Cost = money 40 4000 = How much may it cost to {e}? | What is the budget to {e}?
Decided on = date = When was it decided to {e}? | On which date was it agreed to {e}?
Helper / Supported by = person = Who helps to {e}? | Who supports the task to {e}?
"""),
    domain("Delivery | Shipping | Postage | Delivery zones", "zone", "zone", "{}", """
Standard / Standard delivery = money 2 30 = How much is standard delivery to {e}? | What does a standard parcel to {e} cost? = Where does standard delivery cost {v}?
Express / Express delivery = money 8 60 = How much is express delivery to {e}? | What does express to {e} cost? = Where does express delivery cost {v}?
Return / Returns = money 2 20 = What does a return from {e} cost? | How much do I pay to send something back from {e}?
Delivery time / Takes = span 1 12 days = How long does delivery to {e} take? | How many days does a parcel to {e} take? = Where does delivery take {v}?
Maximum weight / Max. weight = whole 5 40 kg = How heavy may a parcel to {e} be? | What is the weight limit for {e}? = Which zone has a limit of {v}?
Free from / Free delivery from = money 30 190 = From what order value is delivery to {e} free? | When is delivery to {e} free?
Order by / Cut-off = time = By what time must I order for {e}? | What is the cut-off time for {e}?
Carrier = product = Which carrier delivers to {e}? | Who delivers to {e}? = Where does {v} deliver?
"""),
    domain("Our animals | Animals at the farm | Residents | Enclosures", "animal", "animal", "{}", """
Species / Kind = species = What kind of animal is {e}? | What species is {e}? = Which animal is a {v}? | What is the {v} called?
Born = year 2008 2024 = When was {e} born? | In which year was {e} born? = Which animal was born in {v}?
Arrived / Came to us = date = When did {e} arrive? | When did {e} come here? = Which animal arrived on {v}? | Who arrived on {v}?
Came from / From = town = Where does {e} come from? | Where did {e} live before? = Which animal came from {v}?
Weight = measure 1 190 kg = How heavy is {e}? | What does {e} weigh? = Which animal weighs {v}?
Keeper / Looked after by = person = Who looks after {e}? | Who is {e}'s keeper? = Which animal does {v} look after?
Sponsor = person = Who sponsors {e}? | Who pays for {e}? = Which animal does {v} sponsor?
Vet / Vet's appointment = date = When does {e} see the vet? | When is {e}'s vet appointment?
Enclosure / Stable = code = Where does {e} live? | Which enclosure is {e} in? = Who lives in {v}? | Which animal lives in {v}?
Feeding time / Fed at = time = When is {e} fed? | What time does {e} get food? = Who is fed at {v}? | Which animal is fed at {v}?
"""),
    domain("Servers | Machines in rack 4 | Hosts | Infrastructure", "server", "server", "{}", """
IP / Address / IPv4 = ipaddress = What is the IP address of {e}? | Which address does {e} have? = Which server has the address {v}? | Which host is {v}?
Operating system / OS = os = What does {e} run? | Which operating system is on {e}? = Which server runs {v}?
Memory / RAM = whole 2 512 GB = How much memory does {e} have? | How much RAM is in {e}? = Which server has {v} of memory?
Disk / Storage = whole 40 9000 GB = How large is the disk of {e}? | How much storage does {e} have?
Owner / Admin = person = Who is the admin of {e}? | Who looks after {e}? = Which server does {v} look after?
Backup at / Backup = time = When is {e} backed up? | At what time does the backup of {e} run? = Which server is backed up at {v}?
Reboots at / Reboot = time = When does {e} reboot? | At what time is {e} restarted?
Location / Rack = roomcode = Where is {e}? | In which rack or room is {e}? = Which server is in {v}?
Bought / Purchased = date = When was {e} bought? | When was {e} purchased? = Which server was bought on {v}?
Decommission / To be retired = date = When will {e} be retired? | When is {e} switched off for good?
SSH port / Port = whole 22 9000 = Which port is SSH on at {e}? | What is the SSH port of {e}?
"""),
    domain("Library | New books | Reading list | Books for the club", "book", "book", "{}", """
Author / By = person = Who wrote {e}? | Who is the author of {e}? = Which book did {v} write? | What did {v} write?
Translator / Translated by = person = Who translated {e}? | Who is the translator of {e}? = What did {v} translate?
Publisher = publisher = Who published {e}? | What is the publisher of {e}? = Which book did {v} publish?
Year / Published = year 1930 2024 = When was {e} published? | In what year did {e} come out? = Which book came out in {v}?
Pages = whole 60 900 = How many pages does {e} have? | How long is {e}? = Which book has {v} pages?
ISBN = isbn = What is the ISBN of {e}? = Which book has the ISBN {v}?
Shelf / Shelf mark = code = On which shelf is {e}? | What is the shelf mark of {e}? = Which book is on shelf {v}?
Copies = whole 2 14 = How many copies of {e} are there? | How many copies does the library have of {e}?
Price = money 5 60 = How much is {e}? | What does {e} cost? = Which book costs {v}?
Borrowed by / On loan to = person = Who has borrowed {e}? | Who has {e} at the moment? = Which book has {v} borrowed?
Due back / Due = date = When is {e} due back? | When must {e} be returned? = Which book is due on {v}?
Discussed on / Meeting = date = When do we discuss {e}? | When is the meeting about {e}? = Which book is discussed on {v}?
"""),
    domain("Medicines | Dosage | Leaflet | Medicine cupboard", "medicine", "medicine", "{}", """
Adult dose / Dose for adults = whole 5 800 mg = What is the dose of {e} for adults? | How much {e} do adults take? = Which medicine has an adult dose of {v}?
Child dose / Dose for children = whole 1 90 mg = What is the dose of {e} for children? | How much {e} may a child take?
Maximum per day / Maximum daily dose = whole 100 4000 mg = What is the maximum daily dose of {e}? | How much {e} may I take in one day at most?
Store below / Maximum storage temperature = celsius 5 30 = Below what temperature is {e} stored? | How warm may {e} be stored?
Minimum storage temperature = celsius -25 4 = What is the lowest temperature at which {e} may be stored?
Taken / When to take = time = When is {e} taken? | At what time do I take {e}? = What is taken at {v}?
Course length = duration days = For how long is {e} taken? | How long does a course of {e} last?
Expires / Use by = date = When does {e} expire? | Until when can {e} be used? = Which medicine expires on {v}?
Prescribed by / Doctor = person = Who prescribed {e}? = What did {v} prescribe? | Which medicine did {v} prescribe?
Pack size = whole 10 100 tablets = How many tablets are in a pack of {e}? | What is the pack size of {e}? = Which medicine comes in packs of {v}?
Price = money 2 60 = How much is {e}? | What does {e} cost?
"""),
    domain("Fixtures | Results | Season so far | League", "team", "team", "{}", """
Points = whole 1 70 = How many points does {e} have? | How many points did {e} get? = Which team has {v} points?
Goals for / Goals scored = whole 20 90 = How many goals has {e} scored? | How many goals did {e} score? = Which team scored {v} goals?
Goals against / Goals conceded = whole 20 90 = How many goals has {e} conceded? | How many goals did {e} let in?
Won / Wins = whole 1 20 = How many matches has {e} won? | How many wins does {e} have?
Lost / Losses = whole 1 20 = How many matches has {e} lost? | How many losses does {e} have?
Drawn / Draws = whole 1 20 = How many draws does {e} have?
Last result / Last match = score = What was {e}'s last result? | How did {e}'s last match end? = Which team's last result was {v}?
Ground / Stadium = venue = Where does {e} play? | What is the ground of {e}? = Who plays at the {v}?
Coach / Manager = person = Who coaches {e}? | Who is the coach of {e}? = Which team does {v} coach?
Captain = person = Who is the captain of {e}? | Who captains {e}? = Which team does {v} captain?
Founded = year = When was {e} founded? | In which year was {e} founded? = Which team was founded in {v}?
Next match = date = When is {e}'s next match? | When does {e} play next? = Who plays on {v}?
Average attendance = whole 90 9000 = What is the average attendance of {e}? | How many people watch {e} on average?
"""),
    domain("Menu | Dishes of the week | Lunch | Kitchen", "dish", "dish", "the {}", """
Price = money 3 30 = !How much is {e}? | What does {e} cost? | What do I pay for {e}? = Which dish costs {v}? | What can I eat for {v}?
Small portion = money 2 15 = How much is a small portion of {e}? | What does a small {e} cost?
Allergens / Contains = allergen = Which allergens are in {e}? | What allergens does {e} contain? = Which dish contains {v}?
Calories / Energy = whole 120 1200 kcal = How many calories does {e} have? | How much energy is in {e}? = Which dish has {v}?
Day / Served on = weekday = On which day is {e} served? | When can I get {e}? = What is served on {v}? | Which dish is there on {v}?
Cooking time = duration minutes = How long does {e} cook? | What is the cooking time for {e}?
Preparation = duration minutes = How long does it take to prepare {e}? | What is the preparation time for {e}?
Oven / Oven temperature = celsius 120 240 = At what temperature is {e} baked? | How hot is the oven for {e}?
Serves / Portions = whole 2 12 = How many people does {e} serve? | How many portions does {e} make? = Which dish serves {v}?
Cook / Made by = person = Who cooks {e}? | Who makes {e}? = What does {v} cook? | Which dish does {v} make?
"""),
    domain("Invoices | Ledger | Orders and payments | Accounts", "invoice", "code", "invoice {}", """
Sent / Sent on / Issued = date = When was {e} sent? | On what date was {e} issued? = Which invoice was sent on {v}?
Paid / Paid on / Settled = date = When was {e} paid? | On what date was {e} settled? = Which invoice was paid on {v}?
Due / Payable by = date = When is {e} due? | By when must {e} be paid? = Which invoice is due on {v}?
Ordered / Order date = date = When were the goods of {e} ordered? = Which invoice was ordered on {v}?
Delivered = date = When were the goods of {e} delivered? | On what date was {e} delivered? = Which invoice was delivered on {v}?
Buyer / Sold to / Customer = person = Who bought the goods of {e}? | Who is the buyer on {e}? = What is the invoice for the buyer {v}? | Which invoice went to {v}?
Seller / Sold by = person = Who sold the goods of {e}? | Who is the seller on {e}? = Which invoice has {v} as the seller?
Net / Net amount = money 20 2900 = What is the net amount of {e}? | How much is {e} before tax? = Which invoice has a net amount of {v}?
VAT / Tax = money 4 400 = How much VAT is on {e}? | How much tax does {e} include?
Gross / Total with VAT = money 20 3900 = What is the gross amount of {e}? | How much is {e} with tax? = Which invoice has a gross amount of {v}?
Discount = percent = What discount does {e} have? | How much discount is there on {e}?
Approved by = person = Who approved {e}? = Which invoice did {v} approve?
"""),
    domain("Loans and deposits | Lending | Borrowing register | Agreements", "agreement", "code", "agreement {}", """
Lender / Lent by = person = Who lends under {e}? | Who is the lender of {e}? = Which agreement has {v} as the lender?
Borrower / Lent to = person = Who borrows under {e}? | Who is the borrower of {e}? = Which agreement has {v} as the borrower?
Guarantor = person = Who is the guarantor of {e}? | Who vouches for {e}?
Amount / Sum = money 500 90000 = How much is lent under {e}? | What is the amount of {e}? = Which agreement is for {v}?
Interest / Interest rate = percent = What is the interest rate of {e}? | How much interest does {e} carry? = Which agreement has an interest rate of {v}?
Default interest / Late rate = percent = What is the late rate of {e}? | How much default interest does {e} carry?
Signed / Signed on = date = When was {e} signed? | On what date was {e} signed? = Which agreement was signed on {v}?
Starts / Begins = date = When does {e} start? | When does {e} begin? = Which agreement starts on {v}?
Ends / Expires = date = When does {e} end? | When does {e} expire? = Which agreement ends on {v}?
Minimum instalment / Lowest instalment = money 20 400 = What is the minimum instalment of {e}? | How low may an instalment of {e} be?
Maximum instalment / Highest instalment = money 400 4000 = What is the maximum instalment of {e}? | How high may an instalment of {e} be?
Notice / Notice period = duration weeks = What is the notice period of {e}? | How much notice does {e} need?
"""),
    domain("Figures | Annual figures | The years in numbers | Statistics", "year", "year 1990 2024", "{}", """
Visitors = whole 900 90000 = How many visitors came in {e}? | How many people visited in {e}? = In which year did {v} visitors come?
Members = whole 90 4000 = How many members were there in {e}? | How large was the membership in {e}? = In which year were there {v} members?
Income = money 9000 900000 = What was the income in {e}? | How much was taken in {e}? = In which year was the income {v}?
Expenditure / Spending = money 9000 900000 = What was the expenditure in {e}? | How much was spent in {e}? = In which year was {v} spent?
Donations = money 900 90000 = How much was given in donations in {e}? | What did donations bring in {e}? = In which year did donations bring {v}?
Births = whole 4 190 = How many births were there in {e}? | How many children were born in {e}?
Deaths = whole 4 190 = How many deaths were there in {e}? | How many people died in {e}?
Accidents = whole 1 40 = How many accidents were there in {e}?
Highest temperature / Maximum = celsius 20 41 = What was the highest temperature in {e}? | How hot did it get in {e}? = In which year was the maximum {v}?
Lowest temperature / Minimum = celsius -33 -1 = What was the lowest temperature in {e}? | How cold did it get in {e}? = In which year was the minimum {v}?
Chair / Chairperson = person = Who was chair in {e}? | Who chaired the society in {e}? = In which year was {v} chair?
Winner / Champion = person = Who won in {e}? | Who was the champion in {e}? = In which year did {v} win? | When did {v} win?
Runner-up / Second place = person = Who came second in {e}? | Who was runner-up in {e}? = In which year did {v} come second? | When was {v} runner-up?
Host / Held in = town = Where was it held in {e}? | Which town was the host in {e}? = In which year was it held in {v}? | When was {v} the host?
"""),
    domain("Matches | Results | Fixture list | Cup results", "match", "date 2024 2026", "{}", """
Home = team = Who played at home on {e}? | What was the home team on {e}? = When did {v} play at home?
Away = team = Who played away on {e}? | What was the away team on {e}? = When did {v} play away?
Result / Score = score = What was the score on {e}? | How did the match on {e} end? = On which date was the score {v}?
Half-time = score = What was the half-time score on {e}? | What was the score at the break on {e}?
Kick-off / Starts = time = When was kick-off on {e}? | What time did the match on {e} start?
Referee = person = Who was the referee on {e}? | Who refereed on {e}? = When was {v} the referee?
Scorer / Goals by = person = Who scored on {e}? | Who got the goals on {e}? = On which date did {v} score?
Sent off / Red card = person = Who was sent off on {e}? | Who got a red card on {e}? = On which date was {v} sent off?
Spectators / Attendance = whole 40 9000 = How many spectators were there on {e}? | How many people watched on {e}?
Ground / Venue = venue = Where was the match on {e} played? | At which ground was the match on {e}?
"""),
)  # fmt: skip
