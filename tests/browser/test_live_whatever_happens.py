"""The live page by keyboard, on a small screen, without ears or motion, and when parts fail."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from subprocess import Popen
from threading import Event
from typing import Any, NamedTuple

import pytest

from tests.browser.app import PATIENCE, browser_page, enrol_drawn_ana, playwright, slowed, started
from tests.persona.voice.provider_server import KEY, Provider, provider

pytestmark = pytest.mark.browser

A_REPLY = 20_000
"""Milliseconds in which one is heard, slowed as it may be."""
MOST_REPLIES = 4
"""Replies after which a machine that is too slow has noticed."""
QUESTION = "Where did you move to this year?"
PHONE = {"width": 360, "height": 640}
LARGE = 0.8
"""Share of a phone's width that the face takes at least."""
FINGER = 44
"""Pixels that a button is high at least."""
VIEW = """
- region "Live conversation with the AI twin of Ana Reis":
  - status: Ready when you are
  - button "Start talking"
  - group "Live conversation":
    - button "Microphone off"
    - button "Push to talk"
    - button "Mute"
    - button "Captions" [pressed]
    - button "Stop"
    - button "Replay"
  - textbox "Message to the twin of Ana Reis"
  - button "Send"
  - status
  - list "What was said"
"""
"""What a screen reader finds."""
CONTROLS = ["begin", "mic", "mode", "mute", "captions", "stop", "replay", "INPUT", "BUTTON"]
"""Where the Tab key leads, one after the other."""
WHERE = """() => {
  let at = document.activeElement;
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return [at.className || at.tagName, getComputedStyle(at).outlineStyle];
}"""
MOVES = "getComputedStyle(window.selfsameLive.stateEl, '::before').animationName"
KEEP_WATCH = """() => {
  const { box, video, stateEl } = window.selfsameLive;
  const found = (window.found = { video, flashes: 0, states: new Set() });
  const look = () => {
    found.flashes += box.dataset.shown !== "yes" || !video.isConnected;
    found.states.add(stateEl.textContent);
  };
  new MutationObserver(look).observe(box, { attributes: true, childList: true, subtree: true });
}"""
PRESSED_BY_NOBODY = """
const timer = setInterval(() => {
  const talk = window.selfsameLive;
  if (talk?.doing !== "waiting" || !talk.video.videoWidth) return;
  clearInterval(timer);
  new MutationObserver(() => console.log("told: " + talk.noticeEl.textContent))
    .observe(talk.noticeEl, { childList: true });
  talk.begin();
}, 50);
"""


class App(NamedTuple):
    """The app, its process, and the provider that it has its model and its voice from."""

    address: str
    server: "Popen[str]"
    provider: Provider


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with a twin of Ana that has a drawn face and a hosted model and voice."""
    home = enrol_drawn_ana(tmp_path_factory.mktemp("live"))
    with (
        provider() as hosted,
        started(
            home,
            SELFSAME_CHAT="openai:any",
            SELFSAME_VOICE="openai:marin",
            SELFSAME_BASE_URL=f"{hosted.url}/v1",
            SELFSAME_API_KEY=KEY,
        ) as (address, server),
    ):
        hosted.seconds = 5.0
        yield App(address, server, hosted)


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    """A browser without a microphone, which plays no sound before somebody has touched the page."""
    with browser_page(["--autoplay-policy=document-user-activation-required"]) as page:
        assert page.context.browser is not None
        yield page.context.browser


@contextmanager
def visitor(browser: "playwright.Browser", **wishes: Any) -> Iterator["playwright.Page"]:
    """Give a page of somebody who has not been here before."""
    context = browser.new_context(**wishes)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def come(page: "playwright.Page", app: App) -> None:
    """Open the live page, and wait for the face."""
    app.provider.fail(200, {})
    page.goto(f"{app.address}/live")
    page.wait_for_function("window.selfsameLive?.doing === 'waiting'")
    page.wait_for_function("window.selfsameLive.box.dataset.shown === 'yes'")


def until(page: "playwright.Page", state: str) -> None:
    """Wait for what the page says the twin does."""
    playwright.expect(page.locator("p.state")).to_have_text(state, timeout=PATIENCE)


def tab(page: "playwright.Page", to: str) -> None:
    """Press the Tab key until something has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(WHERE)[0] == to:
            return
    raise AssertionError(f"the Tab key never leads to {to}")


def ask(page: "playwright.Page", text: str = QUESTION) -> None:
    """Type a question and send it."""
    page.get_by_label("Message to the twin").fill(text)
    page.keyboard.press("Enter")


