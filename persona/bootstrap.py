"""Puts the parts together by the settings; the only place that picks concrete classes."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, tzinfo
from hashlib import sha256
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from memory.embedding import Embedding
from memory.home import Home
from memory.index import VectorIndex
from memory.shelf import Shelf
from memory.store import Store
from persona.chat_model import ChatModel, open_chat_model
from persona.errors import ConsentProblem, FaceProblem, SettingsProblem, TwinError
from persona.models import embedding_folder
from persona.settings import Settings

# Pictures and signatures take a second to import: only what draws or signs waits for it.
if TYPE_CHECKING:
    from memory.adapters.proven import ProvenEmbedding
    from persona.consent.desk import ConsentDesk
    from persona.face.adapters.live_avatar import LiveAvatarFace
    from persona.face.desk import FaceDesk
    from persona.face.face import Face
    from persona.face.segment_face import Notice
    from persona.face.store import BuiltFace, FaceStore
    from persona.face.watch import Watcher
    from persona.live.cast import Cast
    from persona.provenance.signer import SigningKey
    from persona.studio import Studio
    from persona.twin import Twin
    from persona.voice.listener import Listener
    from persona.voice.voices import TwinVoice

MINILM = "all-minilm-l6-v2"
MINILM_DIMENSION = 384


class Workshop:
    """An open home with its models: makes twins that can talk; close it when done."""

    def __init__(self, settings: Settings, *, wait_seconds: float = 5.0) -> None:
        """Open the home of `settings`.

        Raises:
            HomeInUse: another process holds it.
            SettingsProblem: a setting names what can't be had.
        """
        self.settings = settings
        self.zone = zone_of(settings)
        embedding = open_embedding(settings)
        home = Home(settings.home, wait_seconds=wait_seconds)
        try:
            self.store = Store(home, open_index(settings, home, embedding), embedding)
        except BaseException:
            home.close()
            raise
        self._chat: ChatModel | None = None
        self._chat_opened = False
        self._twins: dict[str, Twin] = {}
        self._face: tuple[str, int, BuiltFace | None] | None = None
        self._lock = Lock()  # two pages opening at once share one model

    def chat(self) -> ChatModel | None:
        """Return the chat model, loaded at its first use; None when there is none."""
        with self._lock:
            if not self._chat_opened:
                self._chat, self._chat_opened = open_chat_model(self.settings), True
            return self._chat

    def twin(self, name: str) -> "Twin":
        """Return the twin called `name`, ready to talk."""
        from persona.twin import Twin  # a second's import, which a page that only shows can skip

        memory = self.store.memory(name)
        if name not in self._twins:
            self._twins[name] = Twin(memory, self.chat())
        return self._twins[name]

    def faces(self, name: str) -> "FaceStore":
        """Return where the face of the twin called `name` is kept."""
        from persona.face.store import FaceStore

        return FaceStore(self.settings.home, self.store.find(name).twin_id)

    def consent_desk(self, name: str) -> "ConsentDesk":
        """Return where the owner of the twin called `name` agrees, or takes it back."""
        from persona.consent.desk import ConsentDesk

        return ConsentDesk(self.settings, self.store.memory(name), self.faces(name))

    def signing_key(self) -> "SigningKey":
        """Return the key that this home marks files with."""
        from persona.provenance.signer import signing_key

        return signing_key(self.settings.home)

    def voice(self, name: str) -> "TwinVoice":
        """Return the voice of the twin called `name`."""
        from persona.voice.voices import TwinVoice

        return TwinVoice(self.settings, self.store.memory(name).voice)

    def built_face(self, name: str) -> "BuiltFace | None":
        """Return the face of the twin called `name`, read anew only when it has changed.

        Raises:
            ConsentProblem: there is one, but its owner's agreement doesn't hold.
        """
        store = self.faces(name)
        if store.exists():
            self.face_desk(name).require()
        with self._lock:
            if self._face is None or self._face[:2] != (name, store.stamp()):
                self._face = None  # two faces at a time may be more than the memory holds
                self._face = (name, store.stamp(), store.load())
            return self._face[2]

    def face(self, name: str, notice: "Notice", *, live: bool = False) -> "Face":
        """Return the face that was chosen for the twin called `name`; may be a stand-in.

        Args:
            name: the twin.
            notice: told in words for the user when the local face stands in.
            live: whether it must draw while sound is still being pushed.

        Raises:
            FaceProblem: it has no face yet.
            ConsentProblem: it has one, but its owner's agreement doesn't hold.
        """
        from persona.face.faces import open_twin_face

        store, built = self.faces(name), self.built_face(name)
        if built is None:
            raise FaceProblem(
                f"{name!r} has no face yet", f"selfsame face {name} --video FILE, or --photo FILE"
            )
        return open_twin_face(self.settings, store, built, notice, live=live)

    def room_face(self, name: str, notice: "Notice") -> "LiveAvatarFace":
        """Return the face chosen for the twin called `name` that is seen in a room of its own.

        Raises:
            SelfsameError: it has none such, it can't be had, or its owner hasn't agreed.
        """
        from persona.face.faces import open_room_face

        built = self.built_face(name)
        if built is None:
            raise FaceProblem(f"{name!r} has no face yet", "build one first")
        return open_room_face(self.settings, self.faces(name), built, notice)

    def face_desk(self, name: str) -> "FaceDesk":
        """Return the owner's say over the face of the twin called `name`."""
        from persona.face.desk import FaceDesk

        return FaceDesk(self.settings, self.faces(name), self.store.find(name).owner)

    def studio(self, name: str) -> "Studio":
        """Return what it takes to film the twin called `name`.

        Raises:
            FaceProblem: it has no face yet.
            ConsentProblem: it has one, but its owner's agreement doesn't hold.
        """
        from persona.studio import Studio

        notices: list[str] = []
        agreed = self.face_desk(name).agreed
        return Studio(
            twin=self.store.find(name),
            voice=self.voice(name),
            face=self.face(name, notices.append),
            key=self.signing_key(),
            consent=agreed.reference if agreed else "",
            notices=notices,
        )

    def cast(self, name: str, visitor: str) -> "Cast":
        """Return who and what takes part in a live conversation with the twin called `name`.

        What the twin lacks, such as a face, is missing there; a hearing that can't be opened too.
        """
        from persona.live.cast import Cast
        from persona.voice.ears import open_hearing, open_turn_model

        face = hearing = None
        notices: list[str] = []
        with suppress(FaceProblem):  # the voice is heard without a face
            try:
                face = self.face(name, notices.append, live=True)
            except ConsentProblem as problem:
                notices.append(str(problem))
        try:
            hearing = open_hearing(self.settings, live=True)
        except TwinError as error:
            notices.append(f"{error}; please type instead")
        return Cast(
            twin=self.twin(name),
            visitor=visitor,
            voice=self.voice(name),
            hearing=hearing,
            face=face,
            finished=open_turn_model(self.settings),
            notices=notices,
        )

    def close(self) -> None:
        """Let go of home, index and models."""
        if self._chat is not None:
            self._chat.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def open_embedding(settings: Settings) -> Embedding:
    """Return the text encoder that the settings name, as `provider:model`."""
    provider, _, model = settings.embedding.partition(":")
    makers: dict[str, Callable[[Settings, str], Embedding]] = {
        "sentence-transformers": _sentence_transformer,
        "openai": _openai_embedding,
    }
    if provider not in makers or not model:
        raise SettingsProblem(
            f"SELFSAME_EMBEDDING is {settings.embedding!r}",
            "write sentence-transformers:MODEL or openai:MODEL",
        )
    return makers[provider](settings, model)


