"""`client.toml` → `Client`: every mistake at once, each with its key and line, in words an account manager reads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from babel import Locale
from unidecode import unidecode

from audit.errors import ClientFileError, Mistake, UsageError
from audit.language import languages
from audit.method import audiences, sectors, sizes
from audit.models import Client, Company, Link, key_of
from audit.parse.address import parts
from audit.platforms import link_of, platform_of, platforms
from audit.site_address import checked_site

_FOUND_IN = "client.toml"
_KEYS = (
    "name", "site", "sector", "size", "country", "languages", "audience", "local", "recipients",
    "profiles", "competitors", "to_confirm", "not_ours", "max_cost_usd",
)  # fmt: skip
_MAX_COMPETITORS = 5
_MOST_COST = 100  # US dollars a run
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # CLDR's unions, test entries and "unknown"
_TABLE = re.compile(r"\s*(\[\[?[^\[\]=]+\]\]?)\s*(?:#.*)?")
_COMPETITOR_KEYS = ("name", "site", "profiles")
_EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+")


def load_client(folder: Path) -> Client:
    """The client whose file is `folder/client.toml`; raises ClientFileError with every mistake found."""
    path = folder / "client.toml"
    if not path.exists():
        raise UsageError(f"{path} does not exist.{_near(folder)}")
    return parse_client(path.read_bytes(), slug=folder.name, file=str(path))


def parse_client(data: bytes, *, slug: str, file: str) -> Client:
    """A client out of the bytes of its file; `file` is named in the errors."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ClientFileError(
            [Mistake(file=file, key="", line=line, message="is not UTF-8; save the file as UTF-8")]
        ) from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))
        raise ClientFileError(
            [
                Mistake(
                    file=file,
                    key="",
                    line=int(match.group(1)) if match else None,
                    message=f"is not TOML: {error}; {_toml_remedy(str(error))}",
                )
            ]
        ) from error
    return _Checker(file, text).client(content, slug)


