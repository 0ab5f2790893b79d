"""The pages, run without a browser over a small home: real store, index and encoder, no model."""

from datetime import UTC
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from memory.errors import SelfsameError
from memory.model import Fact, NewFact
from memory.store import Memory
from persona.live.cast import Cast
from persona.studio import Studio
from ui import session
from ui.live.door import door
from ui.live.room import Room

APP = Path(__file__).parents[2] / "ui" / "app.py"
PAGES = [
    "views/chat.py",
    "views/memories.py",
    "views/import_.py",
    "views/settings.py",
    "views/interview.py",
    "views/review.py",
]
CHAT = """\
01/03/2026, 09:00 - Ben: where do you live now?
01/03/2026, 09:01 - Ana Reis: I moved to Porto in January, near the river
01/03/2026, 09:02 - Ana Reis: the flat costs $700 and has a *green* door
02/03/2026, 10:00 - Ben: did you paint the boat?
02/03/2026, 10:03 - Ana Reis: yes, blue, it took me nine days
"""
QUESTION = "Where do you live?"

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def chat_file(tmp_path: Path) -> Path:
    """An export of Ana's chat with Ben."""
    path = tmp_path / "WhatsApp Chat with Ben.txt"
    path.write_text(CHAT, encoding="utf-8")
    return path


@pytest.fixture
def ana(pages: None, chat_file: Path) -> Memory:
    """The memory of Ana, who has imported her chat with Ben and lives in Porto."""
    from ui.importing import import_files, plan_import

    workshop = session.workshop()
    workshop.store.create("ana", "Ana Reis")
    plan = plan_import(workshop, owner_names=["Ana Reis"])
    import_files(workshop, "ana", [chat_file], plan, lambda _label, _done, _total: None)
    memory = workshop.store.memory("ana")
    shown = next(u for u in memory.all_utterances() if "Porto" in u.text)
    home = NewFact(
        subject="owner", attribute="lives in", value="Porto", evidence=(shown.utterance_id,)
    )
    memory.beliefs.hold([home])
    return memory


def opened(page: str = PAGES[0]) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    return app if page == PAGES[0] else app.switch_page(page).run()


def ask(app: AppTest, text: str) -> AppTest:
    return app.chat_input[0].set_value(text).run()


def words(app: AppTest) -> str:
    """Return all that is to be read on a page."""
    kinds = ["text", "markdown", "caption", "info", "success", "warning", "error"]
    kinds += ["header", "subheader"]
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def home_of(memory: Memory) -> Fact:
    return next(f for f in memory.beliefs.all() if f.attribute == "lives in")


def open_fact(app: AppTest, fact: Fact) -> AppTest:
    app.session_state[f"fact_{fact.fact_id}"] = True
    return app.run()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("ana")
def test_every_page_draws(page: str) -> None:
    assert not opened(page).exception


def test_an_empty_home_offers_two_ways_to_begin() -> None:
    app = opened()
    assert {button.label for button in app.button} == {"Try the sample person", "Make the twin"}


def test_a_new_twin_begins_with_its_enrolment() -> None:
    app = opened()
    app.text_input(key="person_first").set_value("Ána Reis")
    next(b for b in app.button if b.label == "Make the twin").click()
    app.run()
    assert app.title[0].value == "Enrolment"
    assert [twin.owner for twin in session.workshop().store.twins()] == ["Ána Reis"]


@pytest.mark.usefixtures("ana")
def test_a_question_is_answered_from_memory_with_its_evidence() -> None:
    app = ask(opened(), QUESTION)
    assert not app.exception
    assert "Porto" in app.chat_message[1].text[0].value
    turn = session.workshop().store.memory("ana").talks.last("", 1)[0]
    app.session_state[f"grounds_{turn.turn_id}"] = True
    shown = words(app.run())
    assert "I moved to Porto in January, near the river" in shown
    assert "1 March 2026, 09:01" in shown
    assert "WhatsApp Chat with Ben" in shown


