from pathlib import Path
from typing import Any

import numpy as np
import pytest
from encode_documents import Encoder, examples_of
from reader_arrays import Example
from tokenizers import Tokenizer

TOKENIZER = Path(__file__).parents[2] / "qa/models/neural/tokenizer.json"
TEXT = """# Boats

## 2.4.0 (2024-05-02)

| Boat | Length (m) | Seats |
| --- | --- | --- |
| Heron | 6.2 | 5 |
| Teal | 4.1 | 2 |

## Hire

- Canoe: £9
- Rowing boat: £12
"""


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(TOKENIZER))


def encoded(tokenizer: Tokenizer, question: str, answer: str | None) -> list[Example]:
    start = TEXT.index(answer) if answer else 0
    row: dict[str, Any] = {
        "title": "Boats",
        "text": TEXT,
        "question": question,
        "answers": [[start, start + len(answer)]] if answer else [],
        "kind": "table",
    }
    return list(examples_of([row], Encoder(tokenizer), np.random.default_rng(0)))


def words(tokenizer: Tokenizer, example: Example) -> str:
    ids = np.asarray(example.ids)
    return str(tokenizer.decode(ids[example.start : example.end + 1].tolist()))


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("How long is the Teal?", "4.1", "4. 1"),
        ("Which boat has 5 seats?", "Heron", "heron"),
        ("When was 2.4.0 released?", "2024-05-02", "2024 - 05 - 02"),
        ("What does a canoe cost?", "£9", "£9"),
        ("What costs £12?", "Rowing boat", "rowing boat"),
    ],
)
def test_the_tokens_marked_are_those_of_the_answer(tokenizer: Tokenizer, question: str, answer: str, said: str) -> None:
    example = encoded(tokenizer, question, answer)[0]
    assert words(tokenizer, example) == said
    assert np.asarray(example.allowed)[example.start : example.end + 1].all()


def test_a_question_that_is_not_answered_has_its_best_passages_and_no_answer(tokenizer: Tokenizer) -> None:
    examples = encoded(tokenizer, "How heavy is the Teal?", None)
    assert len(examples) == 1
    assert (examples[0].start, examples[0].end, examples[0].kind) == (0, 0, "table-none")
    assert "teal" in tokenizer.decode(np.asarray(examples[0].ids).tolist())


def test_what_was_put_in_between_is_never_allowed(tokenizer: Tokenizer) -> None:
    example = encoded(tokenizer, "How long is the Teal?", "4.1")[0]
    ids, allowed = np.asarray(example.ids), np.asarray(example.allowed)
    signs = {tokenizer.token_to_id(sign) for sign in "|;"}
    assert not any(flag for token, flag in zip(ids.tolist(), allowed.tolist(), strict=True) if token in signs)
    assert not allowed[: example.second].any()
