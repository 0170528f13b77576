"""Escaping of text from an export for what shows it: Markdown, Plotly, a spreadsheet."""

import html
import re

JOINER = "\u2060"  # a mark that nobody sees


def for_markdown(text: str) -> str:
    """Text from an export, for an element that reads Markdown: every mark of it shows as itself.

    An address is made a link after all marks are read, so that no mark prevents it: a word joiner,
    which nobody sees, parts it.
    """
    plain = re.sub(r"\s+", " ", text)
    plain = re.sub(
        r"(:)(?=//)|(w)(?=ww\.)|(@)",
        lambda found: f"{found[0]}{JOINER}",
        plain,
        flags=re.IGNORECASE,
    )
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:^&@=/])", r"\\\1", plain)


def for_plot(text: str) -> str:
    """Text from an export, for Plotly: its few HTML tags show as themselves."""
    return html.escape(re.sub(r"\s+", " ", text))


def for_spreadsheet(text: object) -> object:
    """A cell that leaves through a page: what a spreadsheet would run as a formula starts with an
    apostrophe.
    """
    if isinstance(text, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{text}"
    return text
