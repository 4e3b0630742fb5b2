"""Fit what the judge and the exact checks are worth together, on pages that no training of the judge saw.

    fit_judge.py --claims CLAIMS --squad SQUAD/train-v1.1.json.gz --written scripts/written/kept/claims \\
        --out qa/models/judge/calibration.json

Softmax regressions are fitted (``qa/audit/calibration.py``): of one piece of evidence, on pairs of a claim and its
evidence; and of a claim with all the pieces that are found for it, on claims whose evidence stands
somewhere in one pool of documents: VitaminC's pages, articles of SQuAD, some of whose sentences are changed, and the
texts whose claims were written (``written.py``).  All claims are of pages that ``claims_sets.kept_out`` names.  Half
of these pages are for fitting, the other half for the figures that are printed.  Claims that are found are few: the
figures are of folds that share no page, and each kind of them weighs the same.  Of a text that is audited nobody knows
how much is wrong: the claims weigh as if each verdict were as common as the others, so that what is wrong is not called
supported because little is wrong elsewhere.  And it is called supported only where that is likelier than what a wrong
"supported" costs (``FALSE_SUPPORT``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from changed_claims import article_documents, changed_claims, unchanged_claims
from claims_sets import CONTRADICTED, LABELS, NOT_FOUND, SUPPORTED, Claim, kept_out, plain, read, read_claims
from claims_squad import read_articles
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from written import claim_examples, read_cases

from corpus.documents import Document, Section
from qa.audit.calibration import (
    CLAIM,
    PIECE,
    VERDICTS,
    JudgeCalibration,
    Softmax,
    claim_features,
    piece_features,
)
from qa.audit.checks import Checked, Stated, check
from qa.audit.evidence import find_pieces
from qa.audit.judge import Judge
from qa.audit.yes_no import as_statement
from qa.engine import Engine
from qa.opening import build_documents

SETS = {
    "vitaminc-real": (4000, 1.0),
    "vitaminc-synthetic": (1200, 0.5),
    "feverous": (700, 0.5),
    "infotabs": (1200, 1.0),
    "fever": (800, 0.5),
    "condaqa": (1500, 1.0),
    "boolq": (300, 1.0),
    "climate-fever": (300, 0.5),
    "healthver": (336, 0.5),
    "case": (1200, 0.3),
}
"""Claims of each set at most, and how much one counts: the first has all three verdicts, and people's own words."""

WITHOUT = 4  # of so many articles, one is not in the pool
ASKING = ("condaqa", "boolq")
FOLDS = 8
FALSE_SUPPORT = 1.0  # what a wrong "supported" costs, where a right one that is not said costs 1
WRITTEN = 0.2  # of the weight of each other kind: written claims are harder than those that people ask about
CASES = 2  # edits of a page whose claims are looked for: with more, the labels do not hold for the whole page

Floats = npt.NDArray[np.float64]


def fits(claim: Claim) -> bool:
    """Return whether a claim is for fitting, rather than for the figures."""
    return hashlib.sha256(claim.page.encode()).digest()[0] < 128


def unseen(folder: Path, written: Path, share: float, chance: random.Random) -> list[Claim]:
    """Return claims of each set drawn at random, those of kept-out pages alone; half of VitaminC's lose their title.

    Questions stay as they are: the judge reads them so, and the checks their statement, as in the program.
    """
    sets: dict[str, list[Claim]] = defaultdict(list)
    for claim in read_claims(folder):
        if kept_out(claim.page):
            title = "" if claim.kind == "vitaminc-real" and chance.random() < 0.5 else claim.title
            sets[claim.kind].append(replace(claim, title=title))
    sets["case"] = [claim for claim in claim_examples(written, chance) if claim.kind == "case"]
    drawn: list[Claim] = []
    for kind, (count, _) in SETS.items():
        drawn += chance.sample(sets[kind], min(int(share * count), len(sets[kind])))
    return drawn


