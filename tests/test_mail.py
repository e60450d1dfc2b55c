"""The e-mail: what it says, that it says nothing else, and that a real mail server gets it once, over TLS."""

from __future__ import annotations

import dataclasses
import email
import hashlib
import json
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.errors import DamagedFile, DeliveryError, UsageError
from audit.mail import Delivery, SendReport, SmtpSettings, compose, read_ledger, send
from audit.models import (
    Audit,
    Client,
    Company,
    MethodStamp,
    Overall,
    PillarScore,
    Recommendation,
    Totals,
    Unseen,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 a small report"


def pillar(name: str, score: float | None) -> PillarScore:
    return PillarScore(
        pillar=name, points=14, points_of=20, score=score, coverage=0.8, low=50, high=70, published=score is not None
    )


def action(criterion: str, gain: float, hours: int, *platforms: str) -> Recommendation:
    return Recommendation(
        criterion=criterion, gain=gain, hours=hours, effort="S", platforms=platforms, facts=("e-0001",)
    )


AUDIT = Audit(
    client=Client(
        slug="aurora",
        company=Company(id="client", name="Torrefazione Aurora", site="https://torrefazioneaurora.example/"),
        sector="food_beverage",
        size="small",
        country="IT",
        languages=("it", "en"),
        recipients=("marta@torrefazioneaurora.example",),
    ),
    day=date(2026, 11, 23),
    window_start=date(2026, 9, 1),
    window_days=84,
    method=MethodStamp(version="2026.0", digest="0" * 64, criteria=27, criteria_of=45, points=60, points_of=100),
    overall=Overall(score=65.0, low=56.1, high=71.4, coverage=0.847, grade="B", band="solid", published=True),
    verbs=(),
    pillars=(pillar("presence", 80.2), pillar("response", 41.0), pillar("image", 63.0), pillar("community", None)),
    criteria=(),
    findings=(),
    recommendations=(
        action("identity_is_machine_readable", 2.45, 6),
        action("official_marks_are_shown", 0.8, 1, "x", "instagram"),
        action("posts_are_fresh", 0.85, 1204, "tiktok"),
        action("profiles_are_complete", 0.1, 3),
    ),
    totals=Totals(
        first=3, first_gain=4.1, first_hours=1211, score_after_first=69, actions=4, all_gain=4.2, score_after_all=69,
        looked_for=10, observed=7, missing=0, refused=3, retired=0, evidence=1,
        strongest="presence", weakest="response",
    ),
    unseen=(
        Unseen(platform="linkedin", criterion=None, state="not_permitted", reason="robots.txt"),
        Unseen(platform="x", criterion=None, state="not_permitted", reason="robots.txt"),
        Unseen(platform="instagram", criterion=None, state="login_wall", reason="/login"),
        Unseen(platform="tiktok", criterion="posts_get_comments", state="unobserved", reason="comments_not_shown"),
    ),
    calendar=(),
    comparison=(),
    profiles=(),
    evidence=(),
)  # fmt: skip


def letter(audit: Audit = AUDIT, **changes: Any) -> EmailMessage:
    """The message for the example, with changes."""
    settings: dict[str, Any] = {
        "lang": "en",
        "sender": "Elena Ferri <elena@cinquepassi.example>",
        "date": NOON,
        "pdf": PDF,
        "pdf_name": "aurora-2026-11-23.en.pdf",
        "site_url": "https://audit.cinquepassi.example/aurora/",
        "agency": "Studio Cinquepassi, Bologna",
    }
    return compose(audit, **{**settings, **changes})


def received(message: EmailMessage) -> EmailMessage:
    """The message as a mail program reads it."""
    parsed = email.message_from_bytes(message.as_bytes(policy=SMTP), policy=SMTP)
    assert isinstance(parsed, EmailMessage)
    return parsed


def body(message: EmailMessage, kind: str) -> str:
    """The text of one of the two alternatives."""
    part = received(message).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def named(name: str) -> Audit:
    """The example with another company name."""
    company = replace(AUDIT.client.company, name=name)
    return replace(AUDIT, client=replace(AUDIT.client, company=company))


# --- what it says -----------------------------------------------------------------------------------------

ENGLISH = """\
Good morning,

The audit of Torrefazione Aurora is ready. Strong point: presence. Weak
point: listening and response.

65 of 100, between 56 and 71. Coverage 84% (B).

1. Add structured data to the site
   +2.5 points, about 6 hours
2. Be recognised as the official profile
   +0.8 points, about one hour
3. Wake up TikTok
   +0.9 points, about 1,204 hours

The audit: https://audit.cinquepassi.example/aurora/

The whole report is attached as a PDF.

What we could not see:
- LinkedIn and X: reading not permitted.
- Instagram: behind a login.
- The report lists the single figures that are not public.

Elena Ferri
Studio Cinquepassi, Bologna

Only public data, collected by 23 November 2026. Does a figure look wrong?
Answer this e-mail: we check it again.
"""

ITALIAN = """\
Buongiorno,

l’audit di Torrefazione Aurora è pronto. Punto forte: presenza. Punto
debole: ascolto e risposta.

65 su 100, tra 56 e 71. Copertura 84 % (B).

1. Aggiungete i dati strutturati al sito
   +2,5 punti, circa 6 ore
2. Fatevi riconoscere come profilo ufficiale
   +0,8 punti, circa un’ora
3. Risvegliate TikTok
   +0,9 punti, circa 1.204 ore

L’audit: https://audit.cinquepassi.example/aurora/

In allegato il rapporto completo in PDF.

Che cosa non abbiamo potuto vedere:
- LinkedIn e X: lettura non consentita.
- Instagram: dietro un accesso.
- Il rapporto elenca i singoli dati che non sono pubblici.

Elena Ferri
Studio Cinquepassi, Bologna

Solo dati pubblici, raccolti entro il 23 novembre 2026. Un dato vi sembra
sbagliato? Rispondete a questa e-mail: lo ricontrolliamo.
"""


@pytest.mark.parametrize(("lang", "expected"), [("en", ENGLISH), ("it", ITALIAN)])
def test_the_text_says_the_audit_in_the_clients_language(lang: str, expected: str) -> None:
    """Score with bounds, coverage rounded down, three actions with gain and hours, what was not seen."""
    text = body(letter(lang=lang), "plain").replace("\N{NO-BREAK SPACE}", " ")

    assert re.sub(r"\s+", " ", expected) == re.sub(r"\s+", " ", text)
    assert max(len(line) for line in text.splitlines()) <= 78


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "Digital audit of Torrefazione Aurora: 3 actions to start with"),
        ("it", "Audit digitale Torrefazione Aurora: 3 azioni per cominciare"),
    ],
)
def test_the_headers_name_it(lang: str, expected: str) -> None:
    """Subject, sender, recipient, date, language."""
    message = received(letter(lang=lang))

    assert expected == message["Subject"]
    assert "Elena Ferri <elena@cinquepassi.example>" == message["From"]
    assert "marta@torrefazioneaurora.example" == message["To"]
    assert "Mon, 23 Nov 2026 12:00:00 +0000" == message["Date"]
    assert lang == message["Content-Language"]


