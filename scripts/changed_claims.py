"""Change one number, date or name in sentences of SQuAD's articles, and measure how the judge takes them.

    changed_claims.py --squad dev-a-v1.1.json.gz --count 500 --show 20

Each claim is judged twice: by its own sentence, and by what is found for it in all the articles.  Two shares are
printed for either: the claims that are not called supported, and those whose difference is named: what was put in on
the side of the claim, what it stands for on the side of the source.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from claims_changes import changed
from claims_sets import CONTRADICTED, SUPPORTED, Claim
from claims_squad import Article, read_articles
from claims_wordings import may_be_claim

from corpus.documents import Document, Section
from qa.audit.auditing import judge_claim
from qa.audit.checks import Difference
from qa.audit.claims import Claim as Stretch
from qa.engine import Engine
from qa.opening import build_documents

__all__ = ["ChangedClaim", "article_documents", "changed_claims", "unchanged_claims"]

KINDS = ("number", "date", "name")
_YEAR = re.compile(r"1\d\d\d|20\d\d")


@dataclass(frozen=True, slots=True)
class ChangedClaim:
    """A claim with what was put in, what it stands for, and the kind of both."""

    claim: Claim
    new: str
    old: str
    kind: str

    def named(self, differs: Sequence[Difference]) -> bool:
        """Return whether a difference tells what was put in and what it stands for."""
        return any(_meet(one.claim, self.new) and _meet(one.source, self.old) for one in differs)


def _meet(told: str, meant: str) -> bool:
    """Whether a difference's words hold all of what was changed, or are a part of it."""
    ours, theirs = (set(re.findall(r"\w+", text.lower())) for text in (told, meant))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def sentences(articles: Sequence[Article], rng: random.Random) -> Iterator[tuple[Article, str, str]]:
    """Yield articles' sentences that can be understood alone, with their paragraphs, in random order."""
    found = [
        (article, sentence, paragraph.text)
        for article in articles
        for paragraph in article.paragraphs
        for sentence in paragraph.sentences
        if may_be_claim(sentence)
    ]
    yield from rng.sample(found, len(found))


def changed_claims(articles: Sequence[Article], count: int, rng: random.Random) -> list[ChangedClaim]:
    """Return that many sentences with one thing changed, as many of each kind; fewer where there are not so many."""
    made: list[ChangedClaim] = []
    counts = dict.fromkeys(KINDS, 0)
    for article, sentence, text in sentences(articles, rng):
        wanted = min(KINDS, key=lambda kind: counts[kind])
        change = changed(sentence, text, rng, KINDS if wanted == "date" else (wanted,))
        if change is None:
            continue
        old = sentence[change.start : change.end]
        kind = "date" if _YEAR.fullmatch(old) else change.kind
        if kind != wanted:
            continue
        counts[kind] += 1
        claim = Claim(change.on(sentence), article.title, sentence, CONTRADICTED, article.title, "changed")
        made.append(ChangedClaim(claim, change.new, old, kind))
        if len(made) == count:
            break
    return made


def unchanged_claims(articles: Sequence[Article], count: int, label: int, rng: random.Random) -> list[Claim]:
    """Return that many sentences as they are, with a label."""
    found = sentences(articles, rng)
    return [
        Claim(sentence, article.title, sentence, label, article.title, "changed")
        for (article, sentence, _), _ in zip(found, range(count), strict=False)
    ]


def article_documents(articles: Sequence[Article]) -> list[Document]:
    """Return the articles as documents of one section."""
    return [_document(article.title, "\n\n".join(part.text for part in article.paragraphs)) for article in articles]


def _document(title: str, text: str) -> Document:
    number = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:16]
    return Document(number, title, text, (Section((), 0, len(text)),), f"{title}.txt")


def measured(name: str, claims: Sequence[ChangedClaim], engines: Sequence[Engine], show: int) -> str:
    """Return a line of shares of claims that are judged, each in its engine, and print some that are missed."""
    refuted: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    named: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    times = []
    for one, engine in zip(claims, engines, strict=True):
        text = one.claim.claim
        begun = time.perf_counter()
        judged = judge_claim(engine, Stretch(text, 0, len(text), 0, True, text), text)
        times.append(1000 * (time.perf_counter() - begun))
        refuted[one.kind].append(judged.verdict != "supported")
        named[one.kind].append(one.named(judged.differs))
        if show and not (refuted[one.kind][-1] and named[one.kind][-1]):
            show -= 1
            told = [(other.claim, other.source, other.kind) for other in judged.differs]
            print(f"* {judged.verdict} {judged.confidence} {one.kind}: {one.old!r} is now {one.new!r}; told {told}")
            print(f"    {text}\n    {judged.evidence[0].citation.quote if judged.evidence else '-'}")
    told = [f"{kind} {share(refuted[kind])} / {share(named[kind])} of {len(named[kind])}" for kind in KINDS]
    both = [list(chain.from_iterable(rows.values())) for rows in (refuted, named)]
    times.sort()
    return (
        f"{name}: not called supported {share(both[0])}, the difference named {share(both[1])} of {len(claims)} "
        f"({', '.join(told)}), {times[len(times) // 2]:.0f} ms a claim"
    )


def share(rows: Sequence[bool]) -> str:
    """Return the share of what is true, in percent."""
    return f"{100 * sum(rows) / max(1, len(rows)):.1f} %"


def main() -> None:
    """Make the claims, write them, and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", type=Path, required=True, help="a SQuAD file")
    parser.add_argument("--count", type=int, default=500, help="claims (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same claims (default: %(default)s)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N claims that are missed")
    parser.add_argument("--alone", action="store_true", help="judge by the own sentence alone")
    parser.add_argument("-o", "--output", type=Path, help="a JSONL file for qa eval")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    articles = read_articles(options.squad, bool)
    claims = changed_claims(articles, options.count, rng)
    right = unchanged_claims(articles, options.count, SUPPORTED, rng)
    if options.output:
        rows = [(one.claim, "contradicted") for one in claims] + [(claim, "supported") for claim in right]
        with options.output.open("w", encoding="utf-8") as file:
            for claim, verdict in rows:
                row = {"claim": claim.claim, "verdict": verdict, "title": claim.title, "evidence": claim.evidence}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    own = [build_documents([_document(one.claim.title, one.claim.evidence)], reader="lexical") for one in claims]
    print(measured("own sentence", claims, own, options.show))
    if not options.alone:
        pooled = build_documents(article_documents(articles), reader="lexical")
        print(measured("found", claims, [pooled] * len(claims), options.show))


if __name__ == "__main__":
    main()
