"""The client file: every mistake at once, each with file, key and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.client import load_client, parse_client
from audit.errors import ClientFileError, UsageError

GOOD = """\
name = "Torrefazione Aurora"
site = "https://torrefazioneaurora.example/"
sector = "food_beverage"
size = "small"
country = "IT"
languages = ["it", "en"]
recipients = ["marta@torrefazioneaurora.example"]

[profiles]
instagram = "https://www.instagram.com/aurora.caffe/"
telegram = ["https://t.me/auroracaffe", "https://t.me/auroranegozio"]

[[competitors]]
name = "Caffè Sant’Orso"
[competitors.profiles]
instagram = "https://www.instagram.com/santorso/"
"""


def mistakes_of(text: str) -> list[tuple[int | None, str]]:
    """Line and key of each mistake that the checker names."""
    with pytest.raises(ClientFileError) as caught:
        parse_client(text.encode(), slug="aurora", file="clients/aurora/client.toml")
    return [(mistake.line, mistake.key) for mistake in caught.value.mistakes]


def test_a_good_file_is_a_client() -> None:
    """Companies, profiles and languages come out as written; competitors get a short name."""
    client = parse_client(GOOD.encode(), slug="aurora", file="client.toml")
    assert ["client", "caffe-sant-orso"] == [company.id for company in client.companies]
    assert [
        ("website", "https://torrefazioneaurora.example/"),
        ("instagram", "https://www.instagram.com/aurora.caffe/"),
        ("telegram", "https://t.me/auroracaffe"),
        ("telegram", "https://t.me/auroranegozio"),
    ] == [(link.platform, link.url) for link in client.company.profiles]
    assert {("client", "client.toml")} == {(link.company, link.found_in) for link in client.company.profiles}
    assert ("it", "en") == client.languages


def test_all_mistakes_are_named_at_once_with_their_lines() -> None:
    """Nobody mends a file mistake by mistake."""
    text = (
        GOOD.replace('"food_beverage"', '"food"')
        .replace('"small"', "7")
        .replace("t.me/auroracaffe", "t.me/share/url?url=x")
        .replace("https://www.instagram.com/santorso/", "https://www.facebook.com/santorso")
        + 'colour = "red"\n'
    )
    assert [
        (3, "sector"),
        (4, "size"),
        (11, "profiles.telegram"),
        (16, "competitors[1].profiles.instagram"),
        (17, "competitors[1].profiles.colour"),
    ] == mistakes_of(text)


def test_a_misspelt_platform_gets_the_nearest_name() -> None:
    """The message proposes what was probably meant."""
    with pytest.raises(ClientFileError, match="Did you mean instagram"):
        parse_client(GOOD.replace("instagram =", "instagramm =", 1).encode(), slug="a", file="client.toml")


@pytest.mark.parametrize(
    ("data", "line"),
    [(b'name = "x\n', 1), (b'name = "a"\nsector = food\n', 2), (b'name = "a"\nsite = "\xe8"\n', 2)],
)
def test_a_file_that_is_no_toml_names_the_line(data: bytes, line: int) -> None:
    """Unclosed quotes, missing quotes, another encoding than UTF-8."""
    with pytest.raises(ClientFileError) as caught:
        parse_client(data, slug="a", file="client.toml")
    assert [line] == [mistake.line for mistake in caught.value.mistakes]


@pytest.mark.parametrize("missing", ["name", "sector", "size", "country"])
def test_what_must_be_there_is_asked_for(missing: str) -> None:
    """A missing setting is a mistake without a line of its own."""
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith(f"{missing} ="))
    expected = (None, missing) if missing != "name" else (None, "name")
    assert expected in mistakes_of(text)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('"htps://aurora.it"', r"'htps://aurora\.it' is no address of a website\. Did you mean https://aurora\.it/ \?"),
        ('"aurora"', r"Did you mean https://aurora\.it/ \?"),
        ('"https://www.aurora.con/"', r"Did you mean https://www\.aurora\.com/ \?"),
        ('"https://www.instagram.com/aurora.caffe/"', r"is an address of Instagram.*stands under \[profiles\]"),
        ('""', "is no address of a website"),
        ("7", "7 is no text; write the website's address in quotes"),
    ],
)
def test_a_mistyped_site_is_told_as_on_the_command_line(written: str, words: str) -> None:
    """With the line, and the address that was probably meant; a competitor's likewise."""
    text = GOOD.replace('"https://torrefazioneaurora.example/"', written)
    assert [(2, "site")] == mistakes_of(text)
    with pytest.raises(ClientFileError, match=words):
        parse_client(text.encode(), slug="a", file="client.toml")
    theirs = GOOD.replace("[competitors.profiles]", f"site = {written}\n[competitors.profiles]")
    assert [(15, "competitors[1].site")] == mistakes_of(theirs)


