"""Structured data inside pages: blocks of JSON read by pointer, and the schema.org shapes that companies publish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from audit.models import Count, CountFact, Fact
from audit.parse.counts import exact_count
from audit.parse.dates import from_epoch
from audit.parse.document import Document, at_pointer, holding, pointer, walk
from audit.parse.text import clean

# schema.org types that stand for a company; the many kinds of shops and practices below LocalBusiness are those
# met on real sites.
ORGANIZATION_TYPES = frozenset({
    "Organization", "Corporation", "OnlineBusiness", "OnlineStore", "NGO", "GovernmentOrganization",
    "EducationalOrganization", "CollegeOrUniversity", "School", "NewsMediaOrganization",
    "MedicalOrganization", "Airline", "Brand", "SportsTeam", "SportsOrganization", "PerformingGroup",
    "MusicGroup", "LocalBusiness", "Restaurant", "CafeOrCoffeeShop", "BarOrPub", "Bakery", "Winery",
    "Brewery", "FoodEstablishment", "IceCreamShop", "Store", "ClothingStore", "ShoeStore", "JewelryStore",
    "FurnitureStore", "GroceryStore", "BookStore", "ElectronicsStore", "HardwareStore", "HomeGoodsStore",
    "SportingGoodsStore", "ToyStore", "AutomotiveBusiness", "AutoDealer", "AutoRepair", "Hotel", "Hostel",
    "Motel", "Resort", "BedAndBreakfast", "LodgingBusiness", "Campground", "TravelAgency",
    "RealEstateAgent", "LegalService", "Attorney", "Notary", "AccountingService", "FinancialService",
    "BankOrCreditUnion", "InsuranceAgency", "MedicalBusiness", "MedicalClinic", "Dentist", "Physician",
    "Pharmacy", "Optician", "VeterinaryCare", "Hospital", "HealthAndBeautyBusiness", "BeautySalon",
    "HairSalon", "DaySpa", "HealthClub", "ExerciseGym", "ProfessionalService",
    "HomeAndConstructionBusiness", "GeneralContractor", "Electrician", "Plumber", "RoofingContractor",
    "HousePainter", "MovingCompany", "Locksmith", "TouristInformationCenter", "EntertainmentBusiness",
    "Museum", "Library", "ChildCare", "EmploymentAgency", "EventVenue",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class JsonBlock:
    """A JSON value inside a page. Pointers are relative to it; the facts carry the full place.

    `place` is the beginning of `where` up to and including `#` and the block's own pointer.
    """

    value: Any
    page: str
    place: str

    def at(self, path: str) -> Any:
        """The bare value at `path`; None when it is not there."""
        return at_pointer(self.value, path)

    def block(self, path: str) -> JsonBlock:
        """The part below `path`; its value is None when it is not there."""
        return JsonBlock(self.at(path), self.page, self.place + path)

    def items(self, path: str = "") -> Iterator[JsonBlock]:
        """The members of the list or the object at `path`; nothing for anything else."""
        value = self.at(path)
        keys: list[str | int] = list(value) if isinstance(value, dict) else []
        if isinstance(value, list):
            keys = list(range(len(value)))
        for key in keys:
            yield self.block(path + pointer(key))

    def text(self, *paths: str) -> Fact[str] | None:
        """The first of `paths` that holds a text which is not empty, on one line."""
        for path in paths:
            value = self.at(path)
            if isinstance(value, str) and (text := clean(value)):
                return Fact(value=text, page=self.page, where=self.place + path)
        return None

    def flag(self, *paths: str) -> Fact[bool] | None:
        """The first of `paths` that holds true or false."""
        for path in paths:
            value = self.at(path)
            if isinstance(value, bool):
                return Fact(value=value, page=self.page, where=self.place + path)
        return None

    def count(self, *paths: str) -> CountFact | None:
        """The first of `paths` that holds a count, taken as exact."""
        for path in paths:
            count = exact_count(self.at(path))
            if count is not None:
                return count.fact(self.page, self.place + path)
        return None

    def rounded(self, *paths: str) -> CountFact | None:
        """The first of `paths` that holds a count, with the interval of one that was rounded for display."""
        for path in paths:
            count = displayed_count(self.at(path))
            if count is not None:
                return count.fact(self.page, self.place + path)
        return None

    def number(self, *paths: str) -> int | None:
        """The first of `paths` that holds a count, as a bare number."""
        fact = self.count(*paths)
        return None if fact is None else fact.value

    def moment(self, *paths: str) -> datetime | None:
        """The first of `paths` that holds a Unix time."""
        for path in paths:
            moment = from_epoch(self.at(path))
            if moment is not None:
                return moment
        return None

    def day(self, *paths: str) -> Fact[date] | None:
        """The first of `paths` that holds a Unix time, as a day in UTC."""
        for path in paths:
            moment = from_epoch(self.at(path))
            if moment is not None:
                return Fact(value=moment.date(), page=self.page, where=self.place + path)
        return None

    def walk(self) -> Iterator[JsonBlock]:
        """Every object inside, this one included, in document order."""
        for value, path in walk(self.value):
            yield JsonBlock(value, self.page, self.place + path)

    def holding(self, *keys: str) -> Iterator[JsonBlock]:
        """Every object inside, this one included, that has one of `keys`; in document order."""
        for value, path in holding(self.value, frozenset(keys)):
            yield JsonBlock(value, self.page, self.place + path)


def displayed_count(value: object) -> Count | None:
    """A count from data that a platform may have rounded as for display (three digits and a unit).

    A number of 10,000 or more that ends as `12.3K` or `4.5M` would is given the interval of that text.
    """
    count = exact_count(value)
    if count is None or count.value < 10_000:
        return count
    step = 100 if count.value < 10**6 else 10**5 if count.value < 10**9 else 10**8
    if count.value % step:
        return count
    return Count(value=count.value, low=count.value - step // 2, high=count.value + step // 2 - 1, raw=count.raw)


def types_of(item: dict[str, Any]) -> set[str]:
    """The schema.org types of a JSON-LD object, without the vocabulary's address."""
    return {name.rsplit("/", 1)[-1] for name in strings(item.get("@type"))}