def test_text_and_html_say_the_same() -> None:
    """Every word of the text stands in the HTML, in the same order."""
    html = BeautifulSoup(body(letter(), "html"), "lxml").find("div", role="main")
    assert html is not None
    shown = re.findall(r"\w+", html.get_text(" "))
    written = re.findall(
        r"\w+", ENGLISH.replace("The audit: https://audit.cinquepassi.example/aurora/", "Open the audit")
    )

    assert written == shown


def test_the_html_is_small_inline_and_asks_nobody() -> None:
    """Under 40 KB, one link, no picture, no style sheet, no script; language and both colour schemes named."""
    html = body(letter(), "html")
    soup = BeautifulSoup(html, "lxml")

    assert len(html.encode()) < 40_000
    assert ["https://audit.cinquepassi.example/aurora/"] == [link["href"] for link in soup.find_all("a")]
    assert [] == soup.find_all(["img", "link", "script", "style", "iframe", "object"])
    assert [] == soup.find_all(src=True)
    assert "url(" not in html
    assert "en" == soup.html["lang"]
    assert {"presentation"} == {table["role"] for table in soup.find_all("table")}
    assert len(soup.body.div.get_text()) <= 90


def test_the_pdf_is_attached_under_its_name() -> None:
    """Alternative texts first, then the report, byte for byte; also when it is given as a file."""
    message = received(letter())
    [attachment] = message.iter_attachments()

    assert ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"] == [
        part.get_content_type() for part in message.walk()
    ]
    assert ("aurora-2026-11-23.en.pdf", PDF) == (attachment.get_filename(), attachment.get_content())


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    """Message-ID and boundaries depend on client, day and PDF, on nothing else."""
    path = tmp_path / "x.pdf"
    path.write_bytes(PDF)

    assert letter().as_bytes() == letter(pdf=path).as_bytes()
    assert letter()["Message-ID"] != letter(pdf=PDF + b"!")["Message-ID"]
    assert letter()["Message-ID"].endswith("@cinquepassi.example>")