def fits(page: "playwright.Page") -> bool:
    """Return whether everything is as wide as the screen, the face large and buttons high."""
    stage = page.locator("section.live .stage").bounding_box()
    buttons = [b.bounding_box() for b in page.locator(".live button:visible").all()]
    assert stage is not None
    wide = page.evaluate("document.documentElement.scrollWidth")
    high = all(box is not None and box["height"] >= FINGER for box in buttons)
    return wide <= PHONE["width"] and stage["width"] >= LARGE * PHONE["width"] and high


def test_a_phone_and_a_keyboard_are_enough(app: App, browser: "playwright.Browser") -> None:
    with visitor(browser, viewport=PHONE, reduced_motion="reduce") as page:
        come(page, app)
        page.evaluate(KEEP_WATCH)
        assert fits(page)
        playwright.expect(page.locator("section.live")).to_match_aria_snapshot(VIEW)
        tab(page, CONTROLS[0])
        walked = [page.evaluate(WHERE)]
        for _ in CONTROLS[1:]:
            page.keyboard.press("Tab")
            walked.append(page.evaluate(WHERE))
        assert walked == [[name, "solid"] for name in CONTROLS]

        tab(page, "begin")
        page.keyboard.press("Enter")
        alert = page.locator("p.notice[role=alert]")
        playwright.expect(alert).to_contain_text("please type", timeout=PATIENCE)
        until(page, "Speaking")
        playwright.expect(page.locator("p.caption")).to_contain_text("AI twin of Ana Reis")
        page.keyboard.press("Escape")
        until(page, "Listening")

        tab(page, "mute")
        page.keyboard.press("Space")
        playwright.expect(page.get_by_role("button", name="Mute", pressed=True)).to_be_visible()
        app.provider.hangs = Event()
        tab(page, "INPUT")
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        until(page, "Thinking")
        assert page.evaluate(MOVES) == "none"
        page.emulate_media(reduced_motion="no-preference")
        assert page.evaluate(MOVES) == "pulse"
        app.provider.hangs.set()
        playwright.expect(page.locator("p.caption")).to_contain_text("Porto", timeout=PATIENCE)
        playwright.expect(page.locator("p.said")).to_contain_text("Porto", timeout=PATIENCE)
        assert fits(page)
        page.keyboard.press("Escape")
        until(page, "Listening")

        page.evaluate("window.selfsameLive.socket.close()")
        page.wait_for_function("window.found.states.has('Connection lost, trying again')")
        until(page, "Listening")
        tab(page, "replay")
        page.keyboard.press("Enter")
        until(page, "Speaking")
        page.keyboard.press("Escape")
        assert page.evaluate("window.found.video === window.selfsameLive.video")
        assert page.evaluate("window.found.flashes") == 0


def test_a_browser_that_holds_back_sound_is_told_of(
    app: App, browser: "playwright.Browser"
) -> None:
    with visitor(browser) as page:
        page.add_init_script(PRESSED_BY_NOBODY)
        with page.expect_console_message(lambda message: "told: The browser holds" in message.text):
            page.goto(f"{app.address}/live")
        page.get_by_role("button", name="Start talking").click()
        alert = page.locator("p.notice[role=alert]")
        playwright.expect(alert).not_to_contain_text("holds back", timeout=PATIENCE)
        page.wait_for_function("!selfsameLive.video.muted && !selfsameLive.video.paused")


def test_what_fails_or_is_too_slow_is_told_and_stood_in_for(
    app: App, browser: "playwright.Browser"
) -> None:
    down: dict[str, Any] = {"error": {"message": "broken"}}
    with visitor(browser) as page:
        come(page, app)
        page.get_by_role("button", name="Start talking").click()
        alert, caption = page.locator("p.notice[role=alert]"), page.locator("p.caption")

        def told(text: str, patience: float = PATIENCE) -> None:
            playwright.expect(alert).to_contain_text(text, timeout=patience)

        app.provider.fail(500, down, "/audio/speech")
        ask(page)
        told("speaks instead")
        playwright.expect(caption).to_contain_text("Porto", timeout=PATIENCE)

        app.provider.fail(500, down, "/chat/completions")
        ask(page, "What is your home near?")
        told("memory alone answers")
        playwright.expect(caption).to_contain_text("river", timeout=PATIENCE)

        app.provider.fail(200, {})
        with slowed(app.server):
            for step in ("half its pace", "the voice goes on alone"):
                for _ in range(MOST_REPLIES):  # one may have been quick enough
                    ask(page)
                    with suppress(AssertionError):
                        told(step, A_REPLY)
                        break
                told(step)
        playwright.expect(page.locator(".initials")).to_be_visible()
