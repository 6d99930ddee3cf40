"""The settings of the site as MkDocs has them, without what only this project can use: for other generators.

They stay YAML, as nodes, because values may have tags that only MkDocs understands. `settings.py` has already found the
faults of these files.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kb.settings import Extra

_OURS = frozenset(
    {
        "INHERIT",
        "docs_dir",
        "edit_uri",
        "edit_uri_template",
        "exclude_docs",
        "extra_css",
        "extra_javascript",
        "hooks",
        "plugins",
        "site_dir",
        "watch",
    }
)
"""What names files of this project, or rests on its hooks and templates."""
_OUR_EXTENSIONS = frozenset({"pymdownx.blocks.html"})
_PLUGINS = "search"
"""Our own search needs our scripts; this one is the generator's."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What mkdocs.yml says, together with what it inherits."""

    root: MappingNode

    def value(self, *keys: str) -> str:
        """The text of a setting, or nothing where it is not given."""
        node: Node | None = self.root
        for key in keys:
            node = _items(node).get(key) if isinstance(node, MappingNode) else None
        return node.value if isinstance(node, ScalarNode) else ""

    def elsewhere(self) -> str:
        """The settings for a folder that holds the whole site as ordinary Markdown."""
        kept = _without(self.root, _OURS)
        inside = {"theme": {"custom_dir"}, "markdown_extensions": _OUR_EXTENSIONS, "extra": set(Extra.model_fields)}
        changed = [(key, _without(node, inside.get(key.value, ()))) for key, node in kept.value]
        plugins = (ScalarNode("tag:yaml.org,2002:str", "plugins"), yaml.compose(f"[{_PLUGINS}]", yaml.SafeLoader))
        left = [(key, node) for key, node in changed if node.value]
        return yaml.serialize(
            MappingNode(kept.tag, [*left, plugins], flow_style=False), Dumper=yaml.SafeDumper, allow_unicode=True
        )


def read(path: Path) -> Configuration:
    """Raises OSError and yaml.YAMLError; there is none where `settings.read` has read the same file."""
    root = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    found = Configuration(root if isinstance(root, MappingNode) else MappingNode("tag:yaml.org,2002:map", []))
    inherited = found.value("INHERIT")
    return Configuration(_merged(read(path.parent / inherited).root, found.root)) if inherited else found


def _items(node: MappingNode) -> dict[str, Node]:
    return {key.value: value for key, value in node.value}


def _merged(below: MappingNode, above: MappingNode) -> MappingNode:
    """As MkDocs inherits: mappings are joined, whatever else is given again takes the place of what was."""
    old, new = _items(below), _items(above)
    for key, node in new.items():
        was = old.get(key)
        old[key] = _merged(was, node) if isinstance(was, MappingNode) and isinstance(node, MappingNode) else node
    keys = {key.value: key for key, _ in (*below.value, *above.value)}
    return MappingNode(below.tag, [(keys[key], node) for key, node in old.items()], flow_style=below.flow_style)


def _without(node: Node, names: Iterable[str]) -> Node:
    """A mapping without these keys, or a list without the items that are called so or have one such key."""
    if isinstance(node, MappingNode):
        left = [(key, value) for key, value in node.value if key.value not in names]
        return MappingNode(node.tag, left, flow_style=node.flow_style)
    if isinstance(node, SequenceNode):
        items = [item for item in node.value if _name(item) not in names]
        return SequenceNode(node.tag, items, flow_style=node.flow_style)
    return node


def _name(item: Node) -> str:
    return item.value[0][0].value if isinstance(item, MappingNode) and item.value else str(item.value)
