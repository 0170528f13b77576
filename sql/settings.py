"""The store's settings: a small file beside the snapshots, for what differs from force to force."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """What a force may set; every default is what Cheshire uses."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    force_name: str = "Cheshire"
    provisional_days: int = Field(default=180, ge=0)
    amber_days: int = Field(default=35, ge=0)  # a source older than this is late
    red_days: int = Field(default=62, ge=0)  # and older than this, very late
    published_amber_days: int = Field(default=190, ge=0)  # the same for national tables, which come out quarterly and months later
    published_red_days: int = Field(default=280, ge=0)


def of(folder: Path) -> Settings:
    """The settings of the store in `folder`; the defaults where it has none."""
    path = folder / "settings.json"
    return Settings.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else Settings()