@pytest.mark.usefixtures("ana")
def test_the_talk_is_still_there_after_a_restart() -> None:
    ask(opened(), QUESTION)
    assert opened().chat_message[0].text[0].value == QUESTION


@pytest.mark.usefixtures("ana")
def test_every_page_of_a_talk_says_that_it_is_an_ai() -> None:
    assert any("AI twin of Ana Reis" in str(c.value) for c in opened().caption)


def test_a_correction_is_said_as_the_owners_word(ana: Memory) -> None:
    app = ask(opened(), "Where do you live?")
    turn = ana.talks.last("", 1)[0]
    app.text_area(key=f"right_{turn.turn_id}").set_value("That's wrong. I live in Braga now.")
    next(b for b in app.button if b.label == "Teach").click()
    app.run()
    assert not app.exception
    last = ana.talks.last("", 1)[0]
    assert last.heard == "That's wrong. I live in Braga now."
    assert last.learned
    assert "Braga" in {fact.value for fact in ana.beliefs.all()}


def test_a_talk_that_is_erased_is_over_on_the_live_page_too(ana: Memory) -> None:
    def gather() -> Cast:
        raise SelfsameError("nobody comes")

    def no_studio() -> Studio:
        raise SelfsameError("nothing is filmed")

    app = ask(opened(), QUESTION)
    mine, theirs = (
        door().admit("vera", talk, lambda: Room(gather, UTC, no_studio))
        for talk in ("ana/", "ana/Bea")
    )
    next(b for b in app.button if b.label == "Erase this conversation").click().run()
    assert not app.exception
    assert ana.talks.last("", 5) == []
    assert door().room(mine) is None
    assert door().room(theirs) is not None
    door().close()


def test_a_visitor_has_a_thread_of_their_own_and_sees_no_memories(ana: Memory) -> None:
    app = ask(opened(), QUESTION)
    app.session_state["speaker"] = "Bea"
    assert not app.run().chat_message
    ask(app, "Where do you live?")
    assert [turn.heard for turn in ana.talks.last("Bea", 5)] == ["Where do you live?"]
    assert "this page is the owner's" in words(app.switch_page(PAGES[1]).run())


def test_a_fact_shows_the_words_it_comes_from(ana: Memory) -> None:
    app = open_fact(opened(PAGES[1]), home_of(ana))
    assert "I moved to Porto in January, near the river" in words(app)


def test_a_fact_can_be_corrected_by_hand(ana: Memory) -> None:
    fact = home_of(ana)
    app = open_fact(opened(PAGES[1]), fact)
    app.text_input(key=f"value_{fact.fact_id}").set_value("Braga")
    next(b for b in app.button if b.label == "Correct").click()
    assert not app.run().exception
    assert home_of(ana).value == "Braga"


def test_a_fact_can_be_kept_from_visitors(ana: Memory) -> None:
    fact = home_of(ana)
    app = open_fact(opened(PAGES[1]), fact)
    app.button(key=f"hide_{fact.fact_id}").click().run()
    assert home_of(ana).private


def test_forgetting_says_what_goes_and_asks_first(ana: Memory) -> None:
    fact = home_of(ana)
    app = open_fact(opened(PAGES[1]), fact)
    app.button(key=f"forget_{fact.fact_id}").click().run()
    assert "the fact, and 1 message" in words(app)
    assert ana.beliefs.get(fact.fact_id) == fact
    app.button(key=f"erase_{fact.fact_id}").click().run()
    assert not app.exception
    assert fact.fact_id not in {f.fact_id for f in ana.beliefs.all(past=True)}
    assert not [u for u in ana.all_utterances() if "Porto" in u.text]


def test_a_fact_can_be_added_by_hand(ana: Memory) -> None:
    app = opened(PAGES[1])
    app.selectbox(key="new_attribute").set_value("has a pet")
    app.text_input(key="new_value").set_value("a heron")
    next(b for b in app.button if b.label == "Add").click()
    assert not app.run().exception
    assert "a heron" in {fact.value for fact in ana.beliefs.all()}


