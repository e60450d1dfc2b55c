"""What stands at a web address where nobody has put a site: a parked domain, a server's own page, "coming soon".

Only short pages are such; each is known by what it says of itself, and a page with a way to reach its company is none.
"""

from __future__ import annotations

import re

from audit.models import Page, Refusal, State
from audit.parse.document import Document
from audit.parse.text import clean

_MAX_BYTES = 120_000  # of a page with the scripts of advertisements
_SERVER_PAGE = 20_000  # bytes; the longest of a server's own pages has 12,000
_MAX_SHOWN = 1_500  # characters that a parked page shows: its lists of advertisements have under 1,000
_MAX_NOTICE = 300  # characters of a page that says only that it will come
_MAX_HEADINGS = 10
_MAX_REASON = 200

_HOST = r"(?:[\w-]{1,63}\.){1,4}[a-z]{2,18}"
# Scripts, pictures and forms of the companies that show a page for domains without one.
_PARKING = re.compile(
    r"""(?:src|href|action|content)\s*=\s*["']?(?:https?:)?//[^"'\s>]*?(?:"""
    r"google\.com/adsense/domains/|(?:img|www)\.sedoparking\.com|parkingcrew\.net|d38psrni17bvxu\.cloudfront\.net|"
    r"bodiscdn\.com|bodis\.com|parklogic\.com|above\.com/marketplace|parking\.namecheap|hugedomains\.com/domain_profile|"
    r"sedo\.com/search/details|afternic\.com/forsale|dan\.com/buy-domain|undeveloped\.com/buy-domain)"
    r"|\bdata-adblockkey\s*=",
    re.I,
)
_A_DOMAIN = (
    r"(?:(?:th(?:is|e)|requested) (?:web ?site )?(?:domain|web address)(?: name)?|"
    r"(?:questo|il|tale) (?:nome a |nome di )?dominio|dies(?:e|er) domain(?:name)?|die domain|"
    r"(?:ce|le)(?: nom de)? domaine|(?:este|el|esse|o) (?:nombre de |nome de )?dom[ií]nio|"
    r"(?:deze|dit|het|de) (?:domeinnaam|domein)|(?:ta |ten )?domena)"
)
_IS = (
    r"(?:is|has been|was|may be|could be|has|è stat[oa]|e['’] stat[oa]|è|e['’]|risulta|ist|wurde|wird|steht|"
    r"est|a été|está|esta|ha sido|foi|encontra-se|se encuentra|werd|jest|została|zostala)"
)
_ON_SALE = (
    r"(?:(?:up |available )?for sale|available (?:for purchase|to buy)|in vendita|zu verkaufen|zum verkauf|zu kaufen|"
    r"à vendre|en vente|en venta|a la venta|à venda|te koop|na sprzedaż)"
)
_PARKED = (
    r"(?:parked|registered|expired|reserved|suspended|pending renewal|parcheggiat[oa]|registrat[oa]|scadut[oa]|"
    r"riservat[oa]|geparkt|registriert|reserviert|abgelaufen|nicht konnektiert|enregistré|réservé|parqué|en parking|"
    r"expiré|aparcado|estacionado|registrado|reservado|caducado|registado|expirado|geregistreerd|gereserveerd|"
    r"geparkeerd|verlopen|zarejestrowana|zaparkowana)"
)
_DOMAIN_IS_PARKED = re.compile(
    rf"(?<!\w)(?:{_A_DOMAIN}(?: {_HOST})?,? {_IS}(?: \w{{2,12}}){{0,2}} (?:{_PARKED}|{_ON_SALE})|"
    rf"{_HOST} {_IS}(?: now)? {_ON_SALE})(?!\w)",
    re.I,
)
_PARKED_SAYINGS = re.compile(
    r"\bbuy (?:this|the) domain|\bdomain (?:is )?parked\b|\bparked (?:free|domain|page)\b|\bdominio parcheggiato|"
    r"^dominio registrato\b|\bacquista (?:questo|il) dominio|\bdiese domain kaufen|\bacheter ce (?:nom de )?domaine|"
    r"\bcomprar? este dom[ií]nio|\bkoop deze domeinnaam|\bthe sponsored listings displayed above|"
    r"\binquire about this domain|\bmake an offer (?:on|for) (?:this|the) domain",
    re.I,
)
_BARE_HOST = re.compile(rf"(?:https?://)?{_HOST}\W*", re.I)
_PRICE = re.compile(
    r"(?:[$€£]|\b(?:usd|eur|gbp|chf))\s?\d[\d.,' ]*|\d[\d.,']*\s?(?:[$€£]|(?:usd|eur|gbp|chf)\b)|"
    r"\bmake (?:an )?offer\b|"
    r"\bfa(?:i|te) un['’]offerta|\bangebot abgeben|\bfaire une offre|\bhacer (?:una )?oferta|\bfazer (?:uma )?oferta",
    re.I,
)
_DOMAIN_WORD = re.compile(r"\b(?:domains?|dominio|domini|domaines?|domínio|domeinnaam|domein|domena)\b", re.I)
_RELATED = re.compile(
    r"\b(?:related (?:searches|links)|sponsored (?:listings|links)|ricerche correlate|verwandte suchbegriffe|"
    r"recherches (?:apparentées|associées)|búsquedas relacionadas|pesquisas relacionadas)\b",
    re.I,
)
_SERVER_TITLES = re.compile(
    r"welcome to (?:nginx|openresty|tengine|caddy|centos)\b.*|test page for the .*(?:http|nginx|apache|ssl/tls).*|"
    r".*apache2? .*default page.*|apache http server test page.*|http server test page.*|"
    r"iis(?: ?\d+(?:\.\d)?| windows server)?|microsoft internet information services \d+|"
    r"caddy works\W*|(?:web server['’]s )?default (?:web ?site|plesk|parallels plesk(?: panel)?|server)? ?page|"
    r"web server['’]s default page|domain default page|default web site page|apache tomcat(?:/[\d.]+)?|"
    r"(?:hostinger|lighttpd|litespeed).*(?:default|placeholder|welcome) page.*",
    re.I,
)
_SERVER_HEADINGS = re.compile(r"it works\W*|welcome to nginx\W*|(?:apache2? )?(?:ubuntu |debian )?default page", re.I)
_SOON = re.compile(
    r"(?:(?:our |new |this |the )*(?:web ?site|site|page|something (?:new|great|big|awesome)) (?:is |are )?)?"
    r"(?:coming (?:very )?soon|under construction|launching soon|being built)(?: under construction)?|"
    r"(?:il )?(?:nuovo |nostro |questo )*(?:sito(?: web| internet)?|pagina) (?:è )?in (?:costruzione|allestimento|"
    r"aggiornamento)|prossimamente(?: online)?|presto online|"
    r"hier entsteht .{0,60}|(?:diese )?(?:(?:web)?seite|website|homepage) (?:ist |befindet sich )?im aufbau|"
    r"demnächst(?: online| verfügbar)?|"
    r"(?:ce |notre |le )?site (?:web |internet )?(?:est )?en (?:cours de )?construction|"
    r"bientôt (?:en ligne|disponible)|(?:(?:este |nuestro )?(?:sitio(?: web)?|página)(?: web)? )?(?:está )?"
    r"en construcción|próximamente|(?:(?:este )?(?:site|página) )?em (?:construção|breve)|"
    r"(?:(?:deze )?(?:website|pagina|site) (?:is )?)?(?:in aanbouw|in ontwikkeling)|binnenkort (?:online|beschikbaar)|"
    r"strona w budowie",
    re.I,
)


