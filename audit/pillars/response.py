"""Listening and response: can people reach you, do you answer."""

from __future__ import annotations

from audit.method import Method
from audit.models import Finding, Observations
from audit.pillars._judging import checklist, website

_CHANNELS = ("contact_page", "email", "phone", "chat", "hours", "faq")


def company_can_be_reached(seen: Observations, method: Method) -> list[Finding]:
    """LIS-05: the ways to reach the company that its own site offers."""
    return checklist("company_can_be_reached", website(seen), _CHANNELS)
