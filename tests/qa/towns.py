"""Towns and the years in which their libraries were founded: what the tests of calibrations ask about."""

from corpus.documents import Document, Section
from qa.calibration import Calibration, calibrate
from qa.engine import Engine
from qa.labelled import LabelledQuestion
from qa.opening import build_documents

TOWNS = [f"{first}{last}" for first in ("Alder", "Birch", "Cedar", "Elm", "Fern", "Oak") for last in
         ("dale", "field", "ford", "mouth", "stead", "wick")]  # fmt: skip
YEARS = {town: 1801 + 3 * number for number, town in enumerate(TOWNS)}
FACTS = "\n\n".join(f"The library of {town} was founded in {year}." for town, year in YEARS.items()) + "\n"


def towns() -> Engine:
    document = Document("towns", "Towns", FACTS, (Section((), 0, len(FACTS)),), "towns.txt")
    return build_documents([document], reader="lexical")


def town_questions() -> list[LabelledQuestion]:
    return [
        LabelledQuestion(town, f"When was the library of {town} founded?", (str(year),)) for town, year in YEARS.items()
    ]


def calibration(engine: Engine | None = None) -> Calibration:
    made = calibrate(engine or towns(), town_questions())
    assert isinstance(made, Calibration)
    return made
