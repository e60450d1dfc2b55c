"""The gatherer against other people's programs on loopback: MediaWiki under the name of a Wikipedia."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from audit.models import Fact, State
from audit.platforms import platforms
from tests.real_asking import asked_for, gathered, link_to
from tests.servers.mediawiki import MediaWiki
from tests.servers.nginx import Nginx

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
