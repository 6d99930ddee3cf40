"""One block in mkdocs.yml, and the site speaks of the organisation's own help desk."""

from pathlib import Path
from typing import Any

import pytest

from kb import contact, organisation, settings, source, wording
from kb.organisation import Organisation
from kb.settings import Extra
from kb.site import Site, compile_site
from kb.wording import Wording

BLOCK = """
extra:
  organisation:
    name: Contoso
    telephone: +44 20 7946 0958
    mail: Help@contoso.example
    url: https://help.contoso.example/start
    hours:
      zone: Europe/London
      open:
        monday to thursday: 08:00-18:00
        friday: [13:00-16:00, 08:00-12:00]
    ticket: {url: "https://tickets.contoso.example/new?t={title}&r={report}"}
    languages: [en, de, pt-BR]
"""


@pytest.fixture
def own(tmp_path: Path) -> Extra:
    (tmp_path / "mkdocs.yml").write_text(BLOCK, encoding="utf-8")
    return settings.read(tmp_path / "mkdocs.yml")


@pytest.fixture
def shown(own: Extra) -> dict[str, Any]:
    view = organisation.view(own.organisation)
    assert view
    return view


def test_without_the_block_there_is_nothing_to_show() -> None:
    assert organisation.view(Extra().organisation) is None


def test_the_help_desk_is_called_after_the_organisation_unless_it_has_a_name(own: Extra) -> None:
    assert own.organisation
    assert own.organisation.spoken == "the Contoso help desk"
    assert own.organisation.model_copy(update={"help_desk": "the Hub"}).spoken == "the Hub"


def test_a_telephone_number_can_be_dialled(shown: dict[str, Any]) -> None:
    assert shown["telephone"] == {"text": "+44 20 7946 0958", "href": "tel:+442079460958"}


def test_days_with_the_same_times_are_one_row(shown: dict[str, Any]) -> None:
    rows = [(row["first"], row["last"], row["times"]) for row in shown["hours"]["rows"]]
    assert rows == [
        ("Monday", "Thursday", ["08:00 to 18:00"]),
        ("Friday", "Friday", ["08:00 to 12:00", "13:00 to 16:00"]),
        ("Saturday", "Sunday", []),
    ]


def test_languages_are_called_as_their_speakers_call_them(shown: dict[str, Any]) -> None:
    assert [language["name"] for language in shown["languages"]] == ["English", "Deutsch", "Português (Brasil)"]


def test_a_ticket_form_takes_2000_characters_unless_it_says_otherwise(shown: dict[str, Any]) -> None:
    assert shown["ticket"]["limit"] == 2000


def test_a_configuration_that_inherits_another_has_its_organisation(own: Extra, tmp_path: Path) -> None:
    published = tmp_path / "published.yml"
    published.write_text("INHERIT: mkdocs.yml\nextra: {flow: {longest: 2}}\n", encoding="utf-8")
    read = settings.read(published)
    assert read.organisation == own.organisation
    assert read.flow.longest == 2


def test_what_stands_in_the_block_may_be_said_on_every_page(own: Extra, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    text = (
        "Call +44 20 7946 0958, write to help@contoso.example, open <https://help.contoso.example/> or (020) 555 0199."
    )
    (docs / "index.md").write_text(text, encoding="utf-8")
    assert [fault.sentence for fault in contact.check(docs, source.pages(docs), own)] == [
        "'(020) 555 0199' looks like a telephone number, which is not allowed here."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ask your organisation's help desk.", "Ask the Hub."),
        ("Your organisation's help desk can help.", "The Hub can help."),
        ("Ask your organisation’s\nhelp desk.", "Ask the Hub."),
        ("Ask your help desk, or [your help desk](/x.md).", "Ask the Hub, or [the Hub](/x.md)."),
        ("Ask their organisation's help desk.", "Ask their organisation's help desk."),
        ("your help desks", "your help desks"),
    ],
)
def test_neutral_words_give_way_to_the_name(text: str, said: str) -> None:
    assert Wording(("your organisation's help desk", "your help desk"), "the Hub")(text) == said
    assert Wording()(text) == text


@pytest.mark.parametrize("text", ["problems/call-technician", "technician-away", "/technician.md"])
def test_neutral_words_in_names_and_addresses_stay(text: str) -> None:
    assert Wording(("technician",), "the Hub")(text) == text


def test_all_texts_of_the_real_site_speak_of_the_organisation(root: Path, real: Site, own: Extra) -> None:
    adapted = compile_site(root / "docs", own, real.today)
    neutral = Wording(("your organisation's help desk", "your help desk"), "X")
    for one in adapted.knowledge.articles:
        for text in (one.title, one.description, one.body):
            assert neutral(text) == text, one.path
    for group in adapted.numbers:
        texts = [*group.advice.values(), group.means]
        texts += [text for answer in group.answers for text in (answer.means, *answer.advice.values())]
        assert [text for text in texts if neutral(text) != text] == []
    assert adapted.knowledge.by_slug["ask-help-desk"].title == "Ask the Contoso help desk"
    assert adapted.knowledge.vocabulary.who["help-desk"].label == "The Contoso help desk"


def test_without_an_organisation_nothing_changes(real: Site) -> None:
    assert wording.adapt(real.knowledge, wording.wording(real.knowledge.vocabulary, None)) is real.knowledge


def test_phrases_and_messages_stay_what_people_see_and_type(root: Path, real: Site, own: Extra) -> None:
    adapted = compile_site(root / "docs", own, real.today)
    for one, other in zip(real.knowledge.problems, adapted.knowledge.problems, strict=True):
        assert (one.messages, one.phrases, one.facets) == (other.messages, other.phrases, other.facets)


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/localtime", "Europe/Nowhere", "Mars"])
def test_a_zone_is_one_that_is_known(zone: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        organisation.Hours.model_validate({"zone": zone, "open": {"monday": "08:00-12:00"}})


@pytest.mark.parametrize(
    "url",
    [
        "http://help.example.org/",
        "https://user@help.example.org/",
        "https://user:word@help.example.org/",
        "https://help.example.org\\@evil.example/",
        "https://localhost/",
        "https://192.0.2.1/",
        "https://help.example.org:8443/",
        "https://hеlp.example.org/",
        "javascript:alert(1)",
        'https://help.example.org/"x',
        "https://[::1/",
    ],
)
def test_only_plain_https_addresses_are_taken(url: str) -> None:
    with pytest.raises(ValueError, match=r"address|host"):
        Organisation.model_validate({"name": "Contoso", "url": url})


@pytest.mark.parametrize("times", ["8-12", "08:00-25:00", "12:00-08:00", "08:00–12:00", "24:00-24:00", "08:60-09:00"])
def test_opening_times_are_times_of_a_day(times: str) -> None:
    with pytest.raises(ValueError, match=r"opening times|ends before"):
        organisation.Hours.model_validate({"zone": "UTC", "open": {"monday": times}})
