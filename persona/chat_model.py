"""The model that words the replies: embedded llama.cpp, OpenAI, or a server that speaks its API."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import SecretStr

from persona.errors import ModelProblem, SettingsProblem
from persona.models import EMBEDDED_MODELS, model_named, path_of, verified_path
from persona.settings import Settings

# LangChain takes a second to import, the chat models are known without it.
if TYPE_CHECKING:
    import httpx2
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

DEFAULT_OPENAI_MODEL = "gpt-5.4-mini"
"""The model asked where a key or an address is set but no model."""

_OPENAI_URL = "https://api.openai.com/v1"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_NO_KEY = "none"  # servers at home ask for none, the client insists on one

_HOSTED_SECONDS = 60.0
_HOSTED_EVIDENCE, _HOSTED_TURNS = 1500, 12
_EVIDENCE_PER_CORE, _MOST_EMBEDDED_EVIDENCE, _EMBEDDED_TURNS = 36, 600, 2
_LONGEST_EMBEDDED_REPLY = 120
_EMBEDDED_CONTEXT = 4096
_READER_CONTEXT, _LONGEST_READER_REPLY = 16_384, 768


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatModel:
    """A chat model and what is good to know when asking it."""

    model: "BaseChatModel"
    name: str
    local: bool
    """Whether what is asked stays on this machine."""

    evidence_tokens: int
    """How much evidence it reads quickly."""

    history_turns: int
    """How many of the last turns it is shown."""

    connections: ExitStack = field(default_factory=ExitStack, repr=False)

    def close(self) -> None:
        """Hang up. An embedded model stays loaded for whoever opens it next."""
        self.connections.close()


def open_chat_model(settings: Settings) -> ChatModel | None:
    """Return the chat model that the settings name, ready to be asked; None where there is none.

    Raises:
        ModelProblem: it isn't there or can't be loaded.
        SettingsProblem: the settings name a provider that doesn't exist.
    """
    choice = chosen_model(settings)
    if choice == "none":
        return None
    provider, _, model = choice.partition(":")
    if provider not in _PROVIDERS:
        known = " or ".join(f"{name}:MODEL" for name in _PROVIDERS)
        raise SettingsProblem(f"there is no chat provider {provider!r}", f"write {known}")
    return _PROVIDERS[provider](settings, model)


def open_reader(settings: Settings) -> ChatModel | None:
    """Return the chat model with room for long instructions and for lists as answers.

    Raises:
        ModelProblem: it isn't there or can't be loaded.
        SettingsProblem: the settings name a provider that doesn't exist.
    """
    provider, _, model = chosen_model(settings).partition(":")
    if provider != "llamacpp":
        return open_chat_model(settings)
    return _embedded(settings, model, context=_READER_CONTEXT, longest=_LONGEST_READER_REPLY)


def chosen_model(settings: Settings) -> str:
    """Return the choice of chat model as `provider:model` or `none`, with `auto` decided."""
    if settings.chat != "auto":
        return settings.chat
    if settings.key or settings.base_url:
        return f"openai:{DEFAULT_OPENAI_MODEL}"
    here = (m.name for m in EMBEDDED_MODELS if m.kind == "chat" and _is_here(settings, m.name))
    return next((f"llamacpp:{name}" for name in here), "none")


def _is_here(settings: Settings, name: str) -> bool:
    return path_of(model_named(name), settings.models_dir).is_file()


def seeded(chat: ChatModel, seed: int) -> ChatModel:
    """Return a chat model that words the same prompt the same way, where it heeds a seed."""
    from langchain_openai import ChatOpenAI

    if not isinstance(chat.model, ChatOpenAI):
        return chat
    return replace(chat, model=chat.model.model_copy(update={"seed": seed}))


def warm(chat: ChatModel, messages: "Sequence[BaseMessage]") -> None:
    """Let the model read how coming prompts begin, so that it needs to read only what follows.

    Raises:
        ModelProblem: the model can't be asked.
    """
    try:
        chat.model.invoke(list(messages), max_tokens=1)
    except Exception as error:
        raise translate(error) from error


def translate(error: Exception) -> ModelProblem:
    """Return what a provider raised as a problem that a person can act on, free of private text."""
    import httpx2
    import openai

    if isinstance(error, ModelProblem):
        return error
    if isinstance(error, openai.APIStatusError):
        reason = "quota" if error.code == "insufficient_quota" else error.status_code
        return ModelProblem(*_REFUSALS.get(reason, _refusal(error.status_code)))
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return ModelProblem("the chat model took too long", "try again, or choose a faster one")
    if isinstance(error, openai.APIConnectionError | httpx2.TransportError):
        return ModelProblem(
            "the chat model can't be reached", "check the network and SELFSAME_BASE_URL"
        )
    return ModelProblem(f"the chat model failed: {type(error).__name__}", "try again")


_REFUSALS: dict[int | str, tuple[str, str]] = {
    400: ("the chat model can't take this request", "lower SELFSAME_EVIDENCE_TOKENS"),
    401: ("the provider refuses the API key", "check SELFSAME_API_KEY"),
    403: ("the API key may not use this model", "choose another by SELFSAME_CHAT=openai:MODEL"),
    404: ("the provider has no such model", "name one by SELFSAME_CHAT=openai:MODEL"),
    429: ("the provider is asked too often", "wait a moment and try again"),
    "quota": ("the account at the provider is used up", "look at its billing page"),
}


def _refusal(status: int) -> tuple[str, str]:
    return f"the provider answered with error {status}", "try again in a minute"


def _embedded(
    settings: Settings,
    model: str,
    *,
    context: int = _EMBEDDED_CONTEXT,
    longest: int = _LONGEST_EMBEDDED_REPLY,
) -> ChatModel:
    from persona.llama_server import serve

    path = _weights(settings, model)
    server = serve(path, threads=settings.threads, context=context)
    cores = settings.threads or os.cpu_count() or 1
    evidence = min(_EVIDENCE_PER_CORE * cores, _MOST_EMBEDDED_EVIDENCE)
    return ChatModel(
        model=_speaker(
            path.stem,
            f"{server.url}/v1",
            server.key,
            server.client,
            max_retries=0,
            temperature=0.1,  # a small model wanders at its default
            max_completion_tokens=longest,  # and may never come to an end
        ),
        name=f"llamacpp:{path.stem}",
        local=True,
        evidence_tokens=settings.evidence_tokens or evidence,
        history_turns=_EMBEDDED_TURNS,
    )


def _weights(settings: Settings, model: str) -> Path:
    """Return the file the settings mean: their own GGUF file, or an embedded model by name."""
    if model.endswith(".gguf"):
        return Path(model).expanduser().absolute()
    return verified_path(model_named(model), settings.models_dir)


def _openai(settings: Settings, model: str) -> ChatModel:
    import httpx2

    url = settings.base_url or _OPENAI_URL
    local = urlsplit(url).hostname in _LOOPBACK
    # A proxy that the environment names must not see what stays on this machine.
    client = httpx2.Client(trust_env=not local, timeout=_HOSTED_SECONDS)
    key = settings.key.get_secret_value() if settings.key else _NO_KEY
    connections = ExitStack()
    connections.enter_context(client)
    return ChatModel(
        model=_speaker(model, url, key, client, max_retries=2),
        name=f"openai:{model}",
        local=local,
        evidence_tokens=settings.evidence_tokens or _HOSTED_EVIDENCE,
        history_turns=_HOSTED_TURNS,
        connections=connections,
    )


def _speaker(
    model: str,
    url: str,
    key: str,
    client: "httpx2.Client",
    *,
    max_retries: int,
    temperature: float | None = None,
    max_completion_tokens: int | None = None,
) -> "BaseChatModel":
    """Return the client of a server that speaks OpenAI's chat API; it reads no environment."""
    import httpx2
    from langchain_openai import ChatOpenAI

    return ChatOpenAI(
        model=model,
        base_url=url,
        api_key=SecretStr(key),
        http_client=client,
        http_async_client=httpx2.AsyncClient(trust_env=client.trust_env, timeout=client.timeout),
        openai_proxy="",
        http_socket_options=(),
        timeout=client.timeout,
        max_retries=max_retries,
        temperature=temperature,
        max_completion_tokens=max_completion_tokens,
        streaming=True,
        stream_usage=True,
        use_responses_api=False,
    )


_PROVIDERS: dict[str, Callable[[Settings, str], ChatModel]] = {
    "llamacpp": _embedded,
    "openai": _openai,
}
