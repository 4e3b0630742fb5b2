import click
import pytest

from qa import terminal
from qa.answers import Alternative, Answer, Citation, confidence_words, percent
from qa.terminal import answer_lines, columns, folded
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


@pytest.mark.parametrize(("confidence", "shown"), [(1.0, ">99%"), (0.996, ">99%"), (0.5, "50%"), (0.0, "<1%")])
def test_a_percentage_never_says_certain(confidence: float, shown: str) -> None:
    assert percent(confidence) == shown


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


def test_lines_are_folded_between_words_under_what_they_begin_with() -> None:
    assert folded("  “Tea was drunk in China, they say.”", 20).split("\n") == [
        "  “Tea was drunk in",
        "   China, they say.”",
    ]
    assert folded("  - a b c d e f g", 12).split("\n") == ["  - a b c d", "    e f g"]
    assert folded("short\n" + "word " * 5, 12).split("\n")[:2] == ["short", "word word"]


def test_a_word_longer_than_the_line_is_not_cut_and_style_takes_no_room() -> None:
    assert folded("see https://example.org/a/long/way now", 12).split("\n") == [
        "see",
        "https://example.org/a/long/way",
        "now",
    ]
    styled = click.style("tea tea", bold=True)
    assert folded(styled, 7) == styled
    assert columns("茶 tea") == 6


@pytest.mark.parametrize("width", [30, 47, 80])
def test_folding_loses_no_word_and_keeps_to_the_width(width: int) -> None:
    text = "  “" + " ".join(("tea", "China,", "warehouse", "茶館で")[number % 4] for number in range(60)) + "”"
    lines = folded(text, width).split("\n")
    assert " ".join(" ".join(lines).split()) == text.strip()
    assert max(map(columns, lines)) <= width


def test_piped_lines_are_not_folded(capsys: pytest.CaptureFixture[str]) -> None:
    line = "tea " * 100
    terminal.echo([line])
    assert capsys.readouterr().out == f"{line}\n"


def test_answers_that_are_hardly_likely_are_not_offered() -> None:
    others = tuple(Alternative(span, sure, 0.0, citation(span)) for span, sure in (("Tea", 0.3), ("hot", 0.004)))
    answer = Answer("Where?", True, "China", 0.93, 4.0, citation("China"), others)
    assert "- Tea (30%)" in shown(answer)
    assert "hot (" not in shown(answer)
    assert "hot (<1%)" in click.unstyle("\n".join(answer_lines(answer, least=0.0)))
