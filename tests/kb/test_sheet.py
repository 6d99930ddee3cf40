"""The style sheets of every page as one file."""

import re

from kb.sheet import joined


def test_the_theme_comes_first_and_ours_follow_in_their_order() -> None:
    _, text = joined(['@charset "UTF-8";a{b:c}', "d{e:f}"], ["g {\n  h: i;\n}\n", "j {\n  k: l;\n}\n"])
    assert text == '@charset "UTF-8";a{b:c}d{e:f}g {\nh: i;\n}\nj {\nk: l;\n}\n'


def test_neither_comments_nor_the_place_of_a_source_map_are_published() -> None:
    _, text = joined(["a{b:c}/*# sourceMappingURL=main.css.map*/"], ["/* why */\nd {}\n"])
    assert text == "a{b:c}d {}\n"


def test_the_name_changes_with_the_text_and_with_nothing_else() -> None:
    (first, _), (again, _), (other, _) = joined([], ["a {}"]), joined([], ["/* b */ a {}"]), joined([], ["c {}"])
    assert first == again != other
    assert re.fullmatch(r"assets/css/site\.[0-9a-f]{8}\.min\.css", first)
