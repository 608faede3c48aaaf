"""A made-up fact base of any size, to measure with: the same size and seed give the same files.

    python -m bench.base FACTS FOLDER

All kinds of records in about the proportions of the real base, each article with a text of its own from which its
facts quote. Places, people and words are invented; the data passes every rule. The texts stay in memory: FOLDER gets
data/ and seeds/, as a clone without the articles has them.
"""

from __future__ import annotations

import datetime
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from generator.fingerprint import article, as_json
from generator.load import load
from generator.model import Source
from generator.register import registered

FIRST_DAY = datetime.date(2031, 1, 1)
FACTS_PER = {
    "article": 40, "summit": 300, "meeting": 30, "leader": 60, "topic": 80,
    "organisation": 150, "country": 150, "place": 100, "measure": 500,
}  # fmt: skip
"""How many facts there are to one record of a kind; nothing has fewer than two."""
SYLLABLES = (
    "ba be bi bo bra da del dor e fen ga gor ha hol ka kel la lin lo mar mi na nor o pel ra ril sa sel ta tor u va vin"
).split()
LITTLE = "the of to and in a is that on as with by at for from it was its this".split()
KINDS = ("statement", "statement", "statement", "event", "background", "decision", "figure", "plan", "commitment")


@dataclass(frozen=True)
class Town:
    """The invented world: what there is, by id, and the dice."""

    facts: int
    seed: int

    @cached_property
    def dice(self) -> random.Random:
        return random.Random(f"{self.seed} {self.facts}")

    def count(self, kind: str) -> int:
        return max(2, self.facts // FACTS_PER[kind])

    @cached_property
    def words(self) -> list[str]:
        """A vocabulary that grows slowly with the size, as that of a language does."""
        size = 400 + int(20 * self.facts**0.5)
        return list(dict.fromkeys(self._word() for _ in range(size)))

    @cached_property
    def weights(self) -> list[float]:
        """How often each word comes, summed up: the n-th an n-th as often as the first (Zipf)."""
        return list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def _word(self) -> str:
        return "".join(self.dice.choices(SYLLABLES, k=self.dice.randint(2, 4)))

    def name(self, taken: set[str]) -> str:
        """Return a name that is not in *taken*, and add it there."""
        while (name := self._word().capitalize()) in taken:
            pass
        taken.add(name)
        return name

    def sentence(self, size: int) -> list[str]:
        """Return *size* words, every third of them a little one."""
        large = self.dice.choices(self.words, cum_weights=self.weights, k=size)
        return [self.dice.choice(LITTLE) if at % 3 == 1 else word for at, word in enumerate(large)]


def files(facts: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield path and content of each file below the root, then of each article's text, below texts/."""
    town = Town(facts, seed)
    taken: set[str] = set()
    ids: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for kind in ("leader", "topic", "organisation", "country", "place", "measure"):
        for _ in range(town.count(kind)):
            name = f"{town.name(taken)} {town.name(taken)}"
            id = name.lower().replace(" ", "-")
            ids.setdefault(kind, []).append(id)
            names[id] = name
    page = "  {}:\n    - source: almanac-2031-01-01\n"
    yield "data/sources/almanac-2031-01-01.yml", _source("Almanac", "page", FIRST_DAY, town)
    for kind, plural in (("organisation", "organisations"), ("country", "countries"), ("place", "places")):
        yield f"data/{plural}.yml", "".join(f"- id: {id}\n  name: {names[id]}\n\n" for id in ids[kind])
    yield "data/measures.yml", "".join(f"- id: {id}\n  name: {names[id]}\n  unit: boats\n\n" for id in ids["measure"])
    yield "data/series.yml", "- id: harbour-summits\n  name: Harbour summits\n"
    posts = []
    for n, id in enumerate(ids["leader"]):
        body = ("country", "organisation")[n % 2]
        of = ids[body][n // 2 % len(ids[body])]
        posts.append(f"- id: post-{id}\n  name: Speaker {n + 1} of {names[of]}\n  {body}: {of}\n\n")
        lines = f"name: {names[id]}\nmemberships:\n  - post: post-{id}\n    during: 2029-01-01/..\n    evidence:\n"
        yield f"data/leaders/{id}.yml", lines + "      - source: almanac-2031-01-01\n"
    yield "data/posts.yml", "".join(posts)
    for n, id in enumerate(ids["topic"]):
        broader = f"broader: [{ids['topic'][n // 5]}]\n" if n >= 5 else ""
        yield f"data/topics/{id}.yml", f"name: {names[id]}\nscope: What is said of {names[id]}.\n{broader}"
    days = max(1, 3 * town.count("meeting"))
    summits: list[tuple[datetime.date, str]] = []
    for n in range(town.count("summit")):
        day = FIRST_DAY + datetime.timedelta(days * (n + 1) // town.count("summit"))
        place = town.dice.choice(ids["place"])
        id = f"{day}-{place}"
        summits.append((day, id))
        values = "".join(page.format(key) for key in ("status", "date", "place", "chair"))
        yield (
            f"data/summits/{id}.yml",
            f"name: {names[place]} summit of {day}\nstatus: held\ndate: {day}/{day + datetime.timedelta(1)}\n"
            f"place: {place}\nseries: harbour-summits\nchair: {town.dice.choice(ids['leader'])}\nevidence:\n{values}"
            "unknown:\n  venue: The almanac does not say.\n",
        )
    meetings: list[tuple[datetime.date, str]] = []
    for n in range(town.count("meeting")):
        day = FIRST_DAY + datetime.timedelta(days * n // town.count("meeting"))
        present = town.dice.sample(ids["leader"], k=min(len(ids["leader"]), town.dice.randint(2, 3)))
        place = town.dice.choice(ids["place"])
        id = f"{day}-{place}-{n}"
        meetings.append((day, id))
        summit = next((id for when, id in summits if day <= when <= day + datetime.timedelta(400)), "")
        people = "".join(
            f"  - person: {one}\n    post: post-{one}\n    evidence:\n      - source: almanac-2031-01-01\n"
            for one in present
        )
        values = "".join(page.format(key) for key in ("status", "date", "place", *(["prepares"] if summit else [])))
        unknown = "" if summit else "  prepares: The almanac does not say.\n"
        yield (
            f"data/meetings/{id}.yml",
            f"name: Meeting {n + 1} at {names[place]}\nstatus: held\ndate: {day}\nplace: {place}\n"
            + (f"prepares: {summit}\n" if summit else "")
            + f"participants:\n{people}evidence:\n{values}unknown:\n  venue: The almanac does not say.\n{unknown}",
        )
        ids.setdefault("meeting", []).append(id)
    left = facts
    for n in range(town.count("article")):
        size = left if n + 1 == town.count("article") else facts // town.count("article")
        left -= size
        day, meeting = meetings[n * len(meetings) // town.count("article")]
        yield from _article(n, day, meeting, size, town, ids, names)


def _source(publisher: str, type: str, day: datetime.date, town: Town) -> str:
    more = ""
    if type == "article":
        more = (
            "confirmed: [publisher, published, url, origin]\norigin: Own report\nunknown:\n"
            "  author: No author is printed.\n"
            "  headline: No headline is printed.\n  derived_from: It names no other paper.\n"
        )
    else:
        more = "confirmed: [publisher, published, url]\n"
    url = f"https://papers.example/{publisher.lower().replace(' ', '-')}/{day}"
    return (
        f"name: {publisher}, {day}\ntype: {type}\npublisher: {publisher}\npublished: {day}\nurl: {url}\nlanguage: en\n"
        + more
    )


def _article(
    n: int, day: datetime.date, meeting: str, size: int, town: Town, ids: dict[str, list[str]], names: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the record, the facts and the text of one article: a paragraph a fact, half of each quoted."""
    source = f"gazette-{n + 1}-{day}"
    dice = town.dice
    people: Sequence[str] = dice.sample(ids["leader"], k=min(4, len(ids["leader"])))
    facts: list[str] = []
    paragraphs: list[str] = []
    for number in range(1, size + 1):
        kind = dice.choice(KINDS)
        spoken = kind in ("statement", "commitment")
        quoted = town.sentence(9)
        value = dice.randint(2, 99_999)
        if kind == "figure":
            quoted[4:5] = [str(value), "boats"]
        words = " ".join(quoted)
        before, after = (" ".join(town.sentence(dice.randint(6, 14))) for _ in "ab")
        paragraphs.append(f"{before} “{words}” {after}." if spoken else f"{before} {words} {after}.")
        by = dice.choice(people) if spoken or kind in ("event", "plan", "decision") else source
        topics = dice.sample(ids["topic"], k=min(2, len(ids["topic"])))
        others = [dice.choice(ids[dice.choice(("country", "organisation", "place"))])]
        verb = {"statement": "said of", "commitment": "promised on", "plan": "planned for", "event": "went into"}
        told = f"{verb.get(kind, 'told of')} {names[topics[0]]}"
        text = f"{names.get(by, 'The gazette')} {told}, {' '.join(town.sentence(7))}"
        time = "date" if spoken or kind in ("event", "plan", "decision") else "as_of"
        facts.append(
            f"- id: {source}-f{number:02}\n  {time}: {day}\n  kind: {kind}\n  text: {text}.\n  by: [{by}]\n"
            + (f"  at: {meeting}\n" if time == "date" else "")
            + f"  about: [{', '.join(topics + others)}]\n"
            + (f"  figure: {{measure: {dice.choice(ids['measure'])}, value: {value}}}\n" if kind == "figure" else "")
            + (
                "  status: planned\n  unknown:\n    outcome: No later report is at hand.\n"
                if kind in ("plan", "commitment")
                else ""
            )
            + f"  evidence:\n    - source: {source}\n      paragraph: {number}\n"
            + f'      quote: {{exact: "{words}"}}\n'
            + (f"      speaker: {by}\n" if spoken else "")
        )
    yield f"data/sources/{source}.yml", _source(f"Gazette {n + 1}", "article", day, town)
    yield f"data/facts/{source}.yml", "\n".join(facts)
    yield f"texts/{source}.txt", "\n\n".join(paragraphs) + "\n"


def lay(root: Path, facts: int, seed: int = 1) -> None:
    """Lay a base of so many *facts* into *root*, which has none yet: data/ and seeds/."""
    texts: dict[str, bytes] = {}
    for name, content in files(facts, seed):
        if name.startswith("texts/"):
            texts[Path(name).stem] = content.encode()
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    base = load(root)
    (root / "seeds").mkdir()
    for one in base.all(Source):
        if one.id in texts:
            made = article(f"{one.id}.txt", texts[one.id], one.id, base)
            (root / "seeds" / f"{one.id}.json").write_text(as_json(made), encoding="utf-8")
    (root / "data" / "published.txt").write_text(registered(load(root)), encoding="utf-8")


if __name__ == "__main__":
    lay(Path(sys.argv[2]), int(sys.argv[1]))
