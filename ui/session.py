"""What pages share: the open workshop, the jobs of this process, and who talks with whom."""

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from memory.errors import SelfsameError
from memory.model import OWNER
from persona.settings import Settings, load_settings
from ui.job import Job, Jobs

# Opening the workshop imports the whole of persona, which takes seconds: the page comes first.
if TYPE_CHECKING:
    from memory.store import Memory
    from persona.bootstrap import Workshop
    from persona.twin import Twin

_TWIN, _SPEAKER = "twin", "speaker"

_chosen: list[Settings] = []


def use(settings: Settings) -> None:
    """Let the pages of this process work with `settings`; without a call they read their own."""
    _chosen[:] = [settings]


def settings() -> Settings:
    """Return the settings that the pages work with."""
    return _chosen[0] if _chosen else load_settings()


def workshop() -> "Workshop":
    """Return the workshop of the home, opened once for all sessions.

    Raises:
        HomeInUse: another process holds the home.
    """
    current = settings()
    return _open(str(current.home), current)


def jobs() -> Jobs:
    """Return the jobs of the home."""
    return _jobs(str(settings().home))


def close() -> None:
    """Let go of every open workshop."""
    _open.clear()
    _jobs.clear()


def _close(workshop: "Workshop") -> None:
    workshop.close()


@st.cache_resource(show_spinner=False, on_release=_close)
def _open(home: str, _settings: Settings) -> "Workshop":
    from persona.bootstrap import Workshop

    return Workshop(_settings)


@st.cache_resource(show_spinner=False)
def _jobs(home: str) -> Jobs:
    return Jobs()


class Scene(NamedTuple):
    """Who talks with whom in this session."""

    twin: str
    """Name of the twin."""
    memory: "Memory"
    visitor: str
    """Name of the visitor; empty for the owner."""

    @property
    def owner(self) -> bool:
        """True when the owner speaks."""
        return self.visitor == OWNER

    @property
    def talk(self) -> str:
        """Names the talk: the twin and who speaks to it."""
        return f"{self.twin}/{self.visitor}"

    @property
    def person(self) -> str:
        """Name of the person who is twinned."""
        return self.memory.twin.owner


def scene() -> Scene | None:
    """Return who talks with whom; None while there is no twin."""
    store = workshop().store
    names = [twin.name for twin in store.twins()]
    if not names:
        return None
    chosen = st.session_state.get(_TWIN)
    name = chosen if chosen in names else names[0]
    return Scene(name, store.memory(name), st.session_state.get(_SPEAKER, OWNER))


def here() -> Scene:
    """Return who talks with whom, on pages that are only there when there is a twin."""
    present = scene()
    assert present is not None, "without a twin there is only the first page"
    return present


def choose_twin(name: str) -> None:
    """Let this session talk with the twin called `name`, as its owner."""
    st.session_state[_TWIN] = name
    st.session_state[_SPEAKER] = OWNER


def speak_as(visitor: str) -> None:
    """Let a visitor speak in this session, or the owner."""
    st.session_state[_SPEAKER] = visitor.strip()


def ready_twin(name: str) -> "Twin":
    """Return the twin called `name` with all that a reply needs loaded; waits for it."""
    get_ready(name).wait()
    return workshop().twin(name)


def get_ready(name: str) -> Job:
    """Load what the first reply needs in the background, once."""
    kept = jobs().get(_readiness(name))
    if kept is not None and (kept.running or kept.problem is None):
        return kept
    opened = workshop()
    return jobs().start(_readiness(name), lambda _: _warm_up(opened, name))


def read_anew(name: str, *, measure: bool = False) -> None:
    """Let the twin take up what has changed in its memory, in the background.

    Args:
        name: name of the twin.
        measure: measure the manner anew too, which quotes words that may have been erased.
    """
    opened = workshop()
    jobs().start(f"anew:{name}", lambda _: _refresh(opened, name, measure))


def _readiness(name: str) -> str:
    return f"ready:{name}"


def _warm_up(opened: "Workshop", name: str) -> None:
    opened.twin(name).warm_up()


def _refresh(opened: "Workshop", name: str, measure: bool) -> None:
    if measure:
        from persona.profile import measure_profile

        measure_profile(opened.store.memory(name))
    opened.twin(name).refresh()


def explain(error: Exception) -> str:
    """Return an error as words for the page."""
    if isinstance(error, SelfsameError):
        message = error.message[:1].upper() + error.message[1:]
        return f"{message}. {error.hint[:1].upper()}{error.hint[1:]}".strip()
    return f"Something unforeseen went wrong ({type(error).__name__}); nothing was lost."
