"""The real app and a real browser: what the tests of pages share."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGCONT, SIGSTOP
from threading import Event, Thread

import pytest

from ingest.sample import PORTRAIT, PORTRAIT_POINTS
from persona.bootstrap import Workshop
from persona.settings import load_settings
from ui.importing import import_files, plan_import

playwright = pytest.importorskip("playwright.sync_api")

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


def enrol_ana(workshop: Workshop, folder: Path) -> None:
    """Make the twin of Ana, who lives in Porto, from a chat written into `folder`."""
    chat = folder / "WhatsApp Chat with Ben.txt"
    chat.write_text(CHAT, encoding="utf-8")
    workshop.store.create("ana", "Ana Reis")
    plan = plan_import(workshop, owner_names=["Ana Reis"])
    import_files(workshop, "ana", [chat], plan, lambda _label, _done, _total: None)


def enrol_drawn_ana(folder: Path) -> Path:
    """Make Ana's twin with a drawn face in a home under `folder`; return that home."""
    home = folder / "home"
    with Workshop(load_settings(home=home, chat="none")) as workshop:
        enrol_ana(workshop, folder)
        workshop.consent_desk("ana").write("I am made up and agree to a drawn face.")
        workshop.face_desk("ana").build(photo=PORTRAIT, points_file=PORTRAIT_POINTS)
    return home


@contextmanager
def served(home: Path, **settings: str) -> Iterator[str]:
    """Serve the app with a home and no model; give its address."""
    with started(home, **settings) as (address, _server):
        yield address


@contextmanager
def started(home: Path, **settings: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Serve the app with a home and no model; give its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SERVE, str(home), str(port)]
    environment = {**os.environ, "SELFSAME_CHAT": "none", **settings}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        ready = next((line for line in server.stdout if line.startswith("Ready: ")), None)
        assert ready, "the server ended before it was ready"
        yield ready.split()[1], server
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()


@contextmanager
def slowed(server: "subprocess.Popen[str]") -> Iterator[None]:
    """Let a process run for a quarter of the time, as on a machine that is too slow.

    It is held for longer than what it has drawn ahead lasts.
    """
    over = Event()

    def hold() -> None:
        while not over.is_set():
            server.send_signal(SIGSTOP)
            over.wait(0.3)
            server.send_signal(SIGCONT)
            over.wait(0.1)

    holding = Thread(target=hold)
    holding.start()
    try:
        yield
    finally:
        over.set()
        holding.join()


@contextmanager
def browser_page(flags: Sequence[str] = ()) -> Iterator["playwright.Page"]:
    """Open a page of a browser that speaks with nobody but the app."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: install chromium-headless-shell")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=[*FLAGS, *flags])
        opened = browser.new_page()
        opened.set_default_timeout(PATIENCE)
        yield opened
        browser.close()
