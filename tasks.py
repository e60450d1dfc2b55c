"""The stages and everything around them as Invoke tasks: ./invoke --list, ./invoke <task> --help.

This file reads the clock and the configuration and prints; all else happens in audit/. Imports stand inside the
tasks so that `./invoke --list` answers at once.
"""

from __future__ import annotations

import os
import re
import sys
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

from invoke import Collection, Context, task

ROOT = Path(__file__).resolve().parent
CLIENT_HELP = "the client's folder below clients/"
DAY_HELP = "the audit's day, YYYY-MM-DD; the newest one when left out"
TODAY_HELP = "the audit's day, YYYY-MM-DD; today when left out"
OFFLINE_HELP = "ask nobody: use the pages that are stored"
REFRESH_HELP = "ask again for pages that are stored already"
VERBOSE_HELP = "a line for everything that is asked, answered and waited for"

# Settings of Invoke (invoke.yaml, or the environment: INVOKE_SMTP_HOST …). Passwords belong into the environment.
# Numbers and switches stand as text: Invoke would turn a variable into a number itself and end with a traceback where
# it cannot, and takes any text for true.
SETTINGS = {
    "smtp": {"host": "", "port": "587", "user": "", "password": "", "sender": "", "ca_file": ""},
    "publish": {"ssh_config": ""},
    "fetch": {
        "allow_loopback": "false",
        "delay": "2.0",
        "deadline": "60",
        "retry_after": "60",
        "ca_file": "",
        "proxy": "",
        "hosts": "",
    },
    "site_url": "",
}


def told_of_settings(kind: Any, error: Any, trace: Any) -> None:
    """What Invoke raises before a task begins is a mistake in invoke.yaml: told in words, exit code 2."""
    if not kind.__module__.startswith("invoke.") or os.environ.get("FINESTRA_TRACEBACK"):
        sys.__excepthook__(kind, error, trace)
        return
    words = " ".join(str(error).split())
    say(f"Error: invoke.yaml cannot be used: {words[:300]}", file=sys.stderr)
    say("Write settings as in the README, for example  fetch: {delay: 2.0}", file=sys.stderr)
    sys.exit(2)


sys.excepthook = told_of_settings


def say(text: object = "", *, file: Any = None, end: str = "\n") -> None:
    """Prints for a person. What came off the web may be in it: control characters do not reach the terminal."""
    safe = "".join(mark if mark == "\n" or mark.isprintable() or mark == "\u00a0" else "\ufffd" for mark in str(text))
    print(safe, file=file, end=end)


def speaking(function: Any) -> Any:
    """Ends a task with a message and an exit code instead of a traceback when the error is one of ours."""

    @wraps(function)
    def told(*arguments: Any, **options: Any) -> Any:
        from audit.errors import AuditError, file_trouble

        try:
            return function(*arguments, **options)
        except AuditError as error:
            say(f"Error: {error}", file=sys.stderr)
            sys.exit(error.exit_code)
        except BrokenPipeError:  # the reader of our output had enough: no error of ours
            sys.stderr.close()
            sys.exit(0)
        except OSError as error:
            say(f"Error: {file_trouble(error)}", file=sys.stderr)
            sys.exit(1)
        except Exception as error:
            if os.environ.get("FINESTRA_TRACEBACK"):
                raise
            say(f"Error: a defect of Finestra ({type(error).__name__}: {error}).", file=sys.stderr)
            say("Nothing stored is lost. To report it: FINESTRA_TRACEBACK=1 and the same command.", file=sys.stderr)
            sys.exit(1)
        except KeyboardInterrupt:
            say("Stopped. What was stored stays; run the same task again to go on.", file=sys.stderr)
            sys.exit(130)

    return told


def a_day(text: str) -> date:
    """A day given on the command line."""
    from audit.errors import UsageError

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day; write it as YYYY-MM-DD, for example 2026-11-23") from error


def named(client: str) -> str:
    """The client's name; asked for, with the ones there are, when it was left out."""
    from audit.errors import UsageError

    if not client:
        there = ", ".join(sorted(path.parent.name for path in (ROOT / "clients").glob("[!.]*/client.toml")))
        raise UsageError(f"name the client: --client …; there are: {there or 'none yet'}")
    if not re.fullmatch(r"\w[\w.-]*", client):
        raise UsageError(f"{client!r} is no client: the name of a folder below clients/, letters, digits, . and -")
    return client