def pool(folder: Path, squad: Path, written: Path, count: int, chance: random.Random) -> tuple[Engine, list[Claim]]:
    """Return an engine over VitaminC's pages, articles and written texts, with claims of kept-out pages.

    Of each of VitaminC's cases one version is there. ``count`` claims are of its pages with few cases: of a page that
    was often edited, another sentence may say otherwise. Half as many are changed sentences of articles, as many
    sentences as they are, and half as many again sentences of articles that are not in the pool.
    """
    cases: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in read(folder / "vitaminc-real.jsonl.gz"):
        cases.setdefault((plain(row["page"]), row["case"]), []).append(row)
    texts: dict[str, list[str]] = {}
    claims: list[Claim] = []
    versions = Counter(page for page, _ in cases)
    for (page, _), rows in cases.items():
        kept = chance.choice(sorted({row["evidence"] for row in rows}))
        texts.setdefault(page, []).append(kept)
        claims += [
            Claim(row["claim"], page, kept, LABELS[row["label"]], page, "found")
            for row in rows
            if row["evidence"] == kept and versions[page] <= CASES and kept_out(page)
        ]
    documents = [document(page, "\n\n".join(parts)) for page, parts in texts.items()]
    claims = chance.sample(claims, min(count, len(claims)))
    articles = read_articles(squad, kept_out)
    held = [article for number, article in enumerate(articles) if number % WITHOUT]
    documents += article_documents(held)
    claims += [alone.claim for alone in changed_claims(held, count // 2, chance)]
    claims += unchanged_claims(held, count // 2, SUPPORTED, chance)
    claims += unchanged_claims(articles[::WITHOUT], count // 4, NOT_FOUND, chance)
    for case in read_cases(written):
        documents += [replace(one, id=f"{case.name}/{one.id}") for one in case.documents]
        claims += [
            Claim(row["claim"], "", "", VERDICTS.index(row["verdict"]), case.name, "case") for row in case.claims
        ]
    chance.shuffle(claims)
    return build_documents(documents, reader="lexical"), claims


def document(title: str, text: str) -> Document:
    """Return a document of one section."""
    return Document(hashlib.sha256(title.encode()).hexdigest()[:16], title, text, (Section((), 0, len(text)),), "pool")


def fitted(features: Floats, labels: Sequence[int], strength: float, weights: Floats | None = None) -> Softmax:
    """Return the softmax regression that fits best, held near 0 by ``strength``."""
    model = LogisticRegression(C=strength, max_iter=5000).fit(features, labels, sample_weight=weights)
    return Softmax(model.coef_, model.intercept_)


def expected_error(probabilities: Floats, labels: Sequence[int], bins: int = 10) -> float:
    """Return the expected calibration error of the likeliest verdicts, over bins of equal mass."""
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == np.asarray(labels)
    parts = np.array_split(np.argsort(sure), bins)
    return float(sum(len(part) * abs(sure[part].mean() - right[part].mean()) for part in parts) / len(labels))


def figures(name: str, probabilities: Floats, labels: Sequence[int]) -> str:
    """Return a line of figures: accuracy, macro-F1 of three verdicts and of supported or not, and ECE."""
    truth, found = np.asarray(labels), probabilities.argmax(axis=1)

    def f1(ours: Any, theirs: Any) -> float:
        return 2 * float((ours & theirs).sum()) / max(1, float(ours.sum() + theirs.sum()))

    three = np.mean([f1(found == verdict, truth == verdict) for verdict in sorted(set(labels))])
    two = np.mean([f1((found == 0) == side, (truth == 0) == side) for side in (True, False)])
    wrong = float(((found == 0) & (truth == 1)).sum()) / max(1, int((truth == 1).sum()))
    return (
        f"{name:<26} n {len(labels):>5}  accuracy {(found == truth).mean():.3f}  macro-F1 {three:.3f}  two classes "
        f"{two:.3f}  ECE {expected_error(probabilities, labels):.3f}  contradicted called supported {wrong:.3f}"
    )


def told_at(probabilities: Floats, labels: Sequence[int], threshold: float) -> str:
    """Return a line of what calling claims supported from a probability on costs and spares."""
    truth, lines = np.asarray(labels), []
    for least in (0.0, threshold):
        called = (probabilities.argmax(axis=1) == SUPPORTED) & (probabilities[:, SUPPORTED] >= least)
        false, right = (called[truth == label] for label in (CONTRADICTED, SUPPORTED))
        lines.append(
            f"from {least:.2f} on {false.sum()} of {len(false)} contradicted, {right.mean():.3f} of the supported"
        )
    return f"called supported: {'; '.join(lines)}"


def disagreements(logits: Floats, checks: Sequence[Checked], labels: Sequence[int]) -> str:
    """Return who is right where the judge's logits and the checks disagree, as lines."""
    judged = logits.argmax(axis=1)
    lines = []
    for told, verdict, by_checks in (
        ("the judge says supported, a check finds another quantity", SUPPORTED, lambda one: one.conflicting),
        (
            "the judge says supported, a check finds another name, denial or roles",
            SUPPORTED,
            lambda one: one.differs and not one.conflicting,
        ),
        (
            "the judge says contradicted, the checks find all quantities and names and no difference",
            CONTRADICTED,
            lambda one: one.matched and not (one.differs or one.missing or one.unnamed),
        ),
    ):
        split = [
            label for said, one, label in zip(judged, checks, labels, strict=True) if said == verdict and by_checks(one)
        ]
        right = ", ".join(f"{VERDICTS[label]} {split.count(label)}" for label in range(3))
        lines.append(f"{told}: {len(split)}; right is {right}")
    return "\n".join(lines)


def stored(softmax: Softmax, names: Sequence[str]) -> dict[str, Any]:
    """Return a softmax regression as JSON has it."""
    rows = softmax.weights.round(4).tolist()
    return {
        "weights": {verdict: dict(zip(names, row, strict=True)) for verdict, row in zip(VERDICTS, rows, strict=True)},
        "bias": dict(zip(VERDICTS, softmax.bias.round(4).tolist(), strict=True)),
    }


def cached(path: Path | None, judge: Judge, asked: Sequence[tuple[str, list[tuple[str, str]]]]) -> list[Any]:
    """Return the logits of the pieces of each claim; from a file where it has just these, else into it."""
    if path is not None and path.is_file():
        with np.load(path, allow_pickle=False) as stored_:
            logits, sizes = stored_["logits"], stored_["sizes"]
        if sizes.tolist() == [len(pieces) for _, pieces in asked]:
            return np.split(logits, np.cumsum(sizes)[:-1])
    found = [judge.logits(claim, pieces) for claim, pieces in asked]
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, logits=np.concatenate(found), sizes=np.array([len(one) for one in found]))
    return found


def _stated(claim: Claim) -> str:
    asks = claim.claim.endswith("?")
    return (as_statement(claim.claim) if asks else None) or claim.claim


def fit_pieces(claims: Sequence[Claim], judge: Judge, strength: float, cache: Path | None) -> Softmax:
    """Return what one piece of evidence is weighed by, and print how well that does; of questions, the logits alone."""
    found = []
    for kind in SETS:
        asked = [(claim.claim, [(claim.title, claim.evidence)]) for claim in claims if claim.kind == kind]
        found += cached(cache and cache / f"{kind}.npz", judge, asked)
    logits = np.concatenate(found)
    checks = [check(Stated.of(_stated(claim)), Stated.of(claim.evidence), claim.title) for claim in claims]
    features = np.array([piece_features(row, checked) for row, checked in zip(logits, checks, strict=True)])
    fit = np.array([fits(claim) for claim in claims])
    labels = np.array([claim.label for claim in claims])
    weights = np.array([SETS[claim.kind][1] for claim in claims])
    asks = np.array([claim.kind in ASKING for claim in claims])
    said = fit & ~asks
    piece = fitted(features[said], labels[said].tolist(), strength, weights[said])
    for kind in SETS:
        rows = np.array([claim.kind == kind for claim in claims]) & ~fit
        alone = np.exp(logits[rows]) / np.exp(logits[rows]).sum(axis=1, keepdims=True)
        print(figures(f"{kind}, judge", alone, labels[rows].tolist()))
        if kind not in ASKING:
            both = np.array([piece.probabilities(row) for row in features[rows]])
            print(figures(kind, both, labels[rows].tolist()))
    left = [checked for checked, used in zip(checks, fit, strict=True) if not used]
    print(disagreements(logits[~fit], left, labels[~fit].tolist()))
    return piece


def judged_pool(
    engine: Engine, claims: Sequence[Claim], judge: Judge, cache: Path | None
) -> Iterator[tuple[Claim, list[tuple[npt.NDArray[np.float32], Checked]]]]:
    """Yield each claim with the logits and the checks of the pieces that are found for it."""
    pieces = [find_pieces(engine, claim.claim) for claim in claims]
    asked = [
        (claim.claim, [(piece.title, piece.text) for piece in found])
        for claim, found in zip(claims, pieces, strict=True)
    ]
    for claim, found, logits in zip(claims, pieces, cached(cache, judge, asked), strict=True):
        stated = Stated.of(claim.claim)
        checks = [check(stated, Stated.of(piece.text), piece.title) for piece in found]
        yield claim, list(zip(logits, checks, strict=True))


def main() -> None:
    """Fit, print the figures, and write the calibration."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=Path, required=True, help="the folder of claims")
    parser.add_argument("--squad", type=Path, required=True, help="SQuAD 1.1 train")
    parser.add_argument("--written", type=Path, required=True, help="texts with claims that were kept, see written.py")
    parser.add_argument("--out", type=Path, required=True, help="calibration.json")
    parser.add_argument("--share", type=float, default=1.0, help="of the counts of each set (default: all)")
    parser.add_argument("--pool", type=int, default=600, help="VitaminC's claims whose evidence is looked for")
    parser.add_argument("--strength", type=float, default=1.0)
    parser.add_argument("--cache", type=Path, help="a folder to keep the judge's logits in, for fitting again")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    judge, cache = Judge(threads=args.threads), args.cache
    drawn = unseen(args.claims, args.written, args.share, random.Random(5))
    piece = fit_pieces(drawn, judge, args.strength, cache)
    engine, claims = pool(args.claims, args.squad, args.written, args.pool, random.Random(7))
    rows, found = [], []
    for claim, pieces in judged_pool(engine, claims, judge, cache and cache / "pool.npz"):
        said = [piece.probabilities(piece_features(row, checked)) for row, checked in pieces]
        rows.append(claim_features(said, [checked for _, checked in pieces]))
        found.append(claim)
    table, truths = np.array(rows), np.array([claim.label for claim in found])
    kinds = Counter(claim.kind for claim in found)
    shares = {kind: WRITTEN if kind == "case" else 1.0 for kind in kinds}
    weights = np.array([len(found) * shares[claim.kind] / kinds[claim.kind] for claim in found]) / sum(shares.values())
    model = LogisticRegression(C=args.strength, max_iter=5000, class_weight="balanced")
    held = np.zeros((len(found), len(VERDICTS)))
    for own, others in GroupKFold(FOLDS).split(table, groups=[claim.page for claim in found]):
        held[others] = model.fit(table[own], truths[own], weights[own]).predict_proba(table[others])
    for kind in sorted(kinds):
        chosen = [place for place, claim in enumerate(found) if claim.kind == kind]
        print(figures(kind, held[chosen], truths[chosen].tolist()))
    model.fit(table, truths, weights)
    threshold = round(FALSE_SUPPORT / (1 + FALSE_SUPPORT), 4)
    print(told_at(held, truths.tolist(), threshold))
    record = {
        "piece": stored(piece, PIECE),
        "claim": stored(Softmax(model.coef_, model.intercept_), CLAIM),
        "supported_at": threshold,
    }
    args.out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    JudgeCalibration.load(args.out)


if __name__ == "__main__":
    main()
