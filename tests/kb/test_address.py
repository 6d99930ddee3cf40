"""Links, mail addresses and hosts count where they leave the site and nobody allowed them."""

import pytest

from kb import address, allowed

LISTED = allowed.make_list(
    "docs/allowed.yml", hosts=["aka.ms"], mails=["help@example.org"], telephones=["116 123"], files=["index.md"]
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[x](https://evil.com/)", "foreign-host"),
        ("[x](https://aka.ms@evil.com/)", "foreign-host"),
        ("[x](//evil.com)", "foreign-host"),
        ("[x]: https://evil.com", "foreign-host"),
        ("<tel:+18005550199>", "foreign-telephone"),
        ("[x](mailto:help@example.org?cc=a@evil.com)", "foreign-mail"),
        ("[x](mailto:x)", "foreign-mail"),
    ],
)
def test_a_link_that_nobody_allowed_is_found(text: str, code: str) -> None:
    assert [found.code for found in address.links(text, LISTED)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "[x](/problems/call-2050.md#y)",
        "[x](#y)",
        "[x](https://aka.ms/mfasetup)",
        "[x](https://AKA.ms:443/x)",
        "[x](mailto:help@example.org)",
        "[x](tel:116123)",
        "https://",
        "[x](javascript:y)",
    ],
)
def test_other_links_are_left_alone(text: str) -> None:
    assert list(address.links(text, LISTED)) == []


@pytest.mark.parametrize(
    "text", ["evil.com", "www.evil.shop", "xn--a.xn--b", "x.unheard/of", "support-reset.md", "bit.ly"]
)
def test_a_name_of_a_host_is_found(text: str) -> None:
    assert [found.shown for found in address.hosts(text, LISTED)] == [text.removesuffix("/of")]


@pytest.mark.parametrize("text", ["aka.ms", "index.md", "docs/x.md", "mkdocs.yml", "navigator.language", "e.g. this"])
def test_files_and_words_are_no_hosts(text: str) -> None:
    assert list(address.hosts(text, LISTED)) == []


def test_mail_addresses_are_found_and_taken_out() -> None:
    text = "Write to a@evil.com or HELP@example.org."
    assert [found.shown for found in address.mails(text, LISTED)] == ["a@evil.com"]
    rest = address.without_mails(text)
    assert len(rest) == len(text)
    assert list(address.hosts(rest, LISTED)) == []


def test_a_spelt_out_mail_address_is_found() -> None:
    assert [found.shown for found in address.spoken_mails("a at evil dot com, at a dot")] == ["a at evil dot com"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[1]: /problems/call-2050.md", "[1]: "),
        ('[1]: </x.md#y> "2050"', '[1]: > "2050"'),
        ("See [1]: /x.md", "See [1]: /x.md"),
        ("[1]: //evil/x.md", "[1]: //evil/x.md"),
        ("[1]: /2050", "[1]: /2050"),
    ],
)
def test_where_a_definition_leads_within_the_site_is_not_for_reading(text: str, left: str) -> None:
    found = address.without_own_pages(text)
    assert len(found) == len(text)
    assert found.replace("\x00", "") == left
