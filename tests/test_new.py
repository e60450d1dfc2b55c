"""`./invoke new`: from the address of a site to a client file that a person has only to check."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from audit.client import load_client
from audit.errors import BusyClient, StageError, UsageError
from audit.prospect import Prospect, Wishes, found_where, prospect
from audit.prospect_summary import prospect_text
from audit.site_address import checked_site
from tests.loopback import Route, Web, answer, redirect
from tests.project import Project
from tests.test_audit import serving

SITE = "http://torrefazioneaurora.example/"
DAY = date(2026, 11, 23)

HOME = """<!doctype html><html lang="it-IT"><head><meta charset="utf-8">
<title>Caffè in grani | Torrefazione Aurora</title><script async src="https://connect.facebook.net/it_IT/fbevents.js"></script>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "CafeOrCoffeeShop",
 "name": "Torrefazione Aurora", "address": {"@type": "PostalAddress", "addressCountry": "Italia"},
 "sameAs": ["https://www.instagram.com/aurora.caffe/", "https://www.facebook.com/torrefazioneaurora"]}</script></head>
<body><header><a href="/contatti">Contatti</a>
<a href="https://www.instagram.com/aurora.caffe/">Instagram</a></header>
<main><p>La nostra Marta, che tosta dal 1987, scrive di caff&egrave; anche su
<a href="https://www.linkedin.com/in/marta-aurora-1987">LinkedIn</a>, dove racconta ogni settimana una storia nuova.</p>
<p><a href="https://www.facebook.com/sharer/sharer.php?u=http%3A%2F%2Ftorrefazioneaurora.example%2F">Condividi</a>
<a href="https://x.com/intent/tweet?text=Caff%C3%A8">Twitta</a></p>
<a href="https://www.instagram.com/p/CxYz12AbCdE/">L'ultima foto</a></main>
<footer><ul class="social"><li><a href="https://www.facebook.com/torrefazioneaurora">Facebook</a></li>
<li><a href="https://www.youtube.com/@torrefazioneaurora">YouTube</a></li>
<li><a href="https://www.tiktok.com/">TikTok</a></li>
<li><a href="https://www.linkedin.com/company/torrefazione-aurora/">LinkedIn</a></li></ul>
<p>Sito realizzato da <a href="https://www.instagram.com/studio.pixel.modena/">Studio Pixel</a></p>
<p><a href="https://web.napster.com/artist/art.281904417">La nostra musica</a></p></footer></body></html>"""
CONTACT = """<!doctype html><html lang="it"><head><title>Contatti | Torrefazione Aurora</title></head>
<body><h1>Contatti</h1><p>Seguici: <a href="https://t.me/auroracaffe">Telegram</a></p>
<footer><a href="https://www.youtube.com/@torrefazioneaurora">YouTube</a></footer></body></html>"""

OWN = {
    "https://www.instagram.com/aurora.caffe/",
    "https://www.facebook.com/torrefazioneaurora",
    "https://www.youtube.com/@torrefazioneaurora",
    "https://www.linkedin.com/company/torrefazione-aurora/",
    "https://t.me/auroracaffe",
}
TRAPS = {
    "linkedin.com/in/marta-aurora-1987": "person",
    "facebook.com/sharer/sharer.php": "share button",
    "x.com/intent/tweet": "share button",
    "instagram.com/p/CxYz12AbCdE": "post",
    "tiktok.com/": "placeholder",
    "instagram.com/studio.pixel.modena": "agency credit",
    "web.napster.com/artist/art.281904417": "closed",
}


def page(text: str) -> bytes:
    """An HTML answer."""
    return answer(text.encode(), content_type="text/html; charset=utf-8")


Look = Callable[..., Prospect]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without clients."""
    return Project.at(tmp_path / "project")


