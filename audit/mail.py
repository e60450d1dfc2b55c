"""The e-mail to the client: composed from the audit, sent once, over TLS, with a ledger that remembers it.

The message is text and HTML that say the same, and the report's PDF. Equal input gives equal bytes. What was
sent stands in the ledger before and after; a send that was cut short is neither repeated nor forgotten.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
import smtplib
import ssl
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses, parseaddr
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from audit.errors import DamagedFile, DeliveryError, UsageError
from audit.files import write_text
from audit.language import Language, round_half_up
from audit.method import load_method
from audit.models import Audit, Recommendation
from audit.parse.address import parts
from audit.parse.text import clean
from audit.platforms import platforms
from audit.write import STATES

MAX_BYTES = 10_000_000  # of a whole message; most mail servers take no more
IMPLICIT_TLS_PORT = 465

_TEMPLATES = Path(__file__).parent / "templates"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\]+")
_PDF_NAME = re.compile(r"[\w][\w.-]{0,120}\.pdf", re.ASCII)
_MAX_NAME = 120  # characters of a name that somebody else chose
_CLIENT, _DAY = "X-Audit-Client", "X-Audit-Day"


# --- composing --------------------------------------------------------------------------------------------


def compose(
    audit: Audit,
    *,
    lang: str,
    sender: str,
    date: datetime,
    pdf: Path | bytes,
    pdf_name: str,
    site_url: str | None,
    agency: str,
    note: str = "",
) -> EmailMessage:
    """The message to the client's recipients, in `lang`, ready to be shown or sent.

    `sender` is an address, with or without a name; `date` (aware) becomes the Date header; `pdf` is the report
    and `pdf_name` its file name; `note` is the consultant's own paragraph. Raises UsageError for a sender,
    recipient, file name or address that a mail cannot carry, and when there are no recipients.
    """
    document = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    author = _address(sender, agency)
    if not audit.client.recipients:
        raise UsageError('the client file names no recipients; add recipients = ["…"]')
    if not _PDF_NAME.fullmatch(pdf_name):
        raise UsageError(f"{pdf_name!r} is no plain file name for an attachment")
    if site_url is not None and parts(site_url) is None:
        raise UsageError(f"{site_url!r} is no web address for the button")
    words = _Words(audit, Language(lang), author, clean(agency))
    digest = hashlib.sha256(
        "\0".join((audit.client.slug, audit.day.isoformat(), hashlib.sha256(document).hexdigest())).encode()
    ).hexdigest()
    message = EmailMessage(policy=SMTP)
    message["From"] = author
    message["To"] = [_address(recipient, "") for recipient in audit.client.recipients]
    message["Subject"] = words.subject
    message["Date"] = date
    message["Message-ID"] = f"<{audit.day.isoformat()}.{digest[:32]}@{author.domain}>"
    message[_CLIENT] = audit.client.slug
    message[_DAY] = audit.day.isoformat()
    fields = {"say": words, "site_url": site_url, "note": clean(note), "lang": lang}
    message.set_content(_rendered("email.txt.j2", words.language, fields), cte="quoted-printable")
    message.add_alternative(_rendered("email.html.j2", words.language, fields), subtype="html", cte="quoted-printable")
    message.add_attachment(document, maintype="application", subtype="pdf", filename=pdf_name)
    message["Content-Language"] = lang  # last: adding parts moves earlier headers of this kind into them
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{digest[:24]}_{number}")  # chance would make equal messages differ
    return message


@dataclass(frozen=True, slots=True)
class _Action:
    title: str
    gain: str
    hours: str


class _Words:
    """What the message says, as plain text: the templates escape it for where it goes."""

    def __init__(self, audit: Audit, language: Language, author: Address, agency: str) -> None:
        self.audit, self.language = audit, language
        self.signature = list(dict.fromkeys(line for line in (author.display_name, agency) if line))
        self._company = _short(audit.client.company.name)

    @property
    def subject(self) -> str:
        """The company and how many actions wait."""
        count = self.audit.totals.first
        if count == 0:
            return self.language.text("Digital audit of {company}", company=self._company)
        return self.language.plural(
            "Digital audit of {company}: one action to start with",
            "Digital audit of {company}: {n} actions to start with",
            count,
            company=self._company,
        )

    @property
    def preview(self) -> str:
        """What a mail program shows beside the subject."""
        totals, overall = self.audit.totals, self.audit.overall
        if overall.score is None or not overall.published or totals.score_after_first is None or not totals.first:
            return f"{self.score} {self.coverage}"
        return self.language.text(
            "{hours} hours of work take the score from {score} to {after}.",
            hours=self.language.number(totals.first_hours),
            score=self.language.number(overall.score),
            after=self.language.number(totals.score_after_first),
        )

    @property
    def greeting(self) -> str:
        """To nobody by name: a distribution list reads it too."""
        return self.language.text("Good morning,")

    @property
    def ready(self) -> str:
        """What this message is."""
        return self.language.text("The audit of {company} is ready.", company=self._company)

    @property
    def finding(self) -> str:
        """The whole audit in one sentence: the strongest and the weakest pillar."""
        totals = self.audit.totals
        if totals.strongest is None or totals.weakest is None:
            return self.language.text("Too little could be seen for a score") + "."
        best, worst = self._pillar(totals.strongest), self._pillar(totals.weakest)
        best, worst = best[:1].lower() + best[1:], worst[:1].lower() + worst[1:]
        return self.language.text("Strong point: {best}. Weak point: {worst}", best=best, worst=worst) + "."

    @property
    def score(self) -> str:
        """Score and bounds, or that there is none."""
        overall = self.audit.overall
        low, high = self.language.number(overall.low), self.language.number(overall.high)
        if overall.score is None or not overall.published:
            return self.language.text(
                "No score: what could not be seen moves it from {low} to {high}.", low=low, high=high
            )
        score = self.language.number(overall.score)
        if round_half_up(overall.low) == round_half_up(overall.high):
            return self.language.text("{score} of 100.", score=score)
        return self.language.text("{score} of 100, between {low} and {high}.", score=score, low=low, high=high)

    @property
    def coverage(self) -> str:
        """How much of the method could be seen."""
        share = self.language.coverage(self.audit.overall.coverage)
        return self.language.text("Coverage {coverage} ({grade}).", coverage=share, grade=self.audit.overall.grade)

    @cached_property
    def actions(self) -> list[_Action]:
        """The first recommendations with hours and, where there is a score, what they add to it."""
        scored = self.audit.overall.published
        return [
            _Action(
                title=self._title(one),
                gain=self.language.text("{gain} points", gain=self.language.gain(one.gain)) if scored else "",
                hours=self.language.plural("about one hour", "about {n} hours", one.hours),
            )
            for one in self.audit.recommendations[: self.audit.totals.first]
        ]

    @property
    def attached(self) -> str:
        """Where the rest is."""
        return self.language.text("The whole report is attached as a PDF.")

    @cached_property
    def unseen(self) -> list[str]:
        """One line per reason: the platforms that it kept closed; then that there is more in the report."""
        by_state: dict[str, list[str]] = {}
        for row in self.audit.unseen:
            name = self.language.text(_title(row.platform))
            if row.criterion is None and row.company == "client" and name not in by_state.get(row.state, []):
                by_state.setdefault(row.state, []).append(name)
        lines = [f"{self.language.list(names)}: {self._reason(state)}" for state, names in by_state.items()]
        if any(row.criterion is not None for row in self.audit.unseen):
            lines.append(self.language.text("The report lists the single figures that are not public."))
        return lines

    @property
    def footer(self) -> str:
        """Where the figures come from, and what to do when one looks wrong."""
        return self.language.text(
            "Only public data, collected by {day}. Does a figure look wrong? Answer this e-mail: we check it again.",
            day=self.language.date(self.audit.day),
        )

    def _pillar(self, name: str) -> str:
        return self._own(load_method().rubric["pillar"][name]["title"])

    def _title(self, one: Recommendation) -> str:
        single = one.values.get("platform")
        text = self._own(load_method().criteria[one.criterion].action).format(
            platforms=self.language.list(_title(name) for name in one.platforms),
            platform=_title(single) if isinstance(single, str) else "",
        )
        return text[:1].upper() + text[1:]

    def _reason(self, state: str) -> str:
        return (
            self.language.text(STATES[state]) + "." if state in STATES else self.language.text("It could not be read.")
        )

    def _own(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.language.code, texts["en"])


def _rendered(template: str, language: Language, fields: Mapping[str, object]) -> str:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["_"] = language.text
    environment.filters["wrap"] = _wrapped
    return environment.get_template(template).render(fields)


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, 76, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
    )


def _title(platform: str) -> str:
    known = platforms().get(platform)
    return known.title if known else _short(platform)


def _short(name: str) -> str:
    plain = clean(name)
    return plain if len(plain) <= _MAX_NAME else plain[: _MAX_NAME - 1] + "…"


def _address(text: str, otherwise: str) -> Address:
    """An address that every mail server takes; `otherwise` is the name when `text` holds none."""
    name, address = parseaddr(text)
    listed = getaddresses([text])
    local, _, domain = address.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if len(listed) != 1 or re.search(r"[\x00-\x1f\x7f]", text) or not _ADDRESS.fullmatch(f"{local}@{domain}"):
        raise UsageError(f"{text[:_MAX_NAME]!r} is no e-mail address")
    return Address(display_name=_short(name or otherwise), username=local, domain=domain)


# --- sending ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """The mail server. TLS is always used: STARTTLS, or from the first byte on port 465. `ca_file` replaces
    the public certificate authorities; `seconds` is how long one answer may take."""

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    max_bytes: int = MAX_BYTES
    seconds: float = 30.0


class Delivery(StrEnum):
    """What is known of one message to one recipient."""

    PENDING = "pending"  # handed over, no answer noted: it may or may not have arrived
    SENT = "sent"
    REFUSED = "refused"  # the server said no before or instead of taking it
    ALREADY_SENT = "already sent"  # earlier; nothing was done now
    UNKNOWN = "unknown"  # an earlier send was cut short; not repeated by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One line of the ledger. `pdf` is the report's SHA-256 in hex, `at` an ISO time."""

    client: str
    day: str
    recipient: str
    pdf: str
    message_id: str
    state: str
    at: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What may be sent once."""
        return self.client, self.day, self.recipient, self.pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport:
    """What came of each recipient, in the message's order: state, and the server's or our words."""

    outcomes: tuple[tuple[str, Delivery, str], ...]

    def __str__(self) -> str:
        return "\n".join(
            f"{recipient}: {state}{f' ({words})' if words else ''}" for recipient, state, words in self.outcomes
        )


def send(
    message: EmailMessage, *, settings: SmtpSettings, ledger: Path, now: datetime, confirm: bool = False
) -> SendReport:
    """Sends a composed message to its recipients, each once ever.

    `ledger` is a JSON-lines file; what stands there as sent is not sent again. An earlier send without a noted
    answer is unknown: it is repeated only with `confirm`. Raises DeliveryError with the server's own words when
    the server cannot be used or a recipient was refused; the ledger then says what is known.
    """
    rows = {address.addr_spec: _row(message, address.addr_spec, now) for address in message["To"].addresses}
    with _locked(ledger):
        known = {row.key: row for row in read_ledger(ledger)}
        settled = {name: _settled(known.get(row.key), confirm) for name, row in rows.items()}
        waiting = [rows[name] for name, outcome in settled.items() if outcome is None]
        done = _send_all(message, waiting, settings, ledger) if waiting else {}
    outcomes = {**settled, **done}
    report = SendReport(outcomes=tuple((name, *outcome) for name, outcome in outcomes.items() if outcome is not None))
    if any(state is not Delivery.SENT for state, _ in done.values()):
        raise DeliveryError(str(report))
    return report


def _row(message: EmailMessage, recipient: str, now: datetime) -> LedgerRow:
    return LedgerRow(
        client=str(message[_CLIENT]),
        day=str(message[_DAY]),
        recipient=recipient,
        pdf=_pdf_digest(message),
        message_id=str(message["Message-ID"]),
        state=Delivery.PENDING,
        at=now.isoformat(),
    )


def read_ledger(path: Path) -> list[LedgerRow]:
    """All lines of a ledger, oldest first; [] when there is none. Raises DamagedFile for a line that is none."""
    if not path.exists():
        return []
    try:
        return [LedgerRow(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    except (ValueError, TypeError) as error:
        raise DamagedFile(f"{path} cannot be read: {error}. Nothing is sent until it can") from error


def _noted(path: Path, row: LedgerRow, state: Delivery) -> None:
    """Adds a line; the file is written whole and is on the disk when this returns."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    line = json.dumps({**asdict(row), "state": state.value}, ensure_ascii=False, sort_keys=True)
    write_text(path, f"{before}{line}\n")


