"""The store's settings: a small file beside the snapshots, for what differs from force to force."""

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from store.errors import WrongSetting, in_words
from store.files import in_place, put_in_place

FILE = "settings.json"
Thing = TypeVar("Thing")


class Settings(BaseModel):
    """What a force may set; every default is what Cheshire uses."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    force_name: str = Field(default="Cheshire", min_length=1, max_length=80)
    provisional_days: int = Field(default=180, ge=0)
    amber_days: int = Field(default=35, ge=0)  # a source older than this is late
    red_days: int = Field(default=62, ge=0)  # and older than this, very late
    published_amber_days: int = Field(
        default=190, ge=0
    )  # the same for national tables, which come out quarterly and months later
    published_red_days: int = Field(default=280, ge=0)
    scrutiny_body: str = Field(
        default="Office of the Police and Crime Commissioner", min_length=1, max_length=120
    )
    # what a force calls the subject; VIAWG has "intimidation" in it
    subject_name: str = Field(default="VAWG", pattern=r"^[A-Za-z][A-Za-z0-9 &/-]{1,38}[A-Za-z0-9]$")
    # names with commas between them, as the Home Office writes them; the force's own to check
    similar_forces: str = Field(default="", max_length=400)
    # the mail server of the digest, as host:port; who it is from, and whom it goes to
    smtp_server: str = Field(default="", max_length=120)
    smtp_sender: str = Field(default="", max_length=120)
    digest_to: str = Field(default="", max_length=400)
    whom_to_ask: str = Field(
        default="the Harm Reduction Unit's analysts", min_length=1, max_length=120
    )
    wait_seconds: int = Field(
        default=60, ge=0, le=3600
    )  # how long a load waits for another to finish
    retention_months: int = Field(
        default=84, ge=1
    )  # after which the archive of a load is due to be removed


def of(folder: Path) -> Settings:
    """The settings of the store in `folder`; the defaults where it has none.

    Raises WrongSetting.
    """
    found = in_place(folder / FILE, lambda data: parsed(data, TypeAdapter(Settings), FILE))
    return found or Settings()


def save(folder: Path, settings: Settings) -> None:
    """Put settings in place, in one rename. Raises StoreError."""
    with in_words(folder):
        put_in_place(folder / FILE, (settings.model_dump_json(indent=1) + "\n").encode())


def parsed(data: bytes, shape: TypeAdapter[Thing], name: str) -> Thing:
    """What a small JSON file says that people edit; raises WrongSetting naming file, place and
    field.
    """
    try:
        return shape.validate_python(json.loads(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        fault = "it is not text in UTF-8"
    except json.JSONDecodeError as problem:
        fault = f"line {problem.lineno}, column {problem.colno}: {problem.msg}"
    except ValidationError as problem:
        errors = sorted(
            problem.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden"
        )
        fault = "; ".join(_fault(error, shape) for error in errors[:3])
    raise WrongSetting(f"{name} of the store cannot be read: {fault}. Mend it in a text editor.")


def _fault(error: Mapping[str, Any], shape: TypeAdapter[Thing]) -> str:
    """One fault of a field, in words; a name that is not known with the one it is nearest to."""
    field = ".".join(str(part) for part in error["loc"]) or "the whole of it"
    if error["type"] != "extra_forbidden":
        return f"{field}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    known = sorted(_names(shape.json_schema()))
    near = difflib.get_close_matches(str(error["loc"][-1]), known, n=1, cutoff=0.6)
    return f"{field} is not known" + (f"; did you mean {near[0]}?" if near else "")


def _names(schema: object) -> set[str]:
    """Every field name in a JSON schema."""
    if isinstance(schema, dict):
        own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
        return own.union(*map(_names, schema.values()))
    return set().union(*map(_names, schema)) if isinstance(schema, list) else set()
