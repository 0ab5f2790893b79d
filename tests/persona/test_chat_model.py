import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from persona.chat_model import ChatModel, chosen_model, open_chat_model, translate, warm
from persona.errors import ModelProblem, SettingsProblem
from persona.model_table import QWEN_0_5B, QWEN_1_5B
from persona.models import path_of
from persona.settings import load_settings
from tests.persona.chat_server import Script, chat_server

HELLO = [HumanMessage("Hello?")]
HEAD = SystemMessage("You are Ana, a fisher of Nazaré. Answer in one short sentence. " * 12)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def server(script: Script) -> Iterator[str]:
    with chat_server(script) as url:
        yield url


@pytest.fixture
def hosted(server: str) -> Iterator[ChatModel]:
    """A chat model behind the local server."""
    chat = opened(chat="openai:any", base_url=server, api_key="sesame")
    yield chat
    chat.close()


def opened(**overrides: Any) -> ChatModel:
    chat = open_chat_model(load_settings(**overrides))
    assert chat is not None
    return chat


def problem_of(chat: ChatModel, messages: list[BaseMessage], **options: Any) -> ModelProblem:
    with pytest.raises(Exception) as raised:
        chat.model.invoke(messages, **options)
    return translate(raised.value)


def put_weights(folder: Path, *models: Any) -> None:
    for model in models:
        path_of(model, folder).write_bytes(b"weights")


def test_without_key_address_and_weights_there_is_no_model(tmp_path: Path) -> None:
    settings = load_settings(models_dir=tmp_path)
    assert chosen_model(settings) == "none"
    assert open_chat_model(settings) is None


def test_the_larger_of_the_embedded_models_is_chosen(tmp_path: Path) -> None:
    put_weights(tmp_path, QWEN_0_5B)
    assert chosen_model(load_settings(models_dir=tmp_path)) == "llamacpp:qwen2.5-coder-0.5b"
    put_weights(tmp_path, QWEN_1_5B)
    assert chosen_model(load_settings(models_dir=tmp_path)) == "llamacpp:qwen2.5-coder-1.5b"


@pytest.mark.parametrize("given", [{"api_key": "k"}, {"base_url": "http://localhost:1/v1"}])
def test_a_key_or_an_address_chooses_the_hosted_model(
    given: dict[str, str], tmp_path: Path
) -> None:
    put_weights(tmp_path, QWEN_1_5B)
    assert chosen_model(load_settings(models_dir=tmp_path, **given)).startswith("openai:")


def test_what_was_named_is_what_is_chosen() -> None:
    assert chosen_model(load_settings(chat="none", api_key="k")) == "none"
    assert chosen_model(load_settings(chat="openai:m")) == "openai:m"


def test_an_unknown_provider_is_answered_by_the_known_ones() -> None:
    with pytest.raises(SettingsProblem, match=r"'oracle'.*llamacpp:MODEL or openai:MODEL"):
        open_chat_model(load_settings(chat="oracle:delphi"))


def test_a_model_that_was_not_fetched_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="selfsame models --fetch"):
        open_chat_model(load_settings(chat="llamacpp:qwen2.5-coder-1.5b", models_dir=tmp_path))


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"no model")
    for path in (broken, tmp_path / "absent.gguf"):
        with pytest.raises(ModelProblem, match=path.name):
            open_chat_model(load_settings(chat=f"llamacpp:{path}"))


def test_a_server_streams_word_by_word_and_counts(hosted: ChatModel, script: Script) -> None:
    chunks = list(hosted.model.stream(HELLO))
    assert [chunk.text for chunk in chunks if chunk.text] == list(script.words)
    usage = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata]
    assert [count["total_tokens"] for count in usage] == [10]
    assert script.keys == ["Bearer sesame"]
    assert script.asked[0]["model"] == "any"
    assert script.asked[0]["messages"] == [{"content": "Hello?", "role": "user"}]


def test_a_server_without_a_key_is_given_none_of_ours(
    server: str, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "shared-secret")
    chat = opened(chat="openai:any", base_url=server)
    chat.model.invoke(HELLO)
    chat.close()
    assert "shared-secret" not in script.keys[0]


