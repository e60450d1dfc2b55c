"""Answers of success that are not the profile asked for: each is known for what it is, and gives no count."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from audit.files import load_profile_folder
from audit.models import Profile, State
from audit.platforms import platforms, read_page

FIXTURES = Path(__file__).parent / "fixtures"
HOME = "https://aurora.example/"


def titled(title: str, inside: str, head: str = "") -> str:
    """A page with this title."""
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{inside}</body></html>"


LOGIN_WALLS = {
    "login": titled(
        "Log in", '<form><input name="user"><input type="password" name="p"><button>Log in</button></form>'
    ),
    "login in Italian": titled(
        "Accedi | Rete", '<form><input name="u"><input type="password"><button>Accedi</button></form>'
    ),
    "login in German": titled("Anmelden", '<h1>Willkommen</h1><form><input type="password"></form>'),
}
CHALLENGES = {
    "a known check": titled("Just a moment...", '<div id="cf-challenge">Checking your browser</div>'),
    "a robot question": titled(
        "Are you a robot?", '<p>Please verify you are a human</p><div class="g-recaptcha"></div>'
    ),
    "a box under the site's own title": titled(
        "Aurora",
        "<h1>aurora.example</h1><p>Verify that you are human to go on."
        '</p><form method="post"><input type="hidden" name="k"><div class="cf-turnstile"></div></form>',
    ),
    "a box in Italian": titled(
        "Aurora", '<p>Conferma di non essere un bot: sei umano?</p><div class="h-captcha"></div>'
    ),
}
COOKIE_WALLS = {
    "English": titled(
        "Aurora",
        "<form><h1>Before you continue</h1><p>We use cookies. Accept all or reject all to "
        "continue.</p><button>Accept all</button></form>",
    ),
    "Italian": titled(
        "Torrefazione Aurora",
        '<div><p>Prima di continuare: usiamo i cookie.</p><a href="/privacy">Privacy</a>'
        "<button>Accetta tutto</button><button>Rifiuta</button></div>",
    ),
    "German, pay or consent": titled(
        "Aurora",
        "<h2>Mit Werbung weiterlesen</h2><p>Wir und unsere Partner setzen Cookies.</p>"
        '<button>Alle akzeptieren</button><a href="/abo">Jetzt Abo abschließen</a><a href="/impressum">Impressum</a>',
    ),
    "French": titled(
        "Aurora", '<p>Pour continuer, acceptez nos cookies.</p><input type="submit" value="Tout accepter">'
    ),
    "Spanish": titled("Aurora", "<p>Antes de continuar, acepta las cookies.</p><button>Aceptar y continuar</button>"),
}
NOT_FOUND = {
    "English": titled("Page not found", "<h1>404</h1><p>The page you were looking for does not exist.</p>"),
    "Italian": titled("Pagina non trovata", "<h1>Ops!</h1><p>La pagina che cerchi non esiste.</p>"),
    "only a number": titled("404", "<p>Nothing here.</p>"),
}
SOFT_404 = {
    "in the heading, English": titled("Aurora", "<h1>Page not found</h1><p>Try our home page.</p>"),
    "in the heading, Italian": titled("Torrefazione Aurora", '<h1>404 - Pagina non trovata</h1><a href="/">Home</a>'),
    "in the heading, German": titled("Aurora", "<h1>Seite nicht gefunden</h1><p>Zurück zur Startseite</p>"),
}
NOBODYS = {
    "sale page": titled(
        "aurora.example is for sale",
        "<h1>aurora.example</h1><p>This domain is for sale. Buy this domain."
        '</p><a href="https://sedo.com/search/details/?domain=aurora.example">Make an offer</a>',
    ),
    "sale page without a known seller": titled(
        "Aurora", "<h1>aurora.example is now for sale</h1><form>Your name</form>"
    ),
    "Italian registrar": titled(
        "Dominio registrato",
        "<h1>Il dominio aurora.example e' stato registrato</h1><p>Questo "
        "dominio e' parcheggiato. Sito in costruzione.</p>",
    ),
    "Italian registrar under the host's name": titled(
        "aurora.example",
        "<p>Questo dominio è stato registrato da un nostro "
        'cliente.</p><a href="https://registrar.example/">Registra il tuo</a>',
    ),
    "German registrar": titled(
        "aurora.example", "<p>Diese Domain wurde soeben registriert.</p><p>Webhosting ab 1 €</p>"
    ),
    "German sale page": titled("aurora.example", "<p>Diese Domain steht zum Verkauf.</p>"),
    "French registrar": titled("Bienvenue", "<p>Ce nom de domaine a été enregistré chez nous.</p>"),
    "Spanish registrar": titled("aurora.example", "<p>Este dominio está aparcado.</p>"),
    "Dutch registrar": titled("aurora.example", "<p>Deze domeinnaam is gereserveerd.</p>"),
    "expired": titled("aurora.example", "<h1>This domain name has expired</h1><p>Renew it now.</p>"),
    "advertisements": titled(
        "aurora.example",
        '<p>aurora.example</p><p>Related searches</p><a href="/c?1">Coffee machines</a>'
        '<a href="/c?2">Espresso</a><p>The Sponsored Listings displayed above are served by a third party.</p>',
    ),
    "advertisements by a script": titled(
        "aurora.example",
        '<div id="ads"></div><p>Privacy Policy</p>',
        '<script src="https://www.google.com/adsense/domains/caf.js"></script>',
    ),
    "advertisements in Italian": titled(
        "aurora.example", '<h2>Ricerche correlate</h2><a href="/c?1">Macchine da caffè</a>'
    ),
    "price page": titled(
        "AuroraCaffe.com is for sale | Domains",
        "<h1>auroracaffe.com</h1><p>Buy now: $2,495</p><p>30-day money back guarantee</p><p>Your domain is waiting</p>",
    ),
    "price page without a word of selling": titled(
        "auroracaffe.com", "<h1>auroracaffe.com</h1><p>2.495 €</p><p>Your domain, within a day</p>"
    ),
    "nginx": titled(
        "Welcome to nginx!",
        "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is "
        "successfully installed and working.</p>",
    ),
    "Apache on Ubuntu": titled(
        "Apache2 Ubuntu Default Page: It works",
        "<div>Apache2 Default Page</div><p>" + "This is the "
        "default welcome page used to test the correct operation of the server. " * 40 + "</p>",
    ),
    "Apache, bare": "<html><body><h1>It works!</h1></body></html>",
    "IIS": titled("IIS Windows Server", '<a href="http://go.example/"><img src="iisstart.png" alt="IIS"></a>'),
    "a panel": titled("Default Web Site Page", "<h1>Sorry!</h1><p>Contact your hosting provider.</p>"),
    "coming soon": titled("Coming soon", "<h1>Sito in costruzione</h1>"),
    "coming soon, Italian": titled("Aurora", "<h1>Sito in costruzione</h1><p>Torneremo presto.</p>"),
    "coming soon, German": titled("Aurora", "<p>Hier entsteht eine neue Internetpräsenz.</p>"),
    "coming soon, French": titled("Aurora", "<h1>Site en construction</h1>"),
    "under construction": titled("Aurora", "<h1>Our website is under construction.</h1>"),
}
LIES = [
    pytest.param(body, state, id=f"{state.value}: {name}")
    for state, bodies in (
        (State.LOGIN_WALL, LOGIN_WALLS), (State.CHALLENGED, CHALLENGES), (State.CONSENT, COOKIE_WALLS),
        (State.MISSING, NOT_FOUND), (State.MISSING, SOFT_404), (State.SHELL, NOBODYS),
    )
    for name, body in bodies.items()
]  # fmt: skip
COUNTS = ("followers", "following", "posts", "likes", "reviews", "rating")


def counts_of(profile: Profile) -> dict[str, object]:
    """The counts that are not None."""
    return {name: fact for name in COUNTS if (fact := getattr(profile, name)) is not None}


@pytest.mark.parametrize(("body", "state"), LIES)
def test_p07_lying_page(body: str, state: State) -> None:
    """On the company's own website: the right state, with a reason, and nothing read."""
    profile = read_page(HOME, body.encode())
    assert state == profile.state
    assert profile.reason
    assert ({}, None, None, ()) == (counts_of(profile), profile.site, profile.name, profile.recent)


