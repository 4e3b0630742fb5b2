"""Encode claims with evidence for training the judge: what people labelled, and what is made of SQuAD and of documents.

    encode_claims.py --base BASE --claims CLAIMS --squad SQUAD -o claims.npz
    encode_claims.py --base BASE --written scripts/written/train/claims -o written-claims.npz

``BASE`` is a folder with ``tokenizer.json``, ``CLAIMS`` the folder of claims, ``SQUAD`` that of SQuAD's training files.
Each example is ``[CLS] claim [SEP] title : evidence [SEP]`` with its label (``reader_arrays.py``).  A fifth of the
pages of every set is kept out (``claims_sets.kept_out``).  Examples of one page stand together: the file packs well.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from reader_arrays import Example, write_examples
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parent.parent))

from claims_confusions import confused_claims, line_claims, price_claims
from claims_documents import document_claims
from claims_questions import plausible_claims, question_claims
from claims_sets import Claim, kept_out, read, read_claims
from claims_squad import read_articles, sentence_claims
from claims_statements import Statements
from claims_verbs import verbs_of
from written import claim_examples

CLAIM_TOKENS, EVIDENCE_TOKENS = 64, 220
LABELS = ("supported", "contradicted", "not found", "contradicted or not found")
WITH_TITLE = 0.7


def encoded(claims: Sequence[Claim], tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield the examples of claims, without those whose evidence would be cut, perhaps where it is told."""
    vocabulary = tokenizer.get_vocab()
    cls, sep = vocabulary["[CLS]"], vocabulary["[SEP]"]
    for start in range(0, len(claims), 2000):
        group = claims[start : start + 2000]
        ours = tokenizer.encode_batch([claim.claim for claim in group], add_special_tokens=False)
        evidence = [f"{claim.title} : {claim.evidence}" if claim.title else claim.evidence for claim in group]
        theirs = tokenizer.encode_batch(evidence, add_special_tokens=False)
        for claim, first, second in zip(group, ours, theirs, strict=True):
            if len(second.ids) > EVIDENCE_TOKENS + 10 or len(first.ids) > CLAIM_TOKENS:
                continue
            ids = np.array([cls, *first.ids, sep, *second.ids[:EVIDENCE_TOKENS], sep], np.int32)
            allowed = np.arange(len(ids)) == 0
            yield Example(ids, len(first.ids) + 2, allowed, 0, 0, f"claim {claim.kind}", claim.label)


def labelled(folder: Path, rng: random.Random) -> Iterator[Claim]:
    """Yield what people labelled, without the pages that are kept out; some lose their title."""
    for claim in read_claims(folder):
        if not kept_out(claim.page):
            title = claim.title if rng.random() < WITH_TITLE or claim.kind == "infotabs" else ""
            yield Claim(claim.claim, title, claim.evidence, claim.label, claim.page, claim.kind)


def made(options: argparse.Namespace, rng: random.Random) -> Iterator[Claim]:
    """Yield the claims that are made."""
    articles = read_articles(options.squad / "train-v1.1.json.gz")
    statements = Statements(verbs_of(part.text for article in articles for part in article.paragraphs))
    for article in articles:
        yield from sentence_claims(article, rng)
        yield from question_claims(article, statements, rng)
    for article in read_articles(options.squad / "train-v2.0-unanswerable.json.gz"):
        yield from plausible_claims(article, statements, rng)
    yield from document_claims(statements, options.documents, options.claims, rng)
    for article in articles:
        yield from confused_claims(article, rng)
    if options.claims:
        tables = read(options.claims / "infotabs-tables.jsonl.gz")
        seen = [(table["table"], table["rows"]) for table in tables if not kept_out(table["table"])]
        yield from line_claims(seen, rng)
    yield from price_claims(options.prices, rng)


SCARCE = {("climate-fever", 2): 2000}
"""At most so many of a kind and label: most of that set's evidence was only found by search."""


def chosen(claims: Sequence[Claim], count: int, rng: random.Random) -> list[Claim]:
    """Return at most ``count`` claims of each kind, drawn at random, those of one page together."""
    kinds: dict[str, list[Claim]] = defaultdict(list)
    counts: Counter[tuple[str, int]] = Counter()
    for claim in dict.fromkeys(claims):
        counts[claim.kind, claim.label] += 1
        if counts[claim.kind, claim.label] <= SCARCE.get((claim.kind, claim.label), len(claims)):
            kinds[claim.kind].append(claim)
    kept = [claim for group in kinds.values() for claim in rng.sample(group, min(count, len(group)))]
    return sorted(kept, key=lambda claim: (claim.page, claim.evidence, claim.claim, claim.kind, claim.title))


def table(claims: Iterable[Claim]) -> str:
    """Return how many claims there are of each kind and label, as lines."""
    counts = Counter((claim.kind, claim.label) for claim in claims)
    rows = [f"{'':22}" + "".join(f"{label:>27}" for label in LABELS)]
    for kind in [*sorted({kind for kind, _ in counts}), ""]:
        row = [sum(n for (k, c), n in counts.items() if c == label and kind in ("", k)) for label in range(4)]
        rows.append(f"{kind or 'all':22}" + "".join(f"{number:27,}" for number in row))
    return "\n".join(rows)


def packed(path: Path) -> int:
    """Return the bytes of a file in a zip of level 6."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.write(path, path.name)
    return target.tell()


def show(claims: Sequence[Claim], count: int, rng: random.Random) -> None:
    """Print some claims of each kind and label."""
    groups: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.kind, claim.label].append(claim)
    for (kind, label), group in sorted(groups.items()):
        print(f"\n=== {kind}: {LABELS[label]} ({len(group):,})")
        for claim in rng.sample(group, min(count, len(group))):
            print(f"* {claim.claim}\n    [{claim.title}] {claim.evidence}")


def main() -> None:
    """Write the file and print what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="the base model's folder, with tokenizer.json")
    parser.add_argument("--claims", type=Path, help="the folder of claims that people labelled")
    parser.add_argument("--squad", type=Path, help="the folder of SQuAD's training files")
    parser.add_argument("--written", type=Path, help="a folder of texts with claims that were written (written.py)")
    parser.add_argument("--documents", type=int, default=40_000, help="claims about made documents (%(default)s)")
    parser.add_argument("--prices", type=int, default=4_000, help="claims about price lists (%(default)s)")
    parser.add_argument("--count", type=int, default=40_000, help="examples of one kind at most (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same examples (default: %(default)s)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N examples of each kind and label")
    parser.add_argument("-o", "--output", type=Path, help="the .npz file; without it nothing is written")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    claims = list(labelled(options.claims, rng)) if options.claims else []
    if options.squad:
        claims += made(options, rng)
    if options.written:
        claims += claim_examples(options.written, rng)
    claims = chosen(claims, options.count, rng)
    if options.show:
        show(claims, options.show, random.Random(options.seed + 1))
    print(table(claims))
    if options.output:
        tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        counts = write_examples(options.output, encoded(claims, tokenizer))
        kept = sum(counts.values())
        print(f"{options.output}: {kept:,} of {len(claims):,} examples, {packed(options.output) / 1e6:.1f} MB packed")


if __name__ == "__main__":
    main()