def open_voice(settings: Settings) -> "TwinVoice":
    """Return the voice that the settings name, of no twin in particular."""
    from persona.voice.voices import TwinVoice

    return TwinVoice(settings, Shelf(settings.home / "voice"))


def open_eyes() -> "Watcher":
    """Return what finds faces in recordings."""
    from persona.face.landmarks import Landmarker
    from persona.face.watch import Watcher

    return Watcher(Landmarker())


def open_ears(settings: Settings) -> "Listener":
    """Return what hears recordings, with the hearing that the settings name."""
    from persona.model_table import GE2E
    from persona.models import verified_path
    from persona.voice.ears import open_hearing
    from persona.voice.listener import Listener
    from persona.voice.speaker import SpeakerEncoder

    encoder = SpeakerEncoder(verified_path(GE2E, settings.models_dir))
    return Listener(open_hearing(settings), encoder)


def open_index(settings: Settings, home: Home, embedding: Embedding) -> VectorIndex:
    """Return the embedded index, or the server that the settings name."""
    if settings.qdrant_url is None:
        from memory.adapters.qdrant_edge import QdrantEdgeIndex

        return QdrantEdgeIndex(home.index_path, embedding.dimension)
    from memory.adapters.qdrant import QdrantIndex, connect

    key = settings.qdrant_api_key
    client = connect(settings.qdrant_url, key.get_secret_value() if key else None)
    return QdrantIndex(client, embedding.dimension, home_key=home.digest("index")[:12])


