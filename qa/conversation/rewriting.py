"""From a follow-up to the full question that it stands for.

Three kinds of follow-up lean on what came before: fragments that ask again ("why?"), fragments that change one
thing ("what about Serbia?"), and questions with a pronoun whose meaning is not in the question. Everything else
stays as it is, so that a change of topic is not poisoned by the conversation before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.english.function_words import OPENING_AUXILIARIES
from qa.conversation.carrying import completed
from qa.conversation.fragments import asked_again, counted_again
from qa.conversation.kinds import Kinds
from qa.conversation.pronouns import implied, leans, resolve
from qa.conversation.referents import referents
from qa.conversation.substitution import about, is_about, named_again, owned_fragment
from qa.conversation.turns import MAX_TURNS, Turn
from qa.questions import MAX_ANALYSED

if TYPE_CHECKING:
    from qa.asker import Asker

# Words that lead into a question; those that can be part of its first phrase ("Great Britain") only before a sign or
# a word that begins one.
_LEADING = re.compile(
    r"^\s*(?:(?:(?:and|but|so|also|then|or|ok|okay|alright|thanks|thank you|please|hm+|i see)\b"
    r"(?!-|\s+(?:that|far|many|much)\b)"
    r"|(?:now|well|yes|no|great|cool|right)\b(?=\s*(?:[,.!…:;–]|$)|\s+(?:and|but|so|or|then|wh\w+|how|by|since"
    rf"|{'|'.join(sorted(OPENING_AUXILIARIES))})\b))[\s,.!…:;–-]*)+",
    re.IGNORECASE,
)


def rewrite(question: str, history: Sequence[Turn], engine: Asker) -> str:
    """The full question that a follow-up stands for; the very same string where it needs no rewriting.

    ``history`` has the oldest turn first; its last MAX_TURNS count. Costs a few searches of the index, no reading.

    >>> import qa
    >>> engine = qa.default(reader="lexical")
    >>> history = [Turn("Who led the Yugoslav Partisans?", "Tito")]
    >>> rewrite("and who tried to assassinate him?", history, engine)
    'Who tried to assassinate Tito?'
    >>> rewrite("When were visas abolished?", history, engine)
    'When were visas abolished?'
    """
    history = [_bounded(turn) for turn in history[-MAX_TURNS:] if len(turn.question) <= MAX_ANALYSED]
    if not history or len(question) > MAX_ANALYSED:
        return question
    text, marked = without_leading(question)
    if not text.strip(" ?!."):
        return question
    if any(turn.question == question for turn in history):
        return question  # a turn has the full question: whoever asks it again asks for the same
    last = history[-1]
    kinds = Kinds(engine)
    again = asked_again(text, last)
    if again is not None:
        return again
    full = named_again(counted_again(text, last), last)
    resolved = full
    if leans(full):
        found = referents(history, kinds)
        resolved = implied(full, found, kinds) or resolve(full, found, kinds)
    if resolved != text:
        changed = about(resolved, last, kinds, marked=False) if is_about(resolved) else None
        return changed or owned_fragment(resolved, last, kinds) or _question(resolved)
    changed = about(text, last, kinds, marked=marked)
    if changed is None and marked:
        changed = completed(text, last, kinds)
    return changed if changed is not None else question


def without_leading(question: str) -> tuple[str, bool]:
    """A question without the "and", "ok, so" or the like that leads into it, and whether it had one."""
    leading = _LEADING.match(question)
    return (question[leading.end() :], True) if leading else (question, False)


def _bounded(turn: Turn) -> Turn:
    """The turn without an answer that is longer than any that stands for a thing."""
    return turn if turn.answer is None or len(turn.answer) <= MAX_ANALYSED else Turn(turn.question)


def _question(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]
