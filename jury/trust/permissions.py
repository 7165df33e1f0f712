"""What the user allows files to ask for, and the check that is made before a call."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, JsonValue

from jury.errors import InputError
from jury.providers import provider_of
from jury.records import Endpoint, Maker, ModelSettings, Record
from jury.trust.bases import file_naming, host_of, is_loopback, is_own, port_of
from jury.trust.params import refused_param

#: The variable that allows hosts, with commas between them.
VARIABLE = "JURY_ALLOW_BASE"

#: The user's own settings, below XDG_CONFIG_HOME (default: ~/.config).
SETTINGS = Path("jury", "settings.yaml")

#: A region or an ARN of Bedrock in a model's name becomes part of a host's name.
_PLAIN_MODEL = re.compile(r"[^\\?#\x00-\x1f]{1,500}")

#: Params that state a base URL, where the user allows params beyond the listed ones.
_BASE_PARAMS = ("api_base", "base_url")

#: The region in an ARN becomes part of the host's name.
_ARN = re.compile(r"arn:[^:]*:[^:]*:(?![a-z0-9-]*:)")


class UserSettings(Record):
    """What stands in the user's own settings file."""

    allow_base: tuple[str, ...] = Field(default=(), description="hosts that files may name in base URLs")


@dataclass(frozen=True)
class Permissions:
    """What the user allows: `hosts` (HOST or HOST:PORT) that files may name, and params beyond the listed ones."""

    hosts: frozenset[str] = frozenset()
    unsafe_params: bool = False

    def refusal(self, model: str, api_base: str | None, params: Mapping[str, JsonValue]) -> str | None:
        """Why a model may not be called like that, in a sentence; None where it may."""
        if provider_of(model) is None and (_PLAIN_MODEL.fullmatch(model) is None or _ARN.search(model)):
            return f"model {model[:100]!r} is no name of a model; write the provider's own name for it"
        if not self.unsafe_params and (name := refused_param(params)) is not None:
            return (
                f"params of {model} hold {name!r}, which is not among the sampling and provider options that are passed on; "
                "remove it, or allow it with --unsafe-params"
            )
        bases = [api_base, _base_in(model), *(params.get(name) for name in _BASE_PARAMS)]
        refusals = (self.refused_base(model, base) for base in bases if isinstance(base, str) and base)
        return next(filter(None, refusals), None)

    def refused_base(self, model: str, base: str) -> str | None:
        """Why a model may not be called at a base URL, in a sentence; None where it may."""
        host = host_of(base)
        file = file_naming(host)
        if file is None or is_loopback(base) or is_own(model, base) or self.allows(base):
            return None
        return (
            f"{file} names the host {host}, which would get the requests and any key for {model}; "
            f"if you trust it, add --allow-base {host}"
        )

    def allows(self, base: str) -> bool:
        """Whether the user allows the host of a base URL."""
        host = host_of(base)
        return host in self.hosts or f"{host}:{port_of(base)}" in self.hosts

    def check(self, asked: Iterable[Endpoint | ModelSettings | Maker]) -> None:
        """Raise `InputError` for the first model that may not be called. A maker of our own takes what it takes."""
        for one in asked:
            model, base = one if isinstance(one, tuple) else (one.model, one.api_base)
            params = {} if isinstance(one, tuple) or (isinstance(one, Maker) and provider_of(model)) else one.params
            if (refusal := self.refusal(model, base, params)) is not None:
                raise InputError(refusal)


#: Nothing is allowed beyond what needs no permission.
STRICT = Permissions()


def permissions_of(hosts: Iterable[str] = (), *, unsafe_params: bool = False) -> Permissions:
    """The user's permissions: what is stated, what `JURY_ALLOW_BASE` holds, and what the user's settings file lists."""
    listed = os.environ.get(VARIABLE, "").split(",")
    return Permissions(frozenset(map(_host, [*hosts, *listed, *_settings().allow_base])) - {""}, unsafe_params)


def _host(written: str) -> str:
    """A host as it is compared: a URL counts for its host and the port it states."""
    written = written.strip().lower().rstrip("/")
    if "://" in written:
        port = port_of(written)
        return host_of(written) + (f":{port}" if port else "")
    return written.rstrip(".")


def _settings() -> UserSettings:
    from jury.yaml_files import build, read_yaml

    try:
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    except RuntimeError:  # a user without a home
        return UserSettings()
    path = folder / SETTINGS
    return build(UserSettings, read_yaml(path), str(path)) if path.is_file() else UserSettings()


def _base_in(model: str) -> str | None:
    """The address that some providers take in the place of a model's name."""
    start = model.lower().find("http")
    return model[start:] if "://" in model else None
