"""Slack's own markup, as people saw it: `<@U1>` a name, `<https://x|label>` a link, `:tada:` 🎉."""

import re
from collections.abc import Mapping

import emoji

_MARKED = re.compile(r"<([^<>\n]{1,4000})>")
_EMOJI = re.compile(r"(?<!\d):([a-z0-9_+'-]{1,60}):(?::skin-tone-([2-6]):)?(?!\d)", re.ASCII)
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
    return _EMOJI.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    """Return the emoji of a name; names of a workspace's own pictures stay as they are."""
    name, tone = found[1], found[2]
    for alias in (name, name.replace("-", "_"), name.removeprefix("flag-")):
        sign = emoji.emojize(f":{alias}:", language="alias")
        if not sign.startswith(":"):
            return _toned(sign, int(tone)) if tone else sign
    return found[0]


def _toned(sign: str, tone: int) -> str:
    return sign[0] + chr(0x1F3FB + tone - 2) + sign[1:].removeprefix("\ufe0f")


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
