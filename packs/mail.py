"""A digest sent by the mail server that the settings name."""

import os
import smtplib
import ssl
from email.message import EmailMessage

from packs.digest import Digest, as_html, as_text
from store.errors import StoreError
from store.settings import Settings

WAIT = 30  # seconds for the server
PORT = 25


class NotSent(StoreError):
    """A digest that could not be sent; its text says why and what to mend."""


def message_of(found: Digest, sender: str, to: list[str]) -> EmailMessage:
    """The digest as a mail of plain text, with HTML beside it."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = found.subject, sender, ", ".join(to)
    mail.set_content(as_text(found))
    mail.add_alternative(as_html(found), subtype="html")
    return mail


def send(found: Digest, held: Settings) -> list[str]:
    """Send the digest to whom the settings name, and return them. Raises NotSent.

    Encrypted wherever the server can; a name and a password for it stand in VAWG_SMTP_USER and
    VAWG_SMTP_PASSWORD, never in the settings.
    """
    to = [one.strip() for one in held.digest_to.split(",") if one.strip()]
    if not held.smtp_server or not held.smtp_sender or not to:
        raise NotSent(
            "Nothing is sent: the settings need smtp_server, smtp_sender and digest_to. The digest "
            "itself is there without --send."
        )
    host, _, port = held.smtp_server.partition(":")
    mail = message_of(found, held.smtp_sender, to)
    try:
        with smtplib.SMTP(host, int(port or PORT), timeout=WAIT) as server:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if user := os.environ.get("VAWG_SMTP_USER"):
                server.login(user, os.environ.get("VAWG_SMTP_PASSWORD", ""))
            refused = server.send_message(mail)
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        raise NotSent(
            f"The mail server {held.smtp_server} did not take the digest: {problem}. Check "
            "smtp_server in the settings, and try again."
        ) from None
    if refused:
        raise NotSent(f"The mail server refused {', '.join(refused)}; the others have the digest.")
    return to
