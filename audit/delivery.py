"""The e-mail of a run: composed out of the audit and the PDF, shown, and sent once when asked to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from audit import stages
from audit.agency import load_agency
from audit.errors import DeliveryError, MissingStageFile, UsageError
from audit.fetch_settings import certificates_setting
from audit.files import write_bytes
from audit.mail import Delivery, SmtpSettings, compose
from audit.mail import send as deliver
from audit.stages import Run


def email(run: Run, *, settings: Any, now: datetime, send: bool, confirm: bool, report: Callable[[str], None]) -> None:
    """Writes `<day>.<language>.eml` beside the run, shows it, and sends it when `send` is set.

    `settings` are Invoke's: smtp {host, port, user, password, sender, ca_file} and site_url.
    """
    from audit.build import pdf_name

    audit = stages.load_audit(run)
    language = audit.client.languages[0]
    pdf = run.site / pdf_name(audit, language)
    if not pdf.exists():
        raise MissingStageFile(f"{pdf} is not there yet. Run: ./invoke pdf --client {run.slug}")
    agency = load_agency(run.root)
    smtp = settings.smtp
    message = compose(
        audit,
        lang=language,
        sender=smtp.sender or agency.email,
        date=now,
        pdf=pdf,
        pdf_name=pdf.name,
        site_url=settings.site_url or None,
        agency=agency.name,
    )
    place = run.folder / f"{run.day.isoformat()}.{language}.eml"
    write_bytes(place, message.as_bytes())
    for name in ("From", "To", "Subject"):
        report(f"{name}: {message[name]}")
    body = message.get_body(("plain",))
    report("\n" + (body.get_content() if body is not None else ""))
    report(f"Attached: {pdf.name}, {pdf.stat().st_size // 1024} KiB")
    report(f"Message: {place.relative_to(run.root)}")
    if not send:
        report("Not sent. Send it with --send")
        return
    if not smtp.host:
        raise UsageError("no mail server is set: write smtp: {host: …} into invoke.yaml, or set INVOKE_SMTP_HOST")
    server = SmtpSettings(
        host=str(smtp.host),
        port=_port(smtp.port),
        user=str(smtp.user) or None,
        password=str(smtp.password) or None,
        ca_file=certificates_setting("smtp.ca_file", smtp.ca_file),
    )
    outcome = deliver(message, settings=server, ledger=run.folder / "sent.jsonl", now=now, confirm=confirm)
    report(str(outcome))
    if any(state is Delivery.UNKNOWN for _, state, _ in outcome.outcomes):
        raise DeliveryError(
            "an earlier attempt broke off midway: ask the recipient, then send with --send --confirm if nothing came"
        )


def _port(value: object) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise UsageError(f"the setting smtp.port is {value!r}; write a port's number, for example 587")
    return int(text)