def test_without_a_site_there_is_no_button() -> None:
    """The message stands alone."""
    message = letter(site_url=None)

    assert "The audit:" not in body(message, "plain")
    assert [] == BeautifulSoup(body(message, "html"), "lxml").find_all("a")


def test_an_unpublished_score_is_not_printed() -> None:
    """Too little seen: the bounds, never a score; no actions, no promise."""
    nothing = replace(
        AUDIT,
        overall=Overall(score=None, low=10.0, high=90.0, coverage=0.2, grade="D", band=None, published=False),
        pillars=(pillar("presence", None),),
        recommendations=(),
        totals=replace(AUDIT.totals, first=0, score_after_first=None, strongest=None, weakest=None),
    )
    text = body(letter(nothing), "plain")

    assert "Digital audit of Torrefazione Aurora" == letter(nothing)["Subject"]
    assert "No score: what could not be seen moves it from 10 to 90. Coverage 20% (D)." in text
    assert "Too little could be seen for a score." in " ".join(text.split())
    assert "1." not in text


def test_a_single_figure_has_no_bounds_and_one_action_is_one() -> None:
    """Bounds that print alike are not printed; the subject counts in the singular."""
    exact = replace(
        AUDIT,
        overall=replace(AUDIT.overall, low=64.9, high=65.2),
        totals=replace(AUDIT.totals, first=1),
    )

    assert "65 of 100. Coverage 84% (B)." in body(letter(exact), "plain")
    assert "Digital audit of Torrefazione Aurora: one action to start with" == letter(exact)["Subject"]


def test_the_consultants_note_stands_before_the_signature() -> None:
    """A paragraph of the agency's own, in both alternatives."""
    message = letter(note="We meet on Thursday.")

    assert "We meet on Thursday.\n\nElena Ferri" in body(message, "plain")
    assert "We meet on Thursday." in body(message, "html")


