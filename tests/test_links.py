from __future__ import annotations

from pathlib import Path

from fact_bases import ARTICLE, PAGE, lay

from generator.edtf import parse
from generator.links import Links, by_time
from generator.load import load
from generator.model import Fact, FactBase, Leader, Source

F = [f"{ARTICLE}-f0{number}" for number in range(7)]
OUTCOME = f"{PAGE}-f01"
FACT = f"- id: {OUTCOME}\n  date: 2031\n  kind: event\n  text: Fog.\n"


def ids(records: tuple[Fact, ...]) -> list[str]:
    return [record.id for record in records]


def test_every_record_is_shown_somewhere(small_links: Links) -> None:
    assert small_links.page("2031-saltmere") == "summits/2031-saltmere.md"
    assert small_links.page("ada-brook") == "leaders/ada-brook.md"
    assert small_links.page("brookland") == "countries/brookland.md"
    assert small_links.page(F[3]) == f"sources/{ARTICLE}.md#f03"
    assert small_links.page("member-towns") == "figures/index.md#member-towns"
    assert small_links.page("harbour-summits") == "summits/index.md#harbour-summits"


def test_facts_are_in_order_of_time_and_of_their_ids(small_links: Links) -> None:
    assert ids(small_links.facts) == [F[1], F[2], F[3], F[4], F[6], F[5], OUTCOME]


def test_facts_of_the_same_time_are_in_the_order_of_their_numbers(small_base: FactBase) -> None:
    fact = small_base.records[F[1]]
    assert isinstance(fact, Fact)
    same = [fact.model_copy(update={"id": f"{ARTICLE}-f{number}"}) for number in ("03", "01", "02")]

    assert ids(by_time(same)) == [F[1], F[2], F[3]]


def test_facts_are_found_by_event_agent_subject_and_source(small_links: Links) -> None:
    assert ids(small_links.at["2031-05-05-lighthouse"]) == [F[1], F[2], F[3]]
    assert ids(small_links.by["ada-brook"]) == [F[1], F[2], F[3]]
    assert ids(small_links.about["ferries"]) == [F[3], F[6]]
    assert ids(small_links.about["2031-saltmere"]) == [F[1], F[2], OUTCOME]
    assert ids(small_links.from_source[ARTICLE]) == [F[1], F[2], F[3], F[4], F[6], F[5]]
    assert ids(small_links.from_source[PAGE]) == [OUTCOME]


def test_a_fact_by_somebody_is_not_one_about_them_too(tmp_path: Path) -> None:
    facts = FACT + f"  by: [ada-brook]\n  about: [ada-brook, ferries]\n  evidence: [{{source: {PAGE}}}]\n"
    links = Links(load(lay(tmp_path, {f"data/facts/{PAGE}.yml": facts})))

    assert OUTCOME in ids(links.by["ada-brook"])
    assert "ada-brook" not in links.about
    assert OUTCOME in ids(links.about["ferries"])


def test_an_outcome_leads_back_to_its_plan(small_links: Links) -> None:
    assert {id: ids(plans) for id, plans in small_links.planned_in.items()} == {OUTCOME: [F[5]]}


MEETING = "name: {name}\nstatus: planned\nprepares: 2031-saltmere\nparticipants:\n  - person: ada-brook\n"


def test_events_are_in_order_of_time_with_those_without_a_date_last(tmp_path: Path) -> None:
    root = lay(
        tmp_path,
        {
            "data/meetings/a-fog.yml": MEETING.format(name="Fog"),
            "data/meetings/b-ice.yml": MEETING.format(name="Ice") + "date: 2030-12\n",
        },
    )
    links = Links(load(root))

    assert [one.id for one in links.events] == ["b-ice", "2031-05-05-lighthouse", "2031-saltmere", "a-fog"]
    assert [one.id for one in links.attended["ada-brook"]] == ["b-ice", "2031-05-05-lighthouse", "a-fog"]
    assert [one.id for one in links.attended["otto-lind"]] == ["2031-05-05-lighthouse"]
    assert [one.id for one in links.on_the_road_to["2031-saltmere"]] == ["b-ice", "2031-05-05-lighthouse", "a-fog"]


def test_holders_of_a_post_are_in_order_of_time(tmp_path: Path) -> None:
    leader = (
        "name: Zoe Ash\nmemberships:\n"
        "  - {post: prime-minister, during: 2020/2028}\n"
        "  - {post: prime-minister, during: ../2010}\n"
    )
    links = Links(load(lay(tmp_path, {"data/leaders/zoe-ash.yml": leader})))

    held = [(leader.id, one.during.text) for leader, one in links.holders["prime-minister"]]
    assert held == [("zoe-ash", "../2010"), ("zoe-ash", "2020/2028"), ("ada-brook", "2029-01-01/..")]


def test_the_post_on_a_day_is_the_one_held_then_and_the_latest_begun_of_several(tmp_path: Path) -> None:
    leader = (
        "name: Zoe Ash\nmemberships:\n"
        "  - {post: prime-minister, during: 2020-01-01/2028-12-31}\n"
        "  - {post: league-secretary, during: 2025-01-01/2026-12-31}\n"
    )
    links = Links(load(lay(tmp_path, {"data/leaders/zoe-ash.yml": leader})))
    zoe = links.base.records["zoe-ash"]
    assert isinstance(zoe, Leader)

    posts = {day: links.post_on(zoe, parse(day)) for day in ("2019-12-31", "2021", "2025-06-01", "2028-12-31", "2029")}
    assert {day: post and post.id for day, post in posts.items()} == {
        "2019-12-31": None,
        "2021": "prime-minister",
        "2025-06-01": "league-secretary",
        "2028-12-31": "prime-minister",
        "2029": None,
    }


SOURCE = "name: {id}\ntype: page\npublisher: {id}\nurl: https://{id}.example\nlanguage: en\nderived_from: {of}\n"


def test_copies_and_translations_count_as_their_original(tmp_path: Path) -> None:
    evidence = "".join(f"    - source: {id}\n" for id in (PAGE, "copy", "copy-of-copy", ARTICLE))
    root = lay(
        tmp_path,
        {
            "data/sources/copy.yml": SOURCE.format(id="copy", of=PAGE),
            "data/sources/copy-of-copy.yml": SOURCE.format(id="copy-of-copy", of="copy"),
            f"data/facts/{PAGE}.yml": f"{FACT}  evidence:\n{evidence}",
        },
    )
    links = Links(load(root))
    fact = links.base.records[OUTCOME]
    assert isinstance(fact, Fact)

    assert links.origins(fact) == 2
    assert {source.id: links.origin(source) for source in links.base.all(Source)} == {
        "copy": PAGE,
        "copy-of-copy": PAGE,
        ARTICLE: ARTICLE,
        PAGE: PAGE,
    }


def test_sources_that_are_said_to_copy_one_another_come_to_an_end(tmp_path: Path) -> None:
    root = lay(
        tmp_path,
        {
            "data/sources/hen.yml": SOURCE.format(id="hen", of="egg"),
            "data/sources/egg.yml": SOURCE.format(id="egg", of="hen"),
        },
    )
    links = Links(load(root))

    assert {links.origin(one) for one in links.base.all(Source)} == {"hen", "egg", ARTICLE, PAGE}


def test_a_record_is_called_by_its_name(small_links: Links) -> None:
    assert small_links.name("league-secretary") == "Secretary of the Harbour League"
