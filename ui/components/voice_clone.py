"""A copy of the voice at a provider: what it takes, making it, and deleting it there."""

import streamlit as st

from memory.errors import SelfsameError
from persona.voice.clone_desk import CLONING, CloneDesk, Preview
from persona.voice.profile import SAMPLE
from persona.voice.voices import HOSTED
from ui import session
from ui.cloning import told
from ui.session import Scene
from ui.wording import safe

_PREVIEW, _REMARKS = "voice_clone_preview", "voice_clone_remarks"


def choice_key(scene: Scene) -> str:
    """Return the key of the box that tells which voice speaks."""
    return f"voice_choice_{scene.twin}"


def draw_clones(scene: Scene, desk: CloneDesk) -> None:
    """Draw the copies that there are, and for each provider the way to one."""
    kept = desk.kept
    for provider in CLONING:
        title = HOSTED[provider]
        shown = _preview_of(scene, provider)
        with st.expander(f"A copy at {title}", expanded=shown is not None, type="compact"):
            for remark in st.session_state.pop(_REMARKS, []):
                st.warning(safe(remark), icon=":material/info:")
            if provider in kept.clones:
                _draw_made(scene, desk, provider)
            for where, voice_id in kept.to_delete:
                st.caption(f"Still to be deleted at {safe(where)}: {safe(voice_id)}")
            if scene.memory.voice.path(SAMPLE) is None:
                st.caption("It is made from the sample of the voice, which isn't there yet.")
            elif shown is None:
                _draw_asking(scene, desk, provider)
            else:
                _draw_preview(scene, desk, shown)


def _preview_of(scene: Scene, provider: str) -> Preview | None:
    kept: tuple[str, Preview] | None = st.session_state.get(_PREVIEW)
    asked = kept is not None and kept[0] == scene.twin and kept[1].provider == provider
    return kept[1] if kept is not None and asked else None


def _draw_made(scene: Scene, desk: CloneDesk, provider: str) -> None:
    voice_id = desk.kept.clones[provider]
    st.markdown(f"Made there: `{provider}:{voice_id}`. Choose it below to let it speak.")
    if st.button("Delete it there", icon=":material/delete:", key=f"voice_unclone_{provider}"):
        left = desk.delete(provider)
        _choose_anew(scene, desk)
        st.session_state[_REMARKS] = [f"Still to be deleted: {one}" for one in left]
        if not left:
            st.toast("Deleted there", icon=":material/check:")
        st.rerun()


def _draw_asking(scene: Scene, desk: CloneDesk, provider: str) -> None:
    title = HOSTED[provider]
    st.markdown(
        f"{title} can make the voice from the sample, often with more likeness than the one"
        " fitted here. The sample goes there, and then every reply."
    )
    st.caption(f"This looks at your account at {title}; nothing of you is sent yet.")
    if not st.button("What would it take?", key=f"voice_preview_{provider}"):
        return
    try:
        with st.spinner(f"Asking {title}…"):
            st.session_state[_PREVIEW] = (scene.twin, desk.preview(provider))
    except SelfsameError as error:
        st.error(session.explain(error))
    else:
        st.rerun()


def _draw_preview(scene: Scene, desk: CloneDesk, preview: Preview) -> None:
    provider, title = preview.provider, HOSTED[preview.provider]
    for line in told(preview):
        st.markdown(f"- {safe(line)}")
    for obstacle in preview.obstacles:
        st.warning(safe(obstacle[0].upper() + obstacle[1:]) + ".", icon=":material/block:")
    agreed = st.checkbox(
        f"Send my sample to {title}", key="voice_clone_agreed", disabled=bool(preview.obstacles)
    )
    with st.container(horizontal=True):
        made = st.button(
            "Make the voice", type="primary", disabled=not agreed, key="voice_clone_make"
        )
        if st.button("Not now", key="voice_clone_not"):
            st.session_state.pop(_PREVIEW)
            st.rerun()
    if not made:
        return
    try:
        with st.spinner(f"{title} makes the voice…"):
            _, remarks = desk.make(provider)
    except SelfsameError as error:
        st.error(session.explain(error))
        return
    st.session_state.pop(_PREVIEW)
    _choose_anew(scene, desk)
    st.session_state[_REMARKS] = list(remarks)
    st.toast(f"{title} made the voice", icon=":material/check:")
    st.rerun()


def _choose_anew(scene: Scene, desk: CloneDesk) -> None:
    """Let the box show what speaks now."""
    st.session_state[choice_key(scene)] = desk.kept.choice
