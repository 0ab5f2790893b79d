"""The live page in a real browser: a scripted visitor's microphone, and what the page measures."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# What the browser's driver gives is only half typed.

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from evals.errors import EvalProblem

_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)
_SECONDS_TO_START = 240.0
_PROBE = Path(__file__).with_name("live_probe.js")


@contextmanager
def served(home: Path) -> Generator[tuple[str, int]]:
    """Serve the app with a home; give its address and the id of its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "ui.cli", "app", "--no-browser"]
    options = ["--home", str(home), "--port", str(port)]
    with subprocess.Popen(
        [*command, *options],
        stdout=subprocess.DEVNULL,
        env=os.environ,
        start_new_session=True,  # as it is when a user starts it: not one task with the browser
    ) as app:
        try:
            _wait_for(port, app)
            yield f"http://localhost:{port}", app.pid
        finally:
            app.terminate()
            with suppress(subprocess.TimeoutExpired):
                app.wait(20)
            app.kill()


def _wait_for(port: int, app: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < end and app.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise EvalProblem("the app can't be started", "look at what selfsame app says")


@contextmanager
def live_page(address: str, microphone: Path) -> "Generator[LivePage]":
    """Open the live page in a headless browser whose microphone plays a WAV file.

    Raises:
        EvalProblem: there is no browser or no driver for it.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise EvalProblem("playwright isn't installed", "pip install playwright") from None
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise EvalProblem(
            "there is no Chromium here", "install chromium or chromium-headless-shell"
        )
    with sync_playwright() as driver:
        flags = [*_FLAGS, f"--use-file-for-fake-audio-capture={microphone}%noloop"]
        browser = driver.chromium.launch(executable_path=found, args=flags)
        try:
            yield LivePage(browser, address)
        finally:
            browser.close()


class LivePage:
    """The live page, and the probe in it."""

    def __init__(self, browser: Any, address: str) -> None:
        began = time.perf_counter()
        self._page: Any = browser.new_page(viewport={"width": 900, "height": 900})
        self._page.goto(f"{address}/live")
        self._until("window.selfsameLive && window.selfsameLive.doing === 'waiting'")
        self._until("window.selfsameLive.figures.frames.length > 3")
        self.ready_ms = (time.perf_counter() - began) * 1000
        """From asking for the page to a moving face."""
        self._page.evaluate(f"{_PROBE.read_text('utf-8')}\nprobe(window.selfsameLive)")

    @property
    def way(self) -> str:
        """How sound and picture come."""
        return str(self._page.evaluate("window.selfsameLive.way"))

    def begin(self) -> None:
        """Press the button that opens the microphone and lets the twin greet."""
        self._page.get_by_role("button", name="Start talking").click()

    def open_microphone(self, *, opened: bool) -> None:
        """Switch the microphone on or off."""
        self._page.evaluate(f"window.selfsameLive.{'openMic' if opened else 'closeMic'}()")

    def type(self, text: str) -> float:
        """Send a typed message; return when, by the page's clock in milliseconds."""
        self._page.get_by_label("Message to the twin").fill(text)
        return float(
            self._page.evaluate("() => { window.selfsameLive.say(); return performance.now(); }")
        )

    def sound(self, samples: Sequence[float], rate: int) -> float:
        """Let the microphone hear a sound; return when, by the page's clock in milliseconds."""
        return float(
            self._page.evaluate(
                "([samples, rate]) => window.selfsamePlay(samples, rate)", [list(samples), rate]
            )
        )

    def stop(self) -> float:
        """Press Stop; return when, by the page's clock in milliseconds."""
        pressed = "button => { const at = performance.now(); button.click(); return at; }"
        return float(self._page.get_by_role("button", name="Stop").evaluate(pressed))

    def now(self) -> float:
        """Return the page's clock in milliseconds."""
        return float(self._page.evaluate("performance.now()"))

    def wait(self, seconds: float) -> None:
        """Let time go by while the page lives on."""
        self._page.wait_for_timeout(seconds * 1000)

    def wait_for_state(self, state: str, seconds: float = 30.0) -> bool:
        """Wait until the twin does something; return whether it came to that in time."""
        return self._until(f"window.selfsameLive.doing === {state!r}", seconds)

    def wait_for_sound(self, seconds: float = 10.0) -> bool:
        """Wait until the twin is being heard; return whether it came to that in time."""
        heard = "performance.now() - window.selfsameProbe.bursts.at(-1)?.to < 30"
        return self._until(heard, seconds)

    def found(self) -> dict[str, Any]:
        """Return what the page has measured so far."""
        return self._page.evaluate(
            "({...window.selfsameProbe, figures: window.selfsameLive.figures})"
        )

    def _until(self, condition: str, seconds: float = _SECONDS_TO_START) -> bool:
        from playwright.sync_api import Error

        try:
            self._page.wait_for_function(condition, timeout=seconds * 1000)
        except Error:
            if seconds == _SECONDS_TO_START:
                raise EvalProblem(
                    "the live page doesn't come to life", "open it in a browser: selfsame app"
                ) from None
            return False
        return True