def zone_of(settings: Settings) -> tzinfo:
    """Return the zone of times that come without one: the one set, else the machine's."""
    return ZoneInfo(settings.timezone) if settings.timezone else _machine_zone()


def _machine_zone() -> tzinfo:
    link = Path("/etc/localtime")
    name = str(link.resolve()).partition("zoneinfo/")[2] if link.exists() else ""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _sentence_transformer(settings: Settings, model: str) -> Embedding:
    from memory.adapters.sentence_transformer import SentenceTransformerEmbedding

    if model.casefold() == MINILM:
        return minilm(settings.models_dir)
    if (folder := _folder_of(model)) is not None:
        from memory.adapters.bert_graph import dimension_of, is_plain_bert

        if is_plain_bert(folder):
            return _by_onnx(folder, model, dimension_of(folder), settings.models_dir)
    return SentenceTransformerEmbedding(model, name=model)


def _folder_of(model: str) -> Path | None:
    """Return where a model lies: in the folder named, or in what was downloaded before."""
    if (folder := Path(model).expanduser()).is_dir():
        return folder
    from huggingface_hub import try_to_load_from_cache

    try:
        found = try_to_load_from_cache(model, "config.json")
    except ValueError:  # it can't be the name of a model
        return None
    return Path(found).parent if isinstance(found, str) else None


def minilm(models_dir: Path) -> "ProvenEmbedding":
    """Return the embedded encoder."""
    return _by_onnx(embedding_folder(models_dir), MINILM, MINILM_DIMENSION, models_dir)


def _by_onnx(folder: Path, name: str, dimension: int, models_dir: Path) -> "ProvenEmbedding":
    """Return the encoder in a folder, run by onnxruntime where that gives what torch does."""
    from memory.adapters.onnx_bert import OnnxBertEmbedding
    from memory.adapters.proven import ProvenEmbedding
    from memory.adapters.sentence_transformer import SentenceTransformerEmbedding

    return ProvenEmbedding(
        OnnxBertEmbedding(folder, name=name, dimension=dimension),
        SentenceTransformerEmbedding(str(folder), name=name, dimension=dimension),
        weights=folder / "model.safetensors",
        proof=models_dir / f"{sha256(str(folder).encode()).hexdigest()[:12]}.onnx-proof.json",
    )


def _openai_embedding(settings: Settings, model: str) -> Embedding:
    from openai import OpenAI

    from memory.adapters.openai import OpenAIEmbedding

    key = settings.key.get_secret_value() if settings.key else "none"
    return OpenAIEmbedding(OpenAI(api_key=key, base_url=settings.base_url, timeout=30), model)
