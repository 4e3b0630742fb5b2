"""Inputs cut out of paragraphs hold their answer, wherever the cut falls."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

tokenizers = pytest.importorskip("tokenizers", reason="tokenizers is not installed: citespan[neural]")

from reader_data import Collection, Cut, Labelled, Pool  # noqa: E402

WORDS = [f"w{n}" for n in range(60)]
TEXT = " ".join(WORDS)


def pool(cut: Cut) -> Pool:
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ":", "Wells", "Which", *WORDS]
    model = tokenizers.models.WordLevel({name: n for n, name in enumerate(names)}, unk_token="[UNK]")
    tokenizer = tokenizers.Tokenizer(model)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    span = (TEXT.index("w40"), TEXT.index("w42") + 3)
    return Pool(Collection([TEXT], ["Wells"], [Labelled("Which w1", 0, (span,))]), tokenizer, cut)


def read(given: Pool, ids: object) -> list[str]:
    return [given._tokenizer.id_to_token(int(n)) for n in np.asarray(ids)]


@pytest.mark.parametrize("seed", range(30))
def test_every_cut_holds_the_answer(seed: int) -> None:
    made = pool(Cut(max_tokens=30, shorten=0.5, least_tokens=5))
    question = made.collection.questions[0]
    answer = made.answer(0, question.answers[0])
    example = made.example(question.question, 0, "answerable", np.random.default_rng(seed), answer=answer)
    tokens = read(made, example.ids)
    assert tokens[example.start : example.end + 1] == ["w40", "w41", "w42"]
    assert len(tokens) <= 30
    assert tokens[: example.second] == ["[CLS]", "Which", "w1", "[SEP]"]
    spots = np.asarray(example.allowed)
    assert all(token.startswith("w") for token, spot in zip(tokens, spots, strict=True) if spot)


@pytest.mark.parametrize("seed", range(10))
def test_the_side_without_the_answer_does_not_hold_it(seed: int) -> None:
    made = pool(Cut(least_tokens=5))
    example = made.without("Which w1", 0, "removed", np.random.default_rng(seed), (40, 42))
    assert example is not None
    assert not {"w40", "w41", "w42"} & set(read(made, example.ids))
    assert (example.start, example.end) == (0, 0)


def test_a_side_that_says_the_answer_again_is_no_example() -> None:
    made = pool(Cut(least_tokens=5))
    made.tokens[0][3:6] = made.tokens[0][40:43]
    assert made.without("Which w1", 0, "removed", np.random.default_rng(0), (40, 42)) is None


def test_a_doubtful_question_is_left_out(tmp_path: Path) -> None:
    import json

    from reader_data import read_squad

    asked = [
        {"question": "A?", "answers": [], "placed": "doubtful"},
        {"question": "B?", "answers": [], "placed": "pair"},
    ]
    articles = [{"title": "T", "paragraphs": [{"context": "c", "qas": asked}]}]
    (tmp_path / "s.json").write_text(json.dumps({"data": articles}))
    assert [question.question for question in read_squad(tmp_path / "s.json").questions] == ["B?"]