# --- hostile names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Aurora\r\nBcc: everybody@evil.example",
        "Aurora\nSubject: free coffee\n\n<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><a href="https://evil.example">',
        "{{ 7 * 7 }} {company} %s",
        "\u202eaoruA\u2066",
        "日本コーヒー 🤌",
        "x" * 10_000,
        "=?utf-8?b?QmNjOiBldmls?=",
        "\x00\x0b\x85\u2028Aurora",
    ],
)
def test_a_hostile_name_stays_text(name: str) -> None:
    """No header, no element and no recipient comes out of a company's name."""
    message = received(letter(named(name)))
    soup = BeautifulSoup(body(letter(named(name)), "html"), "lxml")

    assert ["marta@torrefazioneaurora.example"] == [address.addr_spec for address in message["To"].addresses]
    assert message["Bcc"] is None
    assert 1 == len(message.get_all("Subject"))
    assert 1 == len(soup.find_all("a"))
    assert [] == soup.find_all(["script", "img"])
    assert all(len(line) <= 998 for line in letter(named(name)).as_bytes(policy=SMTP).split(b"\r\n"))
    assert "49" not in str(message["Subject"])


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=200))
def test_any_name_makes_one_readable_message(name: str) -> None:
    """Whatever a company is called: one subject, one recipient, both texts."""
    message = received(letter(named(name)))

    assert 1 == len(message.get_all("Subject"))
    assert 1 == len(message["To"].addresses)
    assert "65 of 100" in body(letter(named(name)), "plain")


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "no address"},
        {"sender": "elena@cinquepassi.example\r\nBcc: evil@evil.example"},
        {"sender": "Elena\nX: y <elena@cinquepassi.example>"},
        {"sender": "elena@@cinquepassi.example"},
        {"sender": ""},
        {"pdf_name": "../../report.pdf"},
        {"pdf_name": 'a".pdf\r\nX: y'},
        {"pdf_name": "report.exe"},
        {"site_url": "javascript:alert(1)"},
    ],
)
def test_what_a_mail_cannot_carry_is_a_usage_error(changes: dict[str, str]) -> None:
    """Senders, file names and addresses that would forge a header or a link."""
    with pytest.raises(UsageError):
        letter(**changes)


@pytest.mark.parametrize("recipients", [(), ("marta",), ("marta@x.example\nBcc: e@evil.example",), ("a@b.c, d@e.f",)])
def test_recipients_must_be_addresses(recipients: tuple[str, ...]) -> None:
    """None at all, or one that would become two."""
    with pytest.raises(UsageError):
        letter(replace(AUDIT, client=replace(AUDIT.client, recipients=recipients)))


# --- sending ----------------------------------------------------------------------------------------------

USER, PASSWORD = "elena", "canary-9f2e"


@dataclass
class Mailbox:
    """What a mail server took; `say` answers in place of 250 after the message, by recipient before it."""

    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    at_recipient: dict[str, str] = field(default_factory=dict)
    after_data: str = "250 OK"

    async def handle_RCPT(  # the library's name
        self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.at_recipient.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        if self.after_data == "drop":
            self.taken.append((str(envelope.mail_from), list(envelope.rcpt_tos), content))
            server.transport.abort()
        elif self.after_data.startswith("250"):
            self.taken.append((str(envelope.mail_from), list(envelope.rcpt_tos), content))
        return self.after_data if self.after_data != "drop" else "250 OK"


@dataclass
class Post:
    """A running mail server on loopback and how to reach it."""

    mailbox: Mailbox
    settings: SmtpSettings
    ledger: Path
    authenticated: list[str]

    def send(self, message: EmailMessage | None = None, **options: Any) -> SendReport:
        """Sends the example message, or another one."""
        settings = options.pop("settings", self.settings)
        return send(message or letter(), settings=settings, ledger=self.ledger, now=NOON, **options)

    def states(self) -> list[str]:
        """The ledger's states, oldest first."""
        return [row.state for row in read_ledger(self.ledger)]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, Path]:
    """A certificate authority of the tests' own, and its file."""
    made = trustme.CA()
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    made.cert_pem.write_to_path(str(path))
    return made, path


@pytest.fixture
def serve(authority: tuple[trustme.CA, Path], tmp_path: Path) -> Iterator[Callable[..., Post]]:
    """Starts mail servers: with STARTTLS and login, unless told otherwise."""
    running: list[Controller] = []

    def start(*, tls: bool = True, name: str = "localhost", size: int = 33_554_432) -> Post:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority[0].issue_cert(name).configure_cert(context)
        mailbox, authenticated = Mailbox(), []

        def check(server: Server, session: Session, envelope: Envelope, kind: str, data: Any) -> AuthResult:
            assert isinstance(data, LoginPassword)
            authenticated.append(data.login.decode())
            right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
            return AuthResult(success=right, handled=False)

        controller = Controller(
            mailbox,
            hostname="127.0.0.1",
            port=0,
            server_hostname="localhost",
            tls_context=context if tls else None,
            require_starttls=tls,
            authenticator=check,
            auth_required=tls,
            data_size_limit=size,
        )
        controller.port = _free_port()
        controller.start()
        running.append(controller)
        settings = SmtpSettings(
            host="localhost", port=controller.port, user=USER, password=PASSWORD, ca_file=authority[1], seconds=5
        )
        return Post(mailbox, settings, tmp_path / "sent.jsonl", authenticated)

    yield start
    for controller in running:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_message_arrives_once_as_it_was_composed(serve: Callable[..., Post]) -> None:
    """Over TLS, logged in, byte for byte; the ledger says pending, then sent."""
    post = serve()
    report = post.send()

    assert [("elena@cinquepassi.example", ["marta@torrefazioneaurora.example"], letter().as_bytes(policy=SMTP))] == (
        post.mailbox.taken
    )
    assert "marta@torrefazioneaurora.example: sent" == str(report)
    assert [USER] == post.authenticated
    assert ["pending", "sent"] == post.states()


