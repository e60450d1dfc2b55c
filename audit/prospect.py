"""A new client from the address of its website alone: look, find, write `client.toml` for a person to check.

All happens in `clients/.new-<slug>`, which becomes `clients/<slug>` in one step when it is whole: a run cut short
leaves no client, and the next one asks for nothing that is stored there.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from audit import files, stages
from audit.client import country_codes, load_client, parse_client, slugify
from audit.client_file import FoundProfile, NewClient, Noted, client_toml
from audit.errors import BusyClient, ClientFileError, StageError, UsageError
from audit.fetch_settings import loopback_allowed
from audit.gather import Gathered, Stage, gather
from audit.identity import Identity, identity
from audit.language import languages
from audit.link_kinds import Kind
from audit.main_account import main_first
from audit.method import sectors, sizes
from audit.models import FoundLink, Link, Page, State
from audit.parse.address import host, path_segments, registrable
from audit.platforms import platform_of, platforms
from audit.reading import ReaderRaised, Readers, Unread
from audit.site_address import checked_site
from audit.stages import Run
from audit.surroundings import MAX_LINKS, overfull, unseen

_SECTOR = "professional_services"  # its reference figures are those of all industries together
_SIZE = "small"
_COUNTRY = "IT"
_MAX_PER_PLATFORM = 10  # accounts of one platform that the file proposes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line says; "" and () where it says nothing."""

    site: str
    name: str = ""
    slug: str = ""
    languages: tuple[str, ...] = ()
    country: str = ""
    sector: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What was found and written. `links` are all links of the site's pages, `proposed` those that the file proposes,
    by platform the main account first; `reasons` say by platform why it is the main one of several; `capped` which
    pages had too many links; `trouble` why nothing could be looked at, `unseen` why the home page hides what it leads
    to; `raised` the readers that raised meanwhile."""

    client: NewClient
    run: Run
    links: tuple[FoundLink, ...]
    proposed: Mapping[str, tuple[FoundLink, ...]]
    reasons: Mapping[str, str]
    capped: tuple[str, ...] = ()
    trouble: str = ""
    unseen: str = ""
    raised: tuple[str, ...] = ()


def prospect(
    root: Path,
    wishes: Wishes,
    *,
    day: date,
    settings: Mapping[str, Any],
    now: Callable[[], datetime],
    report: Callable[[str], None],
) -> Prospect:
    """Looks at the site and writes the new client's folder with the evidence of `day`.

    Raises UsageError for wrong wishes and for a client that is there already, StageError when the site shows
    nothing; then nothing is written. With `wishes.name` the file is written all the same, without found profiles.
    """
    wishes = _as_written_here(wishes)
    site = checked_site(wishes.site, country=wishes.country, allow_local=loopback_allowed(settings))
    _check(wishes)
    slug = _slug(wishes, site)
    run = Run(root, f".new-{slug}", day)
    with _alone(root, slug):
        _refuse_taken(root, slug)
        return _looked_at(run, slug, site, wishes, settings=settings, now=now, report=report)


def _looked_at(
    run: Run,
    slug: str,
    site: str,
    wishes: Wishes,
    *,
    settings: Mapping[str, Any],
    now: Callable[[], datetime],
    report: Callable[[str], None],
) -> Prospect:
    """The same, with the provisional folder kept to this run."""
    _begin(run, site, wishes)
    with run.alone():
        gathered = gather(run, asked=(Stage.DISCOVER,), settings=settings, now=now, report=report)
        with Readers() as readers:
            look, raised = _look(run, gathered, readers)
            if look.trouble and not wishes.name:
                for line in raised:
                    report(f"A reader failed: {line}")
                shutil.rmtree(run.client_folder)
                raise StageError(
                    f"{site} shows nothing: {look.trouble}. Nothing was written. Try again later; or, to write the file"
                    f' without found profiles, add the company\'s name: --name "…"'
                )
            found = _apart_from_the_site(gathered.links) if not look.trouble else ()
            known = look.identity
            proposed, reasons = _proposed(
                found,
                name=wishes.name or known.name.value,
                site=site,
                country=wishes.country or (known.country.value if known.country else ""),
            )
            client = _client(site, wishes, look.identity, proposed)
            text = client_toml(client)
            parse_client(text.encode(), slug=slug, file=f"clients/{slug}/client.toml")
            files.write_text(run.client_file, text)
            if not look.trouble:
                stages.discover(run, readers)
    whole = replace(run, slug=slug)
    _put(run.client_folder, whole.client_folder)
    return Prospect(
        client=client, run=whole, links=found, proposed=proposed, reasons=reasons, capped=look.capped,
        trouble=look.trouble, unseen=look.unseen, raised=raised,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What the site's stored pages say: why they show nothing ("" when they do), whose they are, why the home page
    hides what it leads to, which have too many links."""

    trouble: str
    identity: Identity
    unseen: str = ""
    capped: tuple[str, ...] = ()


