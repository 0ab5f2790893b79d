"""The live page as people meet it: a spoken question, a reply with face and voice, a stop."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from persona.voice.ear import RATE
from persona.voice.sound import write_wav
from persona.voice.speech import Speech
from tests.browser.app import PATIENCE, browser_page, enrol_drawn_ana, playwright, served
from tests.persona.live.talk import spoken

pytestmark = pytest.mark.browser

QUESTION = "Where did you move to this year?"
LEAD, REST = 1.5, 60.0
"""Seconds of silence before and after the question."""
LISTEN = """() => {
  const live = window.selfsameLive;
  const context = new AudioContext();
  const meter = context.createAnalyser();
  const wave = new Float32Array(meter.fftSize);
  window.lastLoud = 0;
  let stream = null;
  setInterval(() => {
    if (!stream && live.stream.getAudioTracks().length) {
      stream = live.stream;
      context.createMediaStreamSource(stream).connect(meter);
    }
    meter.getFloatTimeDomainData(wave);
    if (Math.max(...wave) > 0.05) window.lastLoud = performance.now();
  }, 20);
}"""
LOUD = "performance.now() - window.lastLoud < 100"
SILENT = "performance.now() - window.lastLoud > 500"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app is served with a twin of Ana that has a drawn face and the fast voice."""
    home = enrol_drawn_ana(tmp_path_factory.mktemp("live"))
    with served(home, SELFSAME_VOICE="hibari:heart") as found:
        yield found


@pytest.fixture
def page(tmp_path: Path) -> Iterator["playwright.Page"]:
    """A page of a browser whose microphone asks a question, soon after it is opened."""
    quiet = [np.zeros(round(seconds * RATE), np.float32) for seconds in (LEAD, REST)]
    sound = np.concatenate([quiet[0], spoken(QUESTION), quiet[1]])
    sound += np.random.default_rng(0).normal(0, 2e-4, len(sound)).astype(np.float32)
    write_wav(tmp_path / "visitor.wav", Speech(samples=sound, sample_rate=RATE))
    flags = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={tmp_path / 'visitor.wav'}%noloop",
    ]
    with browser_page(flags) as opened:
        opened.set_viewport_size({"width": 420, "height": 640})
        yield opened


def frames(page: "playwright.Page") -> int:
    """Return how many pictures the page has shown."""
    return page.evaluate("window.selfsameLive.figures.frames.length")


def see_more(page: "playwright.Page", count: int = 10) -> None:
    """Wait until the page has shown more pictures."""
    page.wait_for_function(f"window.selfsameLive.figures.frames.length >= {frames(page) + count}")


@pytest.mark.parametrize("way", ["webrtc", "websocket"])
def test_a_spoken_question_is_answered_with_face_and_voice_until_it_is_stopped(
    address: str, page: "playwright.Page", way: str
) -> None:
    if way == "websocket":
        page.add_init_script("delete window.RTCPeerConnection")
    page.goto(f"{address}/live")
    page.wait_for_function("window.selfsameLive?.doing === 'waiting'")
    see_more(page)
    assert page.evaluate("window.selfsameLive.way") == way
    page.get_by_role("button", name="Start talking").click()
    page.evaluate(LISTEN)
    page.wait_for_function(LOUD)
    turn = page.locator("ol.turns li").first
    playwright.expect(turn.locator(".heard")).to_contain_text("move", timeout=PATIENCE)
    playwright.expect(turn.locator(".reply")).to_contain_text("Porto", timeout=PATIENCE)
    page.wait_for_function("window.selfsameLive.doing === 'speaking'")
    page.wait_for_function(LOUD)
    see_more(page)
    page.get_by_role("button", name="Stop").click()
    page.wait_for_function("window.selfsameLive.doing === 'listening'")
    page.wait_for_function(SILENT)
    see_more(page)
    turn.get_by_text("What this rests on").click()
    playwright.expect(turn.get_by_text("near the river", exact=False).last).to_be_visible()
    turn.get_by_text("Times", exact=True).click()
    playwright.expect(turn.get_by_role("row", name="First sound sent")).to_be_visible()
    heard = turn.locator(".reply").inner_text()
    assert heard.endswith("…")
    page.reload()
    page.wait_for_function("window.selfsameLive?.doing === 'waiting'")
    again = page.locator("ol.turns li").first
    playwright.expect(again.locator(".heard")).to_contain_text("move", timeout=PATIENCE)
    playwright.expect(again.locator(".reply")).to_have_text(heard)


def test_the_space_bar_is_the_talk_button(address: str, page: "playwright.Page") -> None:
    track = "window.selfsameLive.mic.getAudioTracks()[0].enabled"
    page.goto(f"{address}/live")
    page.wait_for_function("window.selfsameLive?.doing === 'waiting'")
    page.get_by_role("button", name="Push to talk").click()
    talk = page.get_by_role("button", name="Hold to talk")
    playwright.expect(talk).to_be_focused(timeout=PATIENCE)
    assert not page.evaluate(track)
    page.keyboard.down("Space")
    assert page.evaluate(track)
    turn = page.locator("ol.turns li").first
    playwright.expect(turn.locator(".heard")).to_contain_text("year", timeout=PATIENCE)
    page.keyboard.up("Space")
    assert not page.evaluate(track)
    playwright.expect(turn.locator(".reply")).not_to_be_empty(timeout=PATIENCE)


def test_a_microphone_that_is_off_hears_nothing_until_it_is_on_again(
    address: str, page: "playwright.Page"
) -> None:
    page.goto(f"{address}/live")
    page.wait_for_function("window.selfsameLive?.doing === 'waiting'")
    page.get_by_role("button", name="Start talking").click()
    page.get_by_role("button", name="Microphone on").click()
    off = page.get_by_role("button", name="Microphone off")
    playwright.expect(off).to_be_visible()
    assert page.evaluate("window.selfsameLive.mic") is None
    page.get_by_label("Message to the twin").fill("Do you like opera?")
    page.get_by_role("button", name="Send").click()
    turns = page.locator("ol.turns li")
    playwright.expect(turns.first.locator(".reply")).not_to_be_empty(timeout=PATIENCE)
    page.wait_for_function("window.selfsameLive.doing === 'listening'")
    playwright.expect(turns).to_have_count(1)
    off.click()
    playwright.expect(turns.filter(has_text="move")).to_have_count(1, timeout=PATIENCE)


def test_where_nothing_gets_through_live_films_greet_and_answer_with_captions(
    address: str, page: "playwright.Page"
) -> None:
    page.goto(f"{address}/live?transport=clips")
    page.wait_for_function("window.selfsameLive?.doing === 'waiting'")
    page.get_by_role("button", name="Start talking").click()
    caption = page.locator("p.caption")
    playwright.expect(caption).to_contain_text("AI twin of Ana", timeout=PATIENCE)
    page.wait_for_function("window.selfsameLive.doing === 'listening'")
    page.get_by_label("Message to the twin").fill(QUESTION)
    page.get_by_role("button", name="Send").click()
    playwright.expect(caption).to_contain_text("Porto", timeout=PATIENCE)
    assert not page.evaluate("window.selfsameLive.video.paused")
    page.reload()
    page.wait_for_function("window.selfsameLive?.doing === 'waiting'")
    page.get_by_role("button", name="Replay").click()
    playwright.expect(caption).to_contain_text("Porto", timeout=PATIENCE)
