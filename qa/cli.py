"""The command line: finds the command, runs it, and turns every failure into one message and an exit code.

Only what a command needs is imported, and only when it runs: asking must stay fast from a cold start.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from corpus.errors import CitespanError, SettingError
from qa import terminal
from qa.commands.options import EXIT_ANSWERED, EXIT_BAD_INPUT, EXIT_INTERRUPTED, EXIT_USAGE
from qa.version import __version__

COMMANDS = {
    "ask": "qa.commands.ask:ask",
    "chat": "qa.commands.chat:chat",
    "index": "qa.commands.index:index_command",
    "search": "qa.commands.search:search",
    "show": "qa.commands.show:show",
    "audit": "qa.commands.audit:audit",
    "verify": "qa.commands.verify:verify",
    "test": "qa.commands.test:test_command",
    "eval": "qa.commands.evaluate:eval_command",
    "calibrate": "qa.commands.calibrate:calibrate_command",
    "serve": "qa.commands.serve:serve",
    "mcp": "qa.commands.mcp:mcp",
}
"""Each command, and the function that runs it."""


class QuestionGroup(click.Group):
    """The commands of COMMANDS, each imported when it is used; ``qa "question"`` needs no verb: it is ``ask``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, with ``ask`` before a bare question."""
        if args and args[0] not in COMMANDS and args[0] not in ("--help", "-h", "--version"):
            _check_mistyped(args[0])
            args = ["ask", *args]
        return super().parse_args(ctx, args)


def _check_mistyped(word: str) -> None:
    """Raises UsageError for a single word that is nearly a command: nobody asks "serv"."""
    if not word.isalpha():
        return
    from difflib import get_close_matches

    for command in get_close_matches(word.lower(), COMMANDS, n=1, cutoff=0.8):
        raise click.UsageError(f"no command {word!r}; did you mean qa {command}? A question of one word: qa ask {word}")


@click.group(cls=QuestionGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qa")
def cli() -> None:
    """Ask your documents in plain words; get a verbatim, cited span or an honest refusal.

    qa "when were visas abolished?" is short for qa ask "when were visas abolished?".

    Exit codes: 0 answered, 1 refused or a check failed, 2 usage, 3 bad input or index.
    """


def main() -> None:
    """Runs the command line and exits with its code; every failure is one message, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a name or a text may hold what the encoding there does not
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(prog_name="qa", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = EXIT_USAGE
    except SettingError as error:
        code = _fail(str(error), EXIT_USAGE)
    except CitespanError as error:
        code = _fail(str(error), EXIT_BAD_INPUT)
    except (KeyboardInterrupt, click.Abort):
        code = _fail("stopped", EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away (``qa ... | head``): no one is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = EXIT_ANSWERED
    except MemoryError:
        code = _fail("out of memory; index fewer files at a time", EXIT_BAD_INPUT)
    except OSError as error:
        code = _fail(f"{error.filename or 'output'}: {error.strerror or error}", EXIT_BAD_INPUT)
    sys.exit(code)


def _fail(message: str, code: int) -> int:
    terminal.say(message)
    return code
