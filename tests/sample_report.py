"""A report made by hand: the method's worked example under the name of a fictional coffee roaster.

The pillar scores, bounds and coverages are those of the example that was computed on paper; nothing here came out of
the program. `sample_audit()` is what the judge would hand over, `sample_markdown()` what a person would write of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from audit.agency import Agency
from audit.build import Site
from audit.models import (
    Audit,
    CalendarRow,
    Client,
    Company,
    ComparedCompany,
    Evidence,
    MethodStamp,
    Overall,
    PillarScore,
    ProfileRow,
    Source,
    State,
    Totals,
    Unseen,
    VerbScore,
)

MAY, NOVEMBER = date(2026, 5, 18), date(2026, 11, 23)
AGENCY = Agency(name="Studio Prova", email="audit@prova.example", url="https://prova.example")
PLATFORMS = {"instagram": "Instagram", "facebook": "Facebook", "youtube": "YouTube", "linkedin": "LinkedIn"}
PILLARS = {
    "presence": {"en": "Presence", "it": "Presenza"},
    "image": {"en": "Brand image", "it": "Immagine di marca"},
    "awareness": {"en": "Awareness", "it": "Notorietà"},
    "content": {"en": "Content and UGC", "it": "Contenuti e UGC"},
    "engagement": {"en": "Engagement", "it": "Coinvolgimento"},
    "response": {"en": "Listening and response", "it": "Ascolto e risposta"},
    "community": {"en": "Community", "it": "Comunità"},
}
VERBS = {
    "be_there": {"en": "Be there", "it": "Esserci"},
    "be_known": {"en": "Be known", "it": "Farsi conoscere"},
    "talk": {"en": "Talk", "it": "Dialogare"},
}
_SCORED = (
    PillarScore(pillar="presence", points=20, score=79.6, coverage=1.0, low=79.6, high=79.6, published=True),
    PillarScore(pillar="image", points=14, score=69.6, coverage=1.0, low=69.6, high=69.6, published=True),
    PillarScore(pillar="awareness", points=14, score=70.5, coverage=0.77, low=54.5, high=77.2, published=True),
    PillarScore(pillar="content", points=18, score=60.1, coverage=1.0, low=60.1, high=60.1, published=True),
    PillarScore(pillar="engagement", points=14, score=57.2, coverage=0.68, low=39.2, high=70.7, published=True),
    PillarScore(pillar="response", points=12, score=46.4, coverage=0.64, low=29.6, high=65.7, published=True),
    PillarScore(pillar="community", points=8, score=63.9, coverage=0.57, low=36.5, high=79.4, published=True),
)
_SEEN_AT = datetime(2026, 11, 23, 9, 12, 30, tzinfo=UTC)
_INSTAGRAM, _FACEBOOK = "https://www.instagram.com/aurora.caffe/", "https://www.facebook.com/torrefazioneaurora"


def sample_audit(
    day: date = NOVEMBER, *, name: str = "Torrefazione Aurora", slug: str = "aurora", published: bool = True
) -> Audit:
    """The audit of one day, in Italian first and English second."""
    overall = Overall(score=65.2, low=56.4, high=70.9, coverage=0.847, grade="B", band="solid", published=True)
    if not published:
        overall = replace(overall, score=None, band=None, coverage=0.41, grade="D", published=False)
    company = Company(id="client", name=name, site="https://torrefazioneaurora.example/")
    return Audit(
        client=Client(slug=slug, company=company, sector="food", size="small", country="IT", languages=("it", "en")),
        day=day,
        window_start=date(2026, 8, 31),
        window_days=84,
        method=MethodStamp(version="2026.1", digest="0" * 64, criteria=26, criteria_of=45, points=65, points_of=100),
        overall=overall,
        verbs=(
            VerbScore(verb="be_there", pillars=("presence", "image"), score=75.5),
            VerbScore(verb="be_known", pillars=("awareness", "content"), score=64.7),
            VerbScore(verb="talk", pillars=("engagement", "response", "community"), score=None),
        ),
        pillars=_SCORED,
        criteria=(),
        findings=(),
        recommendations=(),
        totals=_totals(),
        unseen=(Unseen(platform="linkedin", criterion=None, state="login_wall", reason="login_wall"),),
        calendar=(
            CalendarRow(platform="instagram", weeks=(3, 4, 3, 0, 0, 0, 0, 5, 3, 4, 2, 2), total=26),
            CalendarRow(platform="youtube", weeks=(0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0), total=1),
            CalendarRow(platform="linkedin", weeks=None, total=None),
        ),
        comparison=(
            ComparedCompany(id="client", name=name, followers={"instagram": 12300}),
            ComparedCompany(id="nerochicco", name="Nerochicco", followers={"instagram": 6702}),
        ),
        profiles=(_row("instagram", _INSTAGRAM, 12300), _row("facebook", _FACEBOOK, 8940)),
        evidence=(_seen("e-0001", "instagram", _INSTAGRAM, 12300), _seen("e-0002", "facebook", _FACEBOOK, 8940)),
    )


def sample_markdown(audit: Audit, language: str, *, hostile: str = "", header: Mapping[str, str | None] = {}) -> str:
    """What is written of that audit. `hostile` is put, as it is, in every position that text off the web can have;
    `header` changes lines of the header (None takes one out)."""
    lines: dict[str, str | None] = {
        "Title": "Torrefazione Aurora",
        "Date": audit.day.isoformat(),
        "Lang": language,
        "Slug": audit.day.isoformat(),
        "Client": audit.client.slug,
        "Summary": "Tredici ore di lavoro portano il punteggio da 65 a 69.",
        "Status": "published",
        **header,
    }
    head = "".join(f"{key}: {value}\n" for key, value in lines.items() if value is not None)
    return f"{head}\n{_BODY.replace('HOSTILE', hostile or 'nulla')}"


def sample_site(*audits: Audit) -> Site:
    """A site of these audits in all their languages."""
    return Site(
        slug=audits[0].client.slug,
        audits={(audit.day, language): audit for audit in audits for language in audit.client.languages},
        agency=AGENCY,
        platform_titles=PLATFORMS,
        pillar_titles=PILLARS,
        verb_titles=VERBS,
    )


def lay_out(root: Path, *audits: Audit, hostile: str = "", header: Mapping[str, str | None] = {}) -> Path:
    """A project folder with the agency, the theme and the Markdown of these audits; returns the content's folder.

    `header` changes the English file alone.
    """
    root.mkdir(parents=True, exist_ok=True)
    theme = Path(__file__).parent.parent / "themes"
    (root / "pelicanconf.py").write_text(
        f'AGENCY_NAME = "{AGENCY.name}"\nAGENCY_EMAIL = "{AGENCY.email}"\nAGENCY_URL = "{AGENCY.url}"\n'
        f'THEME = "{theme / "finestra"}"\nTIMEZONE = "Europe/Rome"\nSITEURL = ""\nRELATIVE_URLS = True\n'
    )
    content = root / "content" / audits[0].client.slug
    content.mkdir(parents=True, exist_ok=True)
    for audit in audits:
        for language in audit.client.languages:
            changes = header if language == "en" else {}
            text = sample_markdown(audit, language, hostile=hostile, header=changes)
            (content / f"{audit.day.isoformat()}.{language}.md").write_text(text, "utf-8")
    return content


def _totals() -> Totals:
    return Totals(
        first=3,
        first_gain=4.2,
        first_hours=13,
        score_after_first=69,
        actions=8,
        all_gain=9.1,
        score_after_all=74,
        looked_for=4,
        observed=2,
        missing=1,
        refused=1,
        retired=0,
        evidence=2,
        empty_weeks=4,
    )


def _row(platform: str, url: str, followers: int) -> ProfileRow:
    return ProfileRow(
        company="client",
        platform=platform,
        handle=url.rstrip("/").rpartition("/")[2],
        url=url,
        state=State.OBSERVED,
        source=Source.PUBLIC,
        reason=None,
        name="Torrefazione Aurora",
        followers=followers,
        posts=None,
        last_post=None,
    )


def _seen(identity: str, platform: str, url: str, followers: int) -> Evidence:
    return Evidence(
        id=identity,
        company="client",
        platform=platform,
        handle=url.rstrip("/").rpartition("/")[2],
        metric="followers",
        value=followers,
        low=followers,
        high=followers,
        raw=str(followers),
        source=Source.PUBLIC,
        url=url,
        fetched_at=_SEEN_AT,
        sha256="ab" * 32,
        page="profile",
        where="meta[property=og:title]",
    )


_BODY = """\
## Siete dove i clienti vi cercano, ma rispondete poco {#summary}

