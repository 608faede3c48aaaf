from __future__ import annotations

from pathlib import Path

from fact_bases import ARTICLE, PAGE, lay

from generator import register
from generator.load import load
from generator.model import FactBase


def test_what_must_not_dwindle_is_counted(small_base: FactBase) -> None:
    assert register.counts(small_base) == {"evidence": 20, "facts": 7, "quotations": 15, "records": 22}


def test_facts_and_pages_are_promises(small_base: FactBase) -> None:
    assert small_base.fact_ids == {*(f"{ARTICLE}-f0{number}" for number in range(1, 7)), f"{PAGE}-f01"}
    pages = small_base.addresses
    assert {"summits/2031-saltmere/", "leaders/ada-brook/", f"sources/{PAGE}/", "posts/prime-minister/"} < pages
    assert not any("member-towns" in page or "harbour-summits" in page for page in pages)  # they share a page


def test_the_register_is_read_back_as_it_was_written_and_only_grows(tmp_path: Path) -> None:
    root = lay(tmp_path, {"data/published.txt": "count facts 99\nfact fog-f01\npage topics/fog/\n"})
    path = root / "data" / "published.txt"
    path.write_text(register.registered(load(root)))
    base = load(root)

    assert base.register.counts == register.counts(base)
    assert set(base.register.facts) == {"fog-f01", *base.fact_ids}
    assert set(base.register.pages) == {"topics/fog/", *base.addresses}
    assert register.registered(base) == path.read_text()
