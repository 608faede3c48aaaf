from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from fact_bases import ARTICLE, BASE, ROOT, TEXTS

from generator import quotation
from generator.fingerprint import article, as_json
from generator.load import load
from generator.model import FactBase

TEXT = "He said “we sail”, if the fog lifts.\n\nNobody knew.\n"


def made(text: bytes, source: str = "fog-2031-01-01", base: FactBase | None = None) -> str:
    return as_json(article("fog.txt", text, source, base))


def test_a_fingerprint_file_tells_of_each_paragraph_its_length_its_speech_and_its_guards() -> None:
    record = json.loads(made(TEXT.encode()))

    assert (record["file"], record["sha256"]) == ("fog.txt", quotation.checksum(TEXT.encode()))
    assert record["paragraphs"] == [
        {"words": 12, "speech": [[3, 5]], "guards": [7], "quoted": {}},
        {"words": 3, "speech": [], "guards": [], "quoted": {}},
    ]
    assert record["compared"] == []


def test_a_fingerprint_file_holds_no_word_of_the_text() -> None:
    text = "Sternutation perplexed zookeepers; obstreperous quagmires befell."
    words = set(quotation.words(text.casefold())) - {";", "."}

    assert not words & set(made(text.encode()).casefold().replace('"', " ").split())


def test_what_is_quoted_and_what_was_compared_is_kept_as_digests() -> None:
    base, content = load(BASE), (TEXTS / "harbour-gazette.txt").read_bytes()
    record = json.loads(made(content, ARTICLE, base))
    key = record["sha256"]

    assert record["paragraphs"][3]["quoted"] == {
        quotation.digest(quotation.words("In winter the ferries carry bread to the islands"), key): [0]
    }
    ranges = ("two more towns will join the League", "if their councils agree")
    quoted = record["paragraphs"][2]["quoted"]
    assert [quoted[quotation.digest(quotation.words(one), key)] for one in ranges] == [[11], [22]]
    sentence = "Bread reaches the islands by boat all year round."
    assert quotation.digest(quotation.words(sentence), key) in record["compared"]
    assert len(record["compared"]) == 6


def test_a_quotation_that_is_not_in_its_paragraph_is_not_recorded() -> None:
    record = json.loads(made(TEXT.encode(), ARTICLE, load(BASE)))

    assert [one["quoted"] for one in record["paragraphs"]] == [{}, {}]


def test_a_fingerprint_file_is_one_line_for_each_paragraph_and_ends_with_a_line_end() -> None:
    text = made(TEXT.encode())

    assert text.endswith("]\n}\n")
    assert [line.startswith('    {"words": ') for line in text.splitlines()].count(True) == 2


def test_a_fingerprint_file_is_read_back_as_it_was_made() -> None:
    base = load(BASE, [TEXTS])

    assert as_json(base.articles[ARTICLE]) == (BASE / "seeds" / f"{ARTICLE}.json").read_text(encoding="utf-8")


def test_a_text_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        made(b"caf\xe9")


def texts() -> dict[str, Path]:
    """Return the texts that are at hand, by file name: those made up for the tests, and articles an editor has."""
    given = os.environ.get("SUMMIT_RECORD_TEXTS")
    folders = [TEXTS, ROOT / "seeds", ROOT.parent / "shared" / "seeds", *([Path(given)] if given else [])]
    return {path.name: path for folder in folders for path in sorted(folder.glob("*.txt"))}


def test_the_recorded_fingerprints_are_those_of_the_texts_at_hand() -> None:
    at_hand, proven = texts(), []
    for root in (BASE, ROOT):
        base = load(root)
        for source, one in base.articles.items():
            if one.file in at_hand:
                again = as_json(article(one.file, at_hand[one.file].read_bytes(), source, base))
                assert (root / "seeds" / f"{source}.json").read_text(encoding="utf-8") == again
                proven.append(source)

    assert ARTICLE in proven  # its text is made up and always here; articles belong to their publishers and may not be


def test_no_text_of_an_article_is_in_the_repository() -> None:
    names = {json.loads(seed.read_bytes())["file"] for seed in (ROOT / "seeds").glob("*.json")}
    places = (folder / name for name in names for folder in (TEXTS, ROOT / "docs", ROOT / "data"))

    assert names
    assert not [path for path in places if path.exists()]
