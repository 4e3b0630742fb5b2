"""How answers look to a person: colour on a terminal, the same words as plain text when piped."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence

import click

from corpus.documents import Document, Passage
from corpus.patterns import pattern
from qa.answers import Answer, Citation, confidence_words, percent
from qa.wording import REASONS, place, printable

LEAST = 0.05
"""How likely another answer must be to be shown unasked: below one in twenty it only distracts."""

_STYLE = pattern("\x1b\\[[0-9;]*m")
_INDENT = pattern(r" *(?:- |\d+\. |[✓✗?] |“)?")  # what starts a line, and what its next lines are indented by
_NARROWEST = 30  # columns; below it a terminal folds the lines itself


def echo(lines: Iterable[str], *, err: bool = False) -> None:
    """Prints lines: on a terminal folded between words at its width, elsewhere each as it is."""
    stream = sys.stderr if err else sys.stdout
    width = shutil.get_terminal_size().columns if stream is not None and stream.isatty() else 0
    for line in lines:
        click.echo(folded(line, width) if width >= _NARROWEST else line, err=err)


def say(message: str) -> None:
    """Says one line on stderr, under the program's name."""
    echo([f"qa: {printable(message)}"], err=True)


def folded(text: str, width: int) -> str:
    """The text with each line folded between words at a width in columns; what it goes on with is indented like it.

    Style codes take no column, wide characters two. A word longer than a line keeps its line for itself.

    >>> print(folded("  “The landlord repairs the roof.”", 20))
      “The landlord
       repairs the
       roof.”
    """
    return "\n".join(_folded_line(line, width) for line in text.split("\n"))


def _folded_line(line: str, width: int) -> str:
    if columns(line) <= width:
        return line
    start = _INDENT.match(_STYLE.sub("", line))
    indent = " " * columns(start[0] if start is not None else "")
    shown, used = "", 0
    for number, word in enumerate(line.split(" ")):
        needed = columns(word)
        if number and used + 1 + needed > width and used > len(indent):
            shown, used = f"{shown.rstrip(' ')}\n{indent}", len(indent)
            if not needed and not word:  # of two spaces in a row
                continue
        elif number and not (used == len(indent) and shown.endswith(f"\n{indent}")):
            shown, used = f"{shown} ", used + 1
        shown, used = shown + word, used + needed
    return shown


def columns(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> columns("roof"), columns("屋根"), columns(click.style("roof", bold=True))
    (4, 4, 4)
    """
    bare = _STYLE.sub("", text)
    if bare.isascii():
        return len(bare)
    return sum(0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in bare)


def _highlighted(citations: Sequence[Citation]) -> str:
    """The quote that citations share, with the span of each highlighted; they stand in order."""
    quote, origin = citations[0].quote, citations[0].quote_start
    shown, at = "", 0
    for citation in citations:
        start, end = citation.start - origin, citation.end - origin
        before = quote[at:start]
        pad_left = " " if at and before[:1].isspace() else ""
        pad_right = " " if before[-1:].isspace() and before.strip() else ""
        shown += f"{pad_left}{printable(before)}{pad_right}"
        shown += click.style(printable(quote[start:end]), bold=True, fg="green")
        at = end
    pad = " " if quote[at : at + 1].isspace() else ""
    return f"{shown}{pad}{printable(quote[at:])}"


def answer_lines(answer: Answer, *, least: float = LEAST) -> list[str]:
    """The lines that show an answer or a refusal; style codes are stripped by click where piped.

    Of the other answers it shows those that are at least so likely.
    """
    return [*did_you_mean_lines(answer.did_you_mean), *_answer_lines(answer, least)]


def did_you_mean_lines(meant: str | None) -> list[str]:
    """The line that tells how a mistyped question was understood; none where it was read as it is.

    >>> click.unstyle(did_you_mean_lines("When were visas abolished?")[0])
    'did you mean: When were visas abolished?'
    """
    return [click.style(f"did you mean: {printable(meant)}", dim=True)] if meant else []


def _answer_lines(answer: Answer, least: float) -> list[str]:
    if answer.answered and answer.citation is not None:
        lines = [click.style(printable(text), bold=True, fg="green") for text in answer.texts]
        for citations in answer.quoted():
            citation = citations[0]
            lines += [
                *(click.style(f"  {printable(fragment.text)}", dim=True) for fragment in citation.context),
                f"  “{_highlighted(citations)}”",
                click.style(f"  {place(citation)}", fg="cyan")
                + click.style(f"  [{printable(citation.source)}:{citation.start}-{citations[-1].end}]", dim=True),
            ]
        lines.append(f"  {confidence_words(answer.confidence)} ({percent(answer.confidence)})")
        others = [other for other in answer.alternatives if other.confidence >= least]
        if others:
            lines.append(click.style("  or:", dim=True))
            lines += [
                f"  - {printable(other.text)} ({percent(other.confidence)}), {place(other.citation)}"
                for other in others
            ]
        return lines
    lines = [click.style("No answer", bold=True, fg="yellow") + f": {REASONS[answer.reason or 'low_confidence']}."]
    if answer.nearest:
        lines.append("  What they list:" if answer.reason == "needs_arithmetic" else "  The nearest sentences:")
    for number, citation in enumerate(answer.nearest, 1):
        # Items are shown themselves, and their place once.
        lines.append(f"  - “{printable(citation.text if answer.reason == 'needs_arithmetic' else citation.quote)}”")
        following = answer.nearest[number] if number < len(answer.nearest) else None
        if answer.reason != "needs_arithmetic" or following is None or place(following) != place(citation):
            lines.append(click.style(f"    {place(citation)}", fg="cyan"))
    return lines


def document_line(document: Document) -> str:
    """The line that lists a document: its id, its title and its file, or its file alone where they tell no more."""
    own, title, source = map(printable, (document.id, document.title, document.source))
    return f"{own}  {'' if title == own else f'{title}  '}({source})"


def passage_lines(rank: int, score: float, passage: Passage) -> list[str]:
    """The lines that show one ranked passage."""
    heading = printable(" > ".join((passage.title, *passage.section)))
    return [
        f"{rank}. "
        + click.style(heading, fg="cyan")
        + click.style(f"  [{passage.document}:{passage.start}-{passage.end}] {score:.2f}", dim=True),
        f"   {printable(passage.text)}",
    ]
