from __future__ import annotations

from pathlib import PurePosixPath

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator import syntax
from generator.syntax import Node

PATH = PurePosixPath("data/topics/fog.yml")


def read(content: str | bytes) -> tuple[object, list[str]]:
    """Return the values in *content*, and its problems as 'line:column rule'."""
    node, problems = syntax.parse(PATH, content.encode() if isinstance(content, str) else content)
    return node and node.plain(), [f"{one.mark.line}:{one.mark.column} {one.rule}" for one in problems]


def message(content: str | bytes) -> str:
    """Return the message of the only problem in *content*."""
    _, (problem,) = syntax.parse(PATH, content.encode() if isinstance(content, str) else content)
    return problem.message


@pytest.mark.parametrize(
    "text",
    "NO no on off yes true 20:15 010 0x1F 0b1 1_000 +44 1.10 1e3 .inf .nan 2010-13-45 2021-06-07 = <<".split(),
)
def test_a_plain_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert read(f"key: {text}") == ({"key": text}, [])
    assert read(f"- {text}") == ([text], [])


@pytest.mark.parametrize("text", ["on", "NO", "2010", "1.10", "0x1F", "2021-06-07"])
def test_a_plain_key_stays_the_text_that_was_written(text: str) -> None:
    assert read(f"{text}: x") == ({text: "x"}, [])


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_what_yaml_takes_for_no_value_is_refused_and_quoted_it_is_a_text(text: str) -> None:
    assert "take the key away" in message(f"key: {text}\n")
    assert read(f'key: "{text}"') == ({"key": text}, [])


def test_a_number_of_five_thousand_digits_is_text() -> None:
    assert read("key: " + "9" * 5000) == ({"key": "9" * 5000}, [])


def test_quoted_and_folded_texts_are_read_as_yaml_says() -> None:
    content = "a: \"x: #1\"\nb: 'it''s'\nc: >-\n  two\n  lines\nd: \"…\\u2026\"\ne: plain\n  goes on\n"

    assert read(content) == ({"a": "x: #1", "b": "it's", "c": "two lines", "d": "……", "e": "plain goes on"}, [])


def test_the_place_of_a_key_that_is_not_there_is_that_of_what_would_hold_it() -> None:
    node, _ = syntax.parse(PATH, b"name: Fog\nabout:\n  - first: x\n")

    assert isinstance(node, Node)
    assert node.key_place("about", 0, "first") == (3, 5)
    assert node.key_place("about", 0, "second") == (3, 5)
    assert node.key_place("about", 1, "second") == (3, 3)
    assert node.key_place("about", 7, "second", "third") == (3, 3)
    assert node.key_place("name", "first", "second", "third") == (1, 7)


def test_every_key_and_item_keeps_its_place() -> None:
    node, problems = syntax.parse(PATH, b"name: Fog\nabout:\n  - first: [a, bc]\n    second: x\n")

    assert isinstance(node, Node)
    assert not problems
    assert node.place() == (1, 1)
    assert node.place("name") == (1, 7)
    assert node.place("about") == (3, 3)
    assert node.place("about", 0, "first", 1) == (3, 16)
    assert isinstance(node.value, dict)
    assert node.keys == {"name": (1, 1), "about": (2, 1)}


def test_the_place_of_what_is_missing_is_that_of_what_holds_it() -> None:
    node, _ = syntax.parse(PATH, b"name: Fog\nabout:\n  - first: x\n")

    assert isinstance(node, Node)
    assert node.place("scope") == (1, 1)
    assert node.place("about", 0, "second", "deeper") == (3, 5)
    assert node.place("about", 1) == (3, 3)
    assert node.place("about", 7) == (3, 3)
    assert node.place("about", "first") == (3, 3)
    assert node.place("name", "deeper") == (1, 7)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("Fog", 1),
        ("\n- a\n- b\n", 3),
        ("a:\n  - b\n  - c: [d,\n      e]\nf: {}\n", 5),
        ("a:\n  - b\n  - c: [d,\n      e]\n", 4),
        ("b: x\na: [\n  ]\n", 2),
        ("a: >-\n  two\n  lines\n", 1),
    ],
)
def test_the_last_line_of_a_record_is_that_on_which_its_last_value_starts(content: str, line: int) -> None:
    node, _ = syntax.parse(PATH, content.encode())

    assert isinstance(node, Node)
    assert node.last == line