def looked_at(
    project: Project, routes: dict[str, Route], meanwhile: Callable[[], None] = lambda: None, **wishes: Any
) -> tuple[Prospect, Web]:
    """What `new` makes of a site that answers with `routes`; `meanwhile` is called while it asks."""
    web = Web(routes)
    with serving(web):
        names = ("torrefazioneaurora.example", "linktr.ee", "bit.ly", "altra.example")
        settings = {
            "allow_loopback": True, "delay": "0", "deadline": "5", "retry_after": "5", "ca_file": "", "proxy": "",
            "hosts": ", ".join(f"{name}=127.0.0.1:{web.port}" for name in names),
        }  # fmt: skip

        def now() -> datetime:
            meanwhile()
            return datetime(2026, 11, 23, 9, tzinfo=UTC)

        found = prospect(
            project.root, Wishes(**{"site": SITE, **wishes}), day=DAY, settings=settings, now=now,
            report=lambda _: None,
        )  # fmt: skip
    return found, web


def folders(project: Project) -> list[str]:
    """What lies below clients/."""
    return sorted(path.name for path in (project.root / "clients").iterdir())


def test_five_own_profiles_are_written_and_seven_traps_are_shown(project: Project) -> None:
    """The file holds the five with where each was found, passes validation, and waits for a person; the seven are
    named as what they are."""
    found, _ = looked_at(project, {"/": page(HOME), "/contatti": page(CONTACT)})
    client = load_client(project.root / "clients" / "torrefazioneaurora")
    assert OWN == {link.url for link in client.company.profiles if link.platform != "website"}
    assert OWN == set(client.to_confirm)
    assert () == client.not_ours
    assert ("Torrefazione Aurora", SITE, "IT", ("it",), "horeca", ()) == (
        client.company.name, client.company.site, client.country, client.languages, client.sector, client.recipients,
    )  # fmt: skip
    text = prospect_text(found, client_file="clients/torrefazioneaurora/client.toml")
    assert "5 profiles found" in text
    for address, what in TRAPS.items():
        assert re.search(rf"{re.escape(address)}.*{what}|{what}.*{re.escape(address)}", text), address
    written = (project.root / "clients" / "torrefazioneaurora" / "client.toml").read_text("utf-8")
    assert 'instagram = "https://www.instagram.com/aurora.caffe/" # json-ld of the home page' in written
    assert 'telegram = "https://t.me/auroracaffe" # body of /contatti' in written
    assert not any(trap in written for trap in TRAPS if trap != "tiktok.com/")


def test_what_was_asked_is_kept_for_the_audit_of_that_day(project: Project) -> None:
    """The pages lie in the new client's run, with links.json; no provisional folder stays."""
    _, web = looked_at(project, {"/": page(HOME), "/contatti": page(CONTACT)})
    assert ["torrefazioneaurora"] == folders(project)
    run = project.root / "clients" / "torrefazioneaurora" / DAY.isoformat()
    roles = {path.stem for path in (run / "evidence" / "client" / "website").glob("*/*.body")}
    assert {"home", "contact"} <= roles
    rows = json.loads((run / "links.json").read_text("utf-8"))["links"]
    assert OWN == {row["url"] for row in rows if row["own"] and row["platform"] not in ("website", "napster")}
    assert 1 == web.paths().count("torrefazioneaurora.example/")


def test_a_client_that_is_there_is_not_overwritten(project: Project) -> None:
    """Its file is named, with the way out, before anything is asked."""
    folder = project.client("torrefazioneaurora", "anything")
    with pytest.raises(UsageError, match=r"torrefazioneaurora/client\.toml is there already.*--client"):
        looked_at(project, {"/": page(HOME)})
    assert "anything" == (folder / "client.toml").read_text("utf-8")
    found, _ = looked_at(project, {"/": page(HOME)}, slug="aurora-due")
    assert "aurora-due" == found.run.slug


def test_a_second_run_for_the_same_folder_is_kept_out_before_it_touches_anything(project: Project) -> None:
    """Also one for another site; the first ends as if it were alone, and leaves no lock behind."""
    refused: list[int] = []

    def second() -> None:
        with pytest.raises(BusyClient, match="another run is making the client torrefazioneaurora") as caught:
            looked_at(project, {}, site="http://torrefazioneaurora.example/altro")
        refused.append(caught.value.exit_code)

    found, _ = looked_at(project, {"/": page(HOME), "/contatti": page(CONTACT)}, meanwhile=second)
    assert refused
    assert OWN == {link.url for links in found.proposed.values() for link in links}
    assert ["torrefazioneaurora"] == folders(project)


