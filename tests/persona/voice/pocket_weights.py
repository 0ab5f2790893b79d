"""A Pocket TTS of the library's own smallest shape, with weights that were never trained."""

from pathlib import Path

import sentencepiece
import yaml
from pocket_tts.utils.config import CONFIGS_DIR

_SHAPE = CONFIGS_DIR / "english_2m_2026-10.yaml"
_PIECES = 60
_WORDS = "the quick brown fox jumps over a lazy dog and good morning to all of you here now"


def make_config(folder: Path) -> Path:
    """Return a YAML file of Pocket TTS that needs no download."""
    shape = yaml.safe_load(_SHAPE.read_text())
    for key in [key for key in shape if key.startswith("weights_path")]:
        del shape[key]
    shape["flow_lm"]["lookup_table"] |= {
        "n_bins": _PIECES,
        "tokenizer_path": str(_make_tokenizer(folder)),
    }
    path = folder / "untrained.yaml"
    path.write_text(yaml.safe_dump(shape))
    return path


def _make_tokenizer(folder: Path) -> Path:
    text = folder / "words.txt"
    text.write_text("\n".join([_WORDS, _WORDS.upper(), *_WORDS.split()]))
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(folder / "words"),
        vocab_size=_PIECES,
        minloglevel=2,
    )
    return folder / "words.model"