def test_columns_count_characters_and_not_bytes() -> None:
    assert read('é: "…" # x\nø: é # x')[1] == ["2:5 comment-after-value"]
    assert read("é: {ø: é, ø: é}")[1] == ["1:11 duplicate-key"]


def test_a_byte_order_mark_is_taken_away_and_counts_for_nothing() -> None:
    assert read(b"\xef\xbb\xbfname: Fog\nname: Ice") == ({"name": "Fog"}, ["2:1 duplicate-key"])
    assert syntax.parse(PATH, b"\xef\xbb\xbfname: Fog") == syntax.parse(PATH, b"name: Fog")


def test_line_ends_of_windows_change_neither_values_nor_places() -> None:
    content = "name: Fog\nscope: >-\n  What keeps\n  the boats in.\nrelated:\n  - ferries # no\n"

    assert syntax.parse(PATH, content.replace("\n", "\r\n").encode()) == syntax.parse(PATH, content.encode())


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"a: \xff", "1:4"),
        (b"a: b\nc: \xc3\xa9\xe9", "2:5"),  # é in UTF-8 is one column, é in Latin-1 is the fault
        (b"a: \xe2\x80", "1:4"),  # a character cut off at the end of the file
        (b"a: \xed\xa0\x80", "1:4"),  # a lone surrogate
        (b"a: \xc0\xaf", "1:4"),  # a slash written in two bytes
        ("a: b".encode("utf-16"), "1:1"),
        ("a: b".encode("utf-32-le"), None),
        ("a: b".encode("utf-16-le"), None),
    ],
)
def test_what_is_not_utf_8_is_refused_at_its_first_byte(content: bytes, place: str | None) -> None:
    values, problems = read(content)

    assert values is None
    assert problems == [f"{place} encoding" if place else "1:2 invisible-character"]  # without a mark: NUL


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\xa0", "U+00A0 NO-BREAK SPACE"),
        ("\xad", "U+00AD SOFT HYPHEN"),
        ("\u061c", "U+061C ARABIC LETTER MARK"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u200d", "U+200D ZERO WIDTH JOINER"),
        ("\u200e", "U+200E LEFT-TO-RIGHT MARK"),
        ("\u2028", "U+2028 LINE SEPARATOR"),
        ("\u2029", "U+2029 PARAGRAPH SEPARATOR"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\u2060", "U+2060 WORD JOINER"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\ufffd", "U+FFFD REPLACEMENT CHARACTER"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_a_character_that_cannot_be_seen_is_named_at_its_place(character: str, name: str) -> None:
    content = f"name: Fog\nscope: é{character}x"

    assert read(content) == (None, ["2:9 invisible-character"])
    assert name in message(content)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("\x00", "1:1: an invisible character, U+0000 control character; take it away or write a space"),
        ("\n\n\x00", "3:1: an invisible character, U+0000 control character; take it away or write a space"),
        ("\n\u200b", "2:1: an invisible character, U+200B ZERO WIDTH SPACE; take it away or write a space"),
        ("a: b\nc:\td\n", "2:3: a tab; indent with spaces"),
        ("\n\ta: b\n", "2:1: a tab; indent with spaces"),
        ("a: b\rc: d", "1:5: an invisible character, U+000D control character; take it away or write a space"),
        ("a: b\r\nc: d\u00ad", "2:5: an invisible character, U+00AD SOFT HYPHEN; take it away or write a space"),
        (b"\xff", "1:1: not UTF-8, byte 0xff; save the file as UTF-8"),
        (b"\n\xfe", "2:1: not UTF-8, byte 0xfe; save the file as UTF-8"),
        (b"\n\na: b\r\nc: \xe9", "4:4: not UTF-8, byte 0xe9; save the file as UTF-8"),
        (b"\xef\xbb\xbfa: \xe9", "1:4: not UTF-8, byte 0xe9; save the file as UTF-8"),
        (b"\xef\xbb\xbf\xc3\xa9\nb: \xc3\xa9\xff", "2:5: not UTF-8, byte 0xff; save the file as UTF-8"),
        (b"a: \x01\xe9", "1:5: not UTF-8, byte 0xe9; save the file as UTF-8"),
        ("[" * 21, "1:21: nested deeper than 20 levels; flatten it"),
        ("- a\n" * 10_001, "10001:3: more than 10000 entries here; split them"),
        ("# nothing\n", "1:1: an empty file; write the record, or delete the file"),
        ("a: &fog b", "1:4: an anchor, '&fog'; plain values only"),
        ("a: &fog [b]", "1:4: an anchor, '&fog'; plain values only"),
        ("a: !fog b", "1:4: a tag, '!fog'; plain values only"),
        ("a: !fog [b]", "1:4: a tag, '!fog'; plain values only"),
        ("a: !fog &mist b", "1:4: an anchor, '&mist'; plain values only"),
        ("[a]: b", "1:1: a key that is no text; write a plain word"),
        ("a: b\n---\nc: d", "2:1: more than one document or a directive; keep one plain document"),
        ("a:\n", "1:3: no value; write it, or take the key away"),
        ("a: ~\n", "1:4: no value, '~'; quote it if it is a text, or take the key away"),
        (
            "a: b # c",
            "1:5: a comment after the value 'b'; put it on a line of its own, or quote a text with '#'",
        ),
        (
            "a: b\n a: c",
            "2:3: not YAML: mapping values are not allowed in this context, at 'a: c'; "
            "quote a text that has ': ' in it",
        ),
    ],
)
def test_what_is_wrong_is_told_in_words_at_its_line_and_column(content: str | bytes, told: str) -> None:
    _, (problem,) = syntax.parse(PATH, content.encode() if isinstance(content, str) else content)

    assert f"{problem.mark.line}:{problem.mark.column}: {problem.message}" == told