def given(value: str, option: str) -> str:
    """The value of an option that a task cannot do without."""
    from audit.errors import UsageError

    if not value:
        raise UsageError(f"{option} is missing")
    return value


def run_of(client: str, day: str | None) -> Any:
    """The run a stage works on: the day named, else the newest."""
    from audit.stages import latest, of_day

    return of_day(ROOT, named(client), a_day(day)) if day else latest(ROOT, named(client))


def now() -> datetime:
    """The time, in UTC: the one place that reads the clock."""
    return datetime.now(UTC)


def today_run(client: str, day: str | None) -> Any:
    """The run of an audit: the day named, else today."""
    from audit.errors import UsageError
    from audit.stages import Run

    today = now().date()
    run = Run(ROOT, named(client), a_day(day) if day else today)
    if run.day > today:
        raise UsageError(f"{run.day} is still to come (today is {today}, UTC): nothing can be audited on that day")
    return run


def asking(c: Context) -> dict[str, Any]:
    """The settings of what asks the network. Where invoke.yaml holds true or false, Invoke has made any text of the
    variable a true: what stands in it is what was meant."""
    settings = dict(c.config.fetch)
    if settings["allow_loopback"] is True:
        settings["allow_loopback"] = os.environ.get("INVOKE_FETCH_ALLOW_LOOPBACK", True)
    return settings


# ------------------------------------------------------------------------------------------------- stages


@task(help={"client": CLIENT_HELP, "day": TODAY_HELP, "refresh": REFRESH_HELP, "verbose": VERBOSE_HELP})
@speaking
def discover(
    c: Context, client: str = "", day: str | None = None, refresh: bool = False, verbose: bool = False
) -> None:
    """Finds the companies' profiles on their own pages. Example: ./invoke discover --client aurora"""
    from audit.gather import Stage, gather
    from audit.summary import link_table
    from audit.wording import counted

    run = today_run(client, day)
    with run.alone():
        gathered = gather(
            run, asked=(Stage.DISCOVER,), settings=asking(c), now=now, report=say, refresh=refresh, verbose=verbose
        )
    say(link_table(gathered.links, run.client()))
    say(f"{counted(len(gathered.links), 'link')} -> {shown(run.stage_file('links.json'))}")
    say(f"To correct: profiles and not_ours in {shown(run.client_file)}. Next: ./invoke fetch --client {client}")
    exit_if_raised(gathered.raised)


@task(help={"client": CLIENT_HELP, "day": TODAY_HELP, "refresh": REFRESH_HELP, "verbose": VERBOSE_HELP})
@speaking
def fetch(c: Context, client: str = "", day: str | None = None, refresh: bool = False, verbose: bool = False) -> None:
    """Asks the platforms for the client's public pages. Example: ./invoke fetch --client aurora"""
    from audit.gather import Stage, gather

    run = today_run(client, day)
    with run.alone():
        gathered = gather(
            run, asked=(Stage.FETCH,), settings=asking(c), now=now, report=say, refresh=refresh, verbose=verbose
        )
    exit_if_raised(gathered.raised)


@task(help={"client": CLIENT_HELP, "day": DAY_HELP})
@speaking
def extract(c: Context, client: str = "", day: str | None = None) -> None:
    """Reads the stored pages again. Example: ./invoke extract --client example"""
    from audit import stages
    from audit.wording import counted

    run = run_of(client, day)
    with run.alone():
        delete_expired(run)
        extraction = stages.extract(run)
    say(f"{counted(len(extraction.profiles), 'profile')} -> {shown(run.stage_file('profiles.json'))}")
    exit_if_raised(extraction.raised)


@task(help={"client": CLIENT_HELP, "day": DAY_HELP})
@speaking
def observe(c: Context, client: str = "", day: str | None = None) -> None:
    """Derives the figures of the report from what was read. Example: ./invoke observe --client example"""
    from audit import stages
    from audit.wording import counted

    run = run_of(client, day)
    with run.alone():
        observations = stages.observe(run)
    pieces = counted(len(observations.evidence), "piece of evidence", "pieces of evidence")
    say(f"{pieces} -> {shown(run.stage_file('observations.json'))}")


