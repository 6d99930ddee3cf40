"""Which command of MkDocs runs."""

import click


def serving() -> bool:
    """MkDocs tells plugins the command before there is a configuration to keep it in; its command line always knows."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"
