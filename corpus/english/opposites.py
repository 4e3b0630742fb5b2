"""Words of which one denies what the other says, where both stand in the place of one another."""

from __future__ import annotations

_PAIRS = """
open closed; opens closes; opened closed; won lost; wins loses; rose fell; increased decreased; bought sold;
arrived departed; more fewer; more less; higher lower; largest smallest; oldest newest; northern southern;
eastern western; north south; east west; before after; best worst; legal illegal; allowed forbidden; accepted rejected;
approved rejected; victory defeat; first last
"""
OPPOSITES = [(first, second) for first, second in (pair.split() for pair in _PAIRS.split(";"))]