@task(help={"client": CLIENT_HELP, "day": DAY_HELP})
@speaking
def score(c: Context, client: str = "", day: str | None = None) -> None:
    """Judges the figures with the method. Example: ./invoke score --client example"""
    from audit import stages
    from audit.summary import score_line

    run = run_of(client, day)
    with run.alone():
        say(score_line(stages.score(run)))


@task(help={"client": CLIENT_HELP, "day": DAY_HELP})
@speaking
def write(c: Context, client: str = "", day: str | None = None) -> None:
    """Writes the report as Markdown, one file per language. Example: ./invoke write --client example"""
    from audit import stages

    run = run_of(client, day)
    with run.alone():
        for path in stages.write(run):
            say(shown(path))


@task(help={"client": CLIENT_HELP})
@speaking
def build(c: Context, client: str = "") -> None:
    """Builds the client's site out of its Markdown. Example: ./invoke build --client example"""
    from audit import stages

    with stages.alone(ROOT, named(client)):
        for path in stages.build(ROOT, client):
            say(shown(path))


@task(help={"client": CLIENT_HELP, "day": DAY_HELP})
@speaking
def pdf(c: Context, client: str = "", day: str | None = None) -> None:
    """Makes the PDF out of the built site. Example: ./invoke pdf --client example"""
    from audit import stages

    run = run_of(client, day)
    with run.alone():
        for path in stages.pdf(run):
            say(shown(path))


@task(
    help={
        "client": CLIENT_HELP,
        "day": TODAY_HELP,
        "offline": OFFLINE_HELP,
        "refresh": REFRESH_HELP,
        "verbose": VERBOSE_HELP,
    }
)
@speaking
def audit(
    c: Context,
    client: str = "",
    day: str | None = None,
    offline: bool = False,
    refresh: bool = False,
    verbose: bool = False,
) -> None:
    """The whole audit: all stages in order, to site and PDF. Example: ./invoke audit --client aurora

    It can be stopped with Ctrl+C at any time: the same command goes on with what is stored. Exit code 3: a reader of
    ours failed, the rest is complete.
    """
    run = run_of(client, day) if offline else today_run(client, day)
    whole_audit(c, run, offline=offline, refresh=refresh, verbose=verbose)


@task(help={"only": "a pattern of client names, for example 'caffe-*'", "offline": OFFLINE_HELP})
@speaking
def audit_all(c: Context, only: str = "*", offline: bool = False) -> None:
    """The audit of every client, one after the other. Example: ./invoke audit-all --only 'a*'

    One failure stops nothing; what came of each is listed at the end, and the exit code is not 0 when one failed.
    """
    from audit.errors import AuditError, UsageError, file_trouble

    found = (path.parent.name for path in (ROOT / "clients").glob(f"{only}/client.toml"))
    slugs = sorted(slug for slug in found if not slug.startswith("."))  # a client that `new` has not finished
    if not slugs:
        raise UsageError(f"no client matches {only!r} below clients/")
    outcomes: dict[str, str] = {}
    worst = 0
    for slug in slugs:
        say(f"== {slug}")
        try:
            run = run_of(slug, None) if offline else today_run(slug, None)
            outcomes[slug] = whole_audit(c, run, offline=offline, refresh=False)
        except SystemExit as stop:
            worst = worst or 3
            outcomes[slug] = f"finished with exit code {stop.code}: a reader failed"
        except Exception as error:  # noqa: BLE001  # the night goes on, whatever one client's pages do
            worst = 1
            told = file_trouble(error) if isinstance(error, OSError) else error
            words = str(told) if isinstance(told, AuditError) else f"a defect ({type(error).__name__}: {error})"
            say(f"Error: {words}", file=sys.stderr)
            outcomes[slug] = f"failed: {words.splitlines()[0] if words else type(error).__name__}"
    say()
    for slug, outcome in outcomes.items():
        say(f"{slug}: {outcome}")
    sys.exit(worst)


