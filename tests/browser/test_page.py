"""The app as people meet it: the real server, driven in a headless browser."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from persona.bootstrap import Workshop
from persona.settings import load_settings
from ui.importing import import_files, plan_import

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.browser

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 60_000
"""Milliseconds to wait for the page: a loaded machine takes its time."""
CHAT = """\
01/03/2026, 09:00 - Ben: where do you live now?
01/03/2026, 09:01 - Ana Reis: I moved to Porto in January, near the river
"""
SERVE = """\
import sys
from pathlib import Path
from persona.settings import load_settings
from ui.server import serve
serve(load_settings(home=Path(sys.argv[1])), port=int(sys.argv[2]), open_browser=False)
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the app is served with the twin of Ana, who lives in Porto."""
    home = tmp_path / "home"
    _fill(home, tmp_path / "WhatsApp Chat with Ben.txt")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SERVE, str(home), str(port)]
    environment = {**os.environ, "SELFSAME_CHAT": "none"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        ready = next((line for line in server.stdout if line.startswith("Ready: ")), None)
        assert ready, "the server ended before it was ready"
        yield ready.split()[1]
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()


@pytest.fixture
def page() -> Iterator["playwright.Page"]:
    """A page of a browser that speaks with nobody but the app."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: install chromium-headless-shell")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        opened = browser.new_page()
        opened.set_default_timeout(PATIENCE)
        yield opened
        browser.close()


def _fill(home: Path, chat: Path) -> None:
    chat.write_text(CHAT, encoding="utf-8")
    with Workshop(load_settings(home=home, chat="none")) as workshop:
        workshop.store.create("ana", "Ana Reis")
        plan = plan_import(workshop, owner_names=["Ana Reis"])
        import_files(workshop, "ana", [chat], plan, lambda _label, _done, _total: None)


def test_a_question_is_answered_and_its_evidence_is_one_click_away(
    address: str, page: "playwright.Page"
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    message = page.get_by_placeholder("Message to the twin of Ana Reis")
    message.fill("where did you move in January?")
    message.press("Enter")
    answer = page.get_by_label("Chat message from Ana Reis")
    playwright.expect(answer).to_contain_text("Porto", timeout=PATIENCE)
    page.get_by_text("What this rests on").click()
    shown = answer.get_by_text("I moved to Porto in January, near the river", exact=True)
    playwright.expect(shown).to_be_visible(timeout=PATIENCE)
    playwright.expect(answer).to_contain_text("1 March 2026, 09:01")
    playwright.expect(page.get_by_text("AI twin of Ana Reis, not the person")).to_be_visible()
    assert {url.split("/")[2] for url in asked if url.startswith(("http", "ws"))} == {
        address.split("/")[2]
    }


def test_words_are_shown_as_they_were_written(address: str, page: "playwright.Page") -> None:
    written = "it costs $5 or $7 <img src=x> **now** ![a](https://example.org/a.png)"
    page.goto(address)
    message = page.get_by_placeholder("Message to the twin of Ana Reis")
    message.fill(written)
    message.press("Enter")
    playwright.expect(page.get_by_text(written, exact=True)).to_be_visible(timeout=PATIENCE)


def test_a_talk_begun_while_the_twin_gets_ready_goes_on(
    address: str, page: "playwright.Page"
) -> None:
    page.goto(address)
    message = page.get_by_placeholder("Message to the twin of Ana Reis")
    for asked in ("where did you move in January?", "and what is it near?"):
        playwright.expect(message).to_be_enabled(timeout=PATIENCE)
        message.fill(asked)
        message.press("Enter")
        answer = page.get_by_label("Chat message from Ana Reis").last
        playwright.expect(answer).to_contain_text("What this rests on", timeout=PATIENCE)


def test_words_typed_in_the_interview_survive_a_reload(
    address: str, page: "playwright.Page"
) -> None:
    page.goto(f"{address}/interview")
    field = page.get_by_placeholder("In your own words, as you would tell a friend.")
    with page.expect_response(lambda answer: answer.url.endswith("/interview/draft")) as kept:
        field.press_sequentially("I grew up over a bakery")
    assert kept.value.status == 204
    page.reload()
    playwright.expect(page.get_by_text("As you left it")).to_be_visible(timeout=PATIENCE)
    playwright.expect(field).to_have_value("I grew up over a bakery")
    page.get_by_role("button", name="Discard").click()
    playwright.expect(field).to_have_value("", timeout=PATIENCE)
