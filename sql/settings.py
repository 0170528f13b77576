"""The store's settings: a small file beside the snapshots, for what differs from force to force."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from sql.faults import in_words
from sql.private import in_place, put_in_place

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
    return in_place(folder / FILE, Settings.model_validate_json) or Settings()


def save(folder: Path, settings: Settings) -> None:
    """Put settings in place, in one rename. Raises StoreError."""
    with in_words(folder):
        put_in_place(folder / FILE, (settings.model_dump_json(indent=1) + "\n").encode())
