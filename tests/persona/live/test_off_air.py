"""A talk that nobody is sent live: replies are taken in a hurry, nothing else is."""

import asyncio

import numpy as np

from persona.live.beat import SOUND_RATE, Beat
from persona.live.off_air import OffAir
from persona.live.stage import Stage
from persona.voice.speech import Speech

WHILE = 0.4
"""Seconds that are looked at."""


def test_after_a_word_while_thinking_it_takes_its_time() -> None:
    word = Speech(samples=np.full(SOUND_RATE // 2, 0.1, np.float32), sample_rate=SOUND_RATE)
    stage = Stage(None, lambda _beat: None, lambda: None)
    taken: list[Beat] = []

    async def listen() -> int:
        off_air = OffAir(stage, lambda: taken.append(stage.take()))
        await off_air.start()
        stage.say(word, -word.seconds, stage.epoch)
        while not taken or not taken[-1].speaks or taken[-1].heard < 0:
            await asyncio.sleep(0.001)
        before = len(taken)
        await asyncio.sleep(WHILE)
        await off_air.close()
        return len(taken) - before

    stage.start()
    try:
        assert asyncio.run(asyncio.wait_for(listen(), 60)) <= WHILE * 25 + 2
    finally:
        stage.close()
