"""What is asked about the keys of infoboxes, and which keys may answer one another's questions."""

__all__ = ["HARMLESS", "NEAR", "QUESTIONS"]

# Key = questions forward = questions from the value. "t" is the table's title, "v" the value.
QUESTIONS = """
Years active = During which years was {t} active? | When was {t} active?
Website = What is the website of {t}? | Where is {t} on the web? = Whose website is {v}?
Occupation = What is {t}'s occupation? | What did {t} do for a living? | What is {t} by profession?
Occupation(s) = What is {t}'s occupation? | What does {t} do for a living?
Genres = What genres is {t} known for? | Which genres of music does {t} play?
Genre = What genre is {t}? | Which genre does {t} belong to?
Labels = Which labels has {t} been with? | What are the record labels of {t}?
Label = On which label did {t} come out? | What label released {t}?
Country = Which country is {t} from? | In which country is {t}?
Spouse(s) = Who is {t} married to? | Who was {t}'s spouse?
Spouse = Who is {t} married to? | Who was {t}'s spouse?
Children = How many children does {t} have? | What children does {t} have?
Associated acts = Which acts is {t} associated with? | What are the associated acts of {t}?
Birth name = What is {t}'s birth name? | What was {t} called at birth? = Who was born as {v}?
Directed by = Who directed {t}? | Who is the director of {t}? = Which film did {v} direct?
Produced by = Who produced {t}? | Who were the producers of {t}? = Which film did {v} produce?
Release date = When was {t} released? | When did {t} come out?
Released = When was {t} released? | When did {t} come out? = What was released on {v}?
Recorded = When was {t} recorded?
Language = In which language is {t}? | What language is {t} in?
Starring = Who stars in {t}? | Who plays in {t}? | Who is in the cast of {t}?
Running time = How long is {t}? | What is the running time of {t}? | How many minutes does {t} last?
Edited by = Who edited {t}? | Who was the editor of {t}? = Which film did {v} edit?
Cinematography = Who was the cinematographer of {t}? | Who was behind the camera for {t}? | Who shot {t}?
Distributed by = Who distributed {t}? | Which company distributed {t}?
Music by = Who wrote the music for {t}? | Who composed the score of {t}? = For which film did {v} write the music?
Origin = Where does {t} come from? | What is the origin of {t}?
Budget = What was the budget of {t}? | How much did {t} cost to make? = Which film had a budget of {v}?
Box office = How much did {t} earn at the box office? | What did {t} take at the box office? = Which film earned {v}?
Nationality = What is {t}'s nationality? | What nationality is {t}?
Length = How long is {t}? | What is the length of {t}?
Location = Where is {t}? | Where is {t} located?
Instruments = What instruments does {t} play? | Which instrument does {t} play?
Residence = Where does {t} live? | What is {t}'s place of residence?
Alma mater = Where did {t} study? | Which university did {t} go to?
Producer = Who produced {t}? | Who was the producer of {t}? = What did {v} produce?
Known for = What is {t} known for? | Why is {t} famous?
Written by = Who wrote {t}? | Who is the writer of {t}? = What did {v} write?
Screenplay by = Who wrote the screenplay of {t}? | Who is the screenwriter of {t}?
Story by = Whose story is {t}? | Who came up with the story of {t}?
Artist = Who is the artist of {t}? | Which artist created {t}? = What did {v} create?
Studio = In which studio was {t} recorded? | What is the studio of {t}?
Dimensions = What are the dimensions of {t}? | How large is {t}?
Year = From which year is {t}? | In which year was {t} made?
Relatives = Who are {t}'s relatives? | Who is {t} related to?
Owner = Who owns {t}? | Who is the owner of {t}?
Medium = What is the medium of {t}?
Production company = Which company produced {t}? | What is the production company of {t}?
Based on = What is {t} based on?
Education = Where was {t} educated? | What education does {t} have?
Manufacturer = Who makes {t}? | Who manufactures {t}? = What does {v} manufacture?
Also known as = What else is {t} known as? | What other name does {t} go by? = Who is also known as {v}?
Founded = When was {t} founded? | In which year was {t} founded?
Other names = What other names does {t} have? | What else is {t} called?
Parent(s) = Who are {t}'s parents?
Parents = Who are {t}'s parents?
Sex = Which sex is {t}?
Demonym(s) = What are the people of {t} called? | What is the demonym of {t}?
Headquarters = Where are the headquarters of {t}? | Where is {t} based?
Government = What kind of government does {t} have? | How is {t} governed?
President = Who is the president of {t}?
Country of origin = In which country did {t} originate? | What country does {t} come from?
Frequency = How often does {t} take place? | How frequent is {t}?
Partner(s) = Who is {t}'s partner? | Who are the partners of {t}?
Elevation = How high above the sea is {t}? | What is the elevation of {t}?
Introduced = When was {t} introduced? | In which year did {t} come on the market?
Fields = In which field did {t} work? | What are {t}'s fields of work?
Legislature = What is the legislature of {t}? | What is the parliament of {t} called?
Established = When was {t} established? | When was {t} set up?
Time zone = In which time zone is {t}? | What is the time zone of {t}?
Industry = In which industry is {t}? | What industry does {t} work in?
Height = How tall is {t}? | What is the height of {t}?
Colour = What colour is {t}?
Sire = Who was the sire of {t}? | Which horse fathered {t}?
Dam = Who was the dam of {t}? | Which mare was the mother of {t}?
Grandsire = Who was the grandsire of {t}?
Damsire = Who was the damsire of {t}?
Foaled = When was {t} foaled? | When was {t} born?
Breeder = Who bred {t}? | Who was the breeder of {t}?
Trainer = Who trained {t}? | Who was the trainer of {t}?
Record = What was the record of {t}?
Earnings = How much did {t} earn? | What were the earnings of {t}?
Key people = Who are the key people of {t}? | Which people lead {t}?
Region = In which region is {t}? | What region is {t} from?
Venue = What is the venue of {t}? | Where is {t} held?
Official languages = What are the official languages of {t}? | What do people officially speak in {t}?
Mayor = Who is the mayor of {t}?
Symptoms = What are the symptoms of {t}? | How does {t} show itself?
Specialty = Which specialty treats {t}? | Which medical field deals with {t}?
Causes = What causes {t}? | What are the causes of {t}?
Treatment = How is {t} treated? | What is the treatment for {t}?
Diagnostic method = How is {t} diagnosed?
Prognosis = What is the outlook for people with {t}? | What is the prognosis of {t}?
Complications = What complications can {t} have?
Usual onset = At what age does {t} usually start? | When does {t} usually set in?
Duration = How long does {t} last? | What is the duration of {t}?
Political party = Which party does {t} belong to? | What is {t}'s political party?
Religion = What is the religion of {t}?
Founder = Who founded {t}? | Who is the founder of {t}? = What did {v} found?
Products = What products does {t} sell? | What does {t} produce?
Capital = What is the capital of {t}?
Publisher = Who published {t}? | Who is the publisher of {t}?
Preceded by = Who came before {t}? | Who preceded {t}?
Succeeded by = Who came after {t}? | Who succeeded {t}?
Predecessor = Who was the predecessor of {t}? | What came before {t}?
Successor = Who was the successor of {t}? | What came after {t}?
Area code(s) = What is the area code of {t}? | Which code do I dial for {t}?
Motto = What is the motto of {t}?
Home town = What is the home town of {t}?
Citizenship = What is {t}'s citizenship? | Which citizenship does {t} have?
Area served = Which area does {t} serve?
Undergraduates = How many undergraduates does {t} have? | How many undergraduate students are there at {t}?
Postgraduates = How many postgraduates does {t} have? | How many postgraduate students are there at {t}?
Students = How many students does {t} have? | How many people study at {t}?
Academic staff = How many academic staff does {t} have? | How many academics work at {t}?
Number of employees = How many people work for {t}? | How many employees does {t} have?
Endowment = How large is the endowment of {t}? | What is {t}'s endowment?
Breed = What breed is {t}?
Species = What species is {t}? | What kind of animal is {t}?
Nickname = What is {t}'s nickname? | What nickname does {t} have?
Cause of death = How did {t} die? | What did {t} die of?
Resting place = Where is {t} buried? | What is {t}'s resting place?
Operator = Who operates {t}? | Who runs {t}?
Competitors = How many competitors took part in {t}?
Opened = When was {t} opened? | When did {t} open?
Closed = When was {t} closed? | When did {t} close?
Colors = What are the colors of {t}? | Which colors does {t} have?
Traded as = Under which symbol is {t} traded?
Net worth = How rich is {t}? | What is {t}'s net worth?
Mascot = What is the mascot of {t}?
Alcohol by volume = How strong is {t}? | How much alcohol does {t} contain?
Upper house = What is the upper house of {t}?
Lower house = What is the lower house of {t}?
Subsidiaries = What are the subsidiaries of {t}? | Which companies belong to {t}?
Observed by = Who observes {t}? | Who celebrates {t}?
Coronation = When was {t} crowned? | When was the coronation of {t}?
Reign = When did {t} reign? | During which years did {t} rule?
Population = How many people live in {t}? | What is the population of {t}?
Currency = What is the currency of {t}? | What do people pay with in {t}?
Architect = Who was the architect of {t}? | Who designed {t}?
Designer = Who designed {t}? | Who was the designer of {t}?
Weight = How heavy is {t}? | What is the weight of {t}?
Chancellor = Who is the chancellor of {t}?
Prime Minister = Who is the prime minister of {t}?
Editor = Who edits {t}? | Who is the editor of {t}?
"""
# Keys that may answer one another's questions: none of a set is asked for where another of it stands.
NEAR = [
    {"Founded", "Established", "Introduced", "Opened", "Founder", "Formation", "Settled"},
    {"Length", "Running time", "Duration", "Dimensions", "Height", "Weight"},
    {"Producer", "Produced by", "Production company", "Productioncompany", "Production companies"},
    {"Written by", "Screenplay by", "Story by", "Based on", "Author", "Artist", "Writer(s)", "Creator(s)"},
    {
        "Country",
        "Origin",
        "Country of origin",
        "Nationality",
        "Citizenship",
        "Region",
        "Location",
        "Headquarters",
        "Venue",
    },
    {"Country", "Nationality", "Born", "Birthplace", "Home town", "Residence", "Citizenship", "Origin"},
    {"Alma mater", "Education", "Institutions", "College"},
    {"Genre", "Genres", "Type"},
    {"Spouse", "Spouse(s)", "Partner(s)"},
    {"Other names", "Also known as", "Nickname", "Nickname(s)", "Birth name", "Formerly"},
    {"Label", "Labels", "Studio", "Distributed by", "Publisher"},
    {"Release date", "Released", "Year", "Date", "Introduced", "Publication date", "Recorded"},
    {"Preceded by", "Predecessor", "Succeeded by", "Successor"},
    {"Occupation", "Occupation(s)", "Known for", "Fields", "Instruments"},
    {"Students", "Undergraduates", "Postgraduates", "Academic staff", "Number of employees"},
    {"Species", "Breed", "Type", "Sex"},
    {"Key people", "President", "Owner", "Founder", "Chancellor", "Mayor", "Prime Minister", "Operator", "Leader"},
    {"Sire", "Dam", "Parents", "Parent(s)", "Relatives", "Children"},
    {"Budget", "Box office", "Net worth", "Earnings", "Endowment"},
    {"Died", "Cause of death", "Resting place"},
    {"Foaled", "Born"},
    {"Medium", "Fields"},
]
HARMLESS = [{"Budget", "Box office", "Net worth", "Earnings", "Endowment"}, {"Sire", "Dam"}]  # near, but not mixed up
