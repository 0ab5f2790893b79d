"""What a chat model says with nothing but a line about whom to be: the measure of doing nothing."""

from langchain_core.messages import HumanMessage, SystemMessage

from persona.chat_model import ChatModel

_LONGEST = 80
"""Tokens at which a reply is cut: more than people write in a message, and it says the same."""
_LINE = "You are {owner}, chatting with a friend by text. Reply as {owner}."


def stock_reply(chat: ChatModel, owner: str, heard: str) -> str:
    """Return the reply of a model that knows the owner's name only."""
    line = SystemMessage(_LINE.format(owner=owner))
    return str(chat.model.invoke([line, HumanMessage(heard)], max_tokens=_LONGEST).text).strip()