def whole_audit(c: Context, run: Any, *, offline: bool, refresh: bool, verbose: bool = False) -> str:
    """Runs every stage of one audit, no other run of the client beside it; returns the score line."""
    with run.alone():
        return every_stage(c, run, offline=offline, refresh=refresh, verbose=verbose)


def every_stage(c: Context, run: Any, *, offline: bool, refresh: bool, verbose: bool) -> str:
    """Discover to PDF, with what a person wants to see of each."""
    from audit import stages
    from audit.gather import Stage, gather
    from audit.summary import profile_table, score_line

    raised: tuple[str, ...] = ()
    if offline:
        delete_expired(run)
    else:
        say("discover, fetch ...")
        both = (Stage.DISCOVER, Stage.FETCH)
        raised = gather(
            run, asked=both, settings=asking(c), now=now, report=say, refresh=refresh, verbose=verbose
        ).raised
    say("extract ...")
    extraction = stages.extract(run)
    say("observe ...")
    stages.observe(run)
    say("score ...")
    result = stages.score(run)
    say("write ...")
    stages.write(run)
    say("build ...")
    stages.build(ROOT, run.slug)
    say("pdf ...")
    pdfs = make_pdfs(run)
    say()
    say(profile_table(result))
    line = score_line(result)
    say(line)
    say(f"Site: {shown(run.site / 'index.html')}")
    for path in pdfs[:1]:
        say(f"PDF: {shown(path)}")
    exit_if_raised(tuple(dict.fromkeys((*raised, *extraction.raised))))
    return line


def delete_expired(run: Any) -> None:
    """Deletes what the terms of APIs do not permit to be kept any longer, before it is read, and says so."""
    from audit import retention

    for deleted in retention.delete_expired(run.root, run.slug, now()):
        say(deleted)


def make_pdfs(run: Any) -> list[Path]:
    """The PDFs of a run's site, its own first; without the libraries they need, none."""
    from audit import stages
    from audit.errors import MissingLibrary

    try:
        own = stages.pdf(run)
        return own + [path for path in stages.pdfs(ROOT, run.slug) if path not in own]
    except MissingLibrary as error:
        say(f"No PDF: {error}", file=sys.stderr)
        return []


def exit_if_raised(raised: tuple[str, ...]) -> None:
    """Ends with 3 when a reader raised: the rest is complete."""
    for line in raised:
        say(f"A reader failed, the rest is complete: {line}", file=sys.stderr)
    if raised:
        sys.exit(3)