def _settled(row: LedgerRow | None, confirm: bool) -> tuple[Delivery, str] | None:
    """What the ledger says that settles it; None when the message is to be sent."""
    if row is None or row.state == Delivery.REFUSED or (row.state == Delivery.PENDING and confirm):
        return None
    if row.state == Delivery.SENT:
        return Delivery.ALREADY_SENT, f"at {row.at}"
    return Delivery.UNKNOWN, f"the send of {row.at} was cut short; ask the recipient, or send again with --confirm"


@contextmanager
def _locked(ledger: Path) -> Iterator[None]:
    """One sender at a time, also across processes."""
    ledger.parent.mkdir(parents=True, exist_ok=True)
    with ledger.with_name(f".{ledger.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DeliveryError(f"{ledger} is in use: another send is under way") from error
        yield


def _send_all(
    message: EmailMessage, rows: list[LedgerRow], settings: SmtpSettings, ledger: Path
) -> dict[str, tuple[Delivery, str]]:
    """One connection, one transaction per recipient."""
    sender = message["From"].addresses[0]
    server = _connected(settings, sender.domain)
    try:
        body = _within_size(message, server, settings)
        return {row.recipient: _deliver(server, body, sender.addr_spec, row, ledger) for row in rows}
    finally:
        with suppress(smtplib.SMTPException, OSError):  # what was taken stays taken, whatever the farewell
            server.quit()
        server.close()


def _connected(settings: SmtpSettings, hello: str) -> smtplib.SMTP:
    """A logged-in connection over TLS that greets as `hello`, not with this machine's name."""
    place = f"{settings.host}:{settings.port}"
    try:
        tls = ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)
        if settings.port == IMPLICIT_TLS_PORT:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, local_hostname=hello, timeout=settings.seconds, context=tls
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, local_hostname=hello, timeout=settings.seconds)
            server.starttls(context=tls)
        server.ehlo_or_helo_if_needed()
        if settings.user is not None:
            server.login(settings.user, settings.password or "")
    except smtplib.SMTPNotSupportedError as error:
        reason = "offers no login" if "AUTH" in str(error) else "offers no encryption (STARTTLS)"
        raise DeliveryError(f"{place} {reason}; nothing was sent") from error
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"{place}: {_words(error)}; nothing was sent") from error
    return server