def _look(run: Run, gathered: Gathered, readers: Readers) -> tuple[_Look, tuple[str, ...]]:
    """Reads the stored pages apart; the second value are the readers that raised, in words."""
    link = _site_link(run)
    raised = list(gathered.raised)
    if gathered.unread and not _apart_from_the_site(gathered.links):
        why = ", ".join(dict.fromkeys(gathered.unread.values()))
        return _blind(link, f"its links were not read: {why}"), gathered.raised
    try:
        look = readers.read(_read, link, stages.stored(run, link))
    except Unread as unread:
        if isinstance(unread, ReaderRaised):
            raised.append(stages.defect(link, unread))
        look = _blind(link, unread.reason)
    return look, tuple(dict.fromkeys(raised))


def _apart_from_the_site(links: Iterable[FoundLink]) -> tuple[FoundLink, ...]:
    return tuple(link for link in links if link.platform != "website")


def _read(link: Link, pages: Mapping[str, Page]) -> _Look:
    """Runs in a worker: nothing else parses what came off the web."""
    home = pages.get("home")
    trouble = _trouble(link, home)
    if trouble or home is None:
        return _blind(link, trouble)
    return _Look(
        trouble="",
        identity=identity(link.url, home, countries=country_codes()),
        unseen=unseen(home),
        capped=tuple(
            f"{address} has {count:,} links; the first {MAX_LINKS:,} were looked at"
            for address, count in overfull(pages).items()
        ),
    )


def _blind(link: Link, trouble: str) -> _Look:
    """What is known by the address alone."""
    return _Look(trouble=trouble, identity=identity(link.url, None, countries=country_codes()))


