"""``qa chat``: over piped lines, at a prompt in a terminal, and its history and completion."""

import io
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

import qa
from qa.cli import main
from qa.commands.chat import HELP, Talk
from qa.prompt import TopicCompleter, history_path, open_history, topics

QUESTION = "Who founded the Russian All-Military Union?"


def run(monkeypatch: pytest.MonkeyPatch, stdin: bytes, *args: str) -> int:
    monkeypatch.delenv("QA_INDEX", raising=False)
    monkeypatch.setattr(sys, "argv", ["qa", "chat", "--reader", "lexical", *args])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


@pytest.fixture(scope="module")
def engine() -> qa.Engine:
    return qa.default(reader="lexical")


def test_piped_lines_are_one_conversation(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(monkeypatch, f"\ufeff{QUESTION}\n\n  and how many members did it have?\n".encode())
    out = capsys.readouterr().out
    assert code == 0
    assert "\x1b" not in out
    first, second = out.split("\n? ")
    assert first.splitlines()[:2] == [f"? {QUESTION}", "General Pyotr Wrangel"]
    assert second.splitlines()[:3] == [
        "and how many members did it have?",
        "understood as: How many members did the Russian All-Military Union have?",
        "25,000",
    ]


def test_nothing_is_read_after_leaving(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, b"/clear\n/exit\nwhen were visas abolished?\n") == 0
    assert "visas" not in capsys.readouterr().out


def test_bytes_that_are_no_text_are_a_question_like_any_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, b"\xff\xfe\x1b[31m\x00?\n", "--min-confidence", "0.2") == 0
    out = capsys.readouterr().out
    assert "No answer" in out
    assert "\x1b" not in out


def test_a_closed_stdin_is_one_message(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["qa", "chat", "--reader", "lexical"])
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "stdin is closed" in capsys.readouterr().err


def test_the_commands_do_what_the_help_says(engine: qa.Engine) -> None:
    talk = Talk(engine)
    help_text = "\n".join(talk.reply("/help"))
    assert all(command in help_text for command in HELP)
    assert list(talk.reply("/sources")) == ["Nothing has been asked yet."]
    assert "russia-serbia-relations" in "\n".join(talk.reply("/documents"))
    assert "  Travel regime" in list(talk.reply("/doc russia-serbia-relations"))
    assert "no document 'x'" in "\n".join(talk.reply("/documents x"))
    assert "No command '/frob'" in "\n".join(talk.reply("/frob"))
    assert list(talk.reply("   ")) == []
    list(talk.reply("When were visas abolished?"))
    shown = "\n".join(talk.reply("/sources"))
    assert "Travel regime" in shown
    assert "kept a visa-free policy" in shown  # the sentence after the one cited
    assert list(talk.reply("/clear"))
    assert talk.conversation.history == ()
    assert list(talk.reply("/quit")) == []
    assert talk.left


def test_the_source_of_a_refusal_is_the_nearest_sentence(engine: qa.Engine) -> None:
    talk = Talk(engine, min_confidence=1.0)
    list(talk.reply("When were visas abolished?"))
    assert "In 2009 entry visas" in "\n".join(talk.reply("/sources"))
    list(talk.reply("xylophone zugzwang?"))
    assert list(talk.reply("/sources")) == ["The last question found nothing to cite."]


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    """Keys typed at a prompt, in place of a terminal."""
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


def typed_at_the_prompt(keys: PipeInput, text: str, history: Path, capsys: pytest.CaptureFixture[str]) -> str:
    from qa.commands import chat

    keys.send_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.prompt.history_path", lambda: history)
        chat._converse(Talk(qa.default(reader="lexical")), keep=True)
    return capsys.readouterr().out


def test_ctrl_c_drops_the_line_and_ctrl_d_leaves(
    keyboard: PipeInput, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "state" / "history"
    out = typed_at_the_prompt(keyboard, f"half a line\x03{QUESTION}\rand when?\r\x04", kept, capsys)
    assert "General Pyotr Wrangel" in out
    assert "understood as: When did General Pyotr Wrangel found the Russian All-Military Union?" in out
    history = kept.read_text(encoding="utf-8")
    assert QUESTION in history
    assert "half a line" not in history


def test_exit_leaves_the_prompt(keyboard: PipeInput, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Ctrl-D leaves" in typed_at_the_prompt(keyboard, "/exit\r", tmp_path / "history", capsys)


def test_commands_titles_and_headings_are_completed(engine: qa.Engine) -> None:
    completer = TopicCompleter(list(HELP), lambda: topics(engine))

    def completed(typed: str) -> list[str]:
        return [
            typed[: len(typed) + completion.start_position] + completion.text
            for completion in completer.get_completions(Document(typed), CompleteEvent())
        ]

    assert completed("/d") == ["/documents"]
    assert completed("what is the travel re") == ["what is the Travel regime"]
    assert completed("tra") == ["Travel regime"]
    assert completed("tr") == []
    assert completed("") == []
    assert len(completer.topics) == len(set(completer.topics))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the custom of Linux")
def test_the_history_lies_in_the_state_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert history_path() == tmp_path / "citespan" / "history"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert history_path() == tmp_path / ".local" / "state" / "citespan" / "history"


def test_a_history_is_its_owners_alone_and_in_memory_where_it_cannot_be_kept(tmp_path: Path) -> None:
    warnings: list[str] = []
    path = tmp_path / "citespan" / "history"
    assert isinstance(open_history(path, warnings.append), FileHistory)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    blocked = path / "below-a-file" / "history"
    assert isinstance(open_history(blocked, warnings.append), InMemoryHistory)
    assert isinstance(open_history(None, warnings.append), InMemoryHistory)
    assert len(warnings) == 1
    assert "not kept" in warnings[0]
