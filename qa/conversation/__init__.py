"""Conversation: a follow-up becomes a full question, from the turns before it, only where it needs to."""

from qa.conversation.rewriting import rewrite
from qa.conversation.turns import MAX_TURNS, Conversation, Turn

__all__ = ["MAX_TURNS", "Conversation", "Turn", "rewrite"]
