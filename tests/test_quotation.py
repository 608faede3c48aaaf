from __future__ import annotations

import hashlib
import re
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import quotation
from generator.quotation import ELLIPSIS, Fingerprint, Words, digest, placements, text_fragment

KEY = "a" * 64

# Few different words, so that runs stand in a paragraph twice, overlap, and almost match.
TEXTS = st.lists(st.sampled_from(["a", "b", "the", "sea", "not", "12", ",", "Ferry's"]), min_size=1, max_size=30)


def exact(text: str) -> Words:
    return Words(quotation.words(text))


def recorded(text: str, *quoted: tuple[str, ...]) -> Fingerprint:
    """Return what is kept of *text*: how long it is, and where each of *quoted* stands that does."""
    places = {run: tuple(exact(text).find(run)) for run in quoted if run}
    return Fingerprint(len(exact(text)), {digest(run, KEY): at for run, at in places.items() if at}, KEY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We won’t,” he said.", ('"', "We", "won't", ",", '"', "he", "said", ".")),
        ("‹well-known› — or well‑known?", ("‹", "well-known", "›", "-", "or", "well-known", "?")),
        ("$266 million, 1,300.5 boats; 2%.", ("$", "266", "million", ",", "1,300.5", "boats", ";", "2", "%", ".")),
        ("12 13,14", ("12", "13,14")),
        ("Erdog\u0306an", ("Erdoğan",)),
        ("«Fog»\u00a0\u202fIce\tSea", ('"', "Fog", '"', "Ice", "Sea")),
        ("U.S. 5G 2030s", ("U", ".", "S", ".", "5G", "2030s")),
        ("", ()),
    ],
)
def test_words_are_words_and_marks_with_their_typography_normalised(text: str, words: tuple[str, ...]) -> None:
    assert quotation.words(text) == words


def test_letters_case_digits_and_other_marks_count() -> None:
    assert quotation.words("Sea") != quotation.words("sea")
    assert quotation.words("cafe") != quotation.words("café")
    assert quotation.words("sea.") != quotation.words("sea!")
    assert quotation.words("12") != quotation.words("13")


@given(st.text())
def test_words_hold_every_character_but_space(text: str) -> None:
    def bare(text: str) -> str:
        return "".join("".join(quotation.words(text)).split())

    assert bare(text) == bare(" ".join(quotation.words(text)))
    assert all(word and not any(character.isspace() for character in word) for word in quotation.words(text))


def test_paragraphs_are_the_lines_that_are_not_empty() -> None:
    assert quotation.paragraphs("One.\n\n  \n Two. \r\nThree.") == ("One.", "Two.", "Three.")


def test_the_checksum_is_sha_256() -> None:
    assert quotation.checksum(b"fog") == hashlib.sha256(b"fog").hexdigest()


def test_a_digest_depends_on_the_words_and_on_the_article() -> None:
    run = ("the", "ferries", "carry", "bread")

    assert digest(run, KEY) == digest(list(run), KEY)
    assert len(digest(run, KEY)) == 16
    assert len({digest(run, KEY), digest(run, "b" * 64), digest(run[:3], KEY), digest(("The", *run[1:]), KEY)}) == 4


def test_a_fingerprint_finds_what_was_proven_and_nothing_else() -> None:
    paragraph = recorded(BREAD, ("the", "ferries", "carry"))

    assert paragraph.find(("the", "ferries", "carry")) == [2, 12]
    assert paragraph.find(("ferries", "carry", "bread")) == []
    assert len(paragraph) == len(exact(BREAD))


@given(TEXTS, st.data())
def test_a_run_of_words_is_found_wherever_it_stands(text: list[str], data: st.DataObject) -> None:
    paragraph = quotation.words(" ".join(text))
    start = data.draw(st.integers(0, len(paragraph) - 1))
    run = paragraph[start : data.draw(st.integers(start + 1, len(paragraph)))]

    places = exact(" ".join(text)).find(run)

    assert places == [at for at in range(len(paragraph)) if paragraph[at : at + len(run)] == run]
    assert start in places


