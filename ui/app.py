"""What every page begins with: navigation, the twin that is open, and who speaks."""

import streamlit as st

from ui import first, session, theme
from ui.components.sidebar import draw_sidebar, take_next_page

st.set_page_config(page_title="selfsame", page_icon=theme.MARK, layout="centered")
st.logo(theme.MARK, size="large")
st.html(theme.STYLE)

_PAGES = [
    st.Page("views/chat.py", title="Chat", icon=":material/forum:", default=True),
    st.Page("views/live.py", title="Live", icon=":material/graphic_eq:"),
    st.Page("views/memories.py", title="Memories", icon=":material/psychology:"),
    st.Page("views/enrol.py", title="Enrolment", icon=":material/person_add:"),
    st.Page("views/interview.py", title="Interview", icon=":material/quiz:"),
    st.Page("views/import_.py", title="Import", icon=":material/upload_file:", url_path="import"),
    st.Page("views/face.py", title="Face", icon=":material/face:"),
    st.Page("views/voice.py", title="Voice", icon=":material/record_voice_over:"),
    st.Page("views/review.py", title="Review", icon=":material/fact_check:"),
    st.Page("views/fidelity.py", title="Fidelity", icon=":material/straighten:"),
    st.Page("views/settings.py", title="Settings", icon=":material/tune:"),
]


with st.spinner("Opening your home…"):
    scene = session.scene()
if scene is None or first.enrolment():
    st.navigation(
        [st.Page("views/welcome.py", title="Welcome", default=True)], position="hidden"
    ).run()
else:
    page = st.navigation(_PAGES)
    if following := take_next_page():
        st.switch_page(following)
    draw_sidebar(scene)
    page.run()