def addresses() -> dict[str, str]:
    """An address of a profile on each social platform, out of the fixtures."""
    found: dict[str, str] = {}
    for path in sorted(FIXTURES.glob("*/*/link.json")):
        link = json.loads(path.read_text("utf-8"))
        found.setdefault(link["platform"], link["url"])
    return {name: url for name, url in found.items() if name != "website"}


@pytest.mark.parametrize(("platform", "url"), sorted(addresses().items()))
def test_p07_lying_page_in_place_of_a_profile(platform: str, url: str) -> None:
    """On every other platform: a wall is that wall; what is no page of the platform's says at most that the account is
    missing, where its words are the platform's own. A platform that is closed or not read by its pages stays so."""
    unread = {State.RETIRED, State.NOT_PERMITTED}
    for case in LIES:
        body, state = case.values
        profile = read_page(url, body.encode())
        allowed = {state, State.SHELL} if state is State.MISSING else {state}
        assert profile.state in allowed | unread, case.id
        assert ({}, None, ()) == (counts_of(profile), profile.name, profile.recent), case.id


def test_p07_every_platform_is_asked() -> None:
    """None without an address here."""
    assert set(platforms()) == set(addresses()) | {"website"}


def look_alike(handle: str, url: str) -> tuple[str, str]:
    """A part of the handle that stands in the address, and one that looks like it."""
    part = next(part for part in re.split(r"[@/:%-]", handle) if len(part) > 3 and part in url)
    return part, part.replace("o", "0", 1) if "o" in part else part + "1"


