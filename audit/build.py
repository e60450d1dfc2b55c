"""Markdown → one site per client, by Pelican: overview, evidence and printable edition of every audit.

Pelican skips what it cannot read and exits with success: here every audit that should be in the site is looked for
afterwards, and the build fails when one is missing.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from markupsafe import Markup, escape
from pelican import Pelican, signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator
from pelican.log import console
from pelican.settings import DEFAULT_CONFIG, configure_settings
from pelican.writers import Writer

from audit.agency import Agency
from audit.charts import Titles, Width, draw
from audit.client import slugify
from audit.errors import BuildError
from audit.files import to_json, to_plain, write_text
from audit.language import Language
from audit.models import Audit, Evidence
from audit.sections import NAMES, ReportExtension, balanced, check_html, split
from audit.write import BANDS

# What Pelican may know of an article: the keys of our header, and what Pelican adds by itself.
_METADATA = frozenset({"title", "date", "lang", "slug", "client", "summary", "status"})
_OF_PELICAN = frozenset({"category", "reader"})
_FIGURE = re.compile(r'<p><img alt="([^"]*)" src="chart:([a-z-]+)"\s*/?>\s*</p>')
_SELF_LINK = re.compile(r'(?<=<th scope="row">)<a href="#e-\d+">(\d+)</a>')  # on paper a row need not point to itself
_SCREEN_WIDTHS = (Width.WIDE, Width.NARROW)

Audits = Mapping[tuple[date, str], Audit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What one build needs: the audits by day and language, who signs, and what things are called."""

    slug: str
    audits: Audits
    agency: Agency
    platform_titles: Mapping[str, str]
    pillar_titles: Mapping[str, Mapping[str, str]]
    verb_titles: Mapping[str, Mapping[str, str]]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the newest audit, the leading one first."""
        return self.audits[max(self.audits)].client.languages

    @property
    def newest(self) -> date:
        """The day of the newest audit."""
        return max(day for day, _ in self.audits)

    def titles(self, language: Language) -> Titles:
        """Titles for the charts."""
        return Titles(
            pillars={name: texts.get(language.code, texts["en"]) for name, texts in self.pillar_titles.items()},
            platforms={name: language.text(title) for name, title in self.platform_titles.items()},
        )


def build(site: Site, *, content: Path, output: Path, root: Path) -> list[Path]:
    """Builds the client's site into `output` and returns its pages; raises BuildError when one is missing.

    What an earlier build left there and no audit makes any more is taken away: it must not stay public.
    """
    output.mkdir(parents=True, exist_ok=True)
    content, output, root = content.resolve(), output.resolve(), root.resolve()
    plugin = _Plugin(site)
    plugin.connect()
    console.quiet = True  # Pelican's own words would stand between the stages'; its warnings still come through
    try:
        Pelican(_settings(site, content, output, root)).run()
    finally:
        plugin.disconnect()
    _forget_contents()
    _check(site, plugin, output)
    for (day, code), audit in site.audits.items():
        if code == audit.client.languages[0]:
            write_text(output / day.isoformat() / "facts.json", facts(audit))
    _sweep(site, plugin, output)
    return [output / page for page in plugin.written if page.endswith("index.html")]


def pdf_name(audit: Audit, language: str) -> str:
    """The PDF's file name: audit-<company>-<day>.<language>.pdf."""
    return f"audit-{slugify(audit.client.company.name) or audit.client.slug}-{audit.day.isoformat()}.{language}.pdf"


def folder_of(day: date, language: str, first: str) -> str:
    """Where an audit's pages lie below the site: the leading language has no folder of its own."""
    return day.isoformat() if language == first else f"{language}/{day.isoformat()}"


def facts(audit: Audit) -> str:
    """All evidence of an audit as JSON: the download beside the evidence page."""
    rows = to_plain(audit.evidence, tuple[Evidence, ...])
    return to_json({"schema": "facts/1", "client": audit.client.slug, "day": audit.day.isoformat(), "evidence": rows})


