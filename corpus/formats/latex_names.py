"""The names of LaTeX's commands and environments by what is done with them."""

from __future__ import annotations

import re


def _named(count: int, names: str) -> dict[str, int]:
    return dict.fromkeys(names.split(), count)


MATHS = frozenset(
    _named(0, "equation align gather multline displaymath math eqnarray flalign alignat dmath subequations")
)
LISTS = frozenset(_named(0, "itemize enumerate description compactitem compactenum thebibliography inparaenum"))
PICTURES = frozenset(_named(0, "tikzpicture pgfpicture picture pspicture axis forest circuitikz"))
NO_TEXT = {
    **_named(
        1,
        "label vspace hspace bibliographystyle pagestyle thispagestyle usepackage documentclass hypersetup color "
        "pagenumbering phantom vphantom hphantom index glsadd nocite cline cmidrule fontfamily hyphenation "
        "usetikzlibrary graphicspath geometry sisetup setmainfont RequirePackage addbibresource lstset captionsetup "
        "selectlanguage linespread stepcounter refstepcounter newcounter theoremstyle "
        "newlength",
    ),
    **_named(
        2,
        "setlength addtolength setcounter addtocounter fontsize rule newcommand renewcommand newtheorem providecommand "
        "DeclareMathOperator PassOptionsToPackage settowidth def",
    ),
    **_named(3, "addcontentsline definecolor newenvironment renewenvironment"),
}
"""How many arguments of a command are no text."""
FIRST_GONE = frozenset(
    _named(
        1,
        "textcolor colorbox parbox resizebox raisebox makebox framebox foreignlanguage hyperref rotatebox scalebox "
        "texorpdfstring hyperlink hypertarget",
    )
)
"""The commands of which the first argument is no text."""
ENVIRONMENT_ARGUMENTS = {
    **_named(1, "minipage multicols adjustbox column thebibliography otherlanguage"),
    **_named(2, "wrapfigure wraptable list"),
}
CITES = re.compile(r"[A-Za-z]*cite[A-Za-z]*")
REFERENCES = frozenset(_named(1, "ref eqref autoref cref Cref pageref nameref vref"))
FILES = frozenset(_named(1, "input include subfile import bibliography includepdf lstinputlisting"))
STRUCK = frozenset(_named(1, "sout st xout cancel hcancel"))
