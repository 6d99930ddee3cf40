"""What is marked in a template is made once for each key, wherever it is shown."""

import pytest
from jinja2 import DictLoader, Environment

from kb.once import Once


class Counted:
    """Something to show that says how often it was asked for."""

    def __init__(self) -> None:
        self.times = 0

    def __str__(self) -> str:
        self.times += 1
        return f"shown {self.times}"


@pytest.fixture
def environment() -> Environment:
    templates = {
        "page.html": "{% once root %}{{ thing }}{% endonce %}",
        "two.html": "{% once root %}{{ thing }}{% endonce %}, {% once root %}{{ thing }}{% endonce %}",
        "keys.html": "{% once root, title %}{{ thing }}{% endonce %}",
        "base.html": "{% block head %}{{ thing }}{% endblock %}",
        "child.html": "{% extends 'base.html' %}"
        "{% block head %}{% once root %}{{ super() }}!{% endonce %}{% endblock %}",
        "around.html": '{% once root %}{% with thing = "new" %}{% include "thing.html" %}{% endwith %}{% endonce %}',
        "thing.html": "{{ thing }}",
    }
    return Environment(loader=DictLoader(templates), extensions=[Once], autoescape=True)


def test_it_is_made_once_for_each_key(environment: Environment) -> None:
    thing, page = Counted(), environment.get_template("page.html")
    shown = [page.render(root=root, thing=thing) for root in ("..", "../..", "..", "../..")]
    assert shown == ["shown 1", "shown 2", "shown 1", "shown 2"]


def test_a_key_may_have_several_parts(environment: Environment) -> None:
    thing, page = Counted(), environment.get_template("keys.html")
    shown = [page.render(root="..", title=title, thing=thing) for title in "aba"]
    assert shown == ["shown 1", "shown 2", "shown 1"]


def test_two_places_of_one_key_do_not_meet(environment: Environment) -> None:
    assert environment.get_template("two.html").render(root="..", thing=Counted()) == "shown 1, shown 2"
    thing = Counted()
    assert environment.get_template("page.html").render(root="..", thing=thing) == "shown 1"
    assert environment.get_template("keys.html").render(root="..", title="", thing=thing) == "shown 2"


def test_blocks_and_other_templates_work_inside(environment: Environment) -> None:
    assert environment.get_template("child.html").render(root="..", thing="x") == "x!"
    assert environment.get_template("around.html").render(root="..", thing="old") == "new"


def test_another_environment_knows_nothing_of_it(environment: Environment) -> None:
    thing = Counted()
    environment.get_template("page.html").render(root="..", thing=thing)
    assert environment.overlay(extensions=[Once]).get_template("page.html").render(root="..", thing=thing) == "shown 2"