def strings(value: Any) -> list[str]:
    """The texts that are not empty of a value that may be one text or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [item.strip() for item in values if isinstance(item, str) and item.strip()]


def json_ld_of(document: Document, page: str, types: frozenset[str]) -> list[JsonBlock]:
    """The JSON-LD objects of one of `types`: those that stand alone first, then those inside others."""
    alone: list[JsonBlock] = []
    inside: list[JsonBlock] = []
    for item, place in document.json_ld:
        block = JsonBlock(item, page, place)
        if types_of(item) & types:
            alone.append(block)
        elif "@graph" not in item:
            inside.extend(child for child in block.walk() if types_of(child.value) & types)
    return alone + inside


def statistic(entity: JsonBlock, action: str) -> CountFact | None:
    """How often `action` ("FollowAction", "LikeAction") was done to an entity, by its interactionStatistic."""
    counters = entity.block("/interactionStatistic")
    for block in [counters] if isinstance(counters.value, dict) else counters.items():
        kind = str(block.at("/interactionType/@type") or block.at("/interactionType") or "")
        if kind.endswith(action):
            return block.rounded("/userInteractionCount")
    return None


def organization(document: Document, page: str) -> JsonBlock | None:
    """The company itself as its page declares it: of several the one that says most."""
    found = json_ld_of(document, page, ORGANIZATION_TYPES)
    keys = ("name", "url", "logo", "sameAs", "contactPoint", "telephone", "address", "email")
    return max(found, key=lambda block: sum(bool(block.value.get(key)) for key in keys), default=None)