def test_no_proxy_sees_what_stays_on_this_machine(
    server: str, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxied = Script()
    with chat_server(proxied) as proxy:
        for name in ("HTTP_PROXY", "ALL_PROXY", "OPENAI_PROXY"):
            monkeypatch.setenv(name, proxy)
        chat = opened(chat="openai:any", base_url=server)
        assert chat.model.invoke(HELLO).text == "Hello from here"
        chat.close()
    assert (len(script.asked), proxied.asked) == (1, [])


def test_a_model_declares_where_it_is_and_what_it_reads(server: str) -> None:
    near, far = opened(base_url=server), opened(api_key="k")
    assert (near.local, far.local) == (True, False)
    assert (far.evidence_tokens, far.history_turns) == (1500, 12)
    assert opened(api_key="k", evidence_tokens=77).evidence_tokens == 77
    near.close()
    far.close()
    far.close()


@pytest.mark.parametrize(
    ("status", "code", "wrong", "hint"),
    [
        (400, None, "can't take this request", "SELFSAME_EVIDENCE_TOKENS"),
        (401, "invalid_api_key", "refuses the API key", "SELFSAME_API_KEY"),
        (403, None, "may not use this model", "SELFSAME_CHAT"),
        (404, "model_not_found", "no such model", "SELFSAME_CHAT"),
        (429, "rate_limit_exceeded", "asked too often", "wait"),
        (429, "insufficient_quota", "used up", "billing"),
        (503, None, "error 503", "try again"),
    ],
)
def test_a_refusal_says_what_to_do_and_repeats_nothing_private(
    hosted: ChatModel, script: Script, status: int, code: str | None, wrong: str, hint: str
) -> None:
    script.status, script.code = status, code
    problem = problem_of(hosted, HELLO)
    assert wrong in problem.message
    assert hint in problem.hint
    assert "secret" not in str(problem)


def test_a_server_that_says_nothing_is_given_up(hosted: ChatModel, script: Script) -> None:
    script.silent = True
    assert "took too long" in problem_of(hosted, HELLO, timeout=0.1).message


def test_a_server_that_is_not_running_is_told() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        chat = opened(chat="openai:any", base_url=f"http://127.0.0.1:{unused.getsockname()[1]}")
        assert "can't be reached" in problem_of(chat, HELLO).message
        with pytest.raises(ModelProblem, match="can't be reached"):
            warm(chat, HELLO)
        chat.close()


def test_anything_else_is_named_by_its_kind_only() -> None:
    problem = translate(RuntimeError("my secret friend"))
    assert "RuntimeError" in str(problem)
    assert "secret" not in str(problem)
    assert translate(problem) is problem


@pytest.fixture(scope="module")
def weights() -> Path:
    """The folder with the embedded model."""
    folder = load_settings().models_dir
    if not path_of(QWEN_1_5B, folder).is_file():
        pytest.skip("the embedded model isn't there: selfsame models --fetch")
    return folder


@pytest.fixture
def embedded(weights: Path) -> ChatModel:
    return opened(chat=f"llamacpp:{QWEN_1_5B.name}", models_dir=weights)


@pytest.mark.model
def test_the_embedded_model_answers_word_by_word(embedded: ChatModel) -> None:
    messages = [HEAD, HumanMessage("What is the capital of Portugal?")]
    chunks = [chunk.text for chunk in embedded.model.stream(messages) if chunk.text]
    assert len(chunks) > 1
    assert "Lisbon" in "".join(chunks)


@pytest.mark.model
def test_a_warm_head_is_not_read_again(embedded: ChatModel) -> None:
    warm(embedded, [HEAD])
    reply = embedded.model.invoke([HEAD, HumanMessage("How are you?")], max_tokens=1)
    usage = getattr(reply, "usage_metadata", None)
    assert usage is not None
    assert usage["input_token_details"]["cache_read"] > 0.8 * usage["input_tokens"]


@pytest.mark.model
def test_the_weights_are_loaded_once(embedded: ChatModel, weights: Path) -> None:
    embedded.close()
    again = opened(chat=f"llamacpp:{QWEN_1_5B.name}", models_dir=weights)
    assert address(again) == address(embedded)


@pytest.mark.model
def test_no_other_program_can_use_the_embedded_model(embedded: ChatModel) -> None:
    asked = {"messages": [{"role": "user", "content": "Hello?"}]}
    url = f"{address(embedded)}/chat/completions"
    answer = httpx2.post(url, json=asked, trust_env=False)
    assert answer.status_code == 401


@pytest.mark.model
def test_a_prompt_beyond_the_context_is_refused(embedded: ChatModel) -> None:
    problem = problem_of(embedded, [HumanMessage("again " * 5000)])
    assert "can't take this request" in problem.message


@pytest.mark.model
def test_leaving_in_the_middle_of_a_reply_prints_nothing_and_ends_well(weights: Path) -> None:
    script = f"""
import contextlib, threading
from persona.chat_model import open_chat_model
from persona.settings import load_settings
chat = open_chat_model(load_settings(chat="llamacpp:{QWEN_1_5B.name}", models_dir={str(weights)!r}))
begun = threading.Event()
def listen():
    with contextlib.suppress(Exception):
        for chunk in chat.model.stream("Tell a long story about the harbour."):
            begun.set()
threading.Thread(target=listen, daemon=True).start()
assert begun.wait(60)
"""
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=100, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def address(chat: ChatModel) -> str:
    return getattr(chat.model, "openai_api_base", "")