@pytest.mark.usefixtures("ana")
def test_memories_are_found_by_what_they_say() -> None:
    app = opened(PAGES[1])
    app.session_state["part"] = "Search"
    app.run().text_input(key="wanted").set_value("boat paint").run()
    assert "yes, blue, it took me nine days" in words(app)


def test_an_import_shows_first_what_is_in_the_file(chat_file: Path) -> None:
    session.workshop().store.create("ana", "Annie")
    app = opened(PAGES[2])
    app.file_uploader[0].upload(chat_file.name, chat_file.read_bytes()).run()
    assert app.multiselect[0].value == ["Ana Reis"]  # who is left in a chat named after Ben
    app.multiselect[0].set_value([]).run()
    assert not app.metric
    app.multiselect[0].set_value(["Ana Reis"]).run()
    assert {m.label: m.value for m in app.metric} == {
        "Messages": "5",
        "The owner's": "3",
        "Conversations": "1",
        "New": "5",
    }
    assert not session.workshop().store.memory("ana").all_utterances()


def test_an_import_asks_for_the_day_where_nothing_tells_it(chat_file: Path) -> None:
    memory = session.workshop().store.memory(
        session.workshop().store.create("ana", "Ana Reis").name
    )
    app = opened(PAGES[2])
    app.file_uploader[0].upload(chat_file.name, chat_file.read_bytes()).run()
    assert app.radio[0].options == ["1 March 2026", "3 January 2026"]
    app.radio[0].set_value("month-first").run()
    app.button(key="import_now").click().run()
    job = session.jobs().get("import:ana")
    assert job is not None
    assert job.wait(60)
    months = {said.said_at.month for said in memory.all_utterances() if said.said_at}
    assert months == {1, 2}


def test_an_import_reports_what_it_added_and_is_safe_to_repeat(chat_file: Path) -> None:
    memory = session.workshop().store.memory(
        session.workshop().store.create("ana", "Ana Reis").name
    )
    for expected in (5, 0):
        app = opened(PAGES[2])
        app.file_uploader[0].upload(chat_file.name, chat_file.read_bytes()).run()
        app.button(key="import_now").click().run()
        job = session.jobs().get("import:ana")
        assert job is not None
        assert job.wait(60)
        assert {m.label: m.value for m in app.run().metric}["Added"] == str(expected)
        app.button(key="import_more").click().run()
    assert len(memory.all_utterances()) == 5


@pytest.mark.usefixtures("ana")
def test_a_file_that_cannot_be_read_is_named_in_plain_words() -> None:
    app = opened(PAGES[2])
    app.file_uploader[0].upload("photo.zip", b"no zip at all").run()
    assert not app.exception
    assert "photo.zip" in app.error[0].value


@pytest.mark.usefixtures("ana")
def test_settings_name_every_variable_and_show_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFSAME_API_KEY", "sk-very-secret")
    app = opened(PAGES[3])
    labels = " ".join(box.label for box in app.expander).replace("\\", "")
    assert "SELFSAME_API_KEY" in labels
    assert "SELFSAME_TIMEZONE" in labels
    assert "very-secret" not in words(app)
    assert "set, not shown" in words(app)


def test_a_source_is_looked_into_and_removed_after_asking(ana: Memory) -> None:
    page = opened("views/memories.py")
    page.segmented_control(key="part").set_value("Sources").run()
    (size,) = ana.sources.sizes()
    number = size.source.source_id
    page.toggle(key=f"inside_{number}").set_value(True).run()
    assert any("Learnt from it alone" in caption.value for caption in page.caption)
    page.button(key=f"remove_{number}").click().run()
    assert ana.sources.sizes()[0].utterances == 5
    assert "5 messages and 1 fact" in words(page)
    page.button(key=f"removed_{number}").click().run()
    assert not page.exception
    assert ana.sources.sizes() == []
    assert ana.beliefs.all() == []
