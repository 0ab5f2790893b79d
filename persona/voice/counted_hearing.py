"""A hosted hearing whose seconds are counted, and the embedded one that stands in for it."""

import logging
from collections.abc import Callable
from math import ceil

from pydantic import TypeAdapter

from memory.errors import SelfsameError
from memory.shelf import Shelf
from persona.budget import Budget, spend
from persona.settings import Settings
from persona.voice.hearing import Hearing, Transcript
from persona.voice.speech import Speech

_SPENT = "hearing.json"
_ADAPTER = TypeAdapter(dict[str, int])
_LOG = logging.getLogger(__name__)


class CountedHearing:
    """Sends recordings away within the month's budget; what fails is heard on this machine."""

    hosted = True

    def __init__(
        self, hearing: Hearing, settings: Settings, stand_in: Callable[[], Hearing]
    ) -> None:
        """Take a hosted hearing, and what opens the one that stands in for it."""
        self.name = hearing.name
        self._hearing = hearing
        self._stand_in = stand_in
        self._shelf = Shelf(settings.home / "voice")
        self._budget = Budget(
            most=settings.hearing_budget, unit="seconds", setting="SELFSAME_HEARING_BUDGET"
        )

    def transcribe(self, speech: Speech, *, timed: bool = True) -> Transcript:
        """Return what is said, by the provider while it answers and the budget lasts."""
        try:
            self._spend(ceil(speech.seconds))
            return self._hearing.transcribe(speech, timed=timed)
        except SelfsameError as error:
            stand_in = self._stand_in()
            _LOG.warning("%s; %s listens instead", error.message, stand_in.name)
            return stand_in.transcribe(speech, timed=timed)

    def _spend(self, seconds: int) -> None:
        kept = self._shelf.get(_SPENT)
        spent = _ADAPTER.validate_json(kept) if kept else {}
        provider = self.name.partition(":")[0]
        self._shelf.put(_SPENT, _ADAPTER.dump_json(spend(spent, provider, seconds, self._budget)))
