"""A maintainer's tasks: ``nox`` runs the checks of .ci/run, ``nox -l`` lists all, ``nox -s docs`` runs one."""

import nox

nox.options.sessions = ["tests", "lint", "types"]
nox.options.reuse_existing_virtualenvs = True


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run the tests, as in ``nox -s tests-3.12 -- tests/qa``."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and layout; ``nox -s lint -- --fix`` mends what can be mended."""
    session.install("ruff>=0.6")
    session.run("ruff", "check", ".", *session.posargs)
    session.run("ruff", "format", *(() if session.posargs else ("--check",)), ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types."""
    session.install("-e", ".[test]")
    session.run("mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """Run the snippets of the README and qa/docs, and check their commands, options and links."""
    session.install("-e", ".[test]")
    session.run("pytest", "tests/test_docs.py", *session.posargs)


@nox.session
def pictures(session: nox.Session) -> None:
    """Make the README's pictures again; needs Chromium."""
    session.install("-e", ".[test]")
    session.run("python", "scripts/pictures.py", *session.posargs)


@nox.session
def package(session: nox.Session) -> None:
    """Install the package as its users do, and ask it a question elsewhere."""
    session.install(".")
    with session.chdir(session.create_tmp()):
        session.run("qa", "who was the first Russian consul in Serbia?", "--top", "1")