def test_a_character_that_cannot_be_seen_is_named_where_an_escape_stands_for_it() -> None:
    assert read('name: Fog\nscope: "x\\u200bx"')[1] == ["2:8 invisible-character"]
    assert read('name: Fog\nscope: "x\\tx"')[1] == ["2:8 tab"]
    assert read('name: Fog\nscope: "x\\nx"')[1] == []
    assert read('name: Fog\nscope: "x\\u2026x"')[1] == []
    assert message('scope: "\\0"') == (
        "an invisible character, U+0000 control character; take it away or write a space"
    )


def test_letters_of_all_scripts_and_signs_are_read() -> None:
    text = "Đorđe Šimonytė Erdoğan 北约 ناتو НАТО – — “…” € 🕊"

    assert read(f"name: {text}") == ({"name": text}, [])


@pytest.mark.parametrize("content", ["a:\tb", "\ta: b", "a: b\t", "a: 'b\tc'", "# a\tb"])
def test_a_tab_is_refused_wherever_it_stands(content: str) -> None:
    assert read(content) == (None, [f"1:{content.index(chr(9)) + 1} tab"])


def test_a_second_key_names_the_place_of_the_first() -> None:
    content = 'name: Fog\nscope: x\n"name": Ice'

    assert read(content) == ({"name": "Fog", "scope": "x"}, ["3:1 duplicate-key"])
    assert message(content) == "a second key 'name'; the first stands at data/topics/fog.yml:1:1, keep one"


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("a: &x b", ["1:4 plain-yaml"]),
        ("a: &x [b]", ["1:4 plain-yaml"]),
        ("a: &x b\nc: *x", ["1:4 plain-yaml", "2:4 plain-yaml"]),
        ("a: &x {b: c}\nd: {<<: *x}", ["1:4 plain-yaml", "2:9 plain-yaml"]),
        ("a: &x [*x]", ["1:4 plain-yaml", "1:8 plain-yaml"]),
        ("a: !!str b", ["1:4 plain-yaml"]),
        ("a: !!binary aGk=", ["1:4 plain-yaml"]),
        ("a: !!set {b}", ["1:4 plain-yaml", "1:12 empty-value"]),
        ("a: !python/object/apply:os.system [ls]", ["1:4 plain-yaml"]),
        ("a: ! b", ["1:4 plain-yaml"]),
        ("[a]: b", ["1:1 plain-yaml"]),
        ("? {a: b}\n: c", ["1:3 plain-yaml"]),
        ("a: b\n---\nc: d", ["2:1 plain-yaml"]),
        ("a: b\n...\n---\nc: d", ["3:1 plain-yaml"]),
        ("%YAML 1.1\n---\na: b", ["1:1 plain-yaml"]),
        ("%TAG ! tag:x,2000:\n---\na: b", ["1:1 plain-yaml"]),
    ],
)
def test_what_a_data_file_has_no_use_for_is_refused(content: str, problems: list[str]) -> None:
    assert read(content)[1] == problems