def _settings(site: Site, content: Path, output: Path, root: Path) -> dict[str, Any]:
    agency = {key: value for key, value in runpy.run_path(str(root / "pelicanconf.py")).items() if key.isupper()}
    codes = {code for _, code in site.audits}
    names = {code: {key: Language(code).text(name) for key, name in NAMES.items()} for code in codes}
    theme = agency.get("THEME", "themes/finestra")
    settings: dict[str, Any] = configure_settings(
        {
            **DEFAULT_CONFIG,
            **agency,
            "PATH": str(content),
            "OUTPUT_PATH": str(output),
            "THEME": str(root / theme) if (root / theme).exists() else theme,
            "SITENAME": agency["AGENCY_NAME"],
            "DEFAULT_LANG": site.languages[0],
            "ARTICLE_PATHS": [""],
            "PAGE_PATHS": [],
            "STATIC_PATHS": [],
            "ARTICLE_URL": "{slug}/",
            "ARTICLE_SAVE_AS": "{slug}/index.html",
            "ARTICLE_LANG_URL": "{lang}/{slug}/",
            "ARTICLE_LANG_SAVE_AS": "{lang}/{slug}/index.html",
            "DIRECT_TEMPLATES": [],
            **{f"{kind}_SAVE_AS": "" for kind in ("CATEGORY", "TAG", "AUTHOR")},
            **{f"{kind}_FEED_ATOM": None for kind in ("CATEGORY", "AUTHOR", "TRANSLATION")},
            "FEED_ALL_ATOM": None,
            "AUTHOR_FEED_RSS": None,
            "DELETE_OUTPUT_DIRECTORY": False,
            "WITH_FUTURE_DATES": True,
            "CACHE_CONTENT": False,
            "LOAD_CONTENT_CACHE": False,
            "TYPOGRIFY": False,
            "FORMATTED_FIELDS": [],
            "FILENAME_METADATA": "",  # what is not in the header is not made up from the name
            "INTRASITE_LINK_REGEX": r"(?P<what>(?!))",  # no placeholder of Pelican's is a link here
            "MARKDOWN": {
                "extensions": ["markdown.extensions.tables", "markdown.extensions.attr_list", ReportExtension(names)],
                "extension_configs": {},
                "output_format": "html",
            },
            "JINJA_ENVIRONMENT": {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": []},
            "PLUGINS": [],
            "LOG_FILTER": [],
        }
    )
    return settings


class _Plugin:
    """Hooks into one Pelican run: checks what was read, writes the pages beside each article."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.written: list[str] = []
        self.read: list[tuple[date, str]] = []

    def connect(self) -> None:
        """Pelican keeps weak references: the plugin lives as long as the run."""
        signals.article_generator_finalized.connect(self.prepare)
        signals.article_writer_finalized.connect(self.write_companions)
        signals.content_written.connect(self.note)

    def disconnect(self) -> None:
        """Leaves no trace for the next run in this process."""
        signals.article_generator_finalized.disconnect(self.prepare)
        signals.article_writer_finalized.disconnect(self.write_companions)
        signals.content_written.disconnect(self.note)

    def prepare(self, generator: ArticlesGenerator) -> None:
        """Gives every article its audit and its sections; refuses what the text should not have been able to do."""
        for article in _articles(generator):
            file = Path(article.source_path).name
            strange = set(article.metadata) - _METADATA - _OF_PELICAN
            if strange or article.status != "published":
                raise BuildError(f"{file}: the header holds {', '.join(sorted(strange)) or article.status!r}")
            key = (article.date.date(), article.lang)
            if key not in self.site.audits or file != f"{key[0]}.{key[1]}.md":
                raise BuildError(f"{file}: is of no audit of {self.site.slug}; run ./invoke write, or take it away")
            check_html(article._content, file)
            self.read.append(key)
            self._dress(article, self.site.audits[key])

    def _dress(self, article: Article, audit: Audit) -> None:
        language = Language(article.lang)
        titles = self.site.titles(language)

        def figures(widths: tuple[Width, ...], html: str) -> str:
            def figure(match: re.Match[str]) -> str:
                name = match.group(2)
                drawn = (draw(name, audit, language, titles, width, chart_id=name) for width in widths)
                return f'<figure class="chart">{"".join(drawn)}</figure>'

            return _FIGURE.sub(figure, html)

        sections = split(article._content)
        article.screen = {name: Markup(figures(_SCREEN_WIDTHS, html)) for name, html in sections.items()}  # noqa: S704
        if "pillars" in article.screen:
            article.screen["pillars"] = _folded(article.screen["pillars"], language.text("The same data as a table"))
        article.printed = {
            name: Markup(balanced(figures((Width.PRINT,), _SELF_LINK.sub(r"\1", html))))  # noqa: S704
            for name, html in sections.items()
        }
        opening = sections["summary"].partition("<h3")
        article.opening = Markup(  # noqa: S704
            _raised("<h3" + opening[2].rsplit("</div></div></section>", 1)[0]) if opening[1] else ""
        )
        article.finding = lxml_html.fromstring(sections["summary"]).findtext(".//h2")
        article.summary_text = article.metadata["summary"]
        article.strip = Markup(  # noqa: S704
            figures(_SCREEN_WIDTHS, _figure_of(sections["summary"], "score-strip"))
        )
        article.facts = f"{audit.day.isoformat()}/facts.json"
        article.cover = Markup(  # noqa: S704  # our own SVG, whose texts are escaped where it is drawn
            draw("cover-calendar", audit, language, titles, Width.PRINT, chart_id="cover-calendar")
        )
        article.audit = audit
        article.words = _Words(self.site, audit, language)
        article.folder = folder_of(audit.day, article.lang, self.site.languages[0])
        article.pdf = pdf_name(audit, article.lang)

    def write_companions(self, generator: ArticlesGenerator, writer: Writer) -> None:
        """Evidence page and printable edition of every audit; the newest audit also stands at the site's top."""
        for article in _articles(generator):
            self._page(generator, writer, article, "evidence", f"{article.folder}/evidence/index.html")
            self._page(generator, writer, article, "print", f"{article.folder}/print/index.html")
            if article.audit.day == self.site.newest:
                first = article.lang == self.site.languages[0]
                self._page(
                    generator, writer, article, "article", "index.html" if first else f"{article.lang}/index.html"
                )

    def _page(self, generator: ArticlesGenerator, writer: Writer, article: Article, template: str, name: str) -> None:
        writer.write_file(
            name, generator.get_template(template), generator.context, relative_urls=True,
            article=article, override_output=True, url=name, translations=(),
        )  # fmt: skip

    def note(self, path: str, context: Mapping[str, Any]) -> None:
        """Remembers each page that was written."""
        self.written.append(Path(path).resolve().relative_to(Path(context["OUTPUT_PATH"]).resolve()).as_posix())


class _Words:
    """What the templates say in the page's language."""

    def __init__(self, site: Site, audit: Audit, language: Language) -> None:
        self.site = site
        self.audit = audit
        self.language = language
        self.text = language.text
        self.number = language.number
        self.coverage = language.coverage
        self.date = language.date

    def citing(self, html: str, evidence: str) -> Markup:
        """A part of the report whose links to evidence lead to the page `evidence`, where the rows stand."""
        return Markup(str(html).replace('href="#e-', f'href="{escape(evidence)}#e-'))  # noqa: S704

    @property
    def band(self) -> str:
        """The band of the overall score, "" when it is not published."""
        return self.language.text(BANDS[self.audit.overall.band]) if self.audit.overall.band else ""

    @property
    def period(self) -> str:
        """First and last day of the window."""
        start, end = self.language.day_and_month(self.audit.window_start), self.language.date(self.audit.day)
        return f"{start} – {end}"

    def section(self, name: str) -> str:
        """A section's name."""
        return self.language.text(NAMES[name])

    def verbs(self) -> list[tuple[str, str, float | None]]:
        """Title, pillars and score of the three verbs."""
        return [
            (
                self._own(self.site.verb_titles[verb.verb]),
                ", ".join(self._own(self.site.pillar_titles[pillar]) for pillar in verb.pillars),
                verb.score,
            )
            for verb in self.audit.verbs
        ]

    def others(self) -> list[tuple[str, str]]:
        """The other languages of the same audit: code and folder."""
        first = self.site.languages[0]
        return [
            (code, folder_of(self.audit.day, code, first))
            for code in self.audit.client.languages
            if code != self.language.code and (self.audit.day, code) in self.site.audits
        ]

    def language_name(self, code: str) -> str:
        """A language in its own words."""
        from babel import Locale

        return str(Locale.parse(code).get_language_name(code)).capitalize()

    def _own(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.language.code, texts["en"])


def _folded(html: str, summary: str) -> Markup:
    """A section whose table says again what its chart shows: the table opens on demand."""
    folded = f"<details><summary>{escape(summary)}</summary>\\g<0></details>"
    return Markup(re.sub(r"(?<=</figure>)\s*<table.*?</table>", folded, str(html), count=1, flags=re.DOTALL))  # noqa: S704


def _raised(html: str) -> str:
    """A part of a section that stands by itself right under the page's title: its headings go up one level."""
    raised = html.replace("<h3>", '<h2 class="h3">').replace("</h3>", "</h2>")
    return raised.replace("<h4>", "<h3>").replace("</h4>", "</h3>")


def _figure_of(html: str, name: str) -> str:
    """The placeholder of one chart in a section; "" when the section does not show it."""
    return next((match.group(0) for match in _FIGURE.finditer(html) if match.group(2) == name), "")


def _articles(generator: ArticlesGenerator) -> list[Article]:
    """Every article with its translations, hidden and draft ones too: none may slip by."""
    listed = [*generator.articles, *generator.translations, *generator.hidden_articles, *generator.drafts]
    listed += [*generator.hidden_translations, *generator.drafts_translations]
    return sorted(listed, key=lambda article: article.source_path)


def _forget_contents() -> None:
    """Pelican memoizes every content for ever; a run of many clients would grow with it."""
    for name in ("get_content", "get_summary"):
        cache = getattr(Article.__mro__[1].__dict__.get(name), "cache", None)
        if cache is not None:
            cache.clear()


def _check(site: Site, plugin: _Plugin, output: Path) -> None:
    unread = sorted(set(site.audits) - set(plugin.read))
    if unread:
        day, code = unread[0]
        raise BuildError(f"Pelican skipped {day}.{code}.md of {site.slug}: its site is not complete")
    first = site.languages[0]
    expected = {"index.html"}
    for day, code in site.audits:
        if day == site.newest and code != first:
            expected.add(f"{code}/index.html")
        folder = folder_of(day, code, first)
        expected |= {f"{folder}/index.html", f"{folder}/evidence/index.html", f"{folder}/print/index.html"}
    missing = sorted(page for page in expected if page not in plugin.written or not (output / page).is_file())
    if missing:
        raise BuildError(f"{site.slug}: the build made no {', '.join(missing)}")


def _sweep(site: Site, plugin: _Plugin, output: Path) -> None:
    """Removes pages, facts and PDFs of audits that the site no longer has."""
    wanted = {*plugin.written, *(f"{day.isoformat()}/facts.json" for day, _ in site.audits)}
    wanted |= {pdf_name(audit, code) for (_, code), audit in site.audits.items()}
    for file in sorted(output.rglob("*")):
        name = file.relative_to(output).as_posix()
        if file.is_file() and file.suffix in (".html", ".json", ".pdf") and name not in wanted:
            file.unlink()