def shown(path: Path) -> str:
    """A path as a person reads it: from the project's folder."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


@task
@speaking
def demo(c: Context) -> None:
    """The shipped example client, offline: all stages, site and PDF. Example: ./invoke demo"""
    from audit import stages
    from audit.stages import Run

    for day in stages.days(ROOT, "example")[:-1]:
        run = Run(ROOT, "example", day)
        say(f"{day}: extract, observe, score, write ...")
        with run.alone():
            stages.extract(run)
            stages.observe(run)
            stages.score(run)
            stages.write(run)
    newest = stages.latest(ROOT, "example")
    say(f"{newest.day}:")
    whole_audit(c, newest, offline=True, refresh=False)


# ---------------------------------------------------------------------------------------------- a new client


@task(
    help={
        "site": "the company's own website, as the browser shows it",
        "name": "the company's name; the home page's own words when left out",
        "client": "the new folder below clients/; made of the name or the domain when left out",
        "lang": "languages of the report, for example it,en; the home page's when left out",
        "country": "two capital letters; what the home page says or the domain's ending when left out",
        "sector": "what to compare with, for example horeca; a wrong one is answered with the list",
        "size": "micro, small, medium or large",
    }
)
@speaking
def new(
    c: Context,
    site: str = "",
    name: str = "",
    client: str = "",
    lang: str = "",
    country: str = "",
    sector: str = "",
    size: str = "",
) -> None:
    """Finds a company's profiles and writes its client.toml. Example: ./invoke new --site https://www.company.it/

    A site that shows nothing: nothing is written; with --name the file is written all the same, without profiles."""
    from audit.prospect import Wishes, prospect
    from audit.prospect_summary import prospect_text

    wishes = Wishes(
        site=given(site, "--site, the company's own website,"),
        name=name.strip(),
        slug=client,
        languages=tuple(code.strip() for code in lang.split(",") if code.strip()),
        country=country,
        sector=sector,
        size=size,
    )
    found = prospect(ROOT, wishes, day=now().date(), settings=asking(c), now=now, report=say)
    say()
    say(prospect_text(found, client_file=shown(found.run.client_file)))
    exit_if_raised(found.raised)


# --------------------------------------------------------------------------------------------- saved pages


@task(
    name="import",
    positional=[],
    iterable=["file"],
    help={
        "client": CLIENT_HELP,
        "file": "HTML, MHTML, a 'web page, complete' folder, HAR, WARC, WACZ, JSON, CSV of figures; may be repeated",
        "company": "whose page it is: 'client', or a competitor's short name; found by itself when left out",
        "url": "the page's address, when the file does not tell it",
        "day": TODAY_HELP,
    },
)
@speaking
def import_(
    c: Context,
    file: list[str],
    client: str = "",
    company: str | None = None,
    url: str | None = None,
    day: str | None = None,
) -> None:
    """Takes in pages and figures that a person saved. Example: ./invoke import --client aurora --file page.html

    Several at once: --file page.html --file recording.har. What was recognised, taken and left is told.

    The first line of a CSV is platform,url,metric,value,precision,observed_on,observer,evidence_file; metric is
    followers, following, posts, likes, views or reviews; precision is exact, rounded, or to how many (100).
    """
    from functools import partial

    from audit import stages
    from audit.errors import ImportFileError, UsageError
    from audit.import_summary import ignored_lines, read_lines
    from audit.saved import assign
    from audit.saved_files import files_of, read_path

    run = today_run(client, day)
    checked = run.client()
    known = [one.id for one in checked.companies]
    if company is not None and company not in known:
        raise UsageError(f"{company!r} is no company of {client}; there are {', '.join(known)}")
    if not file:
        raise UsageError("name at least one file: --file page.html")
    pages = []
    with file_readers() as readers:
        for path in [path for name in file for path in files_of(name)]:
            reading = read_apart(readers, str(path), partial(read_path, path, url=url, latest=run.day))
            say(f"recognised: {path}: {reading.kind}, answers in it: {len(reading.pages)}")
            for note in reading.notes:
                say(f"not whole: {path}: {note}")
            pages += reading.pages
        declared, client_file = stages.links_of(checked), f"clients/{client}/client.toml"
        assigning = partial(assign, pages, links=declared, company=company, client_file=client_file)
        assigned = read_apart(readers, ", ".join(file), assigning)
        for line in ignored_lines(assigned.ignored):
            say(line)
        with run.alone():
            left = stages.import_pages(run, assigned.taken, readers=readers, report=say_taken)
            for link, page, why in left:
                say(f"left: {link.company}, {link.platform} {link.handle} ({page.role}): {why}")
            for line in read_lines(run, (link for link, _ in assigned.taken), readers):
                say(line)
            stages.discover(run, readers)
    if not assigned.taken:
        raise ImportFileError(f"nothing was taken from {', '.join(file)}: each line above that is ignored says why")
    say(f"These pages belong to the audit of {run.day}: {shown(run.folder)}")
    say(f"Next: ./invoke audit --client {client} --day {run.day} --offline")


def file_readers() -> Any:
    """The process in which files that a person names are read; they may be long, and the person waits for them."""
    from audit.reading import Readers, ReadingLimits

    return Readers(ReadingLimits(seconds=120, workers=1))


def read_apart(readers: Any, file: str, function: Any) -> Any:
    """What the function makes of a file, worked out in another process that ends where the file asks too much."""
    from audit.errors import ImportFileError
    from audit.reading import Stopped

    try:
        return readers.read(function)
    except Stopped as stopped:
        raise ImportFileError(f"{file} cannot be read: {stopped}; save the page again, alone") from stopped


def say_taken(link: Any, page: Any, replaced: Path | None) -> None:
    """The line of a page that was taken in."""
    others = "; other people in it were taken out" if page.came_as else ""
    old = f"; replaces the page stored at {shown(replaced)}" if replaced else ""
    say(f"taken: {link.company}, {link.platform} {link.handle} ({page.role}): {page.url}{others}{old}")


@task(
    help={
        "url": "the page's address",
        "file": "the saved page or answer; of a HAR the entry with that address",
        "status": "its HTTP status",
        "json": "as JSON",
    }
)
@speaking
def profile(c: Context, url: str = "", file: str = "", status: int = 200, json: bool = False) -> None:
    """Shows what is read in one saved page. Example: ./invoke profile --url https://t.me/x --file page.html"""
    from audit.summary import profile_json, profile_text

    read = read_saved(url, file, status)
    say(profile_json(read) if json else profile_text(read), end="")


