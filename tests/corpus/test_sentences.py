"""Sentence boundaries: what ends a sentence, what does not, and that no character is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import LONGEST_SENTENCE, split_sentences
from corpus.whitespace import WHITE_SPACE

# Pieces that are hard to cut: abbreviations, quotations, lists, every kind of line end, odd characters.
PIECES = st.one_of(
    st.sampled_from(
        ["Tea is hot.", "Ice", "Gen. Wrangel", "the U.S.", "e.g.", "No. 5", "$1.7 billion", "J. R. R.", "..."]
    ),
    st.sampled_from(
        ['"Yes."', "(It rained.)", "“Why?”", "お茶は熱い。", "كيف؟", "[...]", "[1]", "!", "?!", ".", "=", "·", "»"]
    ),
    st.sampled_from(["- Key: value", "* item", "1. item", "| a | b |", "a\tb", "x" * 1200, "word " * 300]),
    st.sampled_from(["e\u0301", "👩\u200d🚀", "\u200b", "\u00ad", "٣"]),
)
GAPS = st.sampled_from(
    [
        " ",
        "  ",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "\r\n\r\n",
        "\n \n",
        "\f",
        "\u2028",
        "\u2029",
        "\xa0",
        "\ufeff",
        "",
        "\t",
        "\n  ",
    ]
)
PIECED = st.lists(st.tuples(PIECES, GAPS), max_size=25).map(lambda pairs: "".join(piece + gap for piece, gap in pairs))
TEXTS = st.one_of(st.text(max_size=200), PIECED)


LONG = ("They are many and of every sort, so that no list could hold them all; " * 2) + "some of them"


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Navy sailed for the U.K. in May.",
        "Gen. Wrangel met Lt. Col. Ivan Petrov and Mrs. Danvers.",
        "Trade reached $1.7 billion, or 3.5 %, in 2023.",
        "Fruit, e.g. Apples, i.e. Bramleys, cf. Pears.",
        "J. R. R. Tolkien and George W. Bush never met.",
        "See No. 5, pp. 3–4, vol. 2 and Fig. 7.",
        "St. Petersburg lies near Mt. Saint Anna.",
        "He was born c. 1900 (d. 1960) on Jan. 5.",
        "The case Roe v. Wade was decided.",
        "He (b. Vienna, d. 1960) wrote.",
        "It works with example.com and version 2.0.1 of it.",
        "She paused... and went on.",
        "We went to Yahoo! and asked.",
        "“Why?” he asked.",
        "Some say [...] But no one knows.",
        "They play in Trinity-St. Paul's Church.",
        "The firm (Tea Co.) London owns it.",
        "Am 3. Oktober wurde gefeiert.",
        "1. Boil the water",
        "Support is immoral and\nillegal, he said.",
        "The report was hard-wrapped at the\nEnglish channel and went\non.",
        "The factorial (p - 1)! + 1 is divisible.",
        "Tea . . . is hot.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tea is hot. Ice is cold.", ["Tea is hot.", "Ice is cold."]),
        ('He said "No." Then he left.', ['He said "No."', "Then he left."]),
        ("She said: “Go!” They went.", ["She said: “Go!”", "They went."]),
        ("It stopped. (It had rained.) We left.", ["It stopped.", "(It had rained.)", "We left."]),
        ("Is it so? Yes! Fine.", ["Is it so?", "Yes!", "Fine."]),
        ("He lives in the U.S. The rest stayed.", ["He lives in the U.S.", "The rest stayed."]),
        ("It was World War I. Serbia was small.", ["It was World War I.", "Serbia was small."]),
        ("They met at 5 p.m. Then they ate.", ["They met at 5 p.m.", "Then they ate."]),
        ("It ended in 1945. Germany lost.", ["It ended in 1945.", "Germany lost."]),
        ("It was cold.[1] Snow fell.[2][note 3] It froze.", ["It was cold.[1]", "Snow fell.[2][note 3]", "It froze."]),
        ("It was cold. [1] Snow fell.", ["It was cold. [1]", "Snow fell."]),
        ("Almost like Iraq.... This is new.", ["Almost like Iraq....", "This is new."]),
        ("Not to sell it? [...] But I am.", ["Not to sell it?", "[...] But I am."]),
        ("It costs little. $5 is enough.", ["It costs little.", "$5 is enough."]),
        ("Read it. eBay sells it.", ["Read it.", "eBay sells it."]),
        ("Take the function f. Consider it.", ["Take the function f.", "Consider it."]),
        ("He said no. Then he left.", ["He said no.", "Then he left."]),
        ("**Tea.** It is hot.", ["**Tea.**", "It is hot."]),
        ("お茶は熱い。「はい。」彼は言った。", ["お茶は熱い。", "「はい。」", "彼は言った。"]),
        ("क्या? हाँ। ठीक है।", ["क्या?", "हाँ।", "ठीक है।"]),
        ("Tea is hot.\r\nIce is cold.\rSnow too.", ["Tea is hot.", "Ice is cold.", "Snow too."]),
        ("\ufeffTea is hot.\xa0Ice is cold.\u200b Snow.", ["Tea is hot.", "Ice is cold.\u200b", "Snow."]),
    ],
)
def test_a_stop_before_a_new_beginning_ends_a_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028"])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Infobox", "- Envoy1: Ana", "- Map: x.png"], ["Infobox", "- Envoy1: Ana", "- Map: x.png"]),
        (
            ["It needs:", "* salt", "* water from the", "  well", "* tea"],
            ["It needs:", "* salt", "* water from the\n  well", "* tea"],
        ),
        (["1. Boil", "2. Pour", "3. Wait"], ["1. Boil", "2. Pour", "3. Wait"]),
        (["| a | b |", "|---|---|", "| 1 | 2 |"], ["| a | b |", "|---|---|", "| 1 | 2 |"]),
        ([f"{LONG} are:", "There may be others."], [f"{LONG} are:", "There may be others."]),
        (["Year | Tonnes", "1990 | 5"], ["Year | Tonnes", "1990 | 5"]),
        (["no stop here", "", "And a new one"], ["no stop here", "And a new one"]),
        (
            ["Opening hours", "The house is open every day from nine until five.", "Come in."],
            ["Opening hours", "The house is open every day from nine until five.", "Come in."],
        ),
        (
            [
                "He stayed in the village by the river until the year of",
                "45. Nobody knew why he left it after such a long while.",
            ],
            [
                "He stayed in the village by the river until the year of\n45.",
                "Nobody knew why he left it after such a long while.",
            ],
        ),
    ],
)
def test_a_line_that_stands_for_itself_is_a_sentence(lines: list[str], expected: list[str], line_end: str) -> None:
    assert sentences(line_end.join(lines)) == [sentence.replace("\n", line_end) for sentence in expected]


def test_a_very_long_sentence_is_cut_at_a_clause_mark() -> None:
    text = ("tea is hot, " * 200).strip()
    pieces = sentences(text)
    assert len(pieces) > 1
    assert all(len(piece) <= LONGEST_SENTENCE and piece.endswith(",") for piece in pieces[:-1])


def test_a_very_long_word_is_cut_but_never_before_a_combining_mark() -> None:
    pieces = sentences("e\u0301" * 1500)
    assert len(pieces) > 1
    assert all(piece[0] == "e" for piece in pieces)


def test_only_the_window_asked_for_is_split() -> None:
    text = "Tea is hot. Ice is cold. Snow falls."
    assert split_sentences(text, 12, 24) == [(12, 24)]


@given(TEXTS, st.data())
def test_sentences_are_trimmed_ordered_and_hold_every_character_once(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    windows = split_sentences(text, start, end)
    covered = [position for window in windows for position in range(*window)]
    assert covered == sorted(set(covered))
    assert all(start <= first < last <= end for first, last in windows)
    assert all(text[first:last].strip(WHITE_SPACE) == text[first:last] for first, last in windows)
    assert {at for at in range(start, end) if text[at] not in WHITE_SPACE} <= set(covered)


@pytest.mark.parametrize(
    "text",
    [
        "The night desk answers calls on ext. 204 from ten to six.",
        "It can be reached by tel. 555 0134 or fax. 555 0135 at any hour.",
        "It goes to Bldg. 7, to Bldg. C, to Rm. B12 and to Apt. 4B behind the mill.",
        "Write to Ste. 210 or turn off Hwy. 61 at Jct. 12.",
        "See ser. 5, acct. 12 and cl. 4 of it.",
        "It opened on Mon. 5 May.",
        "Take the Pltf. 3 stairs.",
        "Quote ref. no. A-12 in it.",
        "Der Bus kommt z. B. am Montag.",
        "See subsec. 4, sched. 2 and Fig. A for details.",
        "The disc has a song (feat. L. Lee) on it.",
        "Ship it to Attn. Bo at the mill.",
    ],
)
def test_an_abbreviation_before_a_number_or_a_letter_goes_on(text: str) -> None:
    assert split_sentences(text) == [(0, len(text))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It is in the bldg.", "A guard is there."),
        ("He called the ext.", "Nobody was there."),
        ("It weighs 5 kg.", "12 men carry it."),
        ("It was on TV.", "3 people saw it."),
        ("It was a great feat.", "Lee wept."),
    ],
)
def test_such_an_abbreviation_may_end_a_sentence(first: str, second: str) -> None:
    assert split_sentences(f"{first} {second}") == [(0, len(first)), (len(first) + 1, len(first) + 1 + len(second))]
