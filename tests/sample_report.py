"""A site made by hand of the sample audit: its Markdown as a person would write it, its agency, its folders.

Nothing here came out of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from audit.agency import Agency
from audit.build import Site
from audit.models import Audit, Overall
from tests.sample_audit import OVERALL, sample_audit

MAY, NOVEMBER = date(2026, 5, 18), date(2026, 11, 23)
AGENCY = Agency(name="Studio Prova", email="audit@prova.example", url="https://prova.example")
PLATFORMS = {
    "instagram": "Instagram",
    "facebook": "Facebook",
    "telegram": "Telegram",
    "website": "Website",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "x": "X",
}
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
    "be_in_dialogue": {"en": "Be in dialogue", "it": "Dialogare"},
}
UNPUBLISHED: Overall = replace(OVERALL, score=None, band=None, coverage=0.41, grade="D", published=False)


def audit_of(
    day: date = NOVEMBER, *, name: str = "Torrefazione Aurora", slug: str = "aurora", overall: Overall = OVERALL
) -> Audit:
    """The sample audit of one day, in Italian first and English second."""
    sample = sample_audit(day=day, overall=overall)
    client = replace(sample.client, slug=slug, company=replace(sample.client.company, name=name))
    return replace(sample, client=client)


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
