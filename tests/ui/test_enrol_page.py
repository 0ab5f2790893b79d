"""The enrolment page, run without a browser: a film, a yes, a twin, and the way back."""

from pathlib import Path

import cv2
import pytest
from streamlit.testing.v1 import AppTest

from evals.made_up_film import write_film
from memory.gathered import Gathered
from memory.store import Memory
from persona.voice.phones import phones_of
from persona.voice.pronouncing import Pronouncer
from persona.voice.sound import wav_bytes, write_wav
from persona.voice.speech import PHONES, SILENCE
from tests.recordings import portrait, sitting, speech
from tests.ui.test_app import opened, words
from ui import session
from ui.gathered import as_material, gather, kind_of
from ui.reading_script import SCRIPT

PAGE = "views/enrol.py"


def button(app: AppTest, label: str) -> bool:
    """Press a button by its label; return whether it was there to be pressed."""
    found = [one for one in app.button if one.label == label and not one.disabled]
    if found:
        found[0].click()
        app.run()
    return bool(found)


def give(app: AppTest, path: Path, kind: str) -> AppTest:
    key = next(one.key for one in app.file_uploader if str(one.key).startswith("enrol_files"))
    app.file_uploader(key=key).upload(path.name, path.read_bytes(), kind)
    return app.run()


def agree(app: AppTest) -> AppTest:
    desk = session.workshop().consent_desk("ana")
    app.session_state["consent_way"] = "Type it"
    app.run().text_area(key="consent_typed").set_value(desk.asked.statement)
    assert button(app, "I agree")
    return app


def finished(app: AppTest) -> AppTest:
    job = session.jobs().get("enrol:ana")
    assert job is not None and job.wait(300)
    return app.run()


def test_a_film_and_a_yes_make_a_twin_and_a_no_unmakes_it(ana: Memory, tmp_path: Path) -> None:
    film = write_film(tmp_path / "me.mp4", sitting(225), speech())
    app = give(opened(PAGE), film, "video/mp4")
    assert not app.exception
    assert not button(app, "Make the twin of it"), "nothing is made before the yes"
    assert button(agree(app), "Make the twin of it")
    app = finished(app)
    assert not app.exception
    assert "What was found" in words(app)
    assert [said.text for said in ana.all_utterances()]
    assert session.workshop().faces("ana").exists()
    assert "What was found" in words(opened(PAGE)), "it is still there in another visit"

    assert button(app, "Withdraw and delete")
    assert "Consent is withdrawn" in words(app)
    assert "What was found" not in words(app)
    assert not session.workshop().faces("ana").exists()
    assert ana.voice.path("sample.wav") is None


def test_another_picture_of_the_film_can_be_used(ana: Memory, tmp_path: Path) -> None:
    wall = portrait() * 0 + 120
    seen = list(sitting(12))
    pictures = [*seen, *(wall for _ in range(100)), *seen, *(wall for _ in range(101))]
    film = write_film(tmp_path / "brief.mp4", pictures, speech())
    app = agree(give(opened(PAGE), film, "video/mp4"))
    assert button(app, "Make the twin of it")
    app = finished(app)
    faces = session.workshop().faces("ana")
    first = faces.stamp()
    assert words(app).count("in use") == 1
    app.button(key="portrait_1").click().run()
    assert not app.exception
    assert faces.stamp() != first
    again = opened(PAGE)
    assert [b.key for b in again.button if b.label == "Use it"] == ["portrait_0"]


def test_what_cannot_be_used_is_said_and_kept_for_another_try(ana: Memory, tmp_path: Path) -> None:
    wall = tmp_path / "wall.png"
    cv2.imwrite(str(wall), portrait() * 0 + 120)
    app = agree(give(opened(PAGE), wall, "image/png"))
    button(app, "Make the twin of it")
    app = finished(app)
    assert "no face is found" in words(app)
    assert button(app, "Remove the photo")
    assert not button(app, "Make the twin of it")
    assert not session.workshop().faces("ana").exists()


def test_what_was_given_is_still_there_after_a_reload(ana: Memory, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "me.png"), portrait())
    give(opened(PAGE), tmp_path / "me.png", "image/png")
    again = opened(PAGE)
    assert button(again, "Remove the photo")
    assert not button(opened(PAGE), "Remove the photo")
    assert not ana.gathered.pieces


def test_withdrawing_takes_what_was_given_along(ana: Memory, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "me.png"), portrait())
    app = agree(give(opened(PAGE), tmp_path / "me.png", "image/png"))
    assert button(app, "Withdraw and delete")
    assert "what was given and not used yet" in words(app)
    assert not ana.gathered.pieces


def test_a_statement_that_is_not_the_one_shown_is_no_consent(ana: Memory) -> None:
    app = opened(PAGE)
    app.session_state["consent_way"] = "Type it"
    app.run().text_area(key="consent_typed").set_value("I agree to everything, whatever it is.")
    button(app, "I agree")
    assert "This isn't the statement" in words(app)
    assert not session.workshop().consent_desk("ana").consents


def test_other_words_are_given_on_request(ana: Memory) -> None:
    app = opened(PAGE)
    first = session.workshop().consent_desk("ana").asked.words
    opened(PAGE)
    assert session.workshop().consent_desk("ana").asked.words == first
    button(app, "Other words")
    assert session.workshop().consent_desk("ana").asked.words != first


def test_a_consent_read_aloud_is_heard(ana: Memory) -> None:
    app = opened(PAGE)
    asked = session.workshop().consent_desk("ana").asked
    spoken = wav_bytes(speech((asked.statement,)))
    app.audio_input[0].upload("statement.wav", spoken)
    assert button(app.run(), "I agree, check it")
    (kept,) = session.workshop().consent_desk("ana").consents
    assert (kept.how, kept.words) == ("spoken", asked.words)


def test_what_was_read_aloud_are_not_the_owners_words(tmp_path: Path) -> None:
    write_wav(tmp_path / "me.wav", speech())

    class Given:
        name = "me.wav"

        def getbuffer(self) -> memoryview:
            return memoryview((tmp_path / "me.wav").read_bytes())

    gathered = Gathered(tmp_path / "gathered")
    gather(gathered, Given(), read_aloud=True)
    assert not as_material(gathered).own_words
    (first,) = as_material(gathered).files
    assert first.name == "me.wav"
    gather(gathered, Given())
    assert as_material(gathered).own_words
    assert not first.exists(), "the one before is deleted"
    (second,) = as_material(gathered).files
    gathered.clear()
    assert not second.exists()


@pytest.mark.parametrize(
    ("name", "kind"), [("a.MOV", "video"), ("b.jpeg", "photo"), ("c.d.opus", "audio")]
)
def test_files_are_told_apart_by_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_the_script_holds_every_sound_of_english() -> None:
    pronouncer = Pronouncer()
    said = {
        phone
        for passage in SCRIPT
        for word in pronouncer.words(passage.text)
        for phone in phones_of(word.letters)
    }
    assert said == PHONES - {SILENCE}


def test_visitors_see_none_of_it(ana: Memory) -> None:
    app = opened()
    app.session_state["speaker"] = "Bea"
    assert "this page is the owner's" in words(app.switch_page(PAGE).run())
