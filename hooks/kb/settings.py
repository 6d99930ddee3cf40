"""The engine's own settings, from `extra` in mkdocs.yml, and what it cannot do with among those of the theme."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from kb import matter, schema, source
from kb.fault import Fault, FaultsError
from kb.organisation import Organisation
from kb.schema import Model, refuse

_NO = frozenset({"false", "no", "off"})
"""What YAML takes for that, as MkDocs reads it."""


class FlowLimits(Model):
    """What the compiled flow must not exceed: the first two are faults, the last one shortens it."""

    longest: int = Field(default=7, ge=1, description='the most questions on a route without "I\'m not sure".')
    mean: float = Field(default=7.0, gt=0, description="the expected number of questions.")
    pages: float | None = Field(
        default=None,
        ge=1,
        allow_inf_nan=False,
        description='the most pages for each problem before "I\'m not sure" leads to lists.',
    )


class Trust(Model):
    """How long an article is trusted, in days."""

    every: int = Field(default=180, ge=1, le=3650, description="after how many days a new article is checked again.")
    ahead: int = Field(default=30, ge=0, le=365, description="how many days before that `make fresh` begins to warn.")


class Extra(Model):
    model_config = ConfigDict(frozen=True, extra="ignore")

    flow: FlowLimits = FlowLimits()
    freshness: Trust = Trust()
    organisation: Organisation | None = None


def _loads_pages(feature: str) -> str:
    if feature.startswith("navigation.instant"):
        refuse(
            "instant-navigation",
            f"'{feature}' puts pages into the one that is open.",
            "Take it out: scripts begin with the page that loads them, and the next pages are fetched beforehand.",
        )
    return feature


class Theme(Model):
    model_config = ConfigDict(frozen=True, extra="ignore")

    features: tuple[Annotated[str, AfterValidator(_loads_pages)], ...] = ()


def _folders(urls: object) -> object:
    """Only what the file itself says: with a tag the value may come from elsewhere."""
    if isinstance(urls, str) and urls.lower() in _NO:
        refuse("no-folders", "Without it the addresses of answers lead nowhere.", "Take the line out.")
    return urls


def _with_options(theme: object) -> object:
    """MkDocs also takes the name of a theme alone."""
    return theme if isinstance(theme, Mapping) else {}


class Settings(Model):
    model_config = ConfigDict(frozen=True, extra="ignore")

    extra: Extra = Extra()
    theme: Annotated[Theme, BeforeValidator(_with_options)] = Theme()
    use_directory_urls: Annotated[object, AfterValidator(_folders)] = True
    inherit: str | None = Field(None, alias="INHERIT")


def read(path: Path) -> Extra:
    """Read mkdocs.yml, and what it inherits, as MkDocs would. Raises FaultsError."""
    return _read(path)[0].extra


def _read(path: Path) -> tuple[Settings, Mapping[str, Any]]:
    """The settings, and the data of which they are made. What is inherited is without a fault by itself."""
    text = source.read(path)
    parsed = text if isinstance(text, Fault) else matter.parse(text, lenient=True)
    if isinstance(parsed, Fault):
        raise FaultsError([parsed])
    data, inherited = parsed.data, parsed.data.get("INHERIT")
    if isinstance(inherited, str):
        data = _merged(_read(path.parent / inherited)[1], data)
    settings = schema.validate(Settings, path.name, parsed, data)
    if isinstance(settings, list):
        raise FaultsError(settings)
    return settings, data


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> Mapping[str, Any]:
    """As MkDocs inherits: mappings are joined, whatever else is given again takes the place of what was."""
    joined = {
        key: _merged(below[key], value)
        for key, value in above.items()
        if isinstance(value, Mapping) and isinstance(below.get(key), Mapping)
    }
    return {**below, **above, **joined}
