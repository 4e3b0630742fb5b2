"""Fit what the judge and the exact checks are worth together, on claims that no training of the judge saw.

Two softmax regressions are fitted (``qa/audit/calibration.py``): of one piece of evidence, on pairs of a claim and its
evidence; and of a claim with all the pieces that are found for it, on claims whose evidence stands somewhere in one
pool of documents. Of the pairs, half of the pages (by their hash) are for fitting, the other half for the figures that
are printed. Of a text that is audited nobody knows how much is wrong: the claims weigh as if each verdict were as
common as the others, so that what is wrong is not called supported because little is wrong elsewhere.

    vitaminc-real       about half of it was read by the judge, once; the rest never
    vitaminc-synthetic  never read
    feverous            never read
    infotabs            never read: claims about tables of keys and values
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from corpus.documents import Document, Section
from qa.audit.calibration import CLAIM, PIECE, VERDICTS, Calibration, Softmax, claim_features, piece_features
from qa.audit.checks import Checked, Stated, check
from qa.audit.evidence import find_pieces
from qa.audit.judge import Judge
from qa.engine import Engine
from qa.opening import build_documents

LABELS = {"supported": 0, "contradicted": 1, "not_enough": 2}
WEIGHTS = {"vitaminc": 1.0, "synthetic": 0.3, "feverous": 0.3, "infotabs": 0.5}
"""How much a pair of each set counts: the first has all three verdicts, and people's own words."""

FOLDS = 8
CASES = 2  # edits of a page whose claims are looked for: with more, the labels do not hold for the whole page

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, its evidence with a title, the right verdict, the page that both are of, and the set they are from."""

    claim: str
    title: str
    evidence: str
    label: int
    page: str
    name: str

    @property
    def fits(self) -> bool:
        """Whether the pair is for fitting, rather than for the figures."""
        return hashlib.sha256(self.page.encode()).digest()[0] < 128


def read(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def table_text(rows: dict[str, list[str]]) -> str:
    """Return an infobox as its lines of "- Key: value"."""
    return "\n".join(f"- {key}: {', '.join(values)}" for key, values in rows.items() if key != "title")


def read_pairs(folder: Path, counts: dict[str, int], seed: int) -> list[Pair]:
    """Return pairs drawn at random from each set, as many as ``counts`` says; titles come with half of VitaminC's."""
    chance = random.Random(seed)
    tables = {table["table"]: table["rows"] for table in read(folder / "infotabs-tables.jsonl.gz")}
    sets: dict[str, list[Pair]] = {name: [] for name in counts}
    for row in read(folder / "vitaminc-real.jsonl.gz"):
        title = row["page"] if chance.random() < 0.5 else ""
        sets["vitaminc"].append(
            Pair(row["claim"], title, row["evidence"], LABELS[row["label"]], row["page"], "vitaminc")
        )
    for row in read(folder / "vitaminc-synthetic.jsonl.gz"):
        sets["synthetic"].append(
            Pair(row["claim"], "", row["evidence"], LABELS[row["label"]], row["page"], "synthetic")
        )
    for row in read(folder / "feverous-dev-programfc-dev.jsonl.gz"):
        text = row["evidence"].replace("\t", " : ")
        sets["feverous"].append(
            Pair(row["claim"], "", text, LABELS[row["label"]], text.partition(" : ")[0], "feverous")
        )
    for row in read(folder / "infotabs-train.jsonl.gz"):
        rows = tables[row["table"]]
        title = " ".join(rows["title"])
        sets["infotabs"].append(
            Pair(row["claim"], title, table_text(rows), LABELS[row["label"]], row["table"], "infotabs")
        )
    drawn: list[Pair] = []
    for name, pairs in sets.items():
        chance.shuffle(pairs)
        drawn += pairs[: counts[name]]
    return drawn