def test_an_alias_keeps_its_place_for_what_else_is_said_of_it() -> None:
    node, problems = syntax.parse(PATH, b"a: &x b\nc:\n  - *x\n*x : d\n*x : e\n")

    assert isinstance(node, Node)
    assert node.plain() == {"a": "b", "c": ["alias"], "alias": "d"}
    assert node.place("c", 0) == (3, 5)
    assert [str(one).removeprefix(f"{PATH}:") for one in problems] == [
        "1:4: an anchor, '&x'; plain values only (plain-yaml)",
        "3:5: an alias, '*x'; write the value itself (plain-yaml)",
        "4:1: an alias, '*x'; write the value itself (plain-yaml)",
        "5:1: an alias, '*x'; write the value itself (plain-yaml)",
        f"5:1: a second key 'alias'; the first stands at {PATH}:4:1, keep one (duplicate-key)",
    ]


def test_the_marks_of_one_document_are_allowed() -> None:
    assert read("---\na: b\n...\n") == ({"a": "b"}, [])


def test_a_bomb_of_aliases_is_refused_alias_by_alias() -> None:
    content = "a: &a [x, x]\n" + "".join(
        f"{two}: &{two} [*{one}, *{one}]\n" for one, two in zip("abcdefgh", "bcdefghi", strict=True)
    )

    values, problems = read(content)

    assert values == {"a": ["x", "x"], **{key: ["alias", "alias"] for key in "bcdefghi"}}
    assert len(problems) == 9 + 2 * 8


@pytest.mark.parametrize(
    ("bracket", "place"),
    [("[", "1:21"), ("{", "1:21"), ("[{", "1:21"), ("{a: ", "1:81"), ("- ", "1:41"), ("? ", "1:41")],
)
def test_a_million_brackets_end_at_the_twenty_first(bracket: str, place: str) -> None:
    assert read((bracket * 1_000_000)[: syntax.MAX_BYTES]) == (None, [f"{place} depth"])


def test_twenty_levels_are_read() -> None:
    assert read("[" * 20 + "a" + "]" * 20)[1] == []
    assert read("[" * 21 + "a" + "]" * 21) == (None, ["1:21 depth"])


def test_a_file_may_have_two_million_bytes_and_no_more() -> None:
    size = syntax.MAX_BYTES
    values, problems = read(b"a: " + b"b" * (size - 3))

    assert values == {"a": "b" * (size - 3)}
    assert problems == []
    assert read(b"a: " + b"b" * (size - 2)) == (None, ["1:1 file-size"])


def test_a_long_line_of_many_values_with_a_comment_is_read() -> None:
    """Looking for comments must not go over the line again for each value: that took hours."""
    values, problems = read("a: " + "b" * 1_000_000 + "\nc: [" + "d, " * 9_999 + "e] # x")

    assert isinstance(values, dict)
    assert len(values["c"]) == 10_000
    assert problems == []


