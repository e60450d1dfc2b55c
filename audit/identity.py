"""What a company's home page says of the company: its name, country, languages and line of business.

Each with where it stands, so that a person can check it. What the page does not say is None, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from audit.models import Page
from audit.parse.address import host, registrable
from audit.parse.document import Document
from audit.parse.structured import organization, types_of
from audit.parse.text import clean

_ADDRESS = "the site's address"
_MAX_NAME = 80  # characters; a longer one is a sentence
_TITLE_PARTS = re.compile(r"\s+[|–—·•:»-]\s+|\s*[|»]\s*")
_NO_NAME = re.compile(
    r"\W*(?:home(?:[ -]?page)?|index|welcome|benvenut[oi]|willkommen|accueil|inicio|untitled.*)\W*", re.I
)

# Endings of domains that are a country's and that hardly anybody uses for anything else.
_COUNTRY_ENDINGS = frozenset({
    "it", "de", "fr", "es", "at", "ch", "nl", "be", "pt", "pl", "cz", "sk", "si", "hr", "hu", "ro", "bg", "gr", "dk",
    "se", "no", "fi", "ie", "lt", "lv", "ee", "lu", "mt", "cy", "sm", "va", "uk", "us", "ca", "au", "nz", "jp", "kr",
    "cn", "in", "br", "mx", "ar", "cl", "za", "tr", "il", "ae",
})  # fmt: skip
_ENDING_OF = {"uk": "GB"}
_COUNTRY_NAMES = {"italia": "IT", "italy": "IT", "deutschland": "DE", "germany": "DE", "france": "FR", "españa": "ES",
                  "spain": "ES", "united kingdom": "GB", "österreich": "AT", "austria": "AT"}  # fmt: skip
# The method's sector of schema.org types that are one without doubt.
_SECTORS = {
    "food_beverage": "Bakery Winery Brewery Distillery GroceryStore",
    "horeca": "Restaurant CafeOrCoffeeShop BarOrPub FoodEstablishment IceCreamShop FastFoodRestaurant",
    "retail_ecommerce": "OnlineStore OnlineBusiness Store BookStore ElectronicsStore HardwareStore SportingGoodsStore "
    "ToyStore Pharmacy Optician AutoDealer",
    "fashion_beauty": "ClothingStore ShoeStore JewelryStore HealthAndBeautyBusiness BeautySalon HairSalon DaySpa",
    "home_decor_craft": "FurnitureStore HomeGoodsStore",
    "tourism_hotels": "Hotel Hostel Motel Resort BedAndBreakfast LodgingBusiness Campground TravelAgency "
    "TouristInformationCenter",
    "professional_services": "ProfessionalService LegalService Attorney Notary AccountingService RealEstateAgent "
    "EmploymentAgency",
    "finance_insurance": "FinancialService BankOrCreditUnion InsuranceAgency",
    "health": "MedicalBusiness MedicalClinic Dentist Physician VeterinaryCare Hospital MedicalOrganization",
    "nonprofit_culture": "NGO Museum PerformingGroup",
    "education_public": "GovernmentOrganization EducationalOrganization CollegeOrUniversity School Library",
}
_SECTOR_OF = {kind: sector for sector, kinds in _SECTORS.items() for kind in kinds.split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A value and where the home page, or its address, says it."""

    value: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is known of a company by its home page alone."""

    name: Said
    country: Said | None
    language: Said | None
    sector: Said | None


def identity(site: str, home: Page | None, *, countries: Collection[str]) -> Identity:
    """What `home` says of the company at `site`; without a page only what the address tells. `countries` are the
    codes that exist."""
    document = Document(home.body if home is not None else b"", home.media_type if home is not None else "text/html")
    return Identity(
        name=next(_names(site, document)),
        country=next((said for said in _countries(site, document) if said.value in countries), None),
        language=_language(document),
        sector=_sector(document),
    )


def stated_name(site: str, home: Page | None) -> str:
    """What the home page calls the company; "" where only the address tells."""
    if home is None:
        return ""
    named = next(_names(site, Document(home.body, home.media_type)))
    return "" if named.where == _ADDRESS else named.value


def _names(site: str, document: Document) -> Iterator[Said]:
    """The company's names, the most reliable first; the domain comes last and is always there."""
    company = organization(document, "home")
    declared = company.text("/name") if company is not None else None
    pieces = [
        piece
        for piece in map(clean, _TITLE_PARTS.split(document.title[:400]))
        if piece and not _NO_NAME.fullmatch(piece)
    ]
    label = _folded(registrable(site).split(".")[0])
    fitting = [
        piece for piece in pieces if len(_folded(piece)) >= 3 and (_folded(piece) in label or label in _folded(piece))
    ]
    offered = [
        (declared.value if declared is not None else "", "the home page's JSON-LD"),
        (document.meta.get("og:site_name", ""), "og:site_name of the home page"),
        *((piece, "the home page's title") for piece in (fitting or pieces[:1])),
    ]
    for text, where in offered:
        name = clean(text)
        if 2 <= len(name) <= _MAX_NAME and re.search(r"\w", name):
            yield Said(value=name, where=where)
    yield Said(value=registrable(site) or host(site), where=_ADDRESS)


def _countries(site: str, document: Document) -> Iterator[Said]:
    company = organization(document, "home")
    for path in ("/address/addressCountry", "/address/addressCountry/name", "/address/0/addressCountry"):
        declared = company.text(path) if company is not None else None
        if declared is not None:
            yield Said(value=_country_code(declared.value), where="the address in the home page's JSON-LD")
    ending = host(site).rpartition(".")[2]
    if ending in _COUNTRY_ENDINGS:
        yield Said(value=_ENDING_OF.get(ending, ending.upper()), where=f"the ending .{ending}")
    regional = re.fullmatch(r"[a-z]{2}[-_]([a-z]{2})", document.language)
    if regional:
        yield Said(value=regional.group(1).upper(), where="the home page's language")
    for tag in document.tree.select("link[hreflang]", limit=50):
        match = re.fullmatch(r"[a-z]{2}-([a-z]{2})", str(tag.get("hreflang")).lower())
        if match:
            yield Said(value=match.group(1).upper(), where="the home page's hreflang")
    if document.language[:2] == "it":  # spoken in one country, as good as
        yield Said(value="IT", where="the home page's language")


def _country_code(text: str) -> str:
    plain = clean(text)
    return _COUNTRY_NAMES.get(plain.lower(), plain.upper())


def _language(document: Document) -> Said | None:
    code = document.language[:2]
    return Said(value=code, where="the home page's language") if re.fullmatch(r"[a-z]{2}", code) else None


def _sector(document: Document) -> Said | None:
    company = organization(document, "home")
    kinds = types_of(company.value) if company is not None else set()
    for kind in sorted(kinds & _SECTOR_OF.keys()):
        return Said(value=_SECTOR_OF[kind], where=f"{kind} in the home page's JSON-LD")
    return None


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