def test_the_ledger_names_what_was_sent_to_whom(serve: Callable[..., Post]) -> None:
    """One JSON line per event: client, day, recipient, digest of the PDF, Message-ID, time."""
    post = serve()
    post.send()
    last = json.loads(post.ledger.read_text().splitlines()[-1])

    assert {
        "client": "aurora",
        "day": "2026-11-23",
        "recipient": "marta@torrefazioneaurora.example",
        "pdf": hashlib.sha256(PDF).hexdigest(),
        "message_id": str(letter()["Message-ID"]),
        "state": "sent",
        "at": "2026-11-23T12:00:00+00:00",
    } == last


def test_a_second_send_does_nothing_and_says_so(serve: Callable[..., Post]) -> None:
    """Also when the message is read back from its file, also with confirmation."""
    post = serve()
    post.send()
    again = post.send(received(letter()), confirm=True)

    assert "marta@torrefazioneaurora.example: already sent (at 2026-11-23T12:00:00+00:00)" == str(again)
    assert 1 == len(post.mailbox.taken)


def test_another_pdf_is_another_message(serve: Callable[..., Post]) -> None:
    """A corrected report may be sent."""
    post = serve()
    post.send()
    post.send(letter(pdf=PDF + b" corrected"))

    assert 2 == len(post.mailbox.taken)


def test_a_send_cut_short_is_unknown_until_a_person_decides(serve: Callable[..., Post]) -> None:
    """The server took the message and died: not repeated by itself; repeated when confirmed."""
    post = serve()
    post.mailbox.after_data = "drop"
    with pytest.raises(DeliveryError, match=r"marta@torrefazioneaurora\.example: unknown"):
        post.send()
    assert ["pending"] == post.states()

    post.mailbox.after_data = "250 OK"
    assert [Delivery.UNKNOWN] == [state for _, state, _ in post.send().outcomes]
    assert 1 == len(post.mailbox.taken)

    assert [Delivery.SENT] == [state for _, state, _ in post.send(confirm=True).outcomes]
    assert 2 == len(post.mailbox.taken)
    assert ["pending", "pending", "sent"] == post.states()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("550 no such mailbox", "the server answered 550 no such mailbox"),
        ("451 greylisted", "the server answered 451 greylisted; run the same command again later"),
    ],
)
def test_a_refused_recipient_is_named_and_may_be_tried_again(
    serve: Callable[..., Post], answer: str, words: str
) -> None:
    """The other recipient gets the message; the refused one stands as refused and is asked again next time."""
    post = serve()
    two = replace(AUDIT, client=replace(AUDIT.client, recipients=("ghost@x.example", "marta@x.example")))
    post.mailbox.at_recipient["ghost@x.example"] = answer
    with pytest.raises(DeliveryError) as caught:
        post.send(letter(two))
    assert [f"ghost@x.example: refused ({words})", "marta@x.example: sent"] == str(caught.value).splitlines()

    post.mailbox.at_recipient.clear()
    report = post.send(letter(two))
    assert [Delivery.SENT, Delivery.ALREADY_SENT] == [state for _, state, _ in report.outcomes]
    assert [["marta@x.example"], ["ghost@x.example"]] == [recipients for _, recipients, _ in post.mailbox.taken]


