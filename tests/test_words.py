"""What the project says of itself: the README's table, its commands, the helps of the tasks."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from invoke.parser.argument import Argument

from audit.errors import UsageError
from audit.platform_table import BEGIN, END, platform_table, readme_table, with_readme_table
from audit.platforms import platforms
from tests.project import Project

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md")
# What the project promises to read or to recognise; a blog's feed and WordPress belong to the website.
PROMISED = {
    "bandcamp", "bluesky", "discord", "dribbble", "facebook", "flickr", "forum", "github", "glassdoor",
    "google_business", "google_plus", "hacker_news", "instagram", "kununu", "linkedin", "mastodon", "medium", "napster",
    "peertube", "periscope", "pinterest", "product_hunt", "reddit", "snapchat", "soundcloud", "spotify", "substack",
    "telegram", "threads", "tiktok", "tripadvisor", "trustpilot", "tumblr", "twitch", "vimeo", "vine", "vk", "website",
    "whatsapp", "wikidata", "wikipedia", "x", "xing", "yelp", "youtube",
}  # fmt: skip


Tasks = dict[str, tuple[str, list[Argument]]]


@pytest.fixture(scope="module")
def tasks() -> Tasks:
    """The tasks of `./invoke`: the help and the options of each. Invoke gives the help of an option once only."""
    before = sys.excepthook
    sys.path.insert(0, str(ROOT))
    try:
        import tasks as module
    finally:
        sys.path.remove(str(ROOT))
        sys.excepthook = before
    named = {name: module.ns[name] for name in module.ns.task_names}
    return {name: (task.__doc__ or "", task.get_arguments()) for name, task in named.items()}


def options_in(text: str) -> set[str]:
    """The long options in a command."""
    return {option.replace("-", "_") for option in re.findall(r"(?<!\S)--([a-z][a-z_-]*)", text)}


def options_of(tasks: Tasks, name: str) -> set[str]:
    """The long options of a task."""
    return {word for argument in tasks[name][1] for word in argument.names}


def test_the_readme_holds_the_platforms_of_today() -> None:
    """The table between the two marks is what the code says now; `./invoke platforms --readme` writes it."""
    text = (ROOT / "README.md").read_text("utf-8")
    assert with_readme_table(text) == text, "README.md is stale; run: ./invoke platforms --readme"


def test_every_platform_has_a_line_in_both_tables() -> None:
    """By its title, once in each; all that were promised are there."""
    titles = [platform.title for platform in platforms().values()]
    rows = [line.split(" | ")[0].removeprefix("| ") for line in readme_table().splitlines() if line.startswith("| ")]
    assert titles == rows[2:]
    printed = platform_table(200)
    assert dict.fromkeys(titles, 1) == {
        title: len(re.findall(rf"^{re.escape(title)}  ", printed, re.M)) for title in titles
    }
    assert set() == PROMISED - set(platforms())


@pytest.mark.parametrize("width", [20, 100, 140, 400])
def test_the_table_fits_the_terminal(width: int) -> None:
    """No line is longer than the terminal is wide, from a hundred characters on."""
    assert max(map(len, platform_table(width).splitlines())) <= max(width, 100)


@pytest.mark.parametrize(
    "text", ["no marks", f"{BEGIN} only the first", f"{END}{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"],
    ids=["none", "one", "crossed", "twice"],
)  # fmt: skip
def test_a_readme_without_the_two_marks_is_answered_with_the_lines_to_write(text: str) -> None:
    """Nothing is written anywhere else."""
    with pytest.raises(UsageError) as told:
        with_readme_table(text)
    assert str(told.value).endswith(f"write these two lines where it belongs:\n{BEGIN}\n{END}")


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    """What a person wrote around the table stays to the letter."""
    text = with_readme_table(f"before\n\n{BEGIN}\nold\n{END}\n\nafter\n")
    assert f"before\n\n{readme_table()}\n\nafter\n" == text


def test_the_task_writes_the_readme(tmp_path: Path) -> None:
    """`./invoke platforms --readme` in a project whose README is stale."""
    project = Project.at(tmp_path / "project")
    readme = project.root / "README.md"
    readme.write_text(f"# Finestra\n\n{BEGIN}\n{END}\n", "utf-8")
    done = project.invoke("platforms", "--readme")
    assert (0, "README.md holds the table of today\n") == (done.returncode, done.stdout)
    assert f"# Finestra\n\n{readme_table()}\n" == readme.read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_of_a_document_exists(document: str, tasks: Tasks) -> None:
    """Each `./invoke task --option` names a task and options that there are."""
    text = (ROOT / document).read_text("utf-8")
    commands = re.findall(r"\./invoke ([a-z][a-z-]*)((?: (?!#)[^\s`]+)*)", text)
    assert commands
    for name, rest in commands:
        assert name in tasks
        assert set() == options_in(rest) - options_of(tasks, name) - {"help"}, f"./invoke {name}{rest}"


def test_every_task_says_what_it_does_and_gives_an_example(tasks: Tasks) -> None:
    """The first line of its help, which `./invoke --list` shows: a sentence, and a command that begins with itself."""
    for name, (words, _) in tasks.items():
        first = words.splitlines()[0]
        assert re.fullmatch(rf"[A-Z].+\. Example: \./invoke {re.escape(name)}(?: .+)?", first), name
        assert set() == options_in(first) - options_of(tasks, name), name


def test_every_option_is_explained(tasks: Tasks) -> None:
    """No option of `./invoke task --help` stands alone."""
    assert [] == [f"{name} --{one.name}" for name, (_, found) in tasks.items() for one in found if not one.help]


@pytest.mark.parametrize(
    ("given", "expected"), [([], "-m invoke --list"), (["demo"], "-m invoke demo")], ids=["nothing", "a task"]
)
def test_without_a_task_the_tasks_are_listed(given: list[str], expected: str, tmp_path: Path) -> None:
    """`./invoke` alone shows what there is; what is given goes on to Invoke as it is."""
    shutil.copy(ROOT / "invoke", tmp_path)
    (tmp_path / "requirements.txt").write_text("", "utf-8")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@"\n', "utf-8")
    python.chmod(0o755)
    stamp = subprocess.run(["cksum"], input="", capture_output=True, text=True, check=True).stdout
    (tmp_path / ".venv" / ".requirements").write_text(stamp, "utf-8")
    done = subprocess.run([tmp_path / "invoke", *given], capture_output=True, text=True, check=True)
    assert f"{expected}\n" == done.stdout
