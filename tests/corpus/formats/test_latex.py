"""LaTeX: headings, lists, tables, notes, formulas, macros; what is no text is left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document
from corpus.errors import SourceError
from tests.corpus.formats.mutations import CHANGES, harmed, layout, read, survives


def one(text: str, name: str = "guide.tex") -> Document:
    (document,), skipped = read(text.encode(), name)
    assert skipped == []
    return document


GUIDE = r"""% not this
\documentclass[a4paper]{article}
\usepackage{booktabs}
\newcommand{\room}[2][the]{#1 \emph{#2} Room}
\title{The \emph{Guide}}
\author{Ann Lark \and Bo Finch}
\date{March 2026}
\begin{document}
\maketitle
\begin{abstract}
Short.
\end{abstract}

\section{Rooms} \label{sec:rooms}
Here is \room{Oak}. % nor this

% a line
See Section~\ref{sec:rooms} and \cite[p.~3]{lark26,b}.\footnote{Only on \textbf{Mondays}.}

\subsection*{Small rooms}
\includegraphics[width=3cm]{a.png}\input{other}
Elm.
\iffalse Not here. \fi
\end{document}
Nothing.
"""


@pytest.mark.parametrize("name", ["guide.tex", "guide.txt"])
def test_headings_macros_references_and_notes(name: str) -> None:
    document = one(GUIDE, name)
    assert document.title == "The Guide"
    assert layout(document) == [
        ((), "- Author: Ann Lark, Bo Finch\n- Date: March 2026"),
        (("Abstract",), "Short."),
        (("Rooms",), "Here is the Oak Room.\n\nSee Section\xa0Rooms and [lark26, b]."),
        (("Rooms", "Small rooms"), "Elm."),
        ((), "[1] Only on Mondays."),
    ]
    kinds = [part.kind for part in document.dropped]
    assert kinds == ["comment", "comment", "comment", "excluded", "after the end", "picture", "included file"]
    assert document.metadata == (("author", "Ann Lark, Bo Finch"), ("date", "March 2026"))


LISTS = r"""
\begin{itemize}
  \item Oak: 12 seats
  \begin{enumerate}
    \item has a \sout{beamer} \textit{screen}
    \item and a board
  \end{enumerate}
  \item Elm

  and old.
\end{itemize}
\begin{description}
  \item[CPU] The brain.
  \item[RAM:] The memory.
\end{description}
After.
"""


def test_items_keep_their_place_under_their_parents() -> None:
    assert one(LISTS).text == (
        "- Oak: 12 seats\n  1. has a screen\n  2. and a board\n- Elm\n  and old.\n\n"
        "- CPU: The brain.\n- RAM: The memory.\n\nAfter."
    )


TABLES = r"""
\begin{table}[ht]
\caption{All prices}
\begin{tabular}{l|rr}
\toprule
Room & \multicolumn{2}{c}{Price} \\
 & Week & End \\
\midrule
\multirow{2}{*}{Oak} & 80 & 90 \\[2pt]
 & 70 & 75 \\
Elm \& Ash & \textbf{60} & \\
\bottomrule
\end{tabular}
\end{table}
\begin{tabularx}{\textwidth}{|l|X|}
\hline
A & B \\ \hline
1 & $x \leq 2$ \\ \hline
\end{tabularx}
\begin{tabular}{ll} a & b \\ c & d \end{tabular}
"""


def test_tables_have_their_head_above_the_rule_and_spans_repeated() -> None:
    assert one(TABLES).text.split("\n\n") == [
        "All prices",
        "Room | Price Week | Price End\n--- | --- | ---\nOak | 80 | 90\nOak | 70 | 75\nElm & Ash | 60 |",
        "A | B\n--- | ---\n1 | x ≤ 2",
        "a | b\nc | d",
    ]


INLINE = r"""
G\"odel, \c{c}a, na\"{\i}ve, stra\ss{}e, \O{}re---``so'' \& 50\,\% of \$5 {\bf bold} \LaTeX\ text.
\url{https://x.org/a_b} \href{https://x.org}{here}, 1\textsuperscript{st}, 10\textsuperscript{6}, \textcolor{red}{red}.
$x^{2} \leq \frac{a+b}{2}$, \(\alpha\), \SI{5}{\kilo\metre}, \num{1000}, \verb|a_%b|, \enquote{q},\vspace{2pt}
end\\line.

\begin{verbatim}
% no comment \section{no}
\end{verbatim}
\begin{equation}
E = mc^2 \label{e}
\end{equation}
\[ y = \sqrt{x} \]
\begin{tikzpicture}\draw (0,0);\end{tikzpicture}
"""


def test_signs_accents_and_formulas_are_read() -> None:
    assert one(INLINE).text.split("\n\n") == [
        "Gödel, ça, naïve, straße, Øre—“so” & 50 % of $5 bold LaTeX text. "
        "https://x.org/a_b here, 1st, 10^6, red. "
        "x^2 ≤ (a+b)/2, α, 5\xa0km, 1000, a_%b, “q”, end\nline.",
        "% no comment \\section{no}",
        "E = mc^2",
        "y = √(x)",
    ]


def test_a_macro_that_calls_itself_ends() -> None:
    assert survives(rb"\def\a{\a\a}\newcommand{\b}[1]{\b{#1#1}} Tea \a \b{x}", "a.tex")


def test_a_file_without_text_is_named() -> None:
    with pytest.raises(SourceError, match=r"a\.tex: is empty"):
        read(rb"\documentclass{article}\begin{document}\end{document}", "a.tex")


PIECES = [
    r"\item", r"\begin{itemize}", r"\end{itemize}", r"\begin{tabular}{ll}", r"\end{tabular}", "&", r"\\", "{", "}", "$",
    r"\section{A}", "%", "\n\n", r"\footnote{", "a", r"\[", r"\begin{x}", r"\multicolumn{2}{c}", "[", "]", r"\'", "\\",
]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(CHANGES, st.lists(st.sampled_from(PIECES), max_size=25))
def test_a_harmed_file_is_read_or_named(changes: tuple[list[tuple[int, int]], int, bool], pieces: list[str]) -> None:
    assert survives(harmed((GUIDE + LISTS + TABLES + INLINE).encode(), changes), "a.tex")
    assert survives((LISTS + TABLES + INLINE + "".join(pieces)).encode(), "a.tex")


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{2,9}( [a-z]{2,9}){0,8}", fullmatch=True), min_size=1, max_size=8))
def test_no_word_of_prose_is_lost(paragraphs: list[str]) -> None:
    text = "\n\n".join(f"{words}." for words in paragraphs)
    assert one(f"Start.\n\n{text}").text == f"Start.\n\n{text}"
