"""The picture that a shared link shows: the site's mark and its name. One for the whole site, drawn without network.

It is no design tool: a site that wants another picture has a file of this name in its docs folder. The letters are
those that Pillow brings along (Aileron, in the public domain); a name with others gets the mark alone.
"""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

PATH = "assets/img/share.png"
WIDTH, HEIGHT = 1200, 630
"""Pixels, as the networks show it without cutting anything off."""
BAND, WHITE, DOT = "#083d44", "#ffffff", "#ffc861"
_FINER = 4
"""Lines are drawn so many times larger first, as Pillow leaves their edges rough."""
_STEPS = ((5, 25), (12, 25), (12, 19), (19, 19), (19, 13), (27, 13))
"""The mark, on the 32 by 32 units of the icon in docs/assets/img/favicon.svg."""
_SIZES = ((96, 1), (88, 1), (80, 1), (72, 1), (84, 2), (72, 2), (60, 2), (48, 3), (36, 4))
"""Of the letters, each with the most lines that they may take: the first that fits is taken."""
_LEFT = 90


def png(name: str) -> bytes:
    """The picture for a site of this name, as the bytes of a PNG file: the same ones for the same name."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), BAND)
    picture.paste(_mark(208), (_LEFT - 32, 70))
    font, lines = _fitting(name)
    if _has_letters(font, name):
        text = "\n".join(lines)
        ImageDraw.Draw(picture).multiline_text((_LEFT, 550), text, WHITE, font, anchor="ld", spacing=18)
    # Few colours: a fifth of the bytes, and nobody sees a difference. Pillow's other ways take four times as long.
    file = BytesIO()
    picture.quantize(32, Image.Quantize.FASTOCTREE).save(file, "PNG")
    return file.getvalue()


def _mark(size: int) -> Image.Image:
    unit = size * _FINER / 32
    large = Image.new("RGB", (size * _FINER, size * _FINER), BAND)
    draw = ImageDraw.Draw(large)
    corners = [(x * unit, y * unit) for x, y in _STEPS]
    draw.line(corners, WHITE, round(3 * unit))
    for corner in corners:
        draw.circle(corner, 1.5 * unit, WHITE)
    draw.circle((23 * unit, 7.5 * unit), 3 * unit, DOT)
    return large.resize((size, size), Image.Resampling.LANCZOS)


def _fitting(name: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The smallest letters, and as much of the name as they can show, where it fits nowhere."""
    for size, most in _SIZES:
        font = _font(size)
        lines = _lines(name, font)
        narrow = [line for line in lines if font.getlength(line) <= WIDTH - 2 * _LEFT]
        if narrow == lines and len(lines) <= most:
            break
    return font, narrow[:most]


def _lines(name: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in name.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= WIDTH - 2 * _LEFT:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("This Pillow was built without FreeType, so it has no letters of any size.")
    return font


def _has_letters(font: ImageFont.FreeTypeFont, name: str) -> bool:
    """Whether the font can write the name: what it cannot write looks like a character that no font has."""
    unknown = bytes(font.getmask("\U0010ffff"))
    return all(bytes(font.getmask(sign)) != unknown for sign in set(name) - {" "})
