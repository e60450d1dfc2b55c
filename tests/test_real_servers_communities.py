"""The gatherer against other people's programs on loopback: MediaWiki under the name of a Wikipedia, a NodeBB forum."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from audit.models import Fact, State
from audit.platforms import platforms
from tests.real_asking import asked_for, exact, gathered, link_to
from tests.servers.mediawiki import MediaWiki
from tests.servers.nginx import Nginx
from tests.servers.nodebb import NodeBB, Reply, Topic

# --------------------------------------------------------------------------------------------------- MediaWiki

ARTICLES = {
    "Torrefazione Aurora": """<div class="shortdescription" style="display:none">azienda italiana</div>
{| class="sinottico"
|-
! Fondazione
| 1921 a [https://modena.example/ Modena]
|-
! Sito web
| <span class="url">[https://aurora.example/ aurora.example]</span>
|}
La '''Torrefazione Aurora''' è una torrefazione di [[Modena]].

== Storia ==
Fu fondata nel 1921.""",
    "Caffè Sant'Orso (Aosta)": "Il '''Caffè Sant'Orso''' è una pasticceria.",
    "Caffè Aurora": "#RINVIA [[Torrefazione Aurora]]",
    "Aurora": """<div id="disambigbox">Questa è una pagina di disambiguazione.</div>
* [[Torrefazione Aurora]]""",
}
QUERY = (
    "https://it.wikipedia.org/w/api.php?action=query&format=json&formatversion=2&prop=info|extracts&exintro=1&titles="
)


@pytest.fixture(scope="session")
def wiki() -> Iterator[Nginx]:
    """https://it.wikipedia.org/, made with MediaWiki, with two companies' articles."""
    with (
        MediaWiki(address="https://it.wikipedia.org") as mediawiki,
        Nginx({"it.wikipedia.org": mediawiki.port}) as nginx,
    ):
        mediawiki.write(ARTICLES)
        yield nginx


def test_an_article_is_read_as_it_was_written(wiki: Nginx) -> None:
    """Its title, the short description, and of the links in its box of facts the one that is the website."""
    profile, _ = gathered(link_to("https://it.wikipedia.org/wiki/Torrefazione_Aurora"), **wiki.fetching)

    assert (State.OBSERVED, "it:Torrefazione_Aurora") == (profile.state, profile.handle)
    assert Fact(value="Torrefazione Aurora", page="profile", where="#firstHeading") == profile.name
    assert Fact(value="azienda italiana", page="profile", where=".shortdescription") == profile.bio
    assert profile.website is not None
    assert "https://aurora.example/" == profile.website.value


def test_an_article_with_marks_in_its_title_is_found(wiki: Nginx) -> None:
    """Accents, an apostrophe and brackets; without a box there is no website."""
    profile, _ = gathered(link_to("https://it.wikipedia.org/wiki/Caffè_Sant'Orso_(Aosta)"), **wiki.fetching)

    assert (State.OBSERVED, None) == (profile.state, profile.website)
    assert profile.name is not None
    assert "Caffè Sant'Orso (Aosta)" == profile.name.value


def test_an_article_that_nobody_wrote_is_missing(wiki: Nginx) -> None:
    """MediaWiki says so on a page of its own."""
    profile, _ = gathered(link_to("https://it.wikipedia.org/wiki/Nessuno"), **wiki.fetching)
    assert (State.MISSING, "Wikipedia has no such article") == (profile.state, profile.reason)


def test_a_list_of_meanings_is_no_article_about_a_company(wiki: Nginx) -> None:
    """The name has several meanings: which is meant, nobody can tell."""
    profile, _ = gathered(link_to("https://it.wikipedia.org/wiki/Aurora"), **wiki.fetching)
    assert (State.SHELL, "the article lists several meanings of the name") == (profile.state, profile.reason)


def test_a_title_that_leads_to_another_is_told_with_that(wiki: Nginx) -> None:
    """MediaWiki shows the other article at the same address; both titles are named."""
    profile, _ = gathered(link_to("https://it.wikipedia.org/wiki/Caffè_Aurora"), **wiki.fetching)
    told = "the answer is about it:Torrefazione_Aurora, not about it:Caffè_Aurora"
    assert (State.SHELL, told) == (profile.state, profile.reason)


def test_the_interface_says_the_same_of_an_article(wiki: Nginx) -> None:
    """Title and first words, without their markup; an article that nobody wrote is missing there too."""
    wikipedia = platforms()["wikipedia"]
    link, other = (link_to(f"https://it.wikipedia.org/wiki/{title}") for title in ("Torrefazione_Aurora", "Nessuno"))
    found, missing = asked_for(f"{QUERY}Torrefazione_Aurora", f"{QUERY}Nessuno", role="answer", **wiki.fetching)

    profile = wikipedia.read(link, {"answer": found})
    assert Fact(value="Torrefazione Aurora", page="answer", where="#/query/pages/0/title") == profile.name
    assert profile.bio is not None
    assert "La Torrefazione Aurora è una torrefazione di Modena." == profile.bio.value
    assert State.MISSING == wikipedia.read(other, {"answer": missing}).state


# ------------------------------------------------------------------------------------------------------ NodeBB

MEMBERS = ("lina", "piero", "ottilia")
TOPICS = [
    Topic(
        by="lina",
        at="2026-11-01T08:30:00Z",
        title="Macinatura fine",
        text="Come la fate voi?",
        replies=[
            Reply(by="piero", at="2026-11-02T08:30:00Z", text="Con pazienza."),
            Reply(by="admin", at="2026-11-03T08:30:00Z", text="E una bilancia."),
        ],
    ),
    Topic(by="piero", at="2026-11-05T08:30:00Z", title="Moka o filtro", text="Che ne dite?", category=4),
    *(
        Topic(by="admin", at=f"2026-11-{day}T07:00:00Z", title=f"Assaggio {day}", text="Vi aspettiamo.", category=1)
        for day in range(10, 20)
    ),
]


@pytest.fixture(scope="session")
def forum() -> Iterator[Nginx]:
    """https://forum.aurora.example/, made with NodeBB, with an administrator, three members and twelve topics."""
    with (
        NodeBB(
            address="https://forum.aurora.example", title="Caffè & Compagnia", members=MEMBERS, topics=TOPICS
        ) as nodebb,
        Nginx({"forum.aurora.example": nodebb.port}) as nginx,
    ):
        yield nginx


def test_a_forum_is_read_as_it_was_filled(forum: Nginx) -> None:
    """Its title, the members with the administrator, the topics without the replies."""
    profile, _ = gathered(link_to("https://forum.aurora.example/", declared=True), **forum.fetching)

    assert (State.OBSERVED, "forum.aurora.example") == (profile.state, profile.handle)
    assert Fact(value="Caffè & Compagnia", page="config", where="#/siteTitle") == profile.name
    assert exact(len(MEMBERS) + 1, "users", "#/userCount") == profile.followers
    assert exact(len(TOPICS), "topics", "#/topicCount") == profile.posts
    assert () == profile.recent


def test_no_member_of_a_forum_is_stored(forum: Nginx) -> None:
    """NodeBB sends names and texts along with its figures: of neither a word stays."""
    _, pages = gathered(link_to("https://forum.aurora.example/", declared=True), **forum.fetching)
    words = (*MEMBERS, "Assaggio", "Macinatura", "macinatura", "pazienza")
    stored = b"\n".join(pages[role].body for role in ("users", "topics")).decode()
    assert {"profile", "config", "users", "topics"} == pages.keys()
    assert [] == [word for word in words if word in stored]


def test_a_folder_without_a_forum_is_no_forum(forum: Nginx) -> None:
    """NodeBB answers below it with a page of its own: neither software is there, and nothing is called missing."""
    profile, _ = gathered(link_to("https://forum.aurora.example/community", declared=True), **forum.fetching)
    told = "the site does not answer as a forum of Discourse or NodeBB"
    assert (State.FAILED, told) == (profile.state, profile.reason)