def test_other_clients_stay_untouched(project: Project) -> None:
    """Whatever stands in their files, competitors included."""
    before = 'name = "Altra"\n[[competitors]]\nname = "Terza"\n'
    folder = project.client("altra", before)
    looked_at(project, {"/": page(HOME)})
    assert before == (folder / "client.toml").read_text("utf-8")
    assert load_client(project.root / "clients" / "torrefazioneaurora").competitors == ()


def test_wishes_come_before_what_the_site_says(project: Project) -> None:
    """Name, languages, country, sector and size of the command line stand in the file, without a note to check."""
    found, _ = looked_at(
        project, {"/": page(HOME)}, name="Aurora S.p.A.", languages=("en", "it"), country="CH", sector="food_beverage",
        size="large",
    )  # fmt: skip
    client = load_client(project.root / "clients" / "aurora-s-p-a")
    assert ("Aurora S.p.A.", ("en", "it"), "CH", "food_beverage", "large") == (
        client.company.name, client.languages, client.country, client.sector, client.size,
    )  # fmt: skip
    assert "To check" not in prospect_text(found, client_file="x")


def test_codes_may_be_written_small_or_in_capitals(project: Project) -> None:
    """As people write them."""
    found, _ = looked_at(project, {"/": page(HOME)}, languages=("EN", "it"), country="ch")
    client = load_client(found.run.client_folder)
    assert (("en", "it"), "CH") == (client.languages, client.country)


def test_what_nobody_said_is_said_to_be_assumed(project: Project) -> None:
    """Sector, size and country that no page tells are in the list of what to check, and noted in the file."""
    found, _ = looked_at(
        project, {"/": page("<html><head><title>Aurora</title></head><body>Caff&egrave;</body></html>")}
    )
    text = prospect_text(found, client_file="x")
    assert "sector = professional_services: CHECK: not known" in text
    assert "size = small: CHECK: assumed" in text
    assert "country = IT: CHECK: assumed" in text
    assert "that is a finding, no proof that there are none" in text


UNSEEN = "the home page shows nothing without scripts or frames, which were not run: its profiles are not known"
ONWARD = "the home page sends browsers on to {0}; if that is the company's, give it: --site {0}"


@pytest.mark.parametrize(
    ("home", "told"),
    [
        ('<body><div id="root"></div><noscript>Enable JavaScript</noscript></body>', UNSEEN),
        ('<frameset><frame src="main.htm"><noframes>No frames?</noframes></frameset>', UNSEEN),
        ('<meta http-equiv="Refresh" content="0; URL=\'it/\'"><body>…</body>', ONWARD.format(f"{SITE}it/")),
        ('<meta http-equiv="refresh" content="0;http://altra.example"><body></body>', ONWARD.format("http://altra.example/")),
    ],
    ids=["scripts", "frames", "language", "another site"],
)  # fmt: skip
def test_a_home_page_that_hides_its_links_is_not_said_to_have_none(project: Project, home: str, told: str) -> None:
    """What could not be looked at is told as that."""
    found, _ = looked_at(project, {"/": page(f"<html><head><title>Torrefazione Aurora</title></head>{home}</html>")})
    assert f": 0 profiles found\n  {told}\n" in prospect_text(found, client_file="x")


@pytest.mark.parametrize(
    "content", ["300", "5; url=", "0; url=/", "0; url=http://torrefazioneaurora.example/#top", "x"]
)
def test_a_page_that_reloads_itself_sends_nobody_on(project: Project, content: str) -> None:
    """Its links are looked at as any page's."""
    head = f'<title>Aurora</title><meta http-equiv="refresh" content="{content}">'
    found, _ = looked_at(project, {"/": page(f"<html><head>{head}</head><body>Caffè</body></html>")})
    assert "" == found.unseen
    assert "the site's pages point to none; that is a finding" in prospect_text(found, client_file="x")


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"sector": "horeka"}, r"--sector 'horeka' is not known.*Did you mean horeca\?"),
        ({"size": "tiny"}, r"--size 'tiny' is not known; one of micro, small, medium, large"),
        ({"languages": ("it", "xx")}, r"--lang 'xx' is not known"),
        ({"country": "Italy"}, r"--country 'Italy' is no country's code"),
        ({"slug": "../altra"}, r"--client '\.\./altra' is no folder's name; .*for example altra$"),
        ({"slug": "  "}, r"--client '  ' is no folder's name; .*for example torrefazioneaurora$"),
    ],
)
def test_wrong_wishes_are_refused_before_anything_is_asked(project: Project, wish: dict[str, Any], words: str) -> None:
    """With what was probably meant; no folder is made."""
    with pytest.raises(UsageError, match=words):
        looked_at(project, {"/": page(HOME)}, **wish)
    assert [] == folders(project)


