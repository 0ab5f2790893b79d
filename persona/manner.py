"""How small models fall out of a person's manner."""

import re

_ASSISTANT = re.compile(
    r"\bi('m| am) (so |very |really )?(sorry|afraid),? (but )?(i |that )?(can't|cannot|can not|"
    r"don't have|am not able|am unable)"
    r"|\b(can't|cannot|unable to|happy to|glad to|here to|able to) (assist|help)\b"
    r"|\bglad i could help\b|\bas an? (ai|assistant|language model)\b"
    r"|\bhow (can|may) i (help|assist)\b|\bfeel free to\b|\blet me know if you\b"
    r"|\bi('d| would) be (happy|glad) to\b|\b(great|good) question\b|\bi hope (this|that) helps\b"
    r"|\bit('s| is) important to\b|\byou('re| are) welcome!",
    re.IGNORECASE,
)


def is_assistant_like(said: str) -> bool:
    """Say whether words are those of an assistant, which nobody writes to a friend."""
    return _ASSISTANT.search(said) is not None
