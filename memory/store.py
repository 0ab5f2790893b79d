"""The one door to a home: its twins, and for each of them a memory that knows no other."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from threading import RLock

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from memory.aboutness import LOOKED_AT, Ranked
from memory.beliefs import Beliefs
from memory.database import cut_log
from memory.embedding import Embedding, Vectors
from memory.errors import NotFound, StoreError
from memory.gathered import Gathered
from memory.home import Home
from memory.index import Candidates, VectorIndex, settled
from memory.indexer import Indexer, Progress
from memory.interviews import Interviews
from memory.lexical import Terms, query_terms
from memory.marks import Marks
from memory.model import Evidence, Hit, NewUtterance, Twin, Utterance
from memory.people import People
from memory.recall import (
    CANDIDATES,
    Period,
    TermWeights,
    measure,
    name_owner,
    pack,
    score,
    subject_of,
    worth_weighing,
)
from memory.recordings import Recordings
from memory.removal import Removal, Removals
from memory.rerank import RERANKED, rerank
from memory.shelf import Shelf
from memory.sources import TALK, Sources
from memory.tables import TwinRow
from memory.talks import Talks
from memory.timeline import Timeline, load_timeline, said_in
from memory.utterances import Utterances

_ROWS = 5000
"""Rows that are read at once."""


class Store:
    """The twins of a home."""

    def __init__(self, home: Home, index: VectorIndex, embedding: Embedding) -> None:
        self._home = home
        self._index = index
        self._embedding = embedding
        self._memories: dict[int, Memory] = {}

    def create(self, name: str, owner: str = "") -> Twin:
        """Enter a new twin.

        Raises:
            StoreError: the name is empty or taken.
        """
        if not name.strip():
            raise StoreError("a twin needs a name")
        with Session(self._home.engine) as session:
            if session.exec(select(TwinRow).where(TwinRow.name == name)).first():
                raise StoreError(f"there is already a twin {name!r}", "choose another name")
            row = TwinRow(name=name, owner=owner or name)
            session.add(row)
            session.commit()
            return _twin(row)

    def twins(self) -> list[Twin]:
        """Return all twins, oldest first."""
        with Session(self._home.engine) as session:
            return [_twin(r) for r in session.exec(select(TwinRow).order_by(col(TwinRow.twin_id)))]

    def find(self, name: str) -> Twin:
        """Return the twin called `name`.

        Raises:
            NotFound: there is none.
        """
        for twin in self.twins():
            if twin.name == name:
                return twin
        known = ", ".join(repr(twin.name) for twin in self.twins())
        hint = f"known: {known}" if known else f"make one: selfsame create {name}"
        raise NotFound(f"there is no twin {name!r}", hint)

    def memory(self, name: str) -> "Memory":
        """Return the memory of the twin called `name`."""
        twin = self.find(name)
        if twin.twin_id not in self._memories:
            self._memories[twin.twin_id] = Memory(self._home, self._index, self._embedding, twin)
        return self._memories[twin.twin_id]

    def close(self) -> None:
        """Close index and home."""
        self._index.close()
        self._home.close()


class Memory:
    """All that one twin knows. It is bound to its twin: no argument can reach another's rows."""

    def __init__(self, home: Home, index: VectorIndex, embedding: Embedding, twin: Twin) -> None:
        self.twin = twin
        self.utterances = Utterances(home, twin.twin_id)
        self.beliefs = Beliefs(home, twin.twin_id)
        self.people = People(home, twin.twin_id)
        self.talks = Talks(home.engine, twin.twin_id)
        self.sources = Sources(home.engine, twin.twin_id)
        self.marks = Marks(home.engine, twin.twin_id)
        self.removals = Removals(home.engine, twin.twin_id, self.beliefs)
        self.voice = Shelf(home.path / "voices" / str(twin.twin_id))
        self.consents = Shelf(home.path / "consents" / str(twin.twin_id))
        self.enrolment = Shelf(home.path / "enrolment" / str(twin.twin_id))
        self.gathered = Gathered(home.path / "gathered" / str(twin.twin_id))
        self.measurements = Shelf(home.path / "measurements" / str(twin.twin_id))
        self.interviews = Interviews(home.engine, twin.twin_id, self.utterances)
        self.recordings = Recordings(Shelf(home.path / "answers" / str(twin.twin_id)))
        self._engine = home.engine
        self._index = index
        self._embedding = embedding
        self._indexer = Indexer(home.engine, index, embedding)
        self._timeline: Timeline | None = None
        self._values: dict[str, Vectors] = {}
        """Vectors of values of facts that were compared with a question. Replaced, never changed in
        place: one talk reads them while something is erased in another."""
        self._fresh = False
        self._lock = RLock()  # the timeline is replaced by one thread at a time

    def index_pending(self, progress: Progress | None = None) -> int:
        """Carry new and removed utterances to the index; return how many there were."""
        with self._lock:
            count = self._indexer.drain(self.twin.twin_id, progress)
            if count:
                self._timeline = None
            return count

    def reindex(self, progress: Progress | None = None) -> int:
        """Make the index anew from the rows; return how many utterances it holds."""
        with self._lock:
            self._timeline = None
            return self._indexer.rebuild(self.twin.twin_id, progress)

    def remember(self, text: str, *, speaker: str, prompt: str | None = None) -> int:
        """Keep something the owner told the twin as an utterance; return its id.

        Args:
            text: the owner's words.
            speaker: the owner's name.
            prompt: the question they answer.
        """
        source_id = self.sources.add(TALK, TALK)
        conversation_id = self.sources.conversation(TALK, TALK, "talk with the twin", "talk")
        now = datetime.now(UTC)
        said = NewUtterance(speaker=speaker, own=True, text=text, said_at=now, prompt=prompt)
        return self.utterances.add(conversation_id, source_id, [(said, 0, ())])[0]

    def recall(
        self,
        question: str,
        *,
        k: int = 10,
        budget: int = 800,
        period: Period | None = None,
        owner: bool = True,
    ) -> Evidence:
        """Return what bears on `question`: the best `k` hits, and what fits `budget` tokens.

        Args:
            question: in the words of whoever asks.
            k: how many hits to return.
            budget: tokens of the packed evidence.
            period: the time the question asks about, if it names one.
            owner: False leaves out what only the owner may be told.
        """
        named = name_owner(question, self.twin.owner)
        vector = self.embed_query(named)
        found = self.recall_by(named, vector, k=k, budget=budget, period=period, owner=owner)
        return replace(found, question=question)

    def recall_by(
        self,
        question: str,
        vector: Vectors,
        *,
        k: int,
        budget: int,
        period: Period | None = None,
        owner: bool = True,
    ) -> Evidence:
        """Do what `recall` does for a question that names the owner, given its vector."""
        timeline = self.timeline()
        candidates = self._candidates(vector, query_terms(question), owner=owner)
        subject = subject_of(question, timeline.names)
        scored = score(timeline, candidates, subject=subject, period=period)
        terms = TermWeights(question, timeline)
        best = scored.order[: max(k, RERANKED)]
        weighed = worth_weighing(timeline, scored, subject=subject)
        found = self._read(timeline, best, owner=owner)
        shown = np.array([at for at in best.tolist() if at in found], np.int64)
        ranked = rerank(
            question,
            timeline,
            terms.of,
            at=shown,
            scores=scored.lifted[shown],
            said=found,
        )
        hits = [Hit(utterance=found[at], score=value) for at, value in ranked]
        return Evidence(
            question=question,
            subject=timeline.names[subject] if subject else None,
            hits=tuple(hits[:k]),
            packed=pack(hits, budget, owner=self.twin.owner),
            facts=tuple(self.beliefs.shown_by([h.utterance.utterance_id for h in hits[:k]])),
            signals=measure(
                question,
                timeline,
                candidates,
                scored,
                terms=terms,
                subject=subject,
                weighed=weighed,
                ranked=[
                    Ranked(value, bool(timeline.speakers[at] == subject), said_in(found[at]))
                    for at, value in ranked[:LOOKED_AT]
                ],
            ),
        )

    def _candidates(self, vector: Vectors, asked: Terms, *, owner: bool) -> Candidates:
        """Return what the index proposes; more where nothing is better than what it cuts off.

        Who has written `lol` a thousand times would find none of them otherwise.
        """
        limit = CANDIDATES
        while True:
            proposed = self._index.search(
                self.twin.twin_id, vector, asked, limit=limit, owner=owner
            )
            found = settled(proposed, limit)
            pairs = zip(proposed, found, strict=True)
            if all(len(kept.ids) or not len(ranking.ids) for ranking, kept in pairs):
                return found
            limit *= 4

    def embed_query(self, question: str) -> Vectors:
        """Return the vector of a question."""
        return self._embedding.embed_query(question)

    def likeness(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return how near each text is in meaning to a question, shape [len(texts)]; 1 at most."""
        named = name_owner(question, self.twin.owner)
        said = [f"{self.twin.owner}: {text}" for text in texts]
        return self._embedding.embed(said) @ self.embed_query(named)

    def nearness(self, question: str, values: Sequence[str]) -> Vectors:
        """Return how near each value, said by nobody, is to a question, shape [len(values)]."""
        known = self._values
        missing = [value for value in dict.fromkeys(values) if value not in known]
        if missing:
            known = known | dict(zip(missing, self._embedding.embed(missing), strict=True))
            self._values = known
        return np.stack([known[value] for value in values]) @ self.embed_query(question)

    def all_utterances(self, *, newest: int | None = None) -> list[Utterance]:
        """Return everything, or the newest so many, in the order they were said in each talk."""
        timeline = self.timeline()
        at = np.arange(len(timeline.ids))
        if newest is not None:
            at = np.sort(np.argsort(timeline.said_at, kind="stable")[-newest:])
        found: list[Utterance] = []
        for start in range(0, len(at), _ROWS):
            found += self._read(timeline, at[start : start + _ROWS], owner=True).values()
        return found

    def timeline(self) -> Timeline:
        """Return the timeline, read anew when rows have changed; repairs the index first."""
        with self._lock:
            if not self._fresh:
                self._indexer.repair(self.twin.twin_id)
                self._fresh, self._timeline = True, None
            if self._timeline is None:
                self._indexer.drain(self.twin.twin_id)
                self._timeline = load_timeline(self._engine, self.twin.twin_id, self.twin.owner)
            return self._timeline

    def remove_source(self, source_id: int) -> Removal:
        """Take a source out again, with everything that came only from it."""
        spoken = self.interviews.questions_of(self.removals.preview(source_id).utterances)
        removal = self.removals.remove(source_id)
        self.recordings.drop(spoken)
        self._erased()
        return removal

    def lift(self, kind: str, *, lifted: bool) -> int:
        """Let visitors see a kind of private data, or hide it again; return how many changed."""
        count = self.marks.lift(kind, lifted=lifted)
        self.index_pending()
        return count

    def forget_fact(self, fact_id: int) -> int:
        """Erase a fact and the utterances that show it; return how many utterances went."""
        shown = self.beliefs.get(fact_id).evidence
        self.recordings.drop(self.interviews.questions_of(shown))
        self.utterances.refresh(self.interviews.unquote(utterance_ids=shown, fact_id=fact_id))
        count = self.utterances.forget(self.beliefs.forget(fact_id))
        self._erased()
        return count

    def forget_utterances(self, utterance_ids: Sequence[int]) -> int:
        """Erase utterances, their recordings and quotes of them; return how many went."""
        self.recordings.drop(self.interviews.questions_of(utterance_ids))
        self.utterances.refresh(self.interviews.unquote(utterance_ids=utterance_ids))
        count = self.utterances.forget(utterance_ids)
        self._erased()
        return count

    def keep_answer(
        self,
        question_id: int,
        conversation_id: int,
        source_id: int,
        parts: Sequence[tuple[NewUtterance, int, Collection[str]]],
    ) -> list[int]:
        """Keep an answer of the interview; what was said before goes, with facts it alone shows.

        Returns:
            the ids of its utterances, from which facts are still to be read.
        """
        if earlier := self.interviews.get(question_id).utterance_ids:
            self.interviews.mark_learnt(question_id, learnt=False)
            self.beliefs.withdraw(earlier)
            self.recordings.drop([question_id])
        added = self.interviews.answer(question_id, conversation_id, source_id, parts)
        self._erased()
        return added

    def go_live(self, *, live: bool = True) -> Twin:
        """Let the twin go live, or make it a draft again; return it as it is then."""
        with Session(self._engine) as session:
            row = session.get_one(TwinRow, self.twin.twin_id)
            row.live_at = datetime.now(UTC) if live else None
            session.commit()
            self.twin = _twin(row)
        return self.twin

    def _erased(self) -> None:
        """Take what was erased out of the index, the owner's manner and the database's log."""
        self.index_pending()
        self.sources.spoil_style()
        self._values = {}
        cut_log(self._engine)

    def _read(
        self, timeline: Timeline, at: NDArray[np.int64], *, owner: bool
    ) -> dict[int, Utterance]:
        """Return the utterances at some positions of the timeline, each with its sitting."""
        ids = timeline.ids[at].tolist()
        sittings = dict(zip(ids, timeline.sessions[at].tolist(), strict=True))
        rows = self.utterances.by_id(ids, owner=owner, sittings=sittings)
        return {place: rows[i] for place, i in zip(at.tolist(), ids, strict=True) if i in rows}


def _twin(row: TwinRow) -> Twin:
    return Twin(
        twin_id=row.twin_id or 0,
        name=row.name,
        owner=row.owner,
        created_at=row.created_at,
        live_at=row.live_at,
    )
