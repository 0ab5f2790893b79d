"""What a page is yet to be told: bounded, words first, and void where it must be."""

import asyncio

from ui.live.outbox import Message, Outbox


async def _emptied(outbox: Outbox) -> list[Message | bytes]:
    """Return all that waits."""
    found: list[Message | bytes] = []
    while True:
        try:
            item = await asyncio.wait_for(outbox.get(), 0.05)
        except TimeoutError:
            return found
        assert item is not None
        found.append(item)


def test_words_come_before_pictures_and_each_in_order() -> None:
    async def run() -> list[Message | bytes]:
        outbox = Outbox()
        outbox.stream(b"1", anew=True)
        outbox.put({"kind": "state", "state": "speaking"})
        outbox.stream(b"2", anew=False)
        return await _emptied(outbox)

    assert asyncio.run(run()) == [{"kind": "state", "state": "speaking"}, b"1", b"2"]


def test_a_new_run_makes_what_waits_void() -> None:
    async def run() -> list[Message | bytes]:
        outbox = Outbox()
        outbox.stream(b"old", anew=True)
        outbox.stream(b"new", anew=True)
        return await _emptied(outbox)

    assert asyncio.run(run()) == [b"new"]


def test_a_page_that_reads_nothing_holds_no_more_than_two_seconds_and_all_that_matters() -> None:
    async def run() -> tuple[list[bool], list[Message | bytes]]:
        outbox = Outbox()
        kept = [outbox.stream(b"part", anew=False) for _ in range(60)]
        for number in range(400):
            outbox.put({"kind": "caption", "text": str(number)})
        outbox.put({"kind": "reply", "text": "kept"})
        return kept, await _emptied(outbox)

    kept, found = asyncio.run(run())
    assert kept.count(False) == 1
    assert len(found) < 310
    assert {"kind": "reply", "text": "kept"} in found


def test_a_closed_one_ends_whoever_waits() -> None:
    async def run() -> object:
        outbox = Outbox()
        waiting = asyncio.create_task(outbox.get())
        await asyncio.sleep(0)
        outbox.close()
        return await asyncio.wait_for(waiting, 5)

    assert asyncio.run(run()) is None
