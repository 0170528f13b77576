"""The store's settings: a small file beside the snapshots, for what differs from force to force."""

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from sql.faults import in_words

FILE = "settings.json"


class Settings(BaseModel):
    """What a force may set; every default is what Cheshire uses."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    force_name: str = Field(default="Cheshire", min_length=1, max_length=80)
    provisional_days: int = Field(default=180, ge=0)
    amber_days: int = Field(default=35, ge=0)  # a source older than this is late
    red_days: int = Field(default=62, ge=0)  # and older than this, very late
    published_amber_days: int = Field(default=190, ge=0)  # the same for national tables, which come out quarterly and months later
    published_red_days: int = Field(default=280, ge=0)
    scrutiny_body: str = Field(default="Office of the Police and Crime Commissioner", min_length=1, max_length=120)
    whom_to_ask: str = Field(default="the Harm Reduction Unit's analysts", min_length=1, max_length=120)
    retention_months: int = Field(default=84, ge=1)  # after which the archive of a load is due to be removed


def of(folder: Path) -> Settings:
    """The settings of the store in `folder`; the defaults where it has none."""
    path = folder / FILE
    return Settings.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else Settings()


def save(folder: Path, settings: Settings) -> None:
    """Put settings in place, in one rename. Raises StoreError."""
    with in_words(folder):
        fresh = folder / f"{FILE}.new"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(settings.model_dump_json(indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(folder / FILE)
