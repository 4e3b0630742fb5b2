"""Runs the command line: ``qa``, or ``python -m qa``."""

import sys

_INTERRUPTED = 130  # what qa.commands.options calls EXIT_INTERRUPTED, and cannot be asked yet


def main() -> None:
    """Runs the command line; Ctrl-C is told in one line also while the modules that it needs are still imported."""
    try:
        from qa.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("qa: stopped\n")
        sys.exit(_INTERRUPTED)
    run()


if __name__ == "__main__":
    main()
