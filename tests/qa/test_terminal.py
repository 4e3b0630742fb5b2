import click
import pytest

from qa.answers import Answer, Citation, confidence_words
from qa.terminal import answer_lines
from qa.wording import place, printable, printable_lines

QUOTE = "Tea was drunk\nin China, 🍵 hot."


def citation(span: str, title: str = "Tea") -> Citation:
    start = QUOTE.index(span)
    return Citation("tea", title, "tea.txt", ("History",), 3, start, start + len(span), QUOTE, 0, len(QUOTE), "0" * 64)


def shown(answer: Answer) -> str:
    return click.unstyle("\n".join(answer_lines(answer)))


def test_an_answer_shows_span_quote_place_and_confidence_in_words_and_number() -> None:
    text = shown(Answer("Where?", True, "China", 0.93, 4.0, citation("China")))
    assert text.splitlines()[0] == "China"
    assert "“Tea was drunk in China, 🍵 hot.”" in text
    assert "Tea > History, page 3" in text
    assert "very likely (93%)" in text


def test_the_span_alone_is_highlighted_in_the_quote() -> None:
    line = answer_lines(Answer("Where?", True, "China", 0.93, 4.0, citation("China")))[1]
    assert f"in {click.style('China', bold=True, fg='green')}, " in line


def test_a_span_between_line_ends_keeps_its_spaces() -> None:
    line = answer_lines(Answer("Where?", True, "in", 0.93, 4.0, citation("in")))[1]
    assert "drunk in China" in click.unstyle(line)


def test_a_refusal_shows_its_reason_and_the_nearest_sentences() -> None:
    text = shown(Answer.refusal("Who?", "low_confidence", nearest=(citation(QUOTE),)))
    assert text.startswith("No answer: ")
    assert "Tea was drunk in China" in text


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.0, "unlikely"), (0.25, "uncertain"), (0.5, "more likely than not"), (0.7, "likely"), (1.0, "very likely")],
)
def test_confidence_in_words(confidence: float, words: str) -> None:
    assert confidence_words(confidence) == words


def test_control_characters_of_a_document_never_reach_the_terminal() -> None:
    assert printable("a\x1b[31mred\x07\u202eb\n c") == "a\ufffd[31mred\ufffd\ufffdb c"
    assert printable_lines("a\x1b\n\tb") == "a\ufffd\n    b"
    assert "\x1b" not in place(citation("China", title="T\x1b[2J"))
