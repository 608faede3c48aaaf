"""What was published, as lines of data/published.txt: the ids and addresses that must lead somewhere for ever.

The further pages of a long list are not among them: they come and go with the number of facts, and nothing has its
address there. A fact has it on the page of its source, a record on its first page.
"""

from __future__ import annotations

from generator.model import Fact, FactBase

HEADER = """\
# Ids and addresses that were published, and how many there were of what at the last registration.
# `summit-record register` writes this file and only adds lines; what is gone is explained in withdrawn.yml.
"""


def counts(base: FactBase) -> dict[str, int]:
    """Return how many there are of what must not dwindle unseen."""
    return {
        "evidence": len(base.citations),
        "facts": len(base.all(Fact)),
        "quotations": sum(one.evidence.quote is not None for one in base.citations),
        "records": len(base.records),
    }


def registered(base: FactBase) -> str:
    """Return the content of data/published.txt with what *base* has now added to what was there."""
    lines = [f"count {name} {number}" for name, number in sorted(counts(base).items())]
    lines += [f"fact {id}" for id in sorted({*base.register.facts, *base.fact_ids})]
    lines += [f"page {address}" for address in sorted({*base.register.pages, *base.addresses})]
    return HEADER + "\n".join(lines) + "\n"