@given(TEXTS, st.data())
def test_the_fingerprint_proves_what_the_words_prove_and_at_the_same_places(
    text: list[str], data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True)))
    quote = " … ".join(" ".join(text[start:end]) for start, end in list(pairwise(cuts))[::2])
    paragraph = " ".join(text)
    proven = placements(exact(paragraph), quote)

    assert proven
    assert placements(recorded(paragraph, *quotation.searched(quote)), quote) == proven
    for placement in proven:
        found = [exact(paragraph).words[start:end] for start, end in placement]
        assert found == quotation.ranges(quote)
        assert all(before[1] <= after[0] for before, after in pairwise(placement))


def test_what_is_searched_for_are_the_ranges_with_the_words_around_them() -> None:
    assert quotation.searched("b c … d", "a", "e f") == [("a", "b", "c"), ("d", "e", "f")]
    assert quotation.searched("b", "a", "c") == [("a", "b", "c")]
    assert quotation.searched("b … c") == [("b",), ("c",)]


BREAD = "In winter the ferries carry bread to the islands, in summer the ferries carry bread to the islands too"


class Recorded:
    """A paragraph of which, whatever is looked for, the fingerprint has been made."""

    def __len__(self) -> int:
        return len(exact(BREAD))

    def find(self, run: tuple[str, ...]) -> list[int]:
        return recorded(BREAD, run).find(run)


@pytest.mark.parametrize("paragraph", [exact(BREAD), Recorded()], ids=["words", "fingerprint"])
class TestPlacements:
    def test_once(self, paragraph: quotation.Paragraph) -> None:
        assert placements(paragraph, "to the islands, in summer") == [((6, 12),)]

    def test_typography_makes_no_difference(self, paragraph: quotation.Paragraph) -> None:
        assert placements(paragraph, "to\u00a0the  islands , in summer") == [((6, 12),)]

    def test_no_words_of_ours_between(self, paragraph: quotation.Paragraph) -> None:
        assert placements(paragraph, "the ferries carry much bread") == []

    def test_another_case_is_not_there(self, paragraph: quotation.Paragraph) -> None:
        assert placements(paragraph, "In summer the ferries") == []

    def test_twice(self, paragraph: quotation.Paragraph) -> None:
        assert placements(paragraph, "the ferries carry bread to the islands") == [((2, 9),), ((12, 19),)]

    def test_more_than_two_are_two(self, paragraph: quotation.Paragraph) -> None:
        assert len(placements(paragraph, "the ferries carry … to the islands")) == 2

    def test_the_words_before_tell_two_places_apart(self, paragraph: quotation.Paragraph) -> None:
        quote = "the ferries carry bread to the islands"

        assert placements(paragraph, quote, prefix="In winter") == [((2, 9),)]
        assert placements(paragraph, quote, prefix="in summer") == [((12, 19),)]
        assert placements(paragraph, quote, prefix="in autumn") == []

    def test_the_words_after_tell_two_places_apart(self, paragraph: quotation.Paragraph) -> None:
        quote = "the ferries carry bread to the islands"

        assert placements(paragraph, quote, suffix=", in summer") == [((2, 9),)]
        assert placements(paragraph, quote, suffix="too") == [((12, 19),)]

    def test_prefix_goes_with_the_first_range_and_suffix_with_the_last(self, paragraph: quotation.Paragraph) -> None:
        found = placements(paragraph, "ferries carry bread … ferries carry bread", "winter the", "to the islands too")

        assert found == [((3, 6), (13, 16))]

    def test_ranges_stand_in_their_order(self, paragraph: quotation.Paragraph) -> None:
        assert placements(paragraph, "In winter the … in summer the") == [((0, 3), (10, 13))]
        assert placements(paragraph, "in summer the … In winter the") == []

    def test_ranges_do_not_overlap(self, paragraph: quotation.Paragraph) -> None:
        assert placements(paragraph, "islands, in … , in summer") == []
        assert placements(paragraph, "islands, in … summer the ferries") == [((8, 11), (11, 14))]

    def test_a_range_without_words_is_nowhere(self, paragraph: quotation.Paragraph) -> None:
        assert placements(paragraph, "… In winter the") == []
        assert placements(paragraph, "") == []