def test_a_site_without_its_scheme_is_one() -> None:
    """As browsers read it; of one in the own network the audit says that nothing was asked."""
    for written, site in (("www.aurora.it", "https://www.aurora.it/"), ("http://192.168.1.1/", "http://192.168.1.1/")):
        client = parse_client(
            GOOD.replace("https://torrefazioneaurora.example/", written).encode(), slug="a", file="client.toml"
        )
        assert [site, site] == [client.company.site, client.company.profiles[0].url]


def test_an_unknown_client_gets_the_ones_that_exist(tmp_path: Path) -> None:
    """A mistyped client is answered with the nearest name."""
    (tmp_path / "aurora").mkdir()
    (tmp_path / "aurora" / "client.toml").write_text(GOOD, "utf-8")
    with pytest.raises(UsageError, match=r"Did you mean aurora\?"):
        load_client(tmp_path / "arora")


@pytest.mark.parametrize("address", ["marta", "a@b", "x@y.example\nBcc: z@y.example", "<a@b.example>"])
def test_what_is_no_address_is_no_recipient(address: str) -> None:
    """Nothing that could add a header or another recipient passes."""
    text = GOOD.replace("marta@torrefazioneaurora.example", address.replace("\n", "\\n"))
    assert [(7, "recipients")] == mistakes_of(text)


def test_a_website_that_is_written_out_counts_alone() -> None:
    """`site` adds the website's profile only where no line `website` stands."""
    text = GOOD.replace("[profiles]\n", '[profiles]\nwebsite = "https://shop.aurora.example/"\n', 1)
    client = parse_client(text.encode(), slug="aurora", file="client.toml")
    assert ["https://shop.aurora.example/"] == [
        link.url for link in client.company.profiles if link.platform == "website"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace('"Torrefazione Aurora"', "Torrefazione Aurora", 1), "texts stand in quotes"),
        (GOOD.replace("[[competitors]]", "[competitors]\n[competitors]"), "in double brackets"),
        (GOOD.replace('size = "small"', 'size = "small"\nsize = "large"'), "a setting stands only once"),
    ],
)
def test_a_file_that_is_no_toml_gets_a_remedy(text: str, words: str) -> None:
    """Missing quotes, single brackets, a setting written twice: what to do, in words."""
    with pytest.raises(ClientFileError, match=words):
        parse_client(text.encode(), slug="a", file="client.toml")


def test_a_sixth_competitor_is_a_mistake() -> None:
    """A report compares with five; the first one too many is named with its line."""
    more = "".join(f'[[competitors]]\nname = "Rivale {number}"\n' for number in range(5))
    assert [(26, "competitors[6].name")] == mistakes_of(GOOD + more)


def test_a_profile_belongs_to_one_company() -> None:
    """The same address at the client and at a competitor, however it is written, names both companies."""
    text = GOOD.replace("https://www.instagram.com/santorso/", "https://instagram.com/Aurora.Caffe")
    assert [(16, "competitors[1].profiles.instagram")] == mistakes_of(text)
    with pytest.raises(ClientFileError, match="stands for 'Torrefazione Aurora' and for 'Caffè Sant’Orso'"):
        parse_client(text.encode(), slug="a", file="client.toml")


@pytest.mark.parametrize("code", ["XY", "ZZ", "EU", "UK", "it"])
def test_a_country_must_exist(code: str) -> None:
    """Two letters are not enough."""
    assert [(5, "country")] == mistakes_of(GOOD.replace('"IT"', f'"{code}"'))


def test_a_platform_outside_profiles_is_told_where_it_belongs() -> None:
    """At the top of the file and under a competitor."""
    text = GOOD.replace("sector =", 'facebook = "https://www.facebook.com/aurora"\nsector =')
    with pytest.raises(ClientFileError, match=r"client\.toml:3: facebook: is a platform; write it under \[profiles\]"):
        parse_client(text.encode(), slug="a", file="client.toml")
    text = GOOD.replace("[competitors.profiles]\n", "")
    with pytest.raises(ClientFileError, match=r"instagram: is a platform; write it under \[competitors\.profiles\]"):
        parse_client(text.encode(), slug="a", file="client.toml")


def test_an_unknown_platform_gets_the_list() -> None:
    """Nobody has to look for what can be audited."""
    with pytest.raises(ClientFileError, match=r"There are: .*facebook, .*instagram, .*youtube"):
        parse_client(GOOD.replace("telegram =", "myspace =", 1).encode(), slug="a", file="client.toml")