def read_saved(url: str, file: str, status: int) -> Any:
    """One saved file as a profile; a HAR gives the answer whose address was named."""
    from functools import partial

    from audit.saved import profile_in

    data = saved_bytes(url, file)
    with file_readers() as readers:
        return read_apart(readers, file, partial(profile_in, url, file, data, status=status, saved_at=now()))


def saved_bytes(url: str, file: str) -> bytes:
    """What a saved file holds; the address and the file are checked first."""
    from audit.errors import ImportFileError, UsageError
    from audit.parse.address import parts

    if parts(given(url, "--url, the page's address,")) is None:
        raise UsageError(f"{url!r} is no web address; it begins with https://")
    path = Path(given(file, "--file, the saved page,"))
    if not path.is_file():
        raise ImportFileError(f"{file} is no file; check the path")
    data = path.read_bytes()
    if not data.strip():
        raise ImportFileError(f"{file} is empty; save the page again")
    return data


@task(help={"url": "the page's address", "file": "the saved page", "json": "as JSON"})
@speaking
def links(c: Context, url: str = "", file: str = "", json: bool = False) -> None:
    """Shows the profile links in one saved page. Example: ./invoke links --url https://x.example/ --file home.html"""
    from functools import partial

    from audit.discover import links_in
    from audit.parse.text import clean
    from audit.summary import links_json

    data = saved_bytes(url, file)
    with file_readers() as readers:
        found = read_apart(readers, file, partial(links_in, data, url))
    if json:
        say(links_json(found), end="")
        return
    if not found:
        say("no profile links found")
    for link in found:
        mark = "own  " if link.own else "other"
        say(clean(f"{mark} {link.platform} {link.handle} {link.url} ({link.found_in}{link.why and ': '}{link.why})"))


@task(
    help={
        "check": "ask every platform for an account that is there and one that cannot be: do the readers still read?",
        "only": "with --check: these platforms, by the names of their modules, for example youtube,mastodon",
        "max_cost": "with --check: what APIs that cost money may cost together, in US dollars",
        "keep": "with --check: a folder for the pages whose layout has changed, as evidence to mend the reader by",
        "verbose": "with --check: " + VERBOSE_HELP,
        "readme": "write the table into README.md",
    }
)
@speaking
def platforms(
    c: Context,
    check: bool = False,
    only: str = "",
    max_cost: str = "0",
    keep: str = "",
    verbose: bool = False,
    readme: bool = False,
) -> None:
    """The platforms: ways in, what is read, what the readers were checked against. Example: ./invoke platforms --check

    With --check the exit code is 0 when all that could be looked at is read as expected, and 4 when a layout has
    changed. What could not be looked at (no key, no network, a bot check) changes nothing of that.
    """
    from shutil import get_terminal_size

    from audit.errors import UsageError
    from audit.files import write_text
    from audit.platform_table import platform_table, with_readme_table

    if check:
        sys.exit(ask_controls(c, only, max_cost, keep, verbose=verbose))
    if only or keep or verbose or max_cost != "0":
        raise UsageError("--only, --max-cost, --keep and --verbose belong to --check; without it nobody is asked")
    if readme:
        write_text(ROOT / "README.md", with_readme_table((ROOT / "README.md").read_text("utf-8")))
        say("README.md holds the table of today")
        return
    say(platform_table(get_terminal_size((200, 24)).columns))