HOSTILE = (
    '<html lang="it"><head>'
    '<title>Aurora"]\n[profiles]\nx = "https://x.com/rogue" # \u202e\x07 \'\'\' """ \\u0000</title>'
    "</head><body><footer>"
    + '<a href="https://www.instagram.com/aurora.caffe/">"\'\n[[competitors]]</a>'
    + "".join(f'<a href="https://www.facebook.com/sharer.php?u={number}">s</a>' for number in range(25_000))
    + "".join(f'<a href="https://t.me/aurora{number}">t</a>' for number in range(25_000))
    + "</footer></body></html>"
)


def test_a_hostile_site_writes_a_sound_file(project: Project) -> None:
    """Quotes, line breaks and direction marks of the title stay inside one text; of 50,000 links a few are proposed."""
    found, _ = looked_at(project, {"/": page(HOSTILE)})
    folder = project.root / "clients" / "torrefazioneaurora"
    client = load_client(folder)
    assert "x" not in {link.platform for link in client.company.profiles}
    assert () == client.competitors
    assert len(client.company.profiles) <= 12
    text = (folder / "client.toml").read_text("utf-8") + prospect_text(found, client_file="x")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", text)
    assert len(text) < 20_000
    assert f"{SITE} has 50,001 links; the first 5,000 were looked at" in text


def test_a_site_that_answers_nothing_writes_nothing(project: Project) -> None:
    """The reason is told, and the way to write the file all the same."""
    with pytest.raises(StageError, match=r"shows nothing: .*Nothing was written.*--name"):
        looked_at(project, {"/": answer(status="500 Internal Server Error")})
    assert [] == folders(project)


def test_a_site_that_answers_nothing_is_written_when_the_name_is_given(project: Project) -> None:
    """Without found profiles, and said so."""
    found, _ = looked_at(project, {"/": answer(status="503 Service Unavailable")}, name="Torrefazione Aurora")
    client = load_client(project.root / "clients" / "torrefazione-aurora")
    assert ["website"] == [link.platform for link in client.company.profiles]
    assert "0 profiles found" in prospect_text(found, client_file="x")


def test_a_site_without_https_is_told_how_to_give_it(project: Project) -> None:
    """Who types the name alone means https; old sites answer on http alone."""
    words = r"shows nothing: .*give it as it is: --site http://torrefazioneaurora\.example/"
    with pytest.raises(StageError, match=words):
        looked_at(project, {"/": page(HOME)}, site="torrefazioneaurora.example")


def test_a_site_that_leads_to_another_is_named(project: Project) -> None:
    """The new address is proposed, not silently taken."""
    with pytest.raises(StageError, match=r"leads to altra\.example.*--site http://altra\.example/"):
        looked_at(project, {
            "torrefazioneaurora.example/": redirect("http://altra.example/"), "altra.example/": page(HOME),
        })  # fmt: skip


def test_link_in_bio_pages_and_short_links_are_followed_once(project: Project) -> None:
    """What the list holds is the account's own; a short link is what it leads to, also where nothing may be asked."""
    home = """<html lang="it"><head><title>Torrefazione Aurora</title></head><body><footer class="social">
    <a href="http://linktr.ee/aurora">Tutti i link</a><a href="http://linktr.ee/altro">x</a>
    <a href="http://bit.ly/aurora-fb">Facebook</a></footer></body></html>"""
    bio = """<html><head><title>Aurora</title></head><body><main><a href="https://www.tiktok.com/@aurora.caffe">Video</a>
    </main></body></html>"""
    found, web = looked_at(project, {
        "torrefazioneaurora.example/": page(home), "linktr.ee/aurora": page(bio),
        "bit.ly/aurora-fb": redirect("https://www.facebook.com/torrefazioneaurora"),
    })  # fmt: skip
    assert {
        "https://www.tiktok.com/@aurora.caffe": "link-in-bio", "https://www.facebook.com/torrefazioneaurora": "footer",
    } == {link.url: link.found_in for links in found.proposed.values() for link in links}  # fmt: skip
    assert "linktr.ee/altro" not in web.paths()
    assert not any("facebook" in path for path in web.paths())