def test_ten_thousand_keys_are_read_and_the_second_of_one_name_is_found() -> None:
    content = "".join(f"key{number}: x\n" for number in range(9_999)) + "key77: y\n"

    assert read(content)[1] == ["10000:1 duplicate-key"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("- a\n" * 10_001, "10001:3"),
        (f"a: [{'b,' * 10_001}]", f"1:{5 + 2 * 10_000}"),
        ("".join(f"key{number}: x\n" for number in range(10_001)), "10001:1"),
        ("".join(f"key{number}: x\n" for number in range(100_000)), "10001:1"),
    ],
)
def test_more_entries_than_anybody_writes_end_the_reading(content: str, place: str) -> None:
    assert read(content) == (None, [f"{place} too-many"])


def test_more_problems_than_anybody_reads_end_in_one() -> None:
    values, problems = read("[" + "*a, " * 9_000 + "]")

    assert values is None
    assert len(problems) == 1001
    assert problems[-1] == "1:1 too-many"
    assert set(problems[:-1]) == {f"1:{2 + 4 * number} plain-yaml" for number in range(1000)}


@pytest.mark.parametrize(
    ("number", "last"),
    [
        (999, "1:3994: an alias, '*a'; write the value itself (plain-yaml)"),
        (1000, "1:3998: an alias, '*a'; write the value itself (plain-yaml)"),
        (1001, "1:4002: an alias, '*a'; write the value itself (plain-yaml)"),
        (1002, "1:1: more than 1000 problems; mend the first ones (too-many)"),
    ],
)
def test_a_thousand_problems_of_a_file_are_told_one_by_one(number: int, last: str) -> None:
    _, problems = syntax.parse(PATH, f"[{'*a, ' * number}]".encode())

    assert len(problems) == min(number, 1001)
    assert str(problems[-1]) == f"{PATH}:{last}"


def test_broken_yaml_after_as_many_problems_as_are_told_is_one_too_many() -> None:
    values, problems = read("- [" + "*a, " * 1_001 + "]\n- {\n")

    assert values is None
    assert len(problems) == 1001
    assert problems[-1] == "1:1 too-many"


@pytest.mark.parametrize("content", ["", "\n\n", "# only\n# comments\n", '""', "   "])
def test_a_file_without_content_is_empty(content: str) -> None:
    assert read(content) == (None, ["1:1 empty-file"])


def test_no_value_is_refused_and_an_empty_text_is_left_to_the_record() -> None:
    assert read("a:\nb: x")[1] == ["1:3 empty-value"]
    assert read("a: # later")[1] == ["1:3 empty-value"]
    assert read("- \n- x")[1] == ["1:2 empty-value"]
    assert read("{a, b: c}")[1] == ["1:3 empty-value"]
    assert read("a:\nb: x")[0] == {"a": "empty", "b": "x"}
    assert read("a: \"\"\nb: ''") == ({"a": "", "b": ""}, [])


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("a: Resolution #1373 adopted", ["1:14 comment-after-value"]),
        ("a: b   # c", ["1:5 comment-after-value"]),
        ("- b # c", ["1:4 comment-after-value"]),
        ("a: [b, c # d\n  ]", ["1:9 comment-after-value"]),
        ("a: b\n  c # d", ["2:4 comment-after-value"]),
        ("a#b: c#d", []),
        ('a: "b" # the quotes show where the text ends', []),
        ("a: [b, c] # the bracket shows it", []),
        ("a: # the value follows\n  b", []),
        ("# a: b # c\na: b\n  # on its own line\nc: d", []),
        ("a: >-\n  b # is text here", []),
    ],
)
def test_a_comment_that_swallows_the_end_of_a_text_is_refused(content: str, problems: list[str]) -> None:
    assert read(content)[1] == problems


