"""How the twin sounds: hear it, fit it to the owner, set speed, pronunciation and provider."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from memory.errors import SelfsameError
from persona.consent.statement import agreement
from persona.voice.clauses import in_clauses
from persona.voice.desk import VoiceDesk
from persona.voice.profile import SAMPLE, Fit
from persona.voice.sound import wav_bytes
from persona.voice.stock import english_voices
from persona.voice.take import Take, record
from persona.voice.voices import FAST, FITTED, HOSTED, TwinVoice, chosen_voice, has_kokoro
from ui import session
from ui.components.guest import stop_for_visitors
from ui.components.progress import draw_progress
from ui.components.voice_clone import choice_key, draw_clones
from ui.job import Job, Progress
from ui.session import Scene
from ui.uploads import Tray
from ui.wording import duration, safe

_TRAY, _TAKE = "voice_tray", "voice_take"
_KINDS = ["wav", "mp3", "flac", "m4a", "ogg", "webm", "mp4", "mov"]
_HOSTED = ["openai:marin", "openai:cedar", "openai:alloy"]


def _desk(scene: Scene) -> VoiceDesk:
    return VoiceDesk(session.settings(), scene.memory)


def _job_name(scene: Scene) -> str:
    return f"voice:{scene.twin}"


def _draw_hearing(scene: Scene, desk: VoiceDesk) -> None:
    text = st.text_area(
        "What to say",
        "Hello. I grew up in a small town by the sea, and we never locked the door.",
        key="voice_text",
    )
    provider = chosen_voice(session.settings(), desk.profile).partition(":")[0]
    if provider in HOSTED:
        st.caption(f"Hearing this sends {len(text):,} characters to {HOSTED[provider]}.")
    if st.button("Hear it", type="primary", icon=":material/play_arrow:", key="voice_hear"):
        with st.spinner("Speaking…"):
            st.session_state[_TAKE] = _speak(scene, text)
    take: tuple[str, Take, list[str]] | None = st.session_state.get(_TAKE)
    sides = iter(st.columns(2))
    if take is not None and take[0] == scene.twin:
        with next(sides):
            _draw_take(take[1], take[2])
    sample = scene.memory.voice.path(SAMPLE)
    if sample is not None:
        with next(sides):
            st.caption("The sample, to compare")
            st.audio(str(sample), format="audio/wav")


def _draw_take(take: Take, notices: Sequence[str]) -> None:
    st.caption("The twin")
    st.audio(wav_bytes(take.speech), format="audio/wav")
    st.caption(
        f"An AI voice, {take.speech.seconds:.1f} s long; it began after"
        f" {duration(take.first_audio_ms)}."
    )
    for notice in notices:
        st.warning(safe(notice), icon=":material/swap_horiz:")


def _speak(scene: Scene, text: str) -> tuple[str, Take, list[str]] | None:
    notices: list[str] = []
    try:
        voice = TwinVoice(session.settings(), scene.memory.voice)
        voice.warm_up()
        return scene.twin, record(voice.say(in_clauses(text), notices.append)), notices
    except SelfsameError as error:
        st.error(session.explain(error))
        return None


def _draw_fit(fit: Fit) -> None:
    st.subheader("How alike it is", anchor=False)
    with st.grid(3, min_column_width=140):
        st.metric("Fitted voice", f"{fit.after:.2f}", f"{fit.after - fit.before:+.2f}")
        st.metric("Nearest stock voice", f"{fit.before:.2f}", help=fit.stock)
        st.metric("The owner's own speech", f"{fit.own:.2f}")
    wrong = "" if fit.word_error_rate is None else f"; {fit.word_error_rate:.0%} of words misheard"
    st.caption(
        "Likeness on words that weren't used in the fitting; different people score about 0.55. "
        f"Pitch is off by {fit.pitch_after:.1f} semitones (stock {fit.pitch_before:.1f}), the "
        f"colour of the sound by {fit.spectrum_after:.1f} dB (stock {fit.spectrum_before:.1f})"
        f"{_own(fit)}{wrong}."
    )


def _own(fit: Fit) -> str:
    if fit.pitch_own is None or fit.spectrum_own is None:
        return ""
    return f"; the owner's own halves differ by {fit.pitch_own:.1f} and {fit.spectrum_own:.1f}"


def _draw_fitting(scene: Scene, desk: VoiceDesk) -> None:
    st.subheader("Make it sound like the owner", anchor=False)
    if not has_kokoro(session.settings()):
        st.info("The voices haven't been fetched yet: selfsame models \\-\\-fetch")
        return
    uploads = st.file_uploader(
        "Recordings of the owner speaking alone, a minute or two without music",
        _KINDS,
        accept_multiple_files=True,
        key="voice_files",
    )
    statement = agreement(scene.person, ("voice",))
    st.markdown(f"> {safe(statement)}")
    agreed = st.checkbox(
        f"I am {safe(scene.person)} and agree to this.", key="voice_consent", value=False
    )
    st.caption("Without this agreement no voice is made. The recordings stay on this machine.")
    ready = bool(uploads) and agreed
    if st.button("Fit the voice", disabled=not ready, icon=":material/tune:", key="voice_fit"):
        tray: Tray = st.session_state.setdefault(_TRAY, Tray())
        _start(scene, desk, tray, tray.lay(uploads), statement)
        st.rerun()


def _start(
    scene: Scene, desk: VoiceDesk, tray: Tray, paths: Sequence[Path], statement: str
) -> None:
    def work(progress: Progress) -> str:
        try:
            desk.fit(paths, statement, progress)
        finally:
            tray.empty()
        return "\n".join(desk.remarks)

    session.jobs().start(_job_name(scene), work)


def _draw_job(scene: Scene, job: Job) -> None:
    if job.running:
        st.markdown("Fitting takes some minutes. You may go on and come back.")
        draw_progress(job)
        st.stop()
    if job.problem:
        st.error(safe(job.problem), title="No voice was fitted", icon=":material/error:")
    else:
        st.session_state.pop(choice_key(scene), None)
        st.success("The voice is fitted and speaks from now on.", icon=":material/check:")
        for remark in str(job.outcome).splitlines():
            st.caption(safe(remark))
    session.jobs().drop(_job_name(scene))


def _draw_choices(scene: Scene, desk: VoiceDesk) -> None:
    st.subheader("Who speaks, and how", anchor=False)
    profile = desk.profile
    voices = ["auto", *([f"kokoro:{FITTED}"] if profile.fit else []), FAST]
    if has_kokoro(session.settings()):
        voices += [f"kokoro:{name}" for name in english_voices()]
    voices += [*_HOSTED, *(f"{name}:{made}" for name, made in profile.clones.items())]
    if profile.choice not in voices:
        voices.append(profile.choice)
    box = choice_key(scene)
    st.session_state.setdefault(box, profile.choice)
    choice = st.selectbox(
        "Voice",
        voices,
        accept_new_options=True,
        help="Hosted voices are sent every reply and need a key.",
        key=box,
    )
    speed = st.slider("Speed", 0.5, 2.0, profile.speed, 0.05, key=f"voice_speed_{scene.twin}")
    st.caption("Words that are said otherwise: spelt as they sound, or as phones, /SH IH V AO N/")
    said = st.data_editor(
        [{"word": w, "sounds like": s} for w, s in profile.pronunciations.items()]
        or [{"word": "", "sounds like": ""}],
        num_rows="dynamic",
        key=f"voice_words_{scene.twin}",
    )
    if st.button("Keep this", icon=":material/check:", key="voice_keep"):
        words = {str(row["word"]).strip(): str(row["sounds like"]).strip() for row in said}
        gone = {word: "" for word in profile.pronunciations if word not in words}
        words = {word: how for word, how in words.items() if word and word != "None"}
        try:
            desk.change(choice=choice, speed=speed, pronunciations={**gone, **words})
        except SelfsameError as error:
            st.error(session.explain(error))
        else:
            st.toast("Kept", icon=":material/check:")
    most = session.settings().voice_budget
    for spent, characters in profile.spent.items():
        st.caption(f"{safe(spent)}: {characters:,} of at most {most:,} characters sent")


def _draw_forgetting(desk: VoiceDesk) -> None:
    agreed = desk.agreed
    if agreed is None:
        return
    with st.expander("Consent", type="compact"):
        st.markdown(f"> {safe(agreed.statement)}")
        st.caption(f"{safe(agreed.person)}, {agreed.given_at:%d %B %Y}")
        if st.button("Take it back and delete voice and face", key="voice_forget"):
            gone = session.workshop().consent_desk(session.here().twin).withdraw()
            for left in gone.unreachable:
                st.toast(safe(f"Still to be deleted: {left}"), icon=":material/cloud_off:")
            st.rerun()


here = session.here()
st.title("Voice", anchor=False)
stop_for_visitors(here)
at_desk = _desk(here)
now = chosen_voice(session.settings(), at_desk.profile)
st.caption(f"Speaks as {safe(now)}")
if (job := session.jobs().get(_job_name(here))) is not None:
    _draw_job(here, job)
_draw_hearing(here, at_desk)
if at_desk.profile.fit is not None:
    _draw_fit(at_desk.profile.fit)
_draw_fitting(here, at_desk)
draw_clones(here, at_desk.clones)
_draw_choices(here, at_desk)
_draw_forgetting(at_desk)