def test_the_list_of_links_of_the_web_agency_gives_no_profile(project: Project) -> None:
    """It stands before the company's own in the page, in a credit; it is not even asked for."""
    home = """<html lang="it"><head><title>Torrefazione Aurora</title></head><body>
    <footer><p>Sito realizzato da <a href="http://linktr.ee/pixel">Studio Pixel</a></p>
    <ul class="social"><li><a href="http://linktr.ee/aurora">Tutti i link</a></li></ul></footer></body></html>"""
    bio = '<html><body><main><a href="https://www.tiktok.com/@{}">Video</a></main></body></html>'
    found, web = looked_at(project, {
        "torrefazioneaurora.example/": page(home), "linktr.ee/pixel": page(bio.format("studio.pixel")),
        "linktr.ee/aurora": page(bio.format("aurora.caffe")),
    })  # fmt: skip
    assert ["https://www.tiktok.com/@aurora.caffe"] == [link.url for link in found.proposed["tiktok"]]
    assert "linktr.ee/pixel" not in web.paths()


def test_a_contact_page_that_leads_to_another_site_gives_no_profile(project: Project) -> None:
    """What stands there is listed with the host that shows it, and is not proposed."""
    found, _ = looked_at(project, {
        "torrefazioneaurora.example/": page(HOME), "torrefazioneaurora.example/contatti": redirect("http://altra.example/"),
        "altra.example/": page(CONTACT),
    })  # fmt: skip
    assert "telegram" not in found.proposed
    row = next(line for line in prospect_text(found, client_file="x").splitlines() if "t.me/auroracaffe" in line)
    assert "torrefazioneaurora.example leads to altra.example, which is another site" in row
    assert row.endswith("body of altra.example")
    assert "altra.example" not in (found.run.client_folder / "client.toml").read_text("utf-8")
    youtube = next(link for link in found.links if link.platform == "youtube")
    assert "footer of the home page and 1 more" == found_where(youtube, SITE)


def test_a_declared_account_on_a_server_that_nobody_knows_is_proposed(project: Project) -> None:
    """The site says that it is a profile of its own; a link to such an address alone could lead anywhere."""
    home = HOME.replace("<title>", '<link rel="me" href="https://toot.caffe.example/@aurora"><title>')
    home = home.replace("<footer>", '<footer><a href="https://chat.altra.example/@aurora">Altra</a>')
    found, _ = looked_at(project, {"/": page(home)})
    assert ["https://toot.caffe.example/@aurora"] == [link.url for link in found.proposed["mastodon"]]
    client = load_client(found.run.client_folder)
    assert "https://toot.caffe.example/@aurora" in client.to_confirm
    assert "aurora@toot.caffe.example" in {link.handle for link in client.company.profiles}


def test_of_several_accounts_the_main_one_is_proposed_with_the_reason(project: Project) -> None:
    """All are listed; the declared one leads."""
    home = HOME.replace(
        "<li><a href", '<li><a href="https://www.instagram.com/aurora.caffe.en/">EN</a></li><li><a href', 1
    )
    found, _ = looked_at(project, {"/": page(home)})
    assert ["https://www.instagram.com/aurora.caffe/", "https://www.instagram.com/aurora.caffe.en/"] == [
        link.url for link in found.proposed["instagram"]
    ]
    text = prospect_text(found, client_file="x")
    assert "aurora.caffe/ is proposed as the main account: it stands in a stronger place (json-ld)" in text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("htps://aurora.it", "https://aurora.it/"), ("www,aurora.it", "https://www.aurora.it/"),
        ("aurora", "https://aurora.com/"), ("http//:aurora.it", "http://aurora.it/"),
        ("https://aurora.con", "https://aurora.com/"), ("wwww.aurora.it", "https://www.aurora.it/"),
        ("torrefazione aurora.it", "https://torrefazioneaurora.it/"), ("marta@aurora.it", "https://aurora.it/"),
        ("htp:/aurora.it/it", "https://aurora.it/it"), ("httpss://aurora.it", "https://aurora.it/"),
        ("ttps://www.aurora.it", "https://www.aurora.it/"), ("ftp://aurora.it", "https://aurora.it/"),
    ],
)  # fmt: skip
def test_a_mistyped_address_gets_the_likely_one(typed: str, meant: str) -> None:
    """Nothing is asked, and nobody is told of a network that was not meant."""
    with pytest.raises(UsageError, match=rf"is no address of a website\. Did you mean {re.escape(meant)} \?") as caught:
        checked_site(typed)
    assert 2 == caught.value.exit_code


