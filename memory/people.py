"""Who else speaks in one twin's memory, and whether visitors are told their names."""

from sqlmodel import Session, col, func, select

from memory.home import Home
from memory.tables import TwinRow, UtteranceRow


class People:
    """Everybody but the owner in one twin's memory."""

    def __init__(self, home: Home, twin_id: int) -> None:
        self._home = home
        self._twin_id = twin_id

    def names(self) -> list[str]:
        """Return the names of those who wrote, in the order they came into memory."""
        query = (
            select(UtteranceRow.speaker)
            .where(UtteranceRow.twin_id == self._twin_id, col(UtteranceRow.own).is_(False))
            .where(UtteranceRow.speaker != "")
            .group_by(UtteranceRow.speaker)
            .order_by(func.min(UtteranceRow.utterance_id))
        )
        with Session(self._home.engine) as session:
            return list(session.exec(query).all())

    @property
    def veiled(self) -> bool:
        """True when visitors are told other names than people's own."""
        with Session(self._home.engine) as session:
            return session.get_one(TwinRow, self._twin_id).pseudonyms

    def veil(self, *, on: bool) -> None:
        """Set whether visitors are told other names; what is stored stays as it was written."""
        with Session(self._home.engine) as session:
            session.get_one(TwinRow, self._twin_id).pseudonyms = on
            session.commit()

    def number_of(self, name: str) -> int:
        """Return a large number that stays the same for a name and that only this home can tell."""
        return int(self._home.digest("pseudonym", str(self._twin_id), name), 16)