def ask_controls(c: Context, only: str, max_cost: str, keep: str, *, verbose: bool) -> int:
    """Asks the platforms whether their readers still read them; the exit code."""
    from audit.canary import EXIT_CHANGED, check_platforms, outcome_rows, summary_line
    from audit.controls import Verdict
    from audit.summary import aligned

    names = [name.strip() for name in only.split(",") if name.strip()]
    found = check_platforms(
        ROOT, settings=asking(c), now=now, report=say, only=names, max_cost=dollars(max_cost),
        keep=Path(keep) if keep else None, verbose=verbose,
    )  # fmt: skip
    say()
    say(aligned(outcome_rows(found)))
    say()
    say(summary_line(found))
    return EXIT_CHANGED if any(one.verdict is Verdict.CHANGED for one in found) else 0


def dollars(text: str) -> float:
    """An amount given on the command line."""
    from audit.errors import UsageError

    if not re.fullmatch(r"\d{1,6}(?:\.\d{1,4})?", text):
        raise UsageError(f"{text!r} is no amount of US dollars; write it as 0.50")
    return float(text)


@task
@speaking
def method(c: Context) -> None:
    """The method: every criterion, its points and where its threshold comes from. Example: ./invoke method"""
    from audit.summary import method_table

    say(method_table())


# -------------------------------------------------------------------------------------------------- delivery


@task(
    help={
        "client": CLIENT_HELP,
        "to": "a folder, or user@host:/path for rsync over ssh",
        "dry_run": "only say what would happen",
    }
)
@speaking
def publish(c: Context, client: str = "", to: str = "", dry_run: bool = False) -> None:
    """Puts the client's site where people see it. Example: ./invoke publish --client example --to /srv/www/example"""
    from audit.fetch_settings import file_setting
    from audit.publish import publish as deliver
    from audit.stages import latest

    run = latest(ROOT, named(client))
    given(to, "--to, a folder or user@host:/path,")
    ssh_config = file_setting("publish.ssh_config", c.config.publish.ssh_config)
    say(deliver(run.site, to, dry_run=dry_run, ssh_config=ssh_config))


@task(
    help={
        "client": CLIENT_HELP,
        "day": DAY_HELP,
        "send": "send it; without this it is only written and shown",
        "confirm": "send again although an earlier attempt broke off midway",
    }
)
@speaking
def email(c: Context, client: str = "", day: str | None = None, send: bool = False, confirm: bool = False) -> None:
    """Writes the e-mail with the PDF, and sends it with --send. Example: ./invoke email --client example"""
    from audit.delivery import email as deliver

    deliver(run_of(client, day), settings=c.config, now=now(), send=send, confirm=confirm, report=say)


# -------------------------------------------------------------------------------------------- around the site


@task(help={"client": CLIENT_HELP, "port": "the port on 127.0.0.1, for this machine alone"})
@speaking
def serve(c: Context, client: str = "example", port: int = 8000) -> None:
    """Shows the client's site in a browser of this machine. Example: ./invoke serve --client example"""
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    from audit.errors import UsageError

    site = ROOT / "output" / named(client)
    if not (site / "index.html").exists():
        raise UsageError(f"{client} has no site yet. Run: ./invoke build --client {client}")
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(SimpleHTTPRequestHandler, directory=str(site)))
    except (OSError, OverflowError) as error:
        raise UsageError(f"port {port} cannot be used ({error}); give another one, for example --port 8001") from error
    with server:
        say(f"http://127.0.0.1:{port}/  (Ctrl+C ends)")
        server.serve_forever()


@task(help={"client": "only this client's site; all when left out"})
@speaking
def clean(c: Context, client: str | None = None) -> None:
    """Removes what was built, sites and Markdown; evidence and notes stay. Example: ./invoke clean"""
    import shutil

    for folder in (ROOT / "output", ROOT / "content"):
        for place in sorted(folder.iterdir() if folder.exists() else []):
            if place.is_dir() and client in (None, place.name):
                shutil.rmtree(place)
                say(f"removed {shown(place)}")