@pytest.mark.parametrize(
    ("content", "place", "cure"),
    [
        ('a: "b\nc: d', "1:4", "close the quote mark"),
        ("a: 'b\nc: d\n\n", "1:4", "close the quote mark"),
        ("a: [b, c", "1:4", "close the bracket or brace, and put commas between"),
        ("a: {b: c\n# d\n", "1:4", "close the bracket or brace, and put commas between"),
        ("a: [b c: d]]", "1:12", "check the indentation and the quote marks of this line and the one before"),
        ("a: b: c", "1:5", "quote a text that has ': ' in it"),
        ("a:\n  - b\n c: d", "3:2", "check the indentation and the quote marks of this line and the one before"),
        ("a: @b", "1:4", "quote the text, or mend the indentation"),
        ("a: `b`", "1:4", "quote the text, or mend the indentation"),
        ("a: %b", "1:4", "quote the text, or mend the indentation"),
        ('a: "\\ud800"', "1:7", "close the quote mark"),
        ("a: *", "1:4", "quote the text, or mend the indentation"),
        ("a: *\n\n", "1:4", "quote the text, or mend the indentation"),
        ("a: *\nb: c", "1:5", "quote the text, or mend the indentation"),
        ("- a\nb: c", "2:1", "check the indentation and the quote marks of this line and the one before"),
        ("- [a\n- b", "1:3", "close the bracket or brace, and put commas between"),
        ("a: 'b\n---\n", "2:1", "close the quote mark"),
        ("a: {b: c\nd: e\n", "2:2", "close the bracket or brace, and put commas between"),
        ("a\nb: c\n", "2:2", "quote a text that has ': ' in it"),
    ],
)
def test_broken_yaml_is_shown_at_its_line_with_a_cure(content: str, place: str, cure: str) -> None:
    values, problems = read(content)

    assert values is None
    assert problems == [f"{place} syntax"]
    assert message(content).startswith("not YAML: ")
    assert message(content).endswith(f"; {cure}")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "a: [b,\n  c",
            "1:4: not YAML: while parsing a flow sequence, did not find expected ',' or ']', at 'a: [b,'; ",
        ),
        ("a: [b\nc: d", "2:2: not YAML: while parsing a flow sequence, did not find expected ',' or ']', at 'c: d'; "),
        ("a: b: c", "1:5: not YAML: mapping values are not allowed in this context, at 'a: b: c'; "),
        (
            "- a\nb: c",
            "2:1: not YAML: while parsing a block collection, did not find expected '-' indicator, at 'b: c'; ",
        ),
    ],
)
def test_broken_yaml_is_shown_with_its_line_and_what_the_parser_says(content: str, told: str) -> None:
    _, (problem,) = syntax.parse(PATH, content.encode())

    assert f"{problem.mark.line}:{problem.mark.column}: {problem.message}".startswith(told)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (yaml.YAMLError("a sign that is none"), "not YAML: a sign that is none; mend the file"),
        (
            yaml.MarkedYAMLError(problem="a sign that is none"),
            "not YAML: a sign that is none, at 'a: b'; quote the text, or mend the indentation",
        ),
    ],
)
def test_what_the_parser_says_without_a_place_stands_at_the_first_line(
    monkeypatch: pytest.MonkeyPatch, error: yaml.YAMLError, told: str
) -> None:
    def broken(*arguments: object, **more: object) -> None:
        raise error

    monkeypatch.setattr(yaml, "parse", broken)

    assert read("a: b") == (None, ["1:1 syntax"])
    assert message("a: b") == told


YAML_PIECES = st.sampled_from(
    [
        *"[]{},#@`%'\"\\\n\t\ré\x00\u2028",
        "a",
        "b: ",
        "- ",
        "  ",
        ": ",
        " #",
        "&x ",
        "*x",
        "!t ",
        "|\n",
        ">-\n",
        "---\n",
        "? ",
    ]
)


@given(st.lists(YAML_PIECES, max_size=40).map("".join).map(str.encode) | st.binary(max_size=60))
@example(b"\r")
@example(b"a: b # c\r")
@example(b"a: 1\r\rb: [c # d")
def test_any_bytes_at_all_give_values_or_a_problem_with_its_place(content: bytes) -> None:
    node, problems = syntax.parse(PATH, content)

    assert node is not None or problems
    lines = len(content.splitlines()) + content.count(b"\x0b") + 2
    assert all(1 <= one.mark.line <= lines + content.count(b"\r") for one in problems)
    assert all("\n" not in str(one) for one in problems)
