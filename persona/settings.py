"""What the owner of this machine has chosen: the only reader of the environment.

A value is taken from the first place that has it: an argument, an environment variable
(`SELFSAME_...`), a `.env` file in the working folder, `settings.toml` in the home, the default.
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from platformdirs import user_cache_path
from pydantic import (
    AfterValidator,
    Field,
    PositiveInt,
    SecretStr,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from persona.errors import SettingsProblem

DEFAULT_HOME = Path("~/.selfsame")
SETTINGS_FILE = "settings.toml"


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("it should be a name such as 'Europe/Berlin'") from error
    return name


def _shaped(pattern: str, wish: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"it should be {wish}")
        return value

    return AfterValidator(check)


Folder = Annotated[Path, AfterValidator(_absolute)]
Timezone = Annotated[str, AfterValidator(_known_timezone)]
Url = Annotated[str, _shaped(r"https?://\S+", "an address that begins with http:// or https://")]
ChatChoice = Annotated[
    str, _shaped(r"auto|none|[a-z][a-z0-9-]*:.+", "'auto', 'none' or 'provider:model'")
]
VoiceChoice = Annotated[str, _shaped(r"auto|[a-z][a-z0-9-]*:.+", "'auto' or 'provider:voice'")]
FaceChoice = Annotated[str, _shaped(r"auto|[a-z][a-z0-9-]*:.+", "'auto' or 'provider:face'")]
LiveWay = Literal["auto", "webrtc", "websocket", "clips"]
_ICE = r"(stun|turn)s?:\S+"
IceAddresses = Annotated[
    str, _shaped(rf"{_ICE}(\s+{_ICE})*", "addresses that begin with stun: or turn:")
]
EmbeddingChoice = Annotated[str, _shaped(r"[a-z][a-z0-9-]*:.+", "'provider:model'")]


class Settings(BaseSettings):
    """Every choice that can be made, checked once and then unchanging."""

    model_config = SettingsConfigDict(
        env_prefix="SELFSAME_",
        env_file=".env",
        dotenv_filtering="only_existing",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
        validate_default=True,
    )

    home: Folder = DEFAULT_HOME
    """The folder that holds every twin: database, index, media and settings.toml."""

    models_dir: Folder = Field(default_factory=lambda: user_cache_path("selfsame") / "models")
    """The folder for the embedded models, about 1.1 GB, which can always be fetched again."""

    chat: ChatChoice = "auto"
    """Which model answers, as `provider:model`.

    `llamacpp:qwen2.5-coder-1.5b` or `llamacpp:/path/to.gguf` runs on this machine,
    `openai:MODEL` asks OpenAI or the server at the base URL, `none` does without a model.
    `auto` asks OpenAI or that server when an API key or a base URL is set, else the embedded
    model if it has been fetched, else none.
    """

    judge: ChatChoice = "none"
    """Which model gives its opinion on `selfsame eval fidelity`, as `provider:model`.

    It reads replies and messages of the owner; its figures are marked as an opinion.
    """

    base_url: Url | None = None
    """The address of any server that speaks OpenAI's API: Ollama, vLLM, LM Studio, Azure.

    Questions and the memories that answer them are sent there.
    """

    api_key: SecretStr | None = None
    """The key for OpenAI or the server at the base URL."""

    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    """The key for OpenAI under the name other programs use: stands in where no other is set."""

    embedding: EmbeddingChoice = "sentence-transformers:all-minilm-l6-v2"
    """What turns text into vectors, as `provider:model`.

    A folder or a Hugging Face name may follow `sentence-transformers:`;
    `openai:text-embedding-3-small` sends every imported text to the provider.
    Run `selfsame reindex` after a change.
    """

    voice: VoiceChoice = "auto"
    """Who speaks, as `provider:voice`, for twins without a choice of their own.

    `kokoro:af_heart` and the other stock voices run on this machine, `hibari:heart` is the fast one
    for weak machines, `pocket:/path/my.yaml` speaks in the owner's voice by Pocket TTS,
    `openai:marin` and `elevenlabs:VOICE_ID` send every reply to the provider. `auto` is the voice
    fitted to the owner where there is one, else Kokoro if it has been fetched, else the fast one.
    """

    hearing: EmbeddingChoice = "faster-whisper:tiny.en"
    """What writes down speech: `faster-whisper:tiny.en`, a folder of another such model after
    `faster-whisper:`, or `openai:gpt-4o-mini-transcribe`, which sends the recording away."""

    elevenlabs_api_key: SecretStr | None = Field(
        default=None, validation_alias="ELEVENLABS_API_KEY"
    )
    """The key for ElevenLabs."""

    voice_budget: PositiveInt = 100_000
    """Characters a month that may be sent to a hosted voice; then the embedded one speaks."""

    hearing_budget: PositiveInt = 3600
    """Seconds a month that may be sent to a hosted hearing; then the embedded one listens."""

    face: FaceChoice = "auto"
    """Who is seen, as `provider:face`, for twins without a choice of their own.

    `local:own` is drawn on this machine from the owner's footage or picture and is what `auto`
    means, `wav2lip:/path/model.onnx` draws mouths with a network of yours, and `d-id:own`,
    `heygen:own`, `a2e:own` and `liveavatar:AVATAR_ID` send the voice to the provider.
    """

    face_budget: PositiveInt = 600
    """Seconds a month that may be drawn at one provider; then the local face speaks."""

    d_id_api_key: SecretStr | None = Field(default=None, validation_alias="D_ID_API_KEY")
    """The key for D-ID, as it was issued."""

    heygen_api_key: SecretStr | None = Field(default=None, validation_alias="HEYGEN_API_KEY")
    """The key for HeyGen."""

    liveavatar_api_key: SecretStr | None = Field(
        default=None, validation_alias="LIVEAVATAR_API_KEY"
    )
    """The key for LiveAvatar."""

    a2e_api_key: SecretStr | None = Field(default=None, validation_alias="A2E_API_KEY")
    """The key for A2E."""

    qdrant_url: Url | None = None
    """The address of a Qdrant server or cluster. Without one the index lives inside the home."""

    qdrant_api_key: SecretStr | None = None
    """The key for the Qdrant server."""

    timezone: Timezone | None = None
    """Where the owner lives, such as `Europe/Berlin`: decides what "yesterday" means.

    Without a value, the time zone of this machine.
    """

    evidence_tokens: PositiveInt | None = None
    """How much remembered text is put before the model with each question.

    More finds more and takes longer. Without a value, as much as the model reads quickly.
    """

    live_by: LiveWay = "auto"
    """How sound and pictures of a live talk reach the page: `webrtc`, `websocket`, or `clips`, one
    film for each reply. `auto` is the first of these that gets through."""

    ice_servers: IceAddresses | None = None
    """STUN and TURN servers for live talks through routers that hide one side from the other.

    Addresses with spaces between, such as `stun:stun.example.org:3478 turn:turn.example.org:3478`.
    They learn the network addresses of those who talk. Without a value no server is asked.
    """

    turn_user: str | None = None
    """The name to use at the TURN server; the pages of visitors learn it."""

    turn_password: SecretStr | None = None
    """The password to use at the TURN server; the pages of visitors learn it."""

    threads: PositiveInt | None = None
    """How many processor cores the embedded model may use. Without a value, all of them."""

    @property
    def key(self) -> SecretStr | None:
        """The key to send: the one that other programs use too is for OpenAI alone."""
        return self.api_key or (None if self.base_url else self.openai_api_key)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources, strongest first; the last lies in the home that the others name."""
        named = (init_settings, env_settings, dotenv_settings)
        homes = (source().get("home") for source in named)
        home = _absolute(Path(next(filter(None, homes), DEFAULT_HOME)))
        return *named, TomlConfigSettingsSource(settings_cls, home / SETTINGS_FILE)


# The values are whatever the command line was given: Settings itself is what checks them.
def load_settings(**overrides: Any) -> Settings:
    """Read the settings; an override that is None counts as not given."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise _problem(error) from None
    except (SettingsError, tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsProblem(f"{SETTINGS_FILE} or .env can't be read: {error}") from None


def _problem(error: ValidationError) -> SettingsProblem:
    first = error.errors(include_url=False, include_input=False)[0]
    name = "".join(map(str, first["loc"][:1])).lower()
    if first["type"] == "extra_forbidden":
        return SettingsProblem(f"there is no setting {name!r}", f"look in {SETTINGS_FILE}")
    reason = first["msg"].removeprefix("Value error, ").replace("Input", "it")
    return SettingsProblem(f"the setting {name!r} can't be used: {reason}")
