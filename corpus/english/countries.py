# ruff: noqa: SIM905 (a list of quoted words is harder to read and to add to)
"""Countries, their adjectives and their peoples."""

from __future__ import annotations

# Countries and larger states of the past with the adjective, where it is not the name with -n.
COUNTRIES = {
    pair.partition(":")[0].replace("_", " "): (pair.partition(":")[2] or pair.partition(":")[0].replace("_", " ") + "n")
    for pair in """
    Afghanistan:Afghan Albania Algeria Angola Argentina:Argentine Armenia Australia Austria
    Austria-Hungary:Austro-Hungarian
    Azerbaijan:Azerbaijani Bangladesh:Bangladeshi Belarus:Belarusian Belgium:Belgian Bolivia
    Bosnia_and_Herzegovina:Bosnian Bosnia Brazil:Brazilian Britain:British Bulgaria Cambodia Canada:Canadian
    Chile China:Chinese Colombia Croatia Cuba Cyprus:Cypriot Czechoslovakia:Czechoslovak Czechia:Czech
    Denmark:Danish Egypt:Egyptian England:English Estonia Ethiopia Finland:Finnish France:French Georgia
    Germany:German Ghana:Ghanaian Great_Britain:British Greece:Greek Hungary:Hungarian Iceland:Icelandic India
    Indonesia Iran:Iranian Iraq:Iraqi Ireland:Irish Israel:Israeli Italy:Italian Jamaica Japan:Japanese
    Jordan:Jordanian Kazakhstan:Kazakh Kenya Korea Kosovo:Kosovan Kuwait:Kuwaiti Latvia Lebanon:Lebanese Libya
    Lithuania Luxembourg:Luxembourgish Macedonia Malaysia Malta:Maltese Mexico:Mexican Moldova Mongolia
    Montenegro:Montenegrin Morocco:Moroccan Nepal:Nepalese Netherlands:Dutch New_Zealand Nigeria
    North_Macedonia Norway:Norwegian Pakistan:Pakistani Palestine:Palestinian Peru:Peruvian Philippines:Philippine
    Poland:Polish Portugal:Portuguese Prussia Romania Russia Saudi_Arabia:Saudi Scotland:Scottish Serbia
    Singapore:Singaporean Slovakia:Slovak Slovenia:Slovene Somalia:Somali South_Africa Soviet_Union:Soviet
    Spain:Spanish Sudan:Sudanese Sweden:Swedish Switzerland:Swiss Syria Taiwan:Taiwanese Thailand:Thai
    Tunisia Turkey:Turkish Uganda Ukraine:Ukrainian United_Kingdom:British United_States:American
    Uruguay:Uruguayan Venezuela Vietnam:Vietnamese Wales:Welsh Yemen:Yemeni Yugoslavia:Yugoslav
    """.split()
}
ADJECTIVES = {adjective: country for country, adjective in COUNTRIES.items()}
# In the singular, where the adjective is another word.
PEOPLES = frozenset(
    """Serb Croat Slav Turk Dane Swede Finn Pole Spaniard Scot Briton Jew Arab Ottoman
    Bolshevik""".split()
)
