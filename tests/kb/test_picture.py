"""The picture that a shared link shows."""

from io import BytesIO

import pytest
from PIL import Image

from kb import picture


def drawn(name: str) -> Image.Image:
    return Image.open(BytesIO(picture.png(name))).convert("RGB")


@pytest.mark.parametrize("name", ["Help", "Second-step sign-in help", "word " * 60, "x" * 300])
def test_any_name_stands_within_the_edges(name: str) -> None:
    image = drawn(name)
    assert image.size == (picture.WIDTH, picture.HEIGHT)
    for edge in ((0, 0, image.width, 40), (0, 590, image.width, 630), (0, 0, 40, 630), (1160, 0, 1200, 630)):
        assert len(image.crop(edge).getcolors() or []) == 1, edge


def test_each_name_has_its_own_picture_and_always_the_same() -> None:
    assert picture.png("Printer help") == picture.png("Printer help")
    assert picture.png("Printer help") != picture.png("Bicycle help")


def test_a_name_in_letters_that_are_not_there_gets_the_mark_alone() -> None:
    assert picture.png("日本") == picture.png("ヘルプ") == picture.png(" ")


def test_it_is_small_enough_for_every_network() -> None:
    assert len(picture.png("A rather long name for the help of a large organisation")) < 100_000
