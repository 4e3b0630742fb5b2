"""What a service counts and times, in the form that Prometheus reads."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from qa.answers import Answer

MEDIA_TYPE = "text/plain; version=1.0.0; charset=utf-8"

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_TENTHS = tuple(tenth / 10 for tenth in range(1, 11))


class Measures:
    """The figures of one application, in a registry of its own; threads may share it.

    Under several workers (``PROMETHEUS_MULTIPROC_DIR`` is set) ``text`` adds up those of all workers.

    >>> measures = Measures()
    >>> measures.answered(Answer.refusal("?", "no_match"), seconds=0.02)
    >>> "citespan_refusals_total{reason=\\"no_match\\"} 1.0" in measures.text().decode()
    True
    """

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._questions = Counter("citespan_questions", "Questions answered or refused.", registry=registry)
        self._refusals = Counter("citespan_refusals", "Questions refused.", ["reason"], registry=registry)
        self._tasks = Counter(
            "citespan_chat_tasks", "Tasks of chat clients' own, which are no questions.", ["task"], registry=registry
        )
        self._keys = Counter(
            "citespan_key_requests", "Requests let in by a key, by its name.", ["key"], registry=registry
        )
        self._failures = Counter("citespan_failures", "Requests not served.", ["code"], registry=registry)
        self._seconds = Histogram(
            "citespan_question_seconds",
            "From a question's arrival to its answer, waiting included.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._confidence = Histogram(
            "citespan_confidence",
            "The probability that the best span found is right, of answers and of refusals for low confidence.",
            buckets=_TENTHS,
            registry=registry,
        )
        self._requests = Counter(
            "citespan_http_requests", "HTTP requests.", ["method", "route", "status"], registry=registry
        )
        self._verdicts = Counter("citespan_verdicts", "Verdicts on answers.", ["verdict"], registry=registry)
        self._reloads = Counter("citespan_index_reloads", "Indexes opened anew.", ["outcome"], registry=registry)
        self.in_flight = Gauge(
            "citespan_in_flight",
            "Requests being read or waiting for it.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._documents = Gauge(
            "citespan_index_documents", "Documents indexed.", registry=registry, multiprocess_mode="livemin"
        )
        self._passages = Gauge(
            "citespan_index_passages", "Passages indexed.", registry=registry, multiprocess_mode="livemin"
        )
        ProcessCollector(registry=registry)

    def answered(self, answer: Answer, *, seconds: float) -> None:
        """Takes in one answer or refusal, and how long it took."""
        self._questions.inc()
        self._seconds.observe(seconds)
        if answer.reason is not None:
            self._refusals.labels(answer.reason).inc()
        if answer.reason in (None, "low_confidence"):
            self._confidence.observe(answer.confidence)

    def chat_task(self, kind: str) -> None:
        """Takes in a task of a chat client's own, answered without a search."""
        self._tasks.labels(kind).inc()

    def used_key(self, name: str) -> None:
        """Takes in a request that a key of that name let in."""
        self._keys.labels(name).inc()

    def failed(self, code: str) -> None:
        """Takes in a request that was not served; ``code`` is the problem's."""
        self._failures.labels(code).inc()

    def requested(self, method: str, route: str, status: int) -> None:
        """Takes in one HTTP request; ``route`` is the path's template, never the path."""
        self._requests.labels(method, route, str(status)).inc()

    def judged(self, verdict: str) -> None:
        """Takes in a verdict."""
        self._verdicts.labels(verdict).inc()

    def reloaded(self, outcome: str) -> None:
        """Takes in that an index was opened anew, or could not be."""
        self._reloads.labels(outcome).inc()

    def indexed(self, *, documents: int, passages: int) -> None:
        """Takes in how much is indexed."""
        self._documents.set(documents)
        self._passages.set(passages)

    def text(self) -> bytes:
        """All figures, in the text form of Prometheus."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self.registry)
        from prometheus_client.multiprocess import MultiProcessCollector

        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
        return generate_latest(everyone)
