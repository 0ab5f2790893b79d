"""Measuring as its owner does it: stop, leave, come back, read, put right, take back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from persona.bootstrap import Workshop
from persona.settings import load_settings
from tests.browser.app import PATIENCE, browser_page, playwright, served
from tests.evals.fidelity.life import live

pytestmark = pytest.mark.browser

LONG = 5 * PATIENCE
"""Milliseconds that a part of a measurement may take."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the app is served with a twin of Ana that knows two chats."""
    home = tmp_path / "home"
    with Workshop(load_settings(home=home, chat="none")) as workshop:
        live(workshop.store.memory(workshop.store.create("ana", "Ana Reis").name))
    with served(home) as found:
        yield found


@pytest.fixture
def page() -> Iterator["playwright.Page"]:
    """A page of a browser that speaks with nobody but the app."""
    with browser_page() as opened:
        yield opened


def test_a_run_is_stopped_another_read_and_a_bad_case_put_right(
    address: str, page: "playwright.Page"
) -> None:
    page.goto(f"{address}/fidelity")
    measure = page.get_by_role("button", name="Measure")
    measure.click()
    page.get_by_text("building the copy").wait_for()
    stop = page.get_by_role("button", name="Stop", exact=True)
    stop.click()
    playwright.expect(stop).to_have_count(0, timeout=LONG)
    playwright.expect(page.get_by_text("Nothing has been measured yet.")).to_be_visible()
    measure.click()
    page.get_by_role("button", name="Stop", exact=True).wait_for()
    page.get_by_role("link", name="Review").click()
    playwright.expect(page.get_by_role("heading", name="Review")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Fidelity").click()
    page.get_by_text("All figures").wait_for(timeout=LONG)
    page.get_by_text(re.compile(r"^Recall \(\d+\)")).click()
    page.get_by_role("button", name="Look into it").first.click()
    playwright.expect(page.get_by_text("What was said")).to_be_visible(timeout=PATIENCE)
    answer = page.get_by_role("textbox", name="Your answer, in your own words")
    answer.fill("I live in Faro now")
    page.get_by_role("button", name="Preview").click()
    playwright.expect(page.get_by_text("lives in Faro")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Teach").click()
    playwright.expect(page.get_by_text("Taught: I live in Faro now")).to_be_visible(
        timeout=PATIENCE
    )
    playwright.expect(page.get_by_text("put right, measure again")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    playwright.expect(page.get_by_text("put right, measure again")).to_have_count(
        0, timeout=PATIENCE
    )