@contextmanager
def _alone(root: Path, slug: str) -> Iterator[None]:
    """Keeps every other run for this new client out, before it touches the provisional folder: the lock lies beside
    it. Raises BusyClient at once when another is going on."""
    place = root / "clients" / f".new-{slug}.lock"
    place.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(place, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise BusyClient(
            f"another run is making the client {slug}; wait until it has ended, or give this one another folder:"
            f" --client {slug}-2"
        ) from error
    try:
        yield
    finally:
        place.unlink(missing_ok=True)  # while it is held: who waits for it finds that it is gone, and takes a new one
        lock.release()


def _as_written_here(wishes: Wishes) -> Wishes:
    """The same with codes of countries in capital letters, those of languages in small ones."""
    country = wishes.country.upper() if wishes.country.upper() in country_codes() else wishes.country
    return replace(wishes, country=country, languages=tuple(code.lower() for code in wishes.languages))


def _check(wishes: Wishes) -> None:
    for option, value, known in (
        ("--sector", wishes.sector, sectors()),
        ("--size", wishes.size, sizes()),
        *(("--lang", code, languages()) for code in wishes.languages),
    ):
        if value and value not in known:
            close = get_close_matches(value, known, n=1)
            meant = f" Did you mean {close[0]}?" if close else ""
            raise UsageError(f"{option} {value!r} is not known; one of {', '.join(known)}.{meant}")
    if wishes.country and wishes.country not in country_codes():
        raise UsageError(f"--country {wishes.country!r} is no country's code; two capital letters, for example IT")


def _slug(wishes: Wishes, site: str) -> str:
    """The new client's folder: the one asked for, else out of the name, else out of the domain."""
    label = registrable(site).partition(".")[0] if not registrable(site).replace(".", "").isdigit() else host(site)
    slug = wishes.slug or slugify(wishes.name) or slugify(label) or "client"
    if slugify(slug.replace("_", "-").replace(".", "-")) != slug.lower().replace("_", "-").replace(".", "-"):
        example = slugify(slug) or slugify(label) or "client"
        raise UsageError(f"--client {slug!r} is no folder's name; letters, digits and hyphens, for example {example}")
    return slug


def _refuse_taken(root: Path, slug: str) -> None:
    folder = root / "clients" / slug
    if folder.exists():
        there = folder / "client.toml"
        raise UsageError(
            f"{(there if there.exists() else folder).relative_to(root)} is there already and is not overwritten;"
            f" edit it, or give the new client another folder: --client {slug}-2"
        )


def _begin(run: Run, site: str, wishes: Wishes) -> None:
    """The provisional folder; what an earlier start for the same site and day has stored in it stays."""
    text = client_toml(_client(site, wishes, identity(site, None, countries=country_codes()), {}))
    if run.client_folder.exists() and not _is_same(run, site):
        shutil.rmtree(run.client_folder)
    files.write_text(run.client_file, text)


def _is_same(run: Run, site: str) -> bool:
    try:
        return load_client(run.client_folder).company.site == site and stages.days(run.root, run.slug) in (
            [],
            [run.day],
        )
    except (UsageError, ClientFileError):
        return False


def _site_link(run: Run) -> Link:
    return next(link for link in run.client().company.profiles if link.platform == "website")


def _trouble(site: Link, home: Page | None) -> str:
    """Why the home page shows nothing of the company; "" when it does."""
    if home is None:
        return "its home page was not stored"
    profile = platforms()["website"].read(site, {"home": home})
    if profile.state is State.OBSERVED:
        return ""
    words = profile.reason or profile.state.value
    if home.state is State.OBSERVED and registrable(home.final_url) != registrable(site.url):
        return f"{words}; if that is the company's, give it: --site {home.final_url}"
    if home.state is State.FAILED and site.url.startswith("https:"):
        return f"{words}; if the site has no https, give it as it is: --site http:{site.url.partition(':')[2]}"
    return words


def _proposed(
    found: Iterable[FoundLink], *, name: str, site: str, country: str
) -> tuple[dict[str, tuple[FoundLink, ...]], dict[str, str]]:
    """The own profiles by platform, the main account first, and why it is that where there are several."""
    proposed: dict[str, tuple[FoundLink, ...]] = {}
    reasons: dict[str, str] = {}
    own = [link for link in found if link.own and link.handle and _can_stand(link)]
    for platform in sorted({link.platform for link in own}):
        several = [link for link in own if link.platform == platform]
        ranked, reason = main_first(several, name=name, domain=registrable(site), country=country)
        proposed[platform] = ranked[:_MAX_PER_PLATFORM]
        if len(several) > 1:
            reasons[platform] = reason
    return proposed, reasons


def _can_stand(link: FoundLink) -> bool:
    """Whether the address means the same profile when it is read back out of the file."""
    owner = platform_of(link.url, declared=True)  # as the file's reader asks: a person has written it there
    read = owner.link(link.url) if owner.name == link.platform else None
    return read is not None and read.handle.casefold() == link.handle.casefold()


def _client(site: str, wishes: Wishes, seen: Identity, proposed: Mapping[str, Sequence[FoundLink]]) -> NewClient:
    """The file's content: wishes first, then what the site says, then what is assumed and says so."""
    spoken = seen.language.value if seen.language else "it"
    code = spoken if spoken in languages() else "en"
    profiles = [FoundProfile(platform="website", url=site)]
    profiles += [
        FoundProfile(platform=link.platform, url=link.url, note=found_where(link, site))
        for links in proposed.values()
        for link in links
    ]
    return NewClient(
        name=_noted(wishes.name, seen.name.value, seen.name.where),
        site=site,
        sector=_noted(
            wishes.sector,
            seen.sector.value if seen.sector else _SECTOR,
            seen.sector.where if seen.sector else "CHECK: not known; its figures are those of all industries",
        ),
        size=_noted(wishes.size, _SIZE, "CHECK: assumed; micro (to 9 people), small (49), medium (249), large"),
        country=_noted(
            wishes.country,
            seen.country.value if seen.country else _COUNTRY,
            seen.country.where if seen.country else "CHECK: assumed",
        ),
        languages=wishes.languages or (code,),
        profiles=tuple(profiles),
    )  # fmt: skip


def _noted(wished: str, seen: str, where: str) -> Noted:
    if wished:
        return Noted(value=wished)
    return Noted(value=seen, note=where if where.startswith("CHECK") else f"by {where}")


def found_where(link: FoundLink, site: str) -> str:
    """The strongest place of a link and the path of the page that shows it, with the host where that is not the
    site's."""
    if not link.mentions:
        return link.found_in
    best = link.mentions[0]
    path = "/".join(path_segments(best.page))
    elsewhere = "" if _host(best.page) == _host(site) else host(best.page)
    page = f"{elsewhere}/{path}".rstrip("/") or "the home page"
    away = "" if link.found_in not in ("wikidata", "link-in-bio") else f" ({best.page})"
    more = len({mention.page for mention in link.mentions}) - 1
    words = f"{link.found_in}{away}" if away else f"{link.found_in} of {page}"
    return words + (f" and {more} more" if more > 0 else "")


def _host(address: str) -> str:
    return host(address).removeprefix("www.")


def _put(made: Path, place: Path) -> None:
    """The provisional folder in its place, in one step."""
    made.rename(place)
    handle = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def findings(links: Iterable[FoundLink]) -> list[str]:
    """What is wrong on the site itself: icons that lead nowhere, links to networks that have closed."""
    told: Counter[str] = Counter()
    for link in links:
        if link.why.startswith("placeholder"):
            told[f"a placeholder was left on the site: {link.url} ({link.why.partition(': ')[2]})"] += 1
        elif link.why.startswith(Kind.RETIRED):
            named = link.why.partition(": ")[2].partition(",")[0]
            title = platforms()[link.platform].title if link.platform in platforms() else named
            told[f"the site still links to {title}, which has closed: {link.url}"] += 1
    return list(told)
