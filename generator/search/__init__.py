"""The fact base -> the index that the site's search reads, as static files below docs/search/.

The way of a text into the index:

    documents   records, facts and sections of prose -> Document, what can be a result
    words       text -> the words that it is found by, the same here and in docs/assets/search.js
    index       documents -> words, postings and snippets in files of some ten kilobytes
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.export import File
from generator.links import Links
from generator.search import documents, index
from generator.search.documents import pages_of_prose

__all__ = ["FOLDER", "files", "pages_of_prose"]

FOLDER = "search/"
"""The folder of docs/ for the files of the index; the page that shows all results of a search has the same address."""


def files(links: Links, written: Mapping[str, str], made: Mapping[str, str]) -> Iterator[File]:
    """Yield the index of the records of *links* and of pages in Markdown, by their path below docs/.

    Of *written* by hand each section is found, of those *made* from the data, which `pages_of_prose` chose, what
    introduces them: the records are found themselves.
    """
    for name, content in index.parts(documents.documents(links, {**written, **documents.prose(made)})):
        yield File(f"{FOLDER}{name}.js", content)
