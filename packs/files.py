"""A pack as a file: which kinds there are, and the bytes of each."""

from packs import html, pdf
from packs.contents import Head, Pack
from packs.make import CannotMake

KINDS = {".pptx": "PowerPoint", ".xlsx": "Excel", ".html": "HTML", ".pdf": "PDF"}


def kinds_here() -> dict[str, str]:
    """The kinds that can be made on this machine."""
    return {suffix: words for suffix, words in KINDS.items() if suffix != ".pdf" or pdf.chromium()}


def bytes_of(pack: Pack, suffix: str) -> bytes:
    """The pack as a file of the kind that its ending names. Raises CannotMake."""
    if suffix == ".html":
        return html.written(pack)
    if suffix == ".pdf":
        return pdf.printed(html.written(pack))
    if suffix == ".pptx":
        from packs import powerpoint  # noqa: PLC0415 - python-pptx, which only this kind needs

        return powerpoint.written(pack)
    if suffix == ".xlsx":
        from packs import excel  # noqa: PLC0415 - XlsxWriter, which only this kind needs

        return excel.written(pack)
    raise CannotMake(
        f"A pack is not made as {suffix or 'a file without an ending'!r}: end its name in "
        f"{', '.join(KINDS)}."
    )


def file_name(pack: Head, number: int, suffix: str) -> str:
    """raising-the-bar-monthly-2026-08-pack-3.pptx."""
    month = f"{pack.data_as_at:%Y-%m}" if pack.data_as_at else "undated"
    audience = "-scrutiny" if pack.audience == "scrutiny" else ""
    return f"raising-the-bar-{pack.meeting}{audience}-{month}-pack-{number}{suffix}"