@task(help={"client": CLIENT_HELP})
@speaking
def rebuild(c: Context, client: str = "") -> None:
    """Writes and builds one client's site anew, all its audits. Example: ./invoke rebuild --client example"""
    from audit import stages

    clean(c, named(client))
    for day in stages.days(ROOT, client):
        run = stages.Run(ROOT, client, day)
        if run.stage_file("audit.json").exists():
            stages.write(run)
    build(c, client)


# --------------------------------------------------------------------------------------------- for developers


@task(help={"only": "only tests whose name matches"})
@speaking
def test(c: Context, only: str = "") -> None:
    """For developers: the whole test suite. Example: ./invoke test --only telegram"""
    need_test_tools(c)
    arguments = ["-m", "pytest", "-rs", "-n", str(min(4, os.cpu_count() or 1))]  # -rs names what was skipped
    if only:
        arguments += ["-k", only]
    sys.exit(call([sys.executable, *arguments]))


@task(help={"fix": "repair what can be repaired"})
@speaking
def check(c: Context, fix: bool = False) -> None:
    """For developers: format, lint, types and layer rules. Example: ./invoke check --fix"""
    need_test_tools(c)
    ruff = [sys.executable, "-m", "ruff"]
    commands = [
        [*ruff, "format", "."] if fix else [*ruff, "format", "--check", "."],
        [*ruff, "check", "--fix", "."] if fix else [*ruff, "check", "."],
        [sys.executable, "-m", "mypy"],
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/test_layers.py"],
    ]
    failed = [command for command in commands if call(command)]
    for command in failed:
        say(f"failed: {' '.join(command[1:])}", file=sys.stderr)
    sys.exit(bool(failed))


@task(
    help={
        "runs": "how often each runs; the middle value is printed",
        "only": "stages: all after gathering, on the example; fetch: gathering from twelve loopback hosts, beside "
        "Scrapy; read: reading one page, beside other extractors",
        "others": "read: the Python that has socid-extractor and extruct, when they are not in this one",
    }
)
@speaking
def bench(c: Context, runs: int = 3, only: str = "stages", others: str = "") -> None:
    """For developers: CPU, wall seconds and peak memory. Example: ./invoke bench --only fetch"""
    from functools import partial

    from audit import bench, bench_fetch, bench_read
    from audit.errors import UsageError

    kinds = {"stages": bench.table, "fetch": bench_fetch.table, "read": partial(bench_read.table, others=others)}
    if only not in kinds:
        raise UsageError(f"--only {only!r} is none of {', '.join(kinds)}")
    say(kinds[only](ROOT, runs))


@task
@speaking
def doctor(c: Context) -> None:
    """What is needed and which keys are there, with the line that installs it. Example: ./invoke doctor"""
    from audit.credentials import Keys, from_keyring
    from audit.doctor import examine, keys_at_hand

    missing = False
    for need in [*examine(), *keys_at_hand(Keys(os.environ, from_keyring))]:
        mark = "yes" if need.present else "no "
        say(f"{mark}  {need.name} ({need.purpose}){'' if need.present else ': ' + need.remedy}")
        missing = missing or (need.required and not need.present)
    sys.exit(missing)


def need_test_tools(c: Context) -> None:
    """Installs what the tests and checks need when it is not there or has changed."""
    import hashlib
    import shutil

    wanted = hashlib.sha256((ROOT / "tests" / "requirements.txt").read_bytes()).hexdigest()
    stamp = Path(sys.prefix) / ".test-requirements"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Installing the test tools (only the first time) ...", file=sys.stderr)
    listed = ["--require-hashes", "-r", str(ROOT / "tests" / "requirements.txt")]
    uv = shutil.which("uv")
    command = (
        [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", sys.executable, *listed]
        if uv
        else [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *listed]
    )
    if call(command):
        sys.exit(1)
    stamp.write_text(wanted)


def call(command: list[str]) -> int:
    """Runs a program in the project's folder; its exit code."""
    import subprocess

    return subprocess.run(command, cwd=ROOT, check=False).returncode


ns = Collection(
    discover, fetch, extract, observe, score, write, build, pdf, audit, audit_all, demo, import_, profile, links,
    platforms, method, new, publish, email, serve, clean, rebuild, test, check, bench, doctor,
)  # fmt: skip
ns.configure(SETTINGS)
