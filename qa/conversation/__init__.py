"""Conversation: a follow-up becomes a full question, from the turns before it, only where it needs to."""

from qa.conversation.conversation import Conversation
from qa.conversation.rewriting import rewrite
from qa.conversation.turns import MAX_TURNS, Turn

__all__ = ["MAX_TURNS", "Conversation", "Turn", "rewrite"]