def pool(folder: Path, chance: random.Random) -> tuple[Engine, list[Pair]]:
    """Return an engine over VitaminC's pages, one version of each case, and claims with their right verdicts.

    The claims are of pages with few cases: of a page that was often edited, another sentence may say otherwise.
    """
    cases: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in read(folder / "vitaminc-real.jsonl.gz"):
        cases.setdefault((row["page"], row["case"]), []).append(row)
    texts: dict[str, list[str]] = {}
    claims: list[Pair] = []
    versions = Counter(page for page, _ in cases)
    for (page, _), rows in cases.items():
        kept = chance.choice(sorted({row["evidence"] for row in rows}))
        texts.setdefault(page, []).append(kept)
        claims += [
            Pair(row["claim"], page, kept, LABELS[row["label"]], page, "pool")
            for row in rows
            if row["evidence"] == kept and versions[page] <= CASES
        ]
    documents = []
    for page, parts in texts.items():
        text = "\n\n".join(parts)
        name = hashlib.sha256(page.encode()).hexdigest()[:16]
        documents.append(Document(name, page, text, (Section((), 0, len(text)),), "pool"))
    chance.shuffle(claims)
    return build_documents(documents, reader="lexical"), claims


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
        f"{name:<12} n {len(labels):>5}  accuracy {(found == truth).mean():.3f}  macro-F1 {three:.3f}  two classes "
        f"{two:.3f}  ECE {expected_error(probabilities, labels):.3f}  contradicted called supported {wrong:.3f}"
    )


def disagreements(logits: Floats, checks: Sequence[Checked], labels: Sequence[int]) -> str:
    """Return who is right where the judge says supported and the checks find a quantity stated otherwise."""
    judged = logits.argmax(axis=1)
    split = [
        label
        for verdict, checked, label in zip(judged, checks, labels, strict=True)
        if verdict == 0 and checked.conflicting
    ]
    told = ", ".join(f"{VERDICTS[label]} {split.count(label)}" for label in range(3))
    return f"the judge says supported, a check finds another quantity: {len(split)}; right is {told}"


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


def judged_pool(
    engine: Engine, claims: Sequence[Pair], judge: Judge, cache: Path | None
) -> Iterator[tuple[Pair, list[tuple[npt.NDArray[np.float32], Checked]]]]:
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
    parser.add_argument("--out", type=Path, required=True, help="calibration.json")
    parser.add_argument("--pairs", type=int, nargs=4, default=[4000, 1500, 1200, 1500], metavar="N")
    parser.add_argument("--pool", type=int, default=2000, help="claims whose evidence is looked for")
    parser.add_argument("--strength", type=float, default=1.0)
    parser.add_argument("--cache", type=Path, help="a folder to keep the judge's logits in, for fitting again")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    judge = Judge(threads=args.threads)
    names = ("vitaminc", "synthetic", "feverous", "infotabs")
    pairs = read_pairs(args.claims, dict(zip(names, args.pairs, strict=True)), seed=5)
    cache = args.cache
    asked = [(pair.claim, [(pair.title, pair.evidence)]) for pair in pairs]
    logits = np.concatenate(cached(cache and cache / "pairs.npz", judge, asked))
    checks = [check(Stated.of(pair.claim), Stated.of(pair.evidence), pair.title) for pair in pairs]
    features = np.array([piece_features(row, checked) for row, checked in zip(logits, checks, strict=True)])
    fits = np.array([pair.fits for pair in pairs])
    labels = np.array([pair.label for pair in pairs])
    weights = np.array([WEIGHTS[pair.name] for pair in pairs])
    piece = fitted(features[fits], labels[fits].tolist(), args.strength, weights[fits])
    for name in names:
        rows = np.array([pair.name == name and not pair.fits for pair in pairs])
        alone = np.exp(logits[rows]) / np.exp(logits[rows]).sum(axis=1, keepdims=True)
        print(figures(f"{name}, judge", alone, labels[rows].tolist()))
        both = np.array([piece.probabilities(row) for row in features[rows]])
        print(figures(name, both, labels[rows].tolist()))
    print(
        disagreements(
            logits[~fits],
            [checked for checked, fit in zip(checks, fits, strict=True) if not fit],
            labels[~fits].tolist(),
        )
    )

    engine, claims = pool(args.claims, random.Random(7))
    rows, truths, pages = [], [], []
    for claim, found in judged_pool(engine, claims[: args.pool], judge, cache and cache / "pool.npz"):
        rows.append(claim_features([piece.probabilities(piece_features(row, checked)) for row, checked in found]))
        truths.append(claim.label)
        pages.append(claim.page)
    # Of few claims, all are for fitting, and the figures are of folds that share no page.
    folds = GroupKFold(FOLDS)
    model = LogisticRegression(C=args.strength, max_iter=5000, class_weight="balanced")
    held = cross_val_predict(model, np.array(rows), truths, groups=pages, cv=folds, method="predict_proba")
    print(figures("found in pool", held, truths))
    model.fit(np.array(rows), truths)
    whole = Softmax(model.coef_, model.intercept_)
    record = {"piece": stored(piece, PIECE), "claim": stored(whole, CLAIM)}
    args.out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    Calibration.load(args.out)


if __name__ == "__main__":
    main()