TO_LOOK_AT = """\
to_confirm = [
    "https://www.instagram.com/Aurora.Caffe",
    "https://www.instagram.com/santorso/",
]
not_ours = ["https://www.facebook.com/unaltraaurora"]
"""


def with_lists(lists: str) -> str:
    """The good file with `lists` before its tables, from line 8 on."""
    return GOOD.replace("\n[profiles]", f"{lists}\n[profiles]", 1)


def test_what_nobody_has_looked_at_and_what_is_not_ours_are_lists_of_addresses() -> None:
    """A profile of the client or of a competitor may wait for a person, however its address is written."""
    client = parse_client(with_lists(TO_LOOK_AT).encode(), slug="aurora", file="client.toml")
    assert ("https://www.instagram.com/Aurora.Caffe", "https://www.instagram.com/santorso/") == client.to_confirm
    assert ("https://www.facebook.com/unaltraaurora",) == client.not_ours


def test_a_file_without_the_lists_confirms_everything() -> None:
    """Both may be left out: whoever writes the file by hand has looked."""
    client = parse_client(GOOD.encode(), slug="aurora", file="client.toml")
    assert ((), ()) == (client.to_confirm, client.not_ours)


def test_what_waits_must_stand_under_profiles() -> None:
    """Else it would never be asked for; the nearest address of the file is proposed, with the entry's own line."""
    text = with_lists(TO_LOOK_AT.replace("/Aurora.Caffe", "/aurora.cafe"))
    assert [(9, "to_confirm")] == mistakes_of(text)
    with pytest.raises(ClientFileError, match=r"Did you mean https://www\.instagram\.com/aurora\.caffe/\?"):
        parse_client(text.encode(), slug="a", file="client.toml")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://www.instagram.com/aurora.caffe", "stands under the [profiles] of 'Torrefazione Aurora' too"),
        ("https://instagram.com/santorso", "stands under the [profiles] of 'Caffè Sant’Orso' too"),
        ("https://www.facebook.com/sharer.php?u=x", "is not a profile of Facebook but another page of it"),
        ("aurora caffe", "is no web address; it begins with https://"),
    ],
)
def test_what_is_not_ours_must_be_a_profile_and_nobodys_here(address: str, words: str) -> None:
    """A profile is a company's of this file or it is rejected, and never both."""
    text = with_lists(TO_LOOK_AT.replace("https://www.facebook.com/unaltraaurora", address))
    assert [(12, "not_ours")] == mistakes_of(text)
    with pytest.raises(ClientFileError) as caught:
        parse_client(text.encode(), slug="a", file="client.toml")
    assert words in str(caught.value)


@pytest.mark.parametrize("value", ['"https://t.me/auroracaffe"', "[7]", "true"])
def test_the_lists_are_lists_of_texts(value: str) -> None:
    """A single address without brackets is the likeliest slip."""
    assert [(8, "to_confirm")] == mistakes_of(with_lists(f"to_confirm = {value}\n"))
    with pytest.raises(ClientFileError, match="write the addresses as a list"):
        parse_client(with_lists(f"to_confirm = {value}\n").encode(), slug="a", file="client.toml")


@pytest.mark.parametrize("setting", ["to_confirm", "not_ours", "languages", "max_cost_usd"])
def test_a_setting_below_a_table_is_told_to_stand_above_it(setting: str) -> None:
    """TOML gives it to the table that began last: under [profiles], under a competitor, under its profiles."""
    line = f"{setting} = []\n"
    told = "belongs to the whole file: write it above line 9, [profiles], which is the first [table]"
    for text, place in (
        (GOOD.replace("telegram =", f"{line}telegram ="), f"client.toml:11: profiles.{setting}"),
        (
            GOOD.replace("[competitors.profiles]", f"{line}[competitors.profiles]"),
            f"client.toml:15: competitors[1].{setting}",
        ),
        (GOOD + line, f"client.toml:17: competitors[1].profiles.{setting}"),
    ):
        with pytest.raises(ClientFileError) as caught:
            parse_client(text.encode(), slug="a", file="client.toml")
        assert f"{place}: {told}" == str(caught.value)


def test_a_setting_inside_braces_is_told_to_stand_alone() -> None:
    """A file may have no [table] at all."""
    text = GOOD.partition("[profiles]")[0] + "profiles = {not_ours = []}\n"
    with pytest.raises(ClientFileError, match=r"belongs to the whole file: write it on a line of its own$"):
        parse_client(text.encode(), slug="a", file="client.toml")
