"""Slack's own markup, as people saw it: `<@U1>` is a name, `<https://x|label>` a link."""

import re
from collections.abc import Mapping

_MARKED = re.compile(r"<([^<>\n]{1,4000})>")
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def plain_text(marked: str, names: Mapping[str, str]) -> str:
    """Return a text without markup.

    Args:
        marked: the text as the export has it.
        names: what users and channels are called, by their ids.
    """
    text = _MARKED.sub(lambda found: _shown(found[1], names), marked)
    for code, sign in _ESCAPED:
        text = text.replace(code, sign)
    return text


def _shown(inside: str, names: Mapping[str, str]) -> str:
    target, _, label = inside.partition("|")
    sign, key = target[:1], target[1:]
    if sign in ("@", "#"):
        return sign + (label or names.get(key, key)).removeprefix(sign)
    if sign == "!":
        return label or f"@{key.partition('^')[0]}"
    bare = target.removeprefix("mailto:").removeprefix("tel:")
    if not label or label == bare or target.partition("://")[2].rstrip("/") == label.rstrip("/"):
        return bare if label or bare != target else target
    return f"{label} ({bare})"
