"""llama.cpp in this process, spoken to over the loopback by this process alone."""

import atexit
import platform
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from typing import Any

import httpx2

from persona.errors import ModelProblem
from persona.priority import started_behind

_HEADS_CACHE_MB = 512
_SECONDS = 120.0
_QUIET = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LlamaServer:
    """A loaded model that answers at `url` whoever knows the `key`."""

    url: str
    key: str
    client: httpx2.Client
    engine: Any


_running: dict[tuple[Path, int], LlamaServer] = {}
_lock = Lock()  # two who ask at once must not load a gigabyte twice


def serve(path: Path, *, threads: int | None, context: int) -> LlamaServer:
    """Return the server of the GGUF file at `path`, loaded at the first call.

    Args:
        path: the weights.
        threads: how many compute; None takes one for each core.
        context: tokens that a prompt and its reply may have together.

    It stays until the process ends: what it holds is mostly the file itself, mapped into memory.

    Raises:
        ModelProblem: the file can't be loaded.
    """
    with _lock:
        if (path, context) not in _running:
            # What speaks, listens and draws is heard at once when it waits; a written word isn't.
            _running[path, context] = started_behind(lambda: _start(path, threads, context))
        return _running[path, context]


def _start(path: Path, threads: int | None, context: int) -> LlamaServer:
    if not path.is_file():
        raise ModelProblem(f"there is no model file {str(path)!r}", "look at SELFSAME_CHAT")
    key = token_urlsafe(32)
    try:
        xllamacpp = _llama_cpp()
        engine = xllamacpp.Server(_parameters(xllamacpp, path, key, threads, context))
    except (ImportError, RuntimeError) as error:
        raise ModelProblem(
            f"llama.cpp can't load {path.name!r}",
            "is it a whole GGUF file, is there memory for it?",
        ) from error
    # It drops connections after a streamed reply without saying so, hence none is kept; and no
    # proxy that the environment names may see what is asked.
    unkept = httpx2.Limits(max_keepalive_connections=0)
    client = httpx2.Client(trust_env=False, timeout=_SECONDS, limits=unkept)
    server = LlamaServer(url=engine.listening_address, key=key, client=client, engine=engine)
    _answer_once(server)
    return server


def _llama_cpp() -> Any:
    import xllamacpp  # pyright: ignore[reportMissingTypeStubs]  # it has no types at all

    return xllamacpp


def _parameters(xllamacpp: Any, path: Path, key: str, threads: int | None, context: int) -> Any:
    chosen = xllamacpp.CommonParams()
    chosen.model.path = str(path)
    chosen.n_ctx = context
    chosen.n_parallel = 1
    chosen.cpuparams.n_threads = threads or -1  # -1: one for each physical core
    chosen.cache_ram_mib = _HEADS_CACHE_MB
    # With AVX2, repacked weights read a prompt a tenth slower and take 600 MB and two seconds more,
    # for a reply written a fifth faster. On other processors llama.cpp decides.
    chosen.no_extra_bufts = platform.machine().lower() in ("x86_64", "amd64")
    chosen.warmup = False  # `_answer_once` does that
    chosen.hostnames = ["127.0.0.1"]
    chosen.port = 0
    chosen.api_keys = [key]
    chosen.ui = False
    chosen.endpoint_slots = False  # would show what is being asked
    chosen.verbosity = _QUIET
    return chosen


def _answer_once(server: LlamaServer) -> None:
    """Wait until the engine works: one that is torn down before its loop runs hangs forever."""
    try:
        server.client.post(
            f"{server.url}/completion",
            json={"prompt": "Hello", "n_predict": 1},
            headers={"Authorization": f"Bearer {server.key}"},
        ).raise_for_status()
    except httpx2.HTTPError as error:
        raise ModelProblem("llama.cpp doesn't answer", "try again") from error


@atexit.register
def _stop_all() -> None:
    """Hang up first: an engine torn down in the middle of a reply takes the process with it."""
    for server in _running.values():
        server.client.close()
    _running.clear()