def no_site(page: Page, document: Document) -> Refusal | None:
    """Why a page is nobody's site, or None: SHELL, for it says nothing about the company that was asked for."""
    if document.is_json or len(page.body) > _MAX_BYTES:
        return None
    headings = _headings(document)
    if len(page.body) <= _SERVER_PAGE and _is_a_servers(document.title, headings, document):
        return _shell("a web server's own page, without a site", document)
    shown = document.shown
    if len(shown) > _MAX_SHOWN:
        return None
    if _is_parked(document, headings, shown):
        return _shell("a parked domain, without a site", document)
    if _says_only_soon(document, headings, shown):
        return _shell("a page that says only that a site will come", document)
    return None


def _shell(what: str, document: Document) -> Refusal:
    return Refusal(state=State.SHELL, reason=f"{what}: {document.title}"[:_MAX_REASON] if document.title else what)


def _headings(document: Document) -> list[str]:
    found = document.tree.select("h1, h2", limit=_MAX_HEADINGS)
    return [text for tag in found if (text := clean(tag.text(" ")))]


def _is_a_servers(title: str, headings: list[str], document: Document) -> bool:
    if _SERVER_TITLES.fullmatch(title):
        return True
    return bool(headings) and bool(_SERVER_HEADINGS.fullmatch(headings[0])) and not _reaches_a_company(document)


def _is_parked(document: Document, headings: list[str], shown: str) -> bool:
    """By what every such page does: it speaks of the domain itself, offers it, or shows only advertisements for it."""
    if _PARKING.search(document.text):
        return True
    if any(
        pattern.search(text) for text in (document.title, shown) for pattern in (_DOMAIN_IS_PARKED, _PARKED_SAYINGS)
    ):
        return not _reaches_a_company(document)
    named = any(_BARE_HOST.fullmatch(text) for text in (document.title, *headings))
    offered = bool(_PRICE.search(shown) and _DOMAIN_WORD.search(f"{document.title} {shown}"))
    return named and (offered or bool(_RELATED.search(shown)))


def _says_only_soon(document: Document, headings: list[str], shown: str) -> bool:
    if len(shown) > _MAX_NOTICE or _reaches_a_company(document):
        return False
    return any(_SOON.fullmatch(text.rstrip(" .!…")) for text in (document.title, *headings, shown))


def _reaches_a_company(document: Document) -> bool:
    """Whether the page has a mail or telephone link, or structured data: then somebody says who is there."""
    if document.json_ld:
        return True
    addresses = [str(tag.get("href")).lower() for tag in document.tree.select("a[href]")]
    return any(address.startswith(("mailto:", "tel:")) for address in addresses)
