"""An article's text -> the file in seeds/ that stands for it: checksum, fingerprint and a few places, never the words."""

from __future__ import annotations

import json

from generator import quotation


def fingerprint_file(source: str, name: str, content: bytes) -> str:
    """Return the content of seeds/*source*.json for the article *content*, whose file is called *name*.

    Per paragraph: how many words it has, their hashes, the ranges of words in quotation marks (`speech`), and the
    places of words such as 'not' and 'if' (`guards`). Raises UnicodeDecodeError where *content* is not UTF-8.
    """
    paragraphs = [_paragraph(one, source) for one in quotation.paragraphs(content.decode("utf-8"))]
    head = {"file": name, "sha256": quotation.checksum(content), "shingle": quotation.SHINGLE, "bits": quotation.BITS}
    lines = [f'  "{key}": {json.dumps(value)},' for key, value in head.items()]
    items = ",\n".join(f"    {json.dumps(one)}" for one in paragraphs)
    return "\n".join(["{", *lines, '  "paragraphs": [', items, "  ]", "}", ""])


def _paragraph(text: str, source: str) -> dict[str, object]:
    print_ = quotation.fingerprint(text, source)
    return {
        "words": print_.size,
        "speech": quotation.speech(text),
        "guards": quotation.guards(text),
        "hashes": quotation.pack(print_.hashes),
    }
