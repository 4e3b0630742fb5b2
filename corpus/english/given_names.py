# ruff: noqa: SIM905 (a list of quoted words is harder to read and to add to)
"""Given names, of women and of men."""

from __future__ import annotations

# Given names that few bear of the other sex, wherever English is read.
HERS = frozenset(
    """abigail ada agnes aisha alice amanda amber amelia amy angela anita ann anna anne astrid barbara beatrice betty
    beverly brenda brittany carol carolyn catherine charlotte cheryl chloe christina christine claire clara cynthia
    daisy danielle deborah debra denise diana diane donna dorothy edith elena eleanor elizabeth ella ellen emily emma
    esther eva evelyn fatima fiona florence frances freya georgina gloria grace hannah harriet heather helen helena
    ingrid irene irina isabel isabella jacqueline jane janet janice jennifer jessica joan josephine joyce judith judy
    julia julie karen katherine kathleen kimberly laura lauren leila lily linda lisa louise lucy margaret maria marie
    marilyn martha mary megan melissa mia michelle miriam monica nadia nancy naomi natalie natasha nicole nora olga
    olivia pamela patricia paula penelope phoebe priya rachel rebecca rosa rose ruth samantha sandra sara sarah sharon
    sheila shirley silvia sofia sonia sophia sophie stephanie susan svetlana tatiana teresa theresa ursula vera
    veronica victoria virginia wendy yvonne zoe""".split()
)
HIS = frozenset(
    """aaron adam ahmed alan albert alexander ali andrew anthony antonio arthur austin ben benjamin bernard bob boris
    brandon brian bruce bryan carl carlos charles christian christopher colin craig daniel dave david dennis derek
    diego dmitri donald douglas edmund eduardo edward edwin eric erik ernest ethan eugene felix francis frank franz
    fred frederick gareth gary geoffrey george gerald giovanni gordon graham gregory hans harold harry hassan henry
    herbert hiroshi howard hugh hugo ian ibrahim igor isaac ivan jack jacob james jason jeffrey jeremy jim joe johann
    john jonathan jorge jose joseph joshua juan justin karl keith kenneth kevin kyle lars lawrence leo leonard liam
    louis luis malcolm marco mark martin matthew michael miguel mike milan mohamed mohammed muhammad nathan neil
    nicholas nick nigel nikolai noah oliver omar oscar otto patrick paul pavel pedro peter philip pierre rajesh ralph
    raymond richard robert roger ronald roy russell ryan samuel sean sergei simon stephen steve steven stuart sven
    theodore thomas tim timothy tobias tom victor vincent vladimir walter wayne wilhelm william zachary""".split()
)