def _within_size(message: EmailMessage, server: smtplib.SMTP, settings: SmtpSettings) -> bytes:
    """The message's bytes, if the server takes so many."""
    body = message.as_bytes(policy=SMTP)
    stated = server.esmtp_features.get("size", "")
    limit = min(settings.max_bytes, int(stated)) if stated.isdigit() and int(stated) else settings.max_bytes
    if len(body) > limit:
        raise DeliveryError(
            f"the message has {len(body):,} bytes and {limit:,} are taken; nothing was sent. "
            "Publish the site and send its address, or raise the limit as far as the server takes"
        )
    return body


def _deliver(server: smtplib.SMTP, body: bytes, sender: str, row: LedgerRow, ledger: Path) -> tuple[Delivery, str]:
    """One recipient, one transaction, with a line in the ledger before and after."""
    _noted(ledger, row, Delivery.PENDING)
    refused = _refusal_of_envelope(server, sender, row.recipient)
    if refused is None:
        try:
            code, answer = server.data(body)
            refused = None if code == 250 else _reply(code, answer)
        except smtplib.SMTPDataError as error:
            refused = _words(error)
        except (smtplib.SMTPException, OSError) as error:
            # The connection broke while the message was on its way: nobody knows whether it was taken.
            return Delivery.UNKNOWN, f"{_words(error)}; it may have arrived, so it is not sent again by itself"
    if refused is not None:
        _noted(ledger, row, Delivery.REFUSED)
        with suppress(smtplib.SMTPException, OSError):  # the next recipient finds out
            server.rset()
        return Delivery.REFUSED, refused
    _noted(ledger, row, Delivery.SENT)
    return Delivery.SENT, ""


def _refusal_of_envelope(server: smtplib.SMTP, sender: str, recipient: str) -> str | None:
    """Why the server will not take a message to `recipient`; None when it will. No message has left yet."""
    try:
        for code, answer in (server.mail(sender), server.rcpt(recipient)):
            if code not in (250, 251):
                return _reply(code, answer)
    except (smtplib.SMTPException, OSError) as error:
        return _words(error)
    return None


def _reply(code: int, answer: bytes) -> str:
    words = clean(answer.decode("utf-8", "replace"))[:300]
    later = "; run the same command again later" if 400 <= code < 500 else ""
    return f"the server answered {code} {words}{later}"


def _pdf_digest(message: EmailMessage) -> str:
    for part in message.iter_attachments():
        if part.get_content_type() == "application/pdf":
            return hashlib.sha256(part.get_content()).hexdigest()
    raise UsageError("the message carries no PDF; compose it first")


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        return _reply(error.smtp_code, text)
    return clean(str(error))[:300] or type(error).__name__
