"""How the tests are spread over processes: one by one, but those of real servers together, so that each starts once."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """The spreading of tests. Group marks do not reach the scheduler with this pytest, so the file's name decides."""
    from xdist.scheduler import LoadScopeScheduling

    class Spreading(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::", 1)[0]
            return file if PurePosixPath(file).name.startswith("test_real_servers") else nodeid

    return Spreading(config, log)