# Pages that tell by their address alone whose they are: sites, forums, and the map as it is drawn.
BY_ADDRESS_ALONE = ("website/*", "forum/*", "google_business/open_drawn*", "google_business/open_saved_panel")
SEEN = [
    folder
    for folder in sorted(path.parent for path in FIXTURES.glob("*/open*/profile.body"))
    if not any(folder.match(named) for named in BY_ADDRESS_ALONE)
]


@pytest.mark.parametrize("folder", SEEN, ids=[f"{folder.parent.name}/{folder.name}" for folder in SEEN])
def test_p07_a_look_alike_is_not_the_profile(folder: Path) -> None:
    """The page of an account whose handle differs in one character is not read as the one asked for."""
    link, pages = load_profile_folder(folder)
    shown, asked = look_alike(link.handle, link.url)
    other = replace(link, handle=link.handle.replace(shown, asked), url=link.url.replace(shown, asked))
    page = replace(pages["profile"], url=pages["profile"].url.replace(shown, asked),
                   final_url=pages["profile"].final_url.replace(shown, asked))  # fmt: skip
    profile = platforms()[link.platform].read(other, {"profile": page})
    assert profile.state is not State.OBSERVED
    assert ({}, None, ()) == (counts_of(profile), profile.name, profile.recent)


REAL = {
    "a small shop with a banner": titled(
        "Aurora",
        '<nav><a href="/chi-siamo">Chi siamo</a></nav><h1>Caffè tostato a mano</h1>'
        "<div>Usiamo i cookie per continuare a migliorare. <button>Accetta</button></div>",
    ),
    "a banner without a way on": titled(
        "Aurora", "<h1>Torrefazione</h1><p>Via Roma 1, Torino</p><div>We use cookies.<button>Accept</button></div>"
    ),
    "a contact form with a box": titled(
        "Aurora",
        '<h1>Scriveteci</h1><form><input type="email"><textarea></textarea>'
        '<div class="g-recaptcha"></div><p>Conferma che non sei un robot</p></form>',
    ),
    "an estate agent": titled(
        "Aurora Homes", "<h1>Houses for sale</h1><p>This house is for sale. 250.000 €. Make an offer.</p>"
    ),
    "a shop named by its host": titled("aurora.example", "<h1>aurora.example</h1><p>Miscela Oro, 12 €</p>"),
    "a host of sites": titled(
        "Aurora Hosting", "<h1>Il tuo sito in un giorno</h1><p>Registra il tuo dominio a 5 €.</p>"
    ),
    "an announcement with contacts": titled(
        "Aurora", '<h1>Coming soon</h1><a href="mailto:ciao@aurora.example">Scriveteci</a>'
    ),
    "a new product": titled("Aurora", "<h1>Nuova miscela</h1><p>Coming soon: the winter blend, roasted in Turin.</p>"),
    "a trade mark": titled("Aurora", "<p>aurora.example is a registered trademark of Aurora S.r.l., Torino.</p>"),
    "a newspaper": titled("Aurora", "<p>aurora.example è una testata registrata al tribunale di Torino.</p>"),
    "a shop in Italian on nginx": titled("Welcome to Aurora!", "<h1>It works for us: good coffee</h1>"),
}


@pytest.mark.parametrize("name", REAL)
def test_a_small_real_page_is_none_of_them(name: str) -> None:
    """What only sounds like a parked domain, a wall or a notice is the company's page."""
    assert State.OBSERVED == read_page(HOME, REAL[name].encode()).state
