"""What was read of the fact base while something was made, so that a later run knows what an edit concerns.

Pages and data files are made from answers of an `Observed` fact base, its `Links` and its `Records`. A question is the
name of a mapping there and a key of it, or the name alone for all of it; an answer has a digest. What was made from
answers whose digests are as they were would be made the same again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from generator.model import Citation, FactBase, R, Record, Register

V = TypeVar("V")
S = TypeVar("S")
P = ParamSpec("P")

Question = tuple[str, str]
"""What was asked: the name of a table, and the key in it; ALL for everything there."""

ALL = "*"


class Asked:
    """What was asked while something was made: *questions*, and *parts* of it that had been made before."""

    __slots__ = ("parts", "questions")

    def __init__(self) -> None:
        self.questions: set[Question] = set()
        self.parts: set[Asked] = set()

    def all(self) -> set[Question]:
        """Return every question, those for the parts included."""
        found, seen, todo = set[Question](), {self}, [self]
        while todo:
            one = todo.pop()
            found |= one.questions
            new = one.parts - seen
            seen |= new
            todo += new
        return found


_open: list[Asked] = []
"""What is being made, the innermost last."""


@contextmanager
def reading() -> Iterator[Asked]:
    """Collect what is asked while the body runs."""
    asked = Asked()
    _open.append(asked)
    try:
        yield asked
    finally:
        _open.pop()


def remembered(ask: Callable[Concatenate[S, P], V]) -> Callable[Concatenate[S, P], V]:
    """Make the method *ask* remember its answers, with what was asked for each: that counts for all who get it later.

    Its arguments are hashed.
    """
    name = f"_remembered_{ask.__name__}"

    @wraps(ask)
    def answer(self: S, *args: P.args, **kwargs: P.kwargs) -> V:
        known: dict[Any, tuple[V, Asked]] = self.__dict__.setdefault(name, {})
        found = known.get(args)
        if found is None:
            with reading() as asked:
                value = ask(self, *args, **kwargs)
            found = known[args] = value, asked
        if _open:
            _open[-1].parts.add(found[1])
        return found[0]

    return answer  # type: ignore[return-value]


class Table(Mapping[str, V]):
    """The mapping *content*, which notes what it is asked for under its *name*."""

    __slots__ = ("content", "name", "questions")

    def __init__(self, name: str, content: Mapping[str, V]) -> None:
        self.name, self.content = name, content
        self.questions: dict[str, Question] = {}

    def _note(self, key: str) -> None:
        question = self.questions.get(key)
        if question is None:  # kept, for there are ten times as many askers as questions
            question = self.questions[key] = self.name, key
        _open[-1].questions.add(question)

    def __getitem__(self, key: str) -> V:
        if _open:
            self._note(key)
        return self.content[key]

    def get(self, key: str, default: Any = None) -> Any:
        if _open:
            self._note(key)
        return self.content.get(key, default)

    def __contains__(self, key: object) -> bool:
        if _open:
            self._note(str(key))
        return key in self.content

    def __iter__(self) -> Iterator[str]:
        if _open:
            self._note(ALL)
        return iter(self.content)

    def __len__(self) -> int:
        return len(self.content) if not _open else sum(1 for _ in self)


class table(Generic[S, V]):
    """A property that is computed once and notes what it is asked for: keys of a mapping, or anything else as a whole.

    Only what comes of it counts, not what it is computed from.
    """

    def __init__(self, compute: Callable[[S], V]) -> None:
        self.compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> table[S, V]: ...
    @overload
    def __get__(self, instance: S, owner: type) -> V: ...
    def __get__(self, instance: S | None, owner: type) -> table[S, V] | V:
        if instance is None:
            return self
        known = f"_table_{self.name}"
        found: Any = instance.__dict__.get(known, _open)
        if found is _open:
            with reading():
                found = self.compute(instance)
            if isinstance(found, Mapping):
                found = Table(f"{owner.__name__}.{self.name}", found)
            instance.__dict__[known] = found
        if _open and not isinstance(found, Table):
            _open[-1].questions.add((f"{owner.__name__}.{self.name}", ALL))
        return found  # type: ignore[no-any-return]


class Observed(FactBase):
    """The fact base *base*, which notes what it is asked for."""

    def __init__(self, base: FactBase) -> None:
        object.__setattr__(self, "base", base)
        object.__setattr__(self, "records", Table("Observed.records", base.records))
        object.__setattr__(self, "articles", Table("Observed.articles", base.articles))

    base: FactBase

    @table
    def register(self) -> Register:
        return self.base.register

    @table
    def citations(self) -> tuple[Citation, ...]:
        return self.base.citations

    @table
    def quotations(self) -> Mapping[str, int]:  # type: ignore[override]
        return self.base.quotations

    @table
    def words_quoted(self) -> Mapping[str, frozenset[tuple[int, int]]]:  # type: ignore[override]
        return self.base.words_quoted

    @table
    def paragraphs_cited(self) -> Mapping[str, frozenset[int]]:  # type: ignore[override]
        return self.base.paragraphs_cited

    def all(self, kind: type[R]) -> tuple[R, ...]:
        if _open:
            _open[-1].questions.add(("Observed.all", kind.kind_name))
        return self.base.all(kind)

    def lines(self, id: str) -> tuple[str, int, int]:
        if _open:
            _open[-1].questions.add(("Observed.lines", id))
        return self.base.lines(id)


class Answers:
    """Digests of what *base* and *others*, which are made from it, answer to questions."""

    def __init__(self, base: Observed, *others: object) -> None:
        self.base = base.base
        self.tables = {type(one).__name__: one for one in (base, *others)}
        self.known: dict[Question, str] = {}

    def __call__(self, question: Question) -> str:
        if question not in self.known:
            self.known[question] = self._answer(*question)
        return self.known[question]

    def _answer(self, table: str, key: str) -> str:
        if table == "Observed.all":
            return self._digest([one for one in self.base.records.values() if one.kind_name == key])
        if table == "Observed.lines":
            return repr(self.base.lines(key)) if key in self.base.records else ""
        owner, _, name = table.partition(".")
        whole = getattr(self.tables[owner], name)
        if not isinstance(whole, Table):
            return self._digest(whole)
        if table == "Observed.articles":
            of = [f"seeds/{id}" for id in whole.content] if key == ALL else [f"seeds/{key}"]
            return " ".join(f"{id} {self.base.digests.get(id)}" for id in of)
        return self._digest(list(whole.content.items()) if key == ALL else whole.content.get(key))

    def _digest(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, Record):
            return self.base.digests[value.id]
        if isinstance(value, Citation):
            return f"{value.record.id} {value.steps} {self.base.digests[value.record.id]}"
        if isinstance(value, Mapping):
            return self._digest(list(value.items()))
        if isinstance(value, tuple | list):
            digests = self.base.digests
            parts = [digests[one.id] if isinstance(one, Record) else self._digest(one) for one in value]
            return hashlib.blake2b("\0".join(parts).encode(), digest_size=12).hexdigest() + str(len(parts))
        return repr(sorted(value) if isinstance(value, frozenset) else value)