Tredici ore di lavoro portano il punteggio da 65 a 69.

![Striscia del punteggio](chart:score-strip)

| Verbo | Pilastri | Punti |
| --- | --- | ---: |
| Esserci | Presenza, Immagine di marca | 76 |

### Con parole nostre

Le domande restano [senza risposta](#e-0001). HOSTILE

## Prima le recensioni: da sole valgono 2,5 punti {#actions}

Le prime tre azioni richiedono 13 ore.

1. **Rispondete alle recensioni.** HOSTILE Evidenze: [0002](#e-0002).
2. **Fatevi riconoscere.** Evidenze: [0001](#e-0001).

## La presenza è il punto forte {#pillars}

Ogni pilastro è la media pesata dei suoi criteri.

![Pilastri](chart:bullets)

| Pilastro | Punti | Limiti |
| --- | ---: | ---: |
| Presenza | 80 | – |
| Ascolto e risposta | 46 | tra 30 e 66 |

## Quattro settimane vuote nel calendario {#calendar}

Post a settimana.

![Calendario dei post](chart:calendar)

## Due profili osservati su quattro {#inventory}

HOSTILE

| Profilo | Nome | Follower |
| --- | --- | ---: |
| Instagram | HOSTILE | 12.300 |
| Facebook | HOSTILE | 8.940 |

## Che cosa non abbiamo potuto vedere {#unseen}

| Che cosa | Perché |
| --- | --- |
| LinkedIn | La pagina si vede solo dopo l’accesso. |

## Come si arriva al punteggio {#method}

Solo vista pubblica.

## Ogni numero porta a una pagina conservata {#evidence}

Due evidenze in tutto.

| N. | Che cosa | Valore | Impronta |
| --- | --- | --- | --- |
| [0001](#e-0001) | Instagram: follower | HOSTILE | abababab |
| [0002](#e-0002) | Facebook: follower | 8.940 | abababab |
"""