def test_a_message_refused_after_its_content_is_refused(serve: Callable[..., Post]) -> None:
    """554 after DATA: not taken, so it may be sent again."""
    post = serve()
    post.mailbox.after_data = "554 looks like spam"
    with pytest.raises(DeliveryError, match="refused \\(the server answered 554 looks like spam\\)"):
        post.send()

    assert ["pending", "refused"] == post.states()


def test_a_server_without_encryption_gets_nothing(serve: Callable[..., Post]) -> None:
    """No STARTTLS: no password, no message, no line in the ledger."""
    post = serve(tls=False)
    with pytest.raises(DeliveryError, match=r"offers no encryption \(STARTTLS\); nothing was sent"):
        post.send()

    assert ([], [], []) == (post.authenticated, post.mailbox.taken, post.states())


@pytest.mark.parametrize("case", ["unknown authority", "other name"])
def test_a_certificate_that_does_not_fit_ends_it(serve: Callable[..., Post], case: str) -> None:
    """The authority must be known and the name must be the server's."""
    post = serve(name="localhost" if case == "unknown authority" else "mail.other.example")
    settings = replace(post.settings, ca_file=None) if case == "unknown authority" else post.settings
    with pytest.raises(DeliveryError, match="certificate verify failed"):
        post.send(settings=settings)

    assert ([], []) == (post.authenticated, post.mailbox.taken)


def test_a_wrong_password_is_said_without_the_password(serve: Callable[..., Post]) -> None:
    """The server's own words; the secret stands in no message, no repr and no ledger."""
    post = serve()
    settings = replace(post.settings, password="wrong-canary-77")
    with pytest.raises(DeliveryError, match="535") as caught:
        post.send(settings=settings)

    assert "canary" not in f"{caught.value!r} {settings!r} {settings} {dataclasses.fields(settings)}"
    assert [] == post.states()


def test_a_message_over_the_size_is_not_sent(serve: Callable[..., Post]) -> None:
    """The smaller of the server's limit and ours, with the remedy; nothing in the ledger."""
    small = serve(size=10_000)
    with pytest.raises(DeliveryError, match=r"10,000 are taken; nothing was sent\. Publish the site"):
        small.send(letter(pdf=b"%PDF" + b"x" * 20_000))
    large = serve()
    with pytest.raises(DeliveryError, match="5,000 are taken"):
        large.send(settings=replace(large.settings, max_bytes=5_000))

    assert [] == small.mailbox.taken + large.mailbox.taken
    assert [] == small.states()


def test_nobody_there_is_said_in_the_systems_words(tmp_path: Path) -> None:
    """A closed port."""
    settings = SmtpSettings(host="127.0.0.1", port=_free_port())
    with pytest.raises(DeliveryError, match=r"refused; nothing was sent"):
        send(letter(), settings=settings, ledger=tmp_path / "sent.jsonl", now=NOON)


def test_a_silent_server_does_not_hold_us(tmp_path: Path) -> None:
    """It accepts and says nothing."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings = SmtpSettings(host="127.0.0.1", port=silent.getsockname()[1], seconds=0.2)
        with pytest.raises(DeliveryError, match="timed out; nothing was sent"):
            send(letter(), settings=settings, ledger=tmp_path / "sent.jsonl", now=NOON)


def test_two_senders_at_once_send_once(serve: Callable[..., Post]) -> None:
    """The second finds the ledger in use, or the message sent."""
    post = serve()
    outcomes: list[str] = []

    def attempt() -> None:
        try:
            outcomes.append(str(post.send()))
        except DeliveryError as error:
            outcomes.append(str(error))

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 1 == len(post.mailbox.taken)
    assert 1 == sum(outcome.endswith(": sent") for outcome in outcomes)


def test_a_damaged_ledger_stops_everything(serve: Callable[..., Post]) -> None:
    """Without knowing what was sent, nothing is sent."""
    post = serve()
    post.ledger.write_text('{"client": "aurora"')
    with pytest.raises(DamagedFile, match="cannot be read"):
        post.send()

    assert [] == post.mailbox.taken
