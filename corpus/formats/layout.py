"""Readable text built from blocks, for formats whose files hold mark-up: paragraphs, lines and headings."""

from __future__ import annotations

from dataclasses import replace

from corpus.sections import Heading


class Layout:
    """Collects blocks in reading order and keeps track of where the headings stand.

    >>> layout = Layout()
    >>> layout.heading(2, "Milk")
    >>> layout.paragraph("Milk is white.")
    >>> layout.line("- Fat: 3 %")
    >>> layout.line("- Sugar: 5 %")
    >>> layout.text
    'Milk\\n\\nMilk is white.\\n\\n- Fat: 3 %\\n- Sugar: 5 %'
    >>> layout.headings
    [Heading(level=2, text='Milk', start=0, end=4)]
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0  # of the text so far
        self._in_lines = False
        self.headings: list[Heading] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def paragraph(self, text: str) -> None:
        """Add a block with a blank line on either side."""
        self._add(text, "\n\n")
        self._in_lines = False

    def line(self, text: str) -> None:
        """Add a line of a list or a table: the next line follows it directly."""
        self._add(text, "\n" if self._in_lines else "\n\n")
        self._in_lines = True

    def end_lines(self) -> None:
        """End a list or a table, so that the next line begins another."""
        self._in_lines = False

    def heading(self, level: int, text: str) -> None:
        """Add a heading; an empty one is dropped."""
        if text:
            self.paragraph(text)
            self.headings.append(Heading(level, text, self.length - len(text), self.length))

    def add(self, other: Layout) -> None:
        """Add the blocks and the headings of another layout."""
        if text := other.text:
            self.paragraph(text)
            shift = self.length - len(text)
            self.headings += [replace(each, start=each.start + shift, end=each.end + shift) for each in other.headings]

    def close(self, level: int) -> None:
        """End the headings of a level and those below it: what follows stands under none of them."""
        self.headings.append(Heading(level, "", self.length, self.length))

    def _add(self, text: str, separator: str) -> None:
        if text:
            piece = separator + text if self._parts else text
            self._parts.append(piece)
            self.length += len(piece)
