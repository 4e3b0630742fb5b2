"""The service behind every way to ask over a network: one engine, its limits and its figures."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import BoundedSemaphore
from typing import Any, TypeVar

from corpus.errors import CitespanError, SettingError, SourceError
from index.data.format import Stamp
from index.folder.layout import stamp
from index.folder.storage import open_index
from index.ranking.conditions import UnknownMetadataError, Where
from qa.answers import Answer
from qa.candidates import Hit
from qa.conversation import Turn, rewrite
from qa.engine import Engine
from qa.filters import UnknownSectionError
from qa.server.measures import Measures
from qa.server.problems import FieldError, Problem, busy
from qa.server.settings import Settings

T = TypeVar("T")

LOG = logging.getLogger("uvicorn.error")

_WAIT = 0.02  # seconds between two looks for a free place, by those who may wait
_WARM = 200  # code points of a passage: about a question
_SMOOTHING = 0.1  # of a running mean: about the last ten questions


class Service:
    """Asks one engine for many callers at once: off the event loop, within limits, counted.

    ``ask``, ``search`` and ``run`` raise Problem where a limit does not allow it: 503 with Retry-After when
    too many are in flight, 504 after the time limit, 422 for a question that is too long, 404 for a filter
    by a document or metadata that are not there. The index can be swapped (``reload``) while questions are being read:
    each keeps the engine it began with.

    >>> import qa
    >>> service = Service(qa.default(reader="lexical"))
    >>> asyncio.run(service.ask("When were visas abolished?")).text
    '2009'
    """

    def __init__(self, engine: Engine, *, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.measures = Measures()
        self.ready = False
        self._engine = engine
        self._slots = BoundedSemaphore(self.settings.in_flight)
        self._mean_seconds = 0.1
        self._pool = self._threads()
        self._watching: asyncio.Task[None] | None = None
        self.measures.indexed(**engine.counts())
        self.doubts = engine.doubts()

    @property
    def engine(self) -> Engine:
        """The engine that new questions are asked of."""
        return self._engine

    async def ask(
        self,
        question: str,
        *,
        top: int = 3,
        min_confidence: float | None = None,
        documents: Sequence[str] = (),
        sections: Sequence[str] = (),
        where: Where = (),
        history: Sequence[Turn] = (),
        patient: bool = False,
    ) -> Answer:
        """The answer to a question, or a refusal with its reason.

        With ``history`` (oldest first) a follow-up is asked as the full question that it stands for, which is
        the answer's ``question``. ``patient`` waits for a free place, up to the time limit, instead of raising
        503 at once.
        """
        started = time.perf_counter()
        self.check_question(question)
        options: dict[str, Any] = {"top": top, "min_confidence": min_confidence}
        options |= {"documents": tuple(documents), "sections": tuple(sections), "where": where}
        answer = await self.run(partial(_ask, self._engine, question, tuple(history), options), patient=patient)
        self.measures.answered(answer, seconds=time.perf_counter() - started)
        return answer

    async def search(
        self,
        question: str,
        *,
        k: int = 5,
        documents: Sequence[str] = (),
        sections: Sequence[str] = (),
        where: Where = (),
    ) -> list[Hit]:
        """The best passages for a question, best first."""
        self.check_question(question)
        engine = self._engine
        return await self.run(lambda: engine.search(question, k=k, documents=documents, sections=sections, where=where))

    def check_question(self, question: str) -> None:
        """Raises Problem where a question is too long."""
        limit = self.settings.question_length
        if len(question) > limit:
            self.measures.failed("question_too_long")
            raise Problem(
                422,
                "question_too_long",
                f"The question has {len(question):,} characters; at most {limit:,} are read. Ask a shorter one.",
                errors=[FieldError(field="question", message=f"longer than {limit:,} characters")],
            )

    async def run(self, work: Callable[[], T], *, patient: bool = False) -> T:
        """What ``work`` returns, run on a thread of the service within its limits.

        Raises Problem where a limit does not allow it or ``work`` names a setting or a document that is not
        there; anything else that ``work`` raises is raised.
        """
        try:
            return await self._run(work, patient)
        except Problem as problem:
            self.measures.failed(problem.code)
            raise

    async def _run(self, work: Callable[[], T], patient: bool) -> T:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.settings.time_limit
        while not self._slots.acquire(blocking=False):
            if not patient or loop.time() > deadline:
                raise busy(self._seconds_until_free())
            await asyncio.sleep(_WAIT)
        self.measures.in_flight.inc()
        future = self._pool.submit(self._timed, work)
        future.add_done_callback(self._free)
        waiting = asyncio.wrap_future(future)
        try:
            done, _ = await asyncio.wait([waiting], timeout=max(0.0, deadline - loop.time()))
            if done:
                return _result(waiting)
            # What has begun cannot be stopped: it keeps its place until it is done, so that the bound holds.
            begun = not future.cancel()
        finally:
            future.cancel()
            waiting.cancel()
        if not begun:
            raise busy(self._seconds_until_free())
        raise Problem(
            504,
            "too_slow",
            f"The answer took longer than {self.settings.time_limit:g} s; ask a shorter question, or fewer documents.",
        )

    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.settings.threads, thread_name_prefix="reading")

    def _timed(self, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        try:
            return work()
        finally:
            self._mean_seconds += _SMOOTHING * (time.perf_counter() - started - self._mean_seconds)

    def _free(self, _: Future[Any]) -> None:
        self.measures.in_flight.dec()
        self._slots.release()

    def _seconds_until_free(self) -> int:
        """A guess at when half of what is in flight will be done: whole seconds, from 1 to 60."""
        seconds = self.settings.in_flight / 2 * self._mean_seconds / self.settings.threads
        return max(1, min(60, math.ceil(seconds)))

    def reload(self) -> None:
        """Opens the index folder anew and asks it from now on; where it cannot be opened, the old index stays.

        Blocks for some milliseconds. Raises SettingError where the service has no index folder and
        IndexFolderError where the folder cannot be opened.
        """
        folder = self.settings.folder
        if folder is None:
            raise SettingError("the documents were read once, from no index folder: there is nothing to open anew")
        try:
            index = open_index(folder)
        except CitespanError:
            self.measures.reloaded("failed")
            raise
        self._engine = self._engine.over(index)
        self.measures.reloaded("opened")
        self.measures.indexed(**self._engine.counts())
        self.doubts = self._engine.doubts()
        for doubt in self.doubts:
            LOG.warning(doubt)

    async def start(self) -> None:
        """Begins to watch the index folder, and asks a first question so that the reader is loaded."""
        self._watching = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Ends the watching and closes the threads; what is being read is finished."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        # An application may be started again: then with other threads.
        pool, self._pool = self._pool, self._threads()
        await asyncio.to_thread(pool.shutdown)

    async def reload_soon(self) -> None:
        """Opens the index folder anew, off the event loop; a failure is logged."""
        try:
            await asyncio.to_thread(self.reload)
        except CitespanError as error:
            LOG.warning("index not opened anew: %s", error)
        else:
            LOG.info("index opened anew: %s", self._engine.summary())

    async def _watch(self) -> None:
        try:
            await asyncio.to_thread(_warm, self._engine)
        except Exception:
            LOG.exception("the first question, the service's own, could not be answered: it is not ready")
        else:
            self.ready = True
        folder = self.settings.folder
        if folder is None:
            return
        failed: Stamp | None = None
        while True:
            await asyncio.sleep(self.settings.poll_seconds)
            found = stamp(folder)
            if found is None or found == self._engine.index.stamp:
                continue
            try:
                await asyncio.to_thread(self.reload)
            except (CitespanError, OSError) as error:
                # A folder that is being copied is not whole yet: told once, looked at again.
                if found != failed:
                    LOG.warning("index was replaced, but not opened: %s", error)
                failed = found
            else:
                LOG.info("index was replaced: %s", self._engine.summary())


def _ask(engine: Engine, question: str, history: Sequence[Turn], options: dict[str, Any]) -> Answer:
    if history:
        question = rewrite(question, history, engine)
    return engine.ask(question, **options)


def _warm(engine: Engine) -> None:
    """Asks for what is there, so that what loads at the first question is loaded."""
    if len(engine.index):
        engine.ask(engine.index.passage(0).text[:_WARM])


def _sentence(error: Exception) -> str:
    """The message of an error as a sentence; what begins with a name, as ``team=shop: ...``, keeps it as it is."""
    message = str(error)
    begun = message.partition(" ")[0].isalpha()
    return f"{message[:1].upper() if begun else message[:1]}{message[1:]}."


def _result(done: asyncio.Future[T]) -> T:
    try:
        return done.result()
    except SettingError as error:
        raise Problem(422, "invalid", _sentence(error)) from None
    except UnknownSectionError as error:
        raise Problem(404, "unknown_section", _sentence(error)) from None
    except UnknownMetadataError as error:
        raise Problem(404, "unknown_metadata", _sentence(error)) from None
    except SourceError:
        raise Problem(
            404, "unknown_document", "No document of that id is indexed; GET /documents lists those that are."
        ) from None
