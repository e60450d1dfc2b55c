"""The shell: per stage, load → call → save. What a stage needs of the clock or the network is passed in."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from audit import files
from audit.client import load_client
from audit.errors import BusyClient, DamagedFile, MissingStageFile, StaleStageFile, UsageError
from audit.models import (
    Audit,
    Client,
    Courtesy,
    Extraction,
    FoundLink,
    Link,
    Observations,
    Page,
    PageRecord,
    Profile,
    Source,
    State,
    key_of,
)
from audit.reading import ReaderRaised, Readers, Stopped, Unread

if TYPE_CHECKING:
    from audit.roster import Sighting

MAX_FOUND = 10  # profiles of a company on a platform that are asked for though no person has declared them


@dataclass(frozen=True, slots=True)
class Run:
    """One audit of one client on one day, and where its files lie."""

    root: Path
    slug: str
    day: date

    @property
    def client_folder(self) -> Path:
        """clients/<slug>: the client file, the notes, the runs."""
        return self.root / "clients" / self.slug

    @property
    def client_file(self) -> Path:
        """The file that says who is audited."""
        return self.client_folder / "client.toml"

    @property
    def folder(self) -> Path:
        """clients/<slug>/<day>: what the stages write."""
        return self.client_folder / self.day.isoformat()

    @property
    def evidence(self) -> Path:
        """The stored pages."""
        return self.folder / "evidence"

    def stage_file(self, name: str) -> Path:
        """A stage's file in this run."""
        return self.folder / name

    def markdown(self, language: str) -> Path:
        """The report in one language."""
        return self.root / "content" / self.slug / f"{self.day.isoformat()}.{language}.md"

    @property
    def site(self) -> Path:
        """The client's site."""
        return self.root / "output" / self.slug

    def client(self) -> Client:
        """The client file, checked."""
        return load_client(self.client_folder)

    def alone(self) -> AbstractContextManager[None]:
        """Keeps every other run of this client out; see `alone`."""
        return alone(self.root, self.slug)