def test_a_quotation_is_looked_for_as_whole_words() -> None:
    assert placements(exact("the islands too"), "the island") == []
    assert exact("the islands too").find(("slands",)) == []


def test_the_longest_copy_is_found_with_its_paragraph() -> None:
    article = [exact(text) for text in ("The sea was calm on that day.", BREAD)]

    assert quotation.longest_copy("We know that in summer the ferries carry bread to nobody.", article, 5) == (
        2,
        ("in", "summer", "the", "ferries", "carry", "bread", "to"),
    )
    assert quotation.longest_copy("We know that in summer the ferries carry bread to nobody.", article, 8) == (0, ())
    assert quotation.longest_copy("the sea was calm", article, 4) == (0, ())
    assert quotation.longest_copy("The sea was calm", article, 4) == (1, ("The", "sea", "was", "calm"))
    assert quotation.longest_copy("The sea", article, 3) == (0, ())
    assert quotation.longest_copy(BREAD, [], 3) == (0, ())


@given(TEXTS, TEXTS, st.integers(3, 9))
def test_the_longest_copy_is_as_long_as_the_longest_run_in_common(
    left: list[str], right: list[str], least: int
) -> None:
    run = quotation.words(" ".join(left))
    runs = [run[start : start + size] for size in range(len(run), 0, -1) for start in range(len(run) - size + 1)]
    longest = next((len(one) for one in runs if len(one) >= least and exact(" ".join(right)).find(one)), 0)

    number, copy = quotation.longest_copy(" ".join(left), [exact(" ".join(right))], least)

    assert len(copy) == longest
    assert (number == 1) is bool(copy)
    assert not copy or exact(" ".join(right)).find(copy)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("He said “we sail” and “we stay”.", ((3, 5), (8, 10))),
        ('"All of it"', ((1, 4),)),
        ("Nobody spoke; it's ours.", ()),
        ("He said “we sail at noon", ((3, 7),)),  # the next paragraph closes it
    ],
)
def test_speech_is_what_stands_in_quotation_marks(text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    assert quotation.speech(quotation.words(text)) == ranges


def test_guards_are_the_words_that_turn_a_sense_around() -> None:
    text = "We will NOT sail if it rains, unless they don’t mind; notably, nobody knots."

    run = quotation.words(text)
    assert [run[at] for at in quotation.guards(run)] == ["NOT", "if", "unless", "don't"]


# The way to a quotation in a page


def found_by(fragment: str) -> list[str]:
    """Return the texts that the parts of *fragment* look for, as the standard has them read."""
    assert fragment.startswith(":~:text=")
    return [unquote(one) for one in fragment.removeprefix(":~:text=").split(",")]


@pytest.mark.parametrize(
    "exact",
    [
        "we spent most of the time",
        "meet at the White House, June 13, 2023",
        "authoritarian leaders all over the world — also in China",
        "a well-known, one-off deal & more",
        "100 % of #2 (two); it's “so” #:~:text=x",
        "თბილისი, Erdoğan",
    ],
)
def test_a_text_fragment_is_the_quotation(exact: str) -> None:
    fragment = text_fragment(exact)
    assert found_by(fragment) == [exact]
    assert re.fullmatch(r":~:text=[A-Za-z0-9._~%]+", fragment)


def test_a_text_fragment_has_the_words_around_the_quotation() -> None:
    assert text_fragment("a, b", "so-so", "c-d") == ":~:text=so%2Dso-,a%2C%20b,-c%2Dd"


def test_a_text_fragment_of_a_quotation_that_leaves_words_out_runs_from_its_first_to_its_last_range() -> None:
    assert found_by(text_fragment("praised him … two, … in a tumultuous time")) == [
        "praised him",
        "in a tumultuous time",
    ]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters=ELLIPSIS), min_size=1))
def test_any_text_comes_back_from_its_fragment(text: str) -> None:
    if text.strip():
        assert found_by(text_fragment(text)) == [text.strip()]
