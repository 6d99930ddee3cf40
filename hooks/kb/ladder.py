"""The remedies of a problem as the parts of its page that they are, for style sheets and scripts.

In Markdown a remedy is a heading with the class `remedy` and what stands below it. Here each becomes a section, with an
element of its own for what is below its heading: scripts fold that. All of them together are the ladder.
"""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

REMEDY = "remedy"
_HIGHER = frozenset({"h1", "h2"})


class _Sections(Treeprocessor):
    def run(self, root: Element) -> None:
        top: list[Element] = []
        ladder = body = None
        for element in root:
            if element.tag == "h3" and element.get("class") == REMEDY:
                del element.attrib["class"]
                if ladder is None:
                    ladder = _element("div", "ladder")
                    top.append(ladder)
                section = _element("section", REMEDY, {"data-remedy": element.get("id", "")})
                body = _element("div", "ladder-body")
                section.extend([element, body])
                ladder.append(section)
            elif body is not None and element.tag not in _HIGHER:
                body.append(element)
            else:
                ladder = body = None
                top.append(element)
        root[:] = top


def _element(tag: str, name: str, more: dict[str, str] | None = None) -> Element:
    made = Element(tag, {"class": name} | (more or {}))
    made.text = made.tail = "\n"
    return made


class LadderExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the converter's name for it
        # When headings have their attributes, and before they are counted for the table of contents.
        md.treeprocessors.register(_Sections(md), "ladder", 6)