class _Checker:
    """Collects mistakes while it reads; `client` raises them together."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text.splitlines()
        self.lines = _key_lines(text)
        self.mistakes: list[Mistake] = []
        self.claimed: dict[tuple[str, str], tuple[str, str]] = {}  # by platform and handle: company, its name
        self.declared: list[str] = []  # the addresses of all profiles, for the nearest one to a mistyped one

    def client(self, content: Mapping[str, Any], slug: str) -> Client:
        self._unknown_keys(content, _KEYS, "")
        company = self._company(content, "client", "")
        competitors = self._competitors(content)
        client = Client(
            slug=slug,
            company=company,
            sector=self._choice(content, "sector", sectors()),
            size=self._choice(content, "size", sizes()),
            country=self._country(content),
            languages=self._languages(content),
            audience=self._choice(content, "audience", audiences()) if "audience" in content else None,
            local=self._value(content, "local", bool, "true or false", default=True),
            competitors=competitors,
            recipients=self._recipients(content),
            to_confirm=self._to_confirm(content),
            not_ours=self._not_ours(content),
            max_cost_usd=self._max_cost(content),
        )
        if self.mistakes:
            raise ClientFileError(sorted(self.mistakes, key=lambda mistake: mistake.line or 0))
        return client

    def _company(self, content: Mapping[str, Any], company: str, prefix: str) -> Company:
        name = self._value(content, "name", str, "the company's name in quotes", prefix=prefix, default="")
        site = self._site(content, prefix)
        profiles = list(self._profiles(content, company, prefix))
        if not any(link.platform == "website" for _, link in profiles):
            profiles[:0] = self._own_site(site, company, prefix)
        for key, link in profiles:
            self._claim(link, name or company, key)
        return Company(id=company, name=name, site=site, profiles=tuple(link for _, link in profiles))

    def _own_site(self, site: str | None, company: str, prefix: str) -> Iterable[tuple[str, Link]]:
        """The website's profile out of `site`, so that nobody has to write the address twice."""
        if site is not None and platform_of(site).name == "website":
            link = platforms()["website"].link(site)
            if link is not None:
                yield f"{prefix}site", replace(link, company=company, found_in=_FOUND_IN)

    def _claim(self, link: Link, name: str, key: str) -> None:
        """A profile belongs to one company: compared with itself a company would come out as its own rival."""
        self.declared.append(link.url)
        company, owner = self.claimed.setdefault(key_of(link)[1:], (link.company, name))
        if company != link.company:
            self._mistake(key, f"{link.url} stands for {owner!r} and for {name!r}; a profile belongs to one company")

    def _competitors(self, content: Mapping[str, Any]) -> tuple[Company, ...]:
        listed = content.get("competitors", [])
        if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
            self._mistake("competitors", "write each competitor under its own [[competitors]] line")
            return ()
        found: list[Company] = []
        if len(listed) > _MAX_COMPETITORS:
            self._mistake(
                f"competitors.{_MAX_COMPETITORS}.name",
                f"{len(listed)} competitors are too many; a report compares with {_MAX_COMPETITORS} at most",
            )
        for index, item in enumerate(listed):
            prefix = f"competitors.{index}."
            self._unknown_keys(item, _COMPETITOR_KEYS, prefix)
            slug = slugify(str(item.get("name", ""))) or f"competitor-{index + 1}"
            if slug == "client" or slug in {company.id for company in found}:
                self._mistake(
                    f"{prefix}name",
                    f"two companies would share the folder {slug!r}; give them different names",
                )
            found.append(self._company(item, slug, prefix))
        return tuple(found)

    def _profiles(self, content: Mapping[str, Any], company: str, prefix: str) -> Iterable[tuple[str, Link]]:
        table = content.get("profiles", {})
        if not isinstance(table, dict):
            self._mistake(f"{prefix}profiles", "write [profiles] and under it a line per platform")
            return
        for name, value in table.items():
            key = f"{prefix}profiles.{name}"
            if name in _KEYS:
                self._misplaced(key)
                continue
            if name not in platforms():
                there = ", ".join(platforms())
                self._mistake(
                    key, f"{name!r} is no platform that can be audited.{_nearest(name, platforms())} There are: {there}"
                )
                continue
            for url in value if isinstance(value, list) else [value]:
                link = self._profile(name, url, key)
                if link is not None:
                    yield key, replace(link, company=company, found_in=_FOUND_IN)

    def _profile(self, name: str, url: object, key: str) -> Link | None:
        if not isinstance(url, str):
            self._mistake(key, "write the profile's address in quotes")
            return None
        if parts(url) is None:
            self._mistake(key, f"{url!r} is no web address; it begins with https://")
            return None
        owner = platform_of(url, declared=platforms()[name].anywhere)
        if owner.name != name:
            self._mistake(key, f"{url!r} is an address of {owner.title}; write it as {owner.name} = …")
            return None
        link = owner.link(url)
        if link is None:
            self._mistake(
                key,
                f"{url!r} is not a profile of {owner.title} but another page of it;"
                " open the profile and copy its address",
            )
        return link

    def _site(self, content: Mapping[str, Any], prefix: str) -> str | None:
        site = content.get("site")
        if site is None:
            return None
        if not isinstance(site, str):
            self._mistake(f"{prefix}site", f"{site!r} is no text; write the website's address in quotes")
            return None
        try:  # of one in the own network the report says that nothing was asked
            return checked_site(site, country=str(content.get("country", "")), allow_local=True)
        except UsageError as error:
            self._mistake(f"{prefix}site", str(error))
            return None

    def _languages(self, content: Mapping[str, Any]) -> tuple[str, ...]:
        listed = content.get("languages", ["it"])
        if not isinstance(listed, list) or not listed or not all(isinstance(code, str) for code in listed):
            self._mistake("languages", 'write the report\'s languages as a list: ["it", "en"]')
            return ("it",)
        for code in listed:
            if code not in languages():
                self._mistake("languages", f"no report can be written in {code!r}; there are {', '.join(languages())}")
        return tuple(dict.fromkeys(str(code) for code in listed))

    def _country(self, content: Mapping[str, Any]) -> str:
        country: str = self._value(
            content, "country", str, 'the country\'s two letters in quotes, for example "IT"', default=""
        )
        if country and not re.fullmatch(r"[A-Z]{2}", country):
            self._mistake("country", f"{country!r} is no country code; two capital letters, for example IT")
        elif country and country not in country_codes():
            self._mistake("country", f"no country has the code {country!r}; for example IT (the United Kingdom is GB)")
        return country

    def _recipients(self, content: Mapping[str, Any]) -> tuple[str, ...]:
        listed = content.get("recipients", [])
        if not isinstance(listed, list):
            self._mistake("recipients", 'write the e-mail addresses as a list: ["name@company.example"]')
            return ()
        for address in listed:
            if not isinstance(address, str) or not _EMAIL.fullmatch(address):
                self._mistake("recipients", f"{address!r} is no e-mail address")
        return tuple(str(address) for address in listed)

    def _max_cost(self, content: Mapping[str, Any]) -> float:
        """What a run may spend: a slip of the point must not become a bill."""
        value = content.get("max_cost_usd", 0.0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST_COST:
            message = f"{value!r} does not fit; write US dollars as a number from 0 to {_MOST_COST}, for example 0.50"
            self._mistake("max_cost_usd", message)
            return 0.0
        return float(value)

    def _to_confirm(self, content: Mapping[str, Any]) -> tuple[str, ...]:
        """Profiles that nobody has looked at yet; one that stands nowhere else would never be asked for."""
        listed = self._addresses(content, "to_confirm")
        for url, link in listed:
            if key_of(link)[1:] not in self.claimed:
                close = _nearest_address(link, self.declared)
                self._mistake(
                    "to_confirm",
                    f"{url!r} stands under no [profiles]; write it there, or take it out here.{close}",
                    holding=url,
                )
        return tuple(url for url, _ in listed)

    def _not_ours(self, content: Mapping[str, Any]) -> tuple[str, ...]:
        listed = self._addresses(content, "not_ours")
        for url, link in listed:
            _, owner = self.claimed.get(key_of(link)[1:], ("", ""))
            if owner:
                self._mistake(
                    "not_ours",
                    f"{url!r} stands under the [profiles] of {owner!r} too; take it out here or there",
                    holding=url,
                )
        return tuple(url for url, _ in listed)

    def _addresses(self, content: Mapping[str, Any], key: str) -> list[tuple[str, Link]]:
        """A top-level list of profile addresses, each with the profile that it is of."""
        listed = content.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(url, str) for url in listed):
            self._mistake(key, f'write the addresses as a list: {key} = ["https://www.instagram.com/aurora/"]')
            return []
        found: list[tuple[str, Link]] = []
        for url in listed:
            link = link_of(url, declared=True)
            if link is not None:
                found.append((url, link))
            elif parts(url) is None:
                self._mistake(key, f"{url!r} is no web address; it begins with https://", holding=url)
            else:
                self._mistake(
                    key,
                    f"{url!r} is not a profile of {platform_of(url).title} but another page of it;"
                    " open the profile and copy its address",
                    holding=url,
                )
        return found

    def _choice(self, content: Mapping[str, Any], key: str, choices: Iterable[str]) -> str:
        options = tuple(choices)
        value: str = self._value(content, key, str, f"one of {', '.join(options)}", default="")
        if value and value not in options:
            self._mistake(key, f"{value!r} is not known; one of {', '.join(options)}.{_nearest(value, options)}")
        return value

    def _value(
        self, content: Mapping[str, Any], key: str, kind: type, wanted: str, *, prefix: str = "", default: Any
    ) -> Any:
        value = content.get(key, None)
        if value is None:
            if default == "":
                self._mistake(f"{prefix}{key}", f"is missing; write {wanted}")
            return default
        if not isinstance(value, kind) or value == "":
            self._mistake(f"{prefix}{key}", f"{value!r} does not fit; write {wanted}")
            return default
        return value

    def _unknown_keys(self, content: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
        for key in content:
            if key in platforms():
                table = "[competitors.profiles]" if prefix else "[profiles]"
                self._mistake(f"{prefix}{key}", f"is a platform; write it under {table}")
            elif key not in known and key in _KEYS:
                self._misplaced(f"{prefix}{key}")
            elif key not in known:
                self._mistake(f"{prefix}{key}", f"is not a setting of a client file.{_nearest(key, known)}")

    def _misplaced(self, key: str) -> None:
        """A setting of the whole file below a [table]: TOML takes it for one of the table's."""
        found = ((number, _TABLE.fullmatch(line)) for number, line in enumerate(self.text, 1))
        number, table = next(((number, table[1]) for number, table in found if table), (0, ""))
        above = f"above line {number}, {table}, which is the first [table]" if table else "on a line of its own"
        self._mistake(key, f"belongs to the whole file: write it {above}")

    def _mistake(self, key: str, message: str, *, holding: str = "") -> None:
        """`holding` is the entry of a list that is wrong: its own line is named where the list has several."""
        shown = re.sub(r"\.(\d+)\.", lambda match: f"[{int(match.group(1)) + 1}].", key)
        line = self._line(key)
        if line is not None and holding:
            below = range(line, len(self.text) + 1)
            line = next((number for number in below if holding in self.text[number - 1]), line)
        self.mistakes.append(Mistake(file=self.file, key=shown, line=line, message=message))

    def _line(self, key: str) -> int | None:
        while key:
            if key in self.lines:
                return self.lines[key]
            key = key.rpartition(".")[0]
        return None


def slugify(name: str) -> str:
    """A folder name for a company: ASCII letters and digits with hyphens; "" when nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", unidecode(name).lower()).strip("-")[:60].strip("-")


def _key_lines(text: str) -> dict[str, int]:
    """The line (from 1) of every key, by dotted path; array tables are numbered: competitors.0.name."""
    lines: dict[str, int] = {}
    seen: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*(\[\[?)\s*([\w.\-\"' ]+?)\s*\]\]?", line)
        if header and "=" not in line.partition("#")[0]:
            table = _table_path(header.group(2), header.group(1) == "[[", seen)
            lines.setdefault(table.rstrip("."), number)
            continue
        key = re.match(r"\s*[\"']?([\w\-]+)[\"']?\s*=", line)
        if key:
            lines.setdefault(table + key.group(1), number)
    return lines


def _table_path(name: str, is_array: bool, seen: dict[str, int]) -> str:
    steps = [step.strip(" \"'") for step in name.split(".")]
    if is_array:
        seen[steps[0]] = seen.get(steps[0], -1) + 1
        return f"{steps[0]}.{seen[steps[0]]}."
    if steps[0] in seen:
        return ".".join([steps[0], str(seen[steps[0]]), *steps[1:]]) + "."
    return ".".join(steps) + "."


def country_codes() -> frozenset[str]:
    """The codes of the countries, two capital letters, out of the CLDR."""
    codes: Iterable[str] = Locale("en").territories
    return frozenset(code for code in codes if len(code) == 2) - _NO_COUNTRIES


def _toml_remedy(error: str) -> str:
    """What to do about the commonest slips, for people who do not know TOML."""
    if error.startswith("Cannot"):
        return "a setting stands only once, and each competitor begins with [[competitors]], in double brackets"
    return 'texts stand in quotes on one line, like name = "Torrefazione Aurora", and every bracket is closed'


def _nearest(word: str, words: Iterable[str]) -> str:
    close = get_close_matches(word, list(words), n=1)
    return f" Did you mean {close[0]}?" if close else ""


def _nearest_address(link: Link, declared: Iterable[str]) -> str:
    """The declared address most like `link`'s on the same platform, as a question; "" where none is like it."""
    return _nearest(link.url, [url for url in declared if platform_of(url).name == link.platform])


def _near(folder: Path) -> str:
    clients = sorted(path.parent.name for path in folder.parent.glob("[!.]*/client.toml"))
    listed = f" There are: {', '.join(clients)}." if clients else ""
    return f"{_nearest(folder.name, clients)}{listed}"
