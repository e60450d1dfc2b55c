"""The criteria: every public function of the modules beside this file, named as in `method/rubric.toml`.

A criterion takes the observations and the method and returns its findings: one per platform, or one with an empty
platform for the whole company.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from inspect import getmembers, isfunction

from audit.method import Method, load_method
from audit.models import Finding, Observations

Judge = Callable[[Observations, Method], list[Finding]]


@cache
def criteria() -> dict[str, Judge]:
    """Every criterion's function by name, in the order of the rubric's pillars."""
    found: dict[str, Judge] = {}
    for pillar in load_method().pillars:
        module = importlib.import_module(f"{__name__}.{pillar}")
        for name, function in getmembers(module, isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found[name] = function
    return found
