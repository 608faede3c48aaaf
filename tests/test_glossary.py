from __future__ import annotations

import re

import pytest
from rendered import shown

from generator.glossary import Glossary, Term

FOG = Term("term-fog", "Fog", ("Fog", "sea fog"), "Cloud that lies on the water.")
TIDE = Term("term-tide", "tide", ("tide", "tides"), "The sea's rise and fall.")
GLOSSARY = Glossary((FOG, TIDE))


def explained(body: str) -> str:
    return GLOSSARY.explain(f"---\ntitle: Fog\n---\n{body}", "../")


def buttons(body: str) -> list[str]:
    return re.findall(r"<button[^>]*>[^<]*</button>", explained(body))


def test_a_term_is_explained_where_it_first_stands_and_only_there() -> None:
    text = explained("Fog and more Fog.")

    assert 'popovertarget="term-fog-note">Fog</button> and more Fog.' in text
    assert text.count("<button") == 1
    elements, words = shown(text.split("\n---\n", 1)[1])
    assert words.startswith("Fog and more Fog.")
    assert ("div", {"class": "term-note", "popover": None, "id": "term-fog-note"}) in elements
    assert "Cloud that lies on the water." in words


def test_any_name_of_a_term_is_the_term() -> None:
    assert buttons("A sea fog rose, then Fog.") == [
        '<button type="button" class="term" popovertarget="term-fog-note">sea fog</button>'
    ]


def test_a_part_of_a_word_is_no_term() -> None:
    assert buttons("Fogs and Fog-like tidewater.") == []


def test_a_term_that_is_a_link_stays_one_and_gets_a_button_with_a_name_beside_it() -> None:
    text = explained("On [Fog](../topics/fog.md){ .x } here.")

    assert '[Fog](../topics/fog.md){ .x }<button type="button" class="term beside"' in text
    assert 'aria-label="Explain Fog"></button> here.' in text


@pytest.mark.parametrize(
    "body",
    [
        "## Fog { #fog }",
        "`Fog`",
        '<div class="chips" markdown>\n\n- [Fog](x.md) <small>3</small>\n\n</div>',
        "<code>Fog</code>",
        '<svg class="x"><text>Fog</text></svg>',
        '<div class="drawing"><svg><title>Fog</title></svg></div>',
        '<script type="application/ld+json">{"name": "Fog"}</script>',
        "[On Fog and more](x.md)",
        '<span title="Fog">x</span>',
        "<details><summary>Fog</summary></details>",
    ],
)
def test_what_is_no_running_text_is_passed_over(body: str) -> None:
    assert buttons(body) == []
    assert explained(body) == f"---\ntitle: Fog\n---\n{body}"


def test_the_note_leads_to_the_glossary_and_is_no_result_of_a_search() -> None:
    text = explained("the tide")

    assert '<a href="../glossary/#term-tide">Glossary</a>' in text
    assert '<div class="terms">' in text


def test_a_page_without_terms_stays_as_it_is() -> None:
    assert explained("Nothing here.") == "---\ntitle: Fog\n---\nNothing here."
    assert Glossary(()).explain("---\n---\nFog", "") == "---\n---\nFog"