def test_a_name_alone_may_be_a_machine_of_the_own_network() -> None:
    """Written out as an address it is one; the site that may have been meant is told all the same."""
    with pytest.raises(UsageError, match=r"lies in the own network \(aurora\).*Did you mean https://aurora\.com/ \?"):
        checked_site("https://aurora")


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/", "http://10.1.2.3/", "http://localhost/", "http://[::1]/",
                                     "http://nas.local/", "http://169.254.169.254/", "localhost:8000", "192.168.1.1",
                                     "htps://192.168.1.1", "nas.local"])  # fmt: skip
def test_the_own_network_is_refused_by_name(address: str) -> None:
    """With exit code 2, before anything is asked."""
    with pytest.raises(UsageError, match="lies in the own network") as caught:
        checked_site(address)
    assert 2 == caught.value.exit_code


def test_right_addresses_are_taken_as_they_are() -> None:
    """Also without the scheme; a profile is no website."""
    assert "https://aurora.it/" == checked_site("https://aurora.it/")
    assert "https://www.aurora.it/" == checked_site("www.aurora.it")
    with pytest.raises(UsageError, match="is an address of Instagram; give the company's own website"):
        checked_site("https://www.instagram.com/aurora.caffe/")


def test_the_task_says_it_in_words(project: Project) -> None:
    """Exit codes and help of the command line; no traceback."""
    mistyped = project.invoke("new", "--site", "https://aurora.con")
    assert (2, "") == (mistyped.returncode, mistyped.stdout)
    assert "Did you mean https://aurora.com/ ?" in mistyped.stderr
    inside = project.invoke("new", "--site", "http://192.168.1.1/")
    assert 2 == inside.returncode
    assert "192.168.1.1" in inside.stderr
    assert "--site is missing" not in project.invoke("new", "--help").stdout
    missing = project.invoke("new")
    assert (2, "Error: --site, the company's own website, is missing\n") == (missing.returncode, missing.stderr)
    assert [] == folders(project)


def test_the_task_writes_and_tells(project: Project) -> None:
    """As a person runs it."""
    web = Web({"/": page(HOME), "/contatti": page(CONTACT)})
    with serving(web):
        done = project.invoke(
            "new", "--site", SITE, "--client", "aurora", INVOKE_FETCH_ALLOW_LOOPBACK="1", INVOKE_FETCH_DELAY="0",
            INVOKE_FETCH_HOSTS=f"torrefazioneaurora.example=127.0.0.1:{web.port}",
        )  # fmt: skip
    assert 0 == done.returncode, done.stderr
    assert "written: clients/aurora/client.toml" in done.stdout
    assert "then: ./invoke audit --client aurora" in done.stdout
    assert ["aurora"] == folders(project)


def test_one_profile_and_one_other_link_are_told_as_one(project: Project) -> None:
    """Number and word agree."""
    links = '<a href="https://www.instagram.com/aurora.caffe/">I</a> <a href="https://vine.co/auroracaffe">V</a>'
    home = f"<html><title>Torrefazione Aurora</title><body><p>Caffè</p><footer>{links}</footer></body></html>"
    text = prospect_text(looked_at(project, {"torrefazioneaurora.example/": page(home)})[0], client_file="x")
    assert text.startswith("Torrefazione Aurora: 1 profile found\n")
    assert "\nWhat the other link is\n  Vine  https://vine.co/auroracaffe  closed network: Vine closed" in text
    assert "\n  the site still links to Vine, which has closed: https://vine.co/auroracaffe\n" in text
