"""The settings: one frozen object from environment variables ``POSTSTELLE_…``.

A file named by ``POSTSTELLE_ENV_FILE`` may give the same names; the environment wins. Unknown
names are refused, so that a misspelt limit is never silently without effect. No secret is a
setting: secrets are files.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.errors import ConfigurationError

PREFIX = "POSTSTELLE_"
ENV_FILE = "POSTSTELLE_ENV_FILE"
_MIB = 1024 * 1024


class Settings(BaseModel):
    """Everything that can be set; sizes in bytes, times in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Path("data")
    """Folder of keys, databases and objects of the embedded default."""

    house: str = Field(default="Jobcenter Musterstadt", min_length=1, max_length=200)
    """Name of the Jobcenter, as receipts and messages show it."""

    carriers: str = "separate"
    """A shipped configuration (separate, joint, municipal) or the path of a TOML file."""

    document_types: Path | None = None
    """Another catalogue of document types than the shipped one."""

    host: str = "127.0.0.1"
    """Address to listen on."""

    port: int = Field(default=8000, ge=1, le=65535)
    """Port to listen on."""

    url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """Where clients reach the service; by default the address and port to listen on."""

    confidence: float = Field(default=0.5, ge=0.5, le=1.0)
    """Confidence of the type below which a person decides."""

    max_item_bytes: int = Field(default=100 * _MIB, ge=1, le=1024 * _MIB)
    """Size limit of one file."""

    max_items: int = Field(default=50, ge=1, le=1000)
    """How many files one submission may bring."""

    max_pages: int = Field(default=500, ge=1, le=5000)
    """How many pages one file may have."""

    readers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=64)
    """How many files are read at the same time."""

    reader_seconds: float = Field(default=600, gt=0, allow_inf_nan=False)
    """How long reading one file may take."""

    reader_memory: int = Field(default=1024 * _MIB, ge=512 * _MIB)
    """How much memory the reading of one file may take."""

    page_threads: int = Field(default=1, ge=1, le=8)
    """How many pages of one file are recognised at the same time."""

    items_per_worker: int = Field(default=200, ge=1, le=10_000)
    """After how many files a warm reading process is replaced."""

    sandbox: Literal["bubblewrap", "limits"] = "bubblewrap"
    """How reading processes are held; ``limits`` promises less (docs/threat-model.md)."""

    clamd: str | None = Field(default=None, pattern=r"^(unix:/.+|[^\s/]+:\d{1,5})$")
    """Address of a ClamAV daemon, ``host:port`` or ``unix:/path``; else only EICAR is known."""

    passphrase_file: Path | None = None
    """File with the passphrase of the key files; by default generated in the data folder."""

    demo_accounts: bool = True
    """Whether fictitious accounts with generated passwords are created at the first start."""

    watch_seconds: float = Field(default=5, ge=0, le=3600)
    """How long a file in a watched folder must not have changed before it is taken in."""

    watch_folders: bool = True
    """Whether ``serve`` takes in what appears in the folders ``inbox/scan`` and ``inbox/mail``."""

    @property
    def base_url(self) -> str:
        """Where clients reach the service."""
        return (self.url or f"http://{self.host}:{self.port}").rstrip("/")


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise ``ConfigurationError`` that names what is wrong, never values."""
    given = dict(os.environ if environment is None else environment)
    values = {**_env_file(given.pop(ENV_FILE, None)), **given}
    said = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in values.items()
        if name.startswith(PREFIX)
    }
    try:
        return Settings.model_validate(said)
    except ValidationError as error:
        problems = "; ".join(
            f"{PREFIX}{'.'.join(map(str, problem['loc'])).upper()}: {problem['msg']}"
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise ConfigurationError(problems) from None


def _env_file(path: str | None) -> dict[str, str]:
    if path is None:
        return {}
    if not Path(path).is_file():
        detail = f"{ENV_FILE} names a file that does not exist"
        raise ConfigurationError(detail)
    try:
        # A value is what stands there: a passphrase path may hold a dollar sign.
        values = {
            name: value or "" for name, value in dotenv_values(path, interpolate=False).items()
        }
    except (OSError, UnicodeDecodeError) as error:
        detail = f"{ENV_FILE} names a file that cannot be read"
        raise ConfigurationError(detail) from error
    for name in values:
        if not name.startswith(PREFIX) or name == ENV_FILE:
            detail = f"{ENV_FILE}: unknown name {name}"
            raise ConfigurationError(detail)
    return values
