"""The app as people meet it: the real server, driven in a headless browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from persona.bootstrap import Workshop
from persona.settings import load_settings
from tests.browser.app import PATIENCE, browser_page, enrol_ana, playwright, served

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the app is served with the twin of Ana, who lives in Porto."""
    home = tmp_path / "home"
    with Workshop(load_settings(home=home, chat="none")) as workshop:
        enrol_ana(workshop, tmp_path)
    with served(home) as found:
        yield found


@pytest.fixture
def page() -> Iterator["playwright.Page"]:
    """A page of a browser that speaks with nobody but the app."""
    with browser_page() as opened:
        yield opened


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
