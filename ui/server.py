"""The app as one process: pages now, the programming interface beside them when it is mounted."""

import logging
import socket
import sys
import webbrowser
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from time import sleep

import streamlit as st

from memory.errors import SelfsameError
from persona.settings import Settings
from ui import session, theme
from ui.drafting import routes as draft_routes
from ui.filming import routes as film_routes
from ui.first import start_sample
from ui.live.door import door
from ui.live.routes import routes as live_routes

PAGES = Path(__file__).with_name("app.py")
LOCALHOST = "127.0.0.1"
_PORTS_TRIED = 20
_MOST_UPLOADED_MB = 2048

_log = logging.getLogger(__name__)


class NoPort(SelfsameError):
    """No port is free to serve the app on."""


def serve(
    settings: Settings,
    *,
    port: int = 8501,
    host: str = LOCALHOST,
    sample: bool = False,
    open_browser: bool = True,
) -> None:
    """Serve the app until it is stopped.

    Args:
        settings: what the pages work with.
        port: where to serve; the next free one if it is taken.
        host: on which address; only this machine reaches the default.
        sample: enrol the sample person in the background.
        open_browser: show the page when it is there.
    """
    free = free_port(host, port)
    if free != port:
        print(f"Port {port} is taken, so the app uses {free}.", flush=True)
    session.use(settings)
    address = f"http://{'localhost' if host == LOCALHOST else host}:{free}"
    print(f"Starting selfsame with {settings.home}", flush=True)
    app = build(sample=sample)
    _in_background(_announce, address, free, open_browser)
    sys.argv[:] = sys.argv[:1]  # what was asked of our command is nothing to the page library
    app.run(config=_options(host, free))


def build(*, sample: bool = False) -> st.App:
    """Return the app; it opens the home when it starts and lets go of it when it stops."""

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncGenerator[None]:
        if sample:
            start_sample()
        _in_background(_open_home)
        yield
        door().close()
        session.close()

    routes = [*live_routes(), *film_routes(), *draft_routes()]
    return st.App(PAGES, lifespan=lifespan, routes=routes, on_script_error=_show)  # pyright: ignore[reportArgumentType]


def _in_background(work: Callable[..., None], *arguments: object) -> None:
    Thread(target=work, args=arguments, daemon=True).start()


def free_port(host: str, port: int) -> int:
    """Return `port`, or the next one that is free.

    Raises:
        NoPort: none of the next ports is free.
    """
    for candidate in range(port, port + _PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    raise NoPort(
        f"none of {_PORTS_TRIED} ports from {port} is free on {host}", "name one by --port"
    )


def _options(host: str, port: int) -> dict[str, object]:
    return {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": _MOST_UPLOADED_MB,
        "server.allowedHosts": ["localhost", host],
        "browser.serverAddress": "localhost" if host == LOCALHOST else host,
        "browser.gatherUsageStats": False,
        "runner.postScriptGC": False,  # with the models loaded it takes most of a second
        "client.showErrorDetails": "none",
        "client.toolbarMode": "viewer",
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
        **theme.options(),
    }


def _open_home() -> None:
    """Open the home while the browser is still on its way."""
    try:
        session.workshop()
    except SelfsameError as error:
        _log.warning("%s", error)


def _announce(address: str, port: int, open_browser: bool) -> None:
    """Say that the page is there as soon as it answers."""
    while not _answers(port):
        sleep(0.05)
    print(f"Ready: {address}  (Ctrl-C stops it)", flush=True)
    if open_browser:
        webbrowser.open(address)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOCALHOST, port)) == 0


def _show(error: Exception) -> bool:
    """Say in plain words what went wrong on a page."""
    _log.error("a page failed", exc_info=error)
    st.error(session.explain(error), title="That didn't work", icon=":material/error:")
    return True