@contextmanager
def alone(root: Path, slug: str) -> Iterator[None]:
    """Keeps every other run of a client out while the block runs; the system frees it when a process dies.
    Raises BusyClient at once when another run is going on."""
    folder = root / "clients" / slug
    load_client(folder)
    lock = FileLock(folder / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise BusyClient(
            f"another run of {slug} is going on; wait until it has ended, or stop it, and start this one again"
        ) from error
    try:
        files.sweep(folder)
        files.sweep(root / "content" / slug)
        files.restore_folder(root / "output" / slug)
        yield
    finally:
        lock.release()


def days(root: Path, slug: str) -> list[date]:
    """The days on which a client was audited, oldest first."""
    found = []
    for folder in (root / "clients" / slug).glob("????-??-??"):
        try:
            day = date.fromisoformat(folder.name)
        except ValueError:
            continue  # a folder of the agency's own; not a run
        if (folder / "evidence").is_dir() or (folder / "profiles.json").exists():  # notes alone are no audit
            found.append(day)
    return sorted(found)


def latest(root: Path, slug: str) -> Run:
    """The newest run of a client."""
    load_client(root / "clients" / slug)
    runs = days(root, slug)
    if not runs:
        raise UsageError(
            f"nothing is stored for {slug} yet: import saved pages, or run without --offline: "
            f"./invoke audit --client {slug}"
        )
    return Run(root, slug, runs[-1])


def of_day(root: Path, slug: str, day: date) -> Run:
    """The run of that day; raises UsageError with the days that exist when nothing is stored of it."""
    newest = latest(root, slug)
    runs = days(root, slug)
    if day not in runs:
        listed = ", ".join(one.isoformat() for one in runs)
        raise UsageError(f"nothing is stored for {slug} of {day}; its audits are of {listed}")
    return replace(newest, day=day)


def links_of(client: Client) -> list[Link]:
    """Every profile that the client file declares, the client's first."""
    return [link for company in client.companies for link in company.profiles]


OnUnread = Callable[[Link, Unread], None]


def raise_defects(link: Link, unread: Unread) -> None:
    """Takes no notice of a website whose links could not be read, but of a defect of ours."""
    if isinstance(unread, ReaderRaised):
        raise unread


def discover(run: Run, readers: Readers | None = None, *, on_unread: OnUnread = raise_defects) -> tuple[FoundLink, ...]:
    """Stored pages of the companies' websites → links.json: every link with where it was found. Asks nobody.

    `on_unread` gets each website whose links could not be read."""
    from audit.roster import roster

    with nullcontext(readers) if readers is not None else Readers() as reading:
        found = roster(run.client(), sightings(run, reading, on_unread))
    files.save_stage(run.stage_file("links.json"), "links", found, tuple[FoundLink, ...], made_from=[run.client_file])
    return found


def sightings(run: Run, readers: Readers, on_unread: OnUnread = raise_defects) -> list[Sighting]:
    """The links that the stored pages of the companies show."""
    from audit.roster import sites_of
    from audit.surroundings import sightings_in

    client = run.client()
    websites = [
        (link, pages, sites_of(client, link.company))
        for link, pages in files.load_evidence(run.evidence)
        if link.platform == "website"
    ]
    found: list[Sighting] = []
    for (link, *_), outcome in zip(websites, readers.each(sightings_in, websites), strict=True):
        try:
            found += outcome()
        except Unread as unread:
            on_unread(link, unread)
    return found


def links(run: Run, readers: Readers | None = None, *, on_unread: OnUnread = raise_defects) -> tuple[FoundLink, ...]:
    """The links of a run out of links.json; made from the stored pages where the file is missing or out of date."""
    place = run.stage_file("links.json")
    try:
        found: tuple[FoundLink, ...] = files.load_stage(
            place, "links", tuple[FoundLink, ...], made_from=[run.client_file]
        )
    except (MissingStageFile, StaleStageFile):
        return discover(run, readers, on_unread=on_unread)
    return found


def profiles_of(found: Iterable[FoundLink], client: Client) -> list[Link]:
    """The profiles to ask for among an audit's links: own ones of companies that the client file names. Of those that
    no person has declared, the first `MAX_FOUND` of a company on a platform."""
    return [link for link, asked in _own_profiles(found, client) if asked]


def beyond_the_cap(found: Iterable[FoundLink], client: Client) -> list[Link]:
    """The own profiles among an audit's links that are not asked for, since a page shows so many."""
    return [link for link, asked in _own_profiles(found, client) if not asked]


def _own_profiles(found: Iterable[FoundLink], client: Client) -> Iterator[tuple[Link, bool]]:
    """The own profiles in the order of links.json, and whether each is asked for."""
    from audit.roster import DECLARED

    known = {company.id for company in client.companies}
    plain = (plain_link(link) for link in found if link.own and link.handle and link.company in known)
    numbers: Counter[tuple[str, str]] = Counter()
    for link in {key_of(link): link for link in plain}.values():
        numbers[link.company, link.platform] += link.found_in != DECLARED
        yield link, link.found_in == DECLARED or numbers[link.company, link.platform] <= MAX_FOUND


def plain_link(link: Link) -> Link:
    """A row of links.json as the evidence stores it."""
    return Link(company=link.company, platform=link.platform, handle=link.handle, url=link.url, found_in=link.found_in)


def store(run: Run, link: Link, page: Page) -> None:
    """Puts a page into the evidence."""
    files.save_page(run.evidence, link, page)


def stored(run: Run, link: Link) -> dict[str, Page]:
    """The pages that the evidence holds of one profile."""
    folder = files.profile_folder(run.evidence, link)
    return files.load_profile_folder(folder)[1] if (folder / "link.json").exists() else {}


def store_robots(run: Run, origin: str, page: Page) -> None:
    """Keeps a robots.txt with the run."""
    files.save_robots(run.folder / "robots", origin, page)


def stored_robots(run: Run) -> dict[str, Page]:
    """The robots.txt files that an earlier start of this run has read, by origin."""
    return files.load_robots(run.folder / "robots")


def store_courtesy(run: Run, courtesy: Courtesy) -> None:
    """Writes the courtesy ledger: courtesy.json."""
    files.save_stage(run.stage_file("courtesy.json"), "courtesy", courtesy, Courtesy, made_from=[])


def set_damaged_aside(run: Run) -> list[str]:
    """Makes damaged evidence count as not stored, before it is asked for again; returns the damages in words."""
    return files.set_damaged_aside(run.evidence)


def stored_courtesy(run: Run) -> Courtesy | None:
    """The ledger of an earlier start of this run; None where there is none. Raises DamagedFile."""
    place = run.stage_file("courtesy.json")
    return files.load_stage(place, "courtesy", Courtesy, made_from=[]) if place.exists() else None


def extract(run: Run) -> Extraction:
    """Evidence → profiles.json. A reader that raises is our defect: named, and the rest goes on."""
    from audit.platforms import platforms, read_profile
    from audit.roster import rejected_by

    client = run.client()
    known = {company.id for company in client.companies}
    profiles: list[Profile] = []
    records: list[PageRecord] = []
    raised: list[str] = []

    def note_defect(link: Link, unread: Unread) -> None:
        if isinstance(unread, ReaderRaised):
            raised.append(defect(link, unread))

    rejected = rejected_by(client)
    declared = {key_of(link) for link in links_of(client)}
    evidence = list(files.load_evidence(run.evidence))
    with Readers() as readers:
        asked = profiles_of(links(run, readers, on_unread=note_defect), client)
        stored = {key_of(link) for link, _ in evidence}
        evidence = [
            (link, pages)
            for link, pages in evidence
            if link.company in known and link.platform in platforms() and key_of(link)[1:] not in rejected
            if key_of(link) in declared or not _is_closed(link, pages)
        ]
        for (link, pages), outcome in zip(evidence, readers.each(read_profile, evidence), strict=True):
            platform = platforms()[link.platform]
            try:
                profile = outcome()
            except Unread as unread:
                note_defect(link, unread)
                profile = platform.blank(link, state=State.FAILED, reason=unread.reason)
            profiles.append(profile)
            # What a website leads to is evidence where it came; where not, the website itself misses nothing.
            read = (page for page in pages.values() if page.role in platform.roles or page.state is State.OBSERVED)
            records.extend(_record(link, page) for page in read)
    profiles.extend(_never_asked(link) for link in asked if key_of(link) not in stored)
    extraction = Extraction(profiles=tuple(profiles), pages=tuple(records), raised=tuple(dict.fromkeys(raised)))
    files.save_stage(
        run.stage_file("profiles.json"), "profiles", extraction, Extraction, made_from=_sources_of_profiles(run)
    )
    return extraction


def defect(link: Link, error: ReaderRaised) -> str:
    """A reader that raised, in the words by which the task names it at the end."""
    return f"{link.platform} {link.handle}: {error}"


def observe(run: Run) -> Observations:
    """profiles.json → observations.json."""
    from audit.observe import observe as derive

    profiles = run.stage_file("profiles.json")
    extraction = files.load_stage(profiles, "profiles", Extraction, made_from=_sources_of_profiles(run))
    observations = derive(run.client(), run.day, extraction, links(run))
    files.save_stage(
        run.stage_file("observations.json"), "observations", observations, Observations,
        made_from=[profiles, run.client_file],
    )  # fmt: skip
    return observations


def score(run: Run) -> Audit:
    """observations.json × method → audit.json."""
    from audit.method import load_method
    from audit.score import score as judge

    source = run.stage_file("observations.json")
    made_from = [run.stage_file("profiles.json"), run.client_file]
    observations = files.load_stage(source, "observations", Observations, made_from=made_from)
    audit = judge(observations, load_method())
    files.save_stage(run.stage_file("audit.json"), "audit", audit, Audit, made_from=[source])
    return audit


def load_audit(run: Run) -> Audit:
    """audit.json, refused when it is older than what it was made from."""
    audit: Audit = files.load_stage(
        run.stage_file("audit.json"), "audit", Audit, made_from=[run.stage_file("observations.json")]
    )
    return audit


def write(run: Run) -> list[Path]:
    """audit.json and the consultant's notes → one Markdown file per language."""
    from audit.language import Language
    from audit.method import load_method
    from audit.notes import load_notes
    from audit.platforms import platforms
    from audit.write import Names
    from audit.write import write as compose

    audit = load_audit(run)
    folder = notes_folder(run)
    names = Names(
        titles={name: platform.title for name, platform in platforms().items()},
        ways_in={name: platform.way_in for name, platform in platforms().items()},
    )
    written = []
    for code in audit.client.languages:
        notes = load_notes(folder, code, first=code == audit.client.languages[0])
        text = compose(audit, Language(code), load_method(), names, notes)
        files.write_text(run.markdown(code), text)
        written.append(run.markdown(code))
    return written


def notes_folder(run: Run) -> Path | None:
    """Where a run's notes lie: with the run; else the client's, which are about its newest audit only."""
    if (run.folder / "notes").is_dir():
        return run.folder / "notes"
    return run.client_folder / "notes" if run.day >= max(days(run.root, run.slug), default=run.day) else None


def audits_of(root: Path, slug: str) -> dict[tuple[date, str], Audit]:
    """Every audit of a client that has been written, by day and language: what its site must hold."""
    from audit.language import languages

    found: dict[tuple[date, str], Audit] = {}
    for day in days(root, slug):
        run = Run(root, slug, day)
        written = [code for code in languages() if run.markdown(code).exists()]
        if written and run.stage_file("audit.json").exists():
            audit = load_audit(run)
            found.update({(day, code): audit for code in audit.client.languages if code in written})
    return found


def import_pages(
    run: Run,
    taken: Iterable[tuple[Link, Page]],
    *,
    readers: Readers | None = None,
    report: Callable[[Link, Page, Path | None], None] | None = None,
) -> list[tuple[Link, Page, str]]:
    """Stores pages that a person saved, without the people in them who are not the profile. Returns those it did not
    store, with the reason. `report` gets each stored page and the file that it replaces, if any."""
    left: list[tuple[Link, Page, str]] = []
    for link, came in taken:
        place = files.profile_folder(run.evidence, link) / f"{came.role}.body"
        before = _page_there(run, link, came.role)
        try:
            page = _cleared(link, came, readers)
        except Unread as unread:
            left.append((link, came, f"other people could not be taken out of it: {unread.reason}"))
            continue
        if before is not None and _shows(link, before, readers) and not _shows(link, page, readers):
            left.append((link, page, "it does not show the profile, the stored page does"))
            continue
        other = place.exists() and files.sha256_of(place) != page.sha256
        store(run, link, page)
        if report is not None:
            report(link, page, place if other else None)
    return left


def _cleared(link: Link, page: Page, readers: Readers | None) -> Page:
    """A page as it may be stored; raises Unread."""
    from audit.third_persons import may_show_persons, without_third_persons

    if not may_show_persons(link, page):
        return page
    clear = without_third_persons
    return readers.read(clear, link, page) if readers is not None else clear(link, page)


def _shows(link: Link, page: Page, readers: Readers | None) -> bool:
    from audit.saved import shows_profile

    try:
        return readers.read(shows_profile, link, page) if readers is not None else shows_profile(link, page)
    except Stopped:
        return False


def _page_there(run: Run, link: Link, role: str) -> Page | None:
    """The page stored in a role; None where there is none, or a damaged one, which a new page may mend."""
    try:
        return stored(run, link).get(role)
    except DamagedFile:
        return None


def _sources_of_profiles(run: Run) -> list[Path]:
    return [run.evidence, run.client_file, run.stage_file("links.json")]


def _record(link: Link, page: Page) -> PageRecord:
    return PageRecord(
        company=link.company,
        platform=link.platform,
        profile_url=link.url,
        role=page.role,
        url=page.url,
        final_url=page.final_url,
        state=page.state,
        source=page.source,
        fetched_at=page.fetched_at,
        status=page.status,
        media_type=page.media_type,
        sha256=page.sha256,
        reason=page.reason,
    )


def _is_closed(link: Link, pages: Mapping[str, Page]) -> bool:
    """Whether the network has closed, and nobody has given a page of it: then a link to it is no profile."""
    from audit.roster import closed

    return bool(closed(link.platform)) and all(page.state is State.RETIRED for page in pages.values())


def _never_asked(link: Link) -> Profile:
    """A declared profile of which there is no page: it could not be looked at."""
    from audit.platforms import platforms

    platform = platforms()[link.platform]
    blank = platform.read(link, {})
    if blank.state is State.RETIRED:
        return replace(blank, source=Source.DECLARED)
    if not platform.keyless:
        return platform.blank(
            link, state=State.NOT_PERMITTED, source=Source.DECLARED, reason=platform.robots_note or None
        )
    return platform.blank(link, state=State.FAILED, source=Source.DECLARED, reason="not asked: no page is stored")


def build(root: Path, slug: str) -> list[Path]:
    """Every written audit of a client → its site; returns the overview pages. The old site stays until the new one
    is whole."""
    from audit.agency import load_agency
    from audit.build import Site
    from audit.build import build as make
    from audit.method import load_method
    from audit.platforms import platforms

    audits = audits_of(root, slug)
    if not audits:
        raise MissingStageFile(f"{slug} has no written report yet. Run: ./invoke write --client {slug}")
    rubric = load_method().rubric
    site = Site(
        slug=slug,
        audits=audits,
        agency=load_agency(root),
        platform_titles={name: platform.title for name, platform in platforms().items()},
        pillar_titles={name: table["title"] for name, table in rubric["pillar"].items()},
        verb_titles={name: table["title"] for name, table in rubric["verb"].items()},
    )
    place = root / "output" / slug
    with files.naming_the_place(place):
        fresh = files.unfinished(place)
        for printed in place.glob("*.pdf"):
            os.link(printed, fresh / printed.name)
        pages = make(site, content=root / "content" / slug, output=fresh, root=root)
        files.replace_folder(place, fresh)
    return [place / page.relative_to(fresh.resolve()) for page in pages]


def pdfs(root: Path, slug: str) -> list[Path]:
    """The PDFs of every audit in a client's site, the newest first."""
    wanted = sorted({day for day, _ in audits_of(root, slug)}, reverse=True)
    return [path for day in wanted for path in pdf(Run(root, slug, day))]


def pdf(run: Run) -> list[Path]:
    """The printable editions of a run → PDFs beside the site's index; one per language."""
    from audit.build import folder_of, pdf_name
    from audit.pdf import render

    audit = load_audit(run)
    first = audit.client.languages[0]
    pages: dict[Path, Path] = {}
    for code in audit.client.languages:
        page = run.site / folder_of(run.day, code, first) / "print" / "index.html"
        if not page.exists():
            raise MissingStageFile(f"{page} is not there yet. Run: ./invoke build --client {run.slug}")
        pages[page] = run.site / pdf_name(audit, code)
    return render(pages, site=run.site, made=run.stage_file("pdf.json"))
