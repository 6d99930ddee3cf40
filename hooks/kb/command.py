"""Which command of MkDocs runs, and what lasts as long as it does."""

from typing import Any

import click


def serving() -> bool:
    """MkDocs tells plugins the command before there is a configuration to keep it in; its command line always knows."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"


def lasting() -> dict[str, Any]:
    """What outlives a build but not the command. The command line offers it, so that no module has to hold state.

    Empty and of no effect where no command runs, as in tests.
    """
    context = click.get_current_context(silent=True)
    return {} if context is None else context.meta
