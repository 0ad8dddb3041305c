"""Every error of the package, in one tree.

HiworkerError
├── DeclarationError            a command or a completion is written in a way that cannot work
├── ConfigurationError          a key, an address, a secret or a file that the bot was given is wrong
│   ├── KeyMissingError
│   ├── KeyMalformedError
│   └── SecretMissingError      there is no webhook secret
├── RefusedError                the server does not let this bot in; trying again would not help
│   ├── KeyUnknownError
│   ├── KeyRevokedError
│   ├── KeyExpiredError
│   ├── BotDeletedError
│   ├── CommandTakenError       another bot of the company has the command
│   └── FrameRefusedError       the server closed the connection over something that this package sent
├── ConnectionFailedError       nothing at the address can be talked to
│   ├── NotHiworkerError        something answers, but it is no hiworker server
│   └── CertificateError        its TLS certificate is not trusted
├── ReplyError                  a message cannot be replied to in this way
│   ├── AlreadyRepliedError
│   └── ResultError             a handler returned what is no reply
└── WebhookError                a webhook call that is not to be believed
    ├── SignatureError
    ├── StaleError
    └── RepeatedError
"""

from __future__ import annotations


class HiworkerError(Exception):
    """The root. Its text is a sentence for the developer: what happened, and what to do."""


class DeclarationError(HiworkerError):
    """A command or a completion is written in a way that cannot work; raised where it is written."""


class ConfigurationError(HiworkerError):
    """What the bot was given to run with is wrong."""


class KeyMissingError(ConfigurationError):
    """There is no API key."""


class KeyMalformedError(ConfigurationError):
    """The API key has a typo, or is not a bot's."""


class SecretMissingError(ConfigurationError):
    """There is no webhook secret."""


class RefusedError(HiworkerError):
    """The server does not let this bot in, and would not the next time either."""


class KeyUnknownError(RefusedError):
    """The server does not know the API key."""


class KeyRevokedError(RefusedError):
    """The API key was revoked, perhaps while the bot ran."""


class KeyExpiredError(RefusedError):
    """The API key expired, perhaps while the bot ran."""


class BotDeletedError(RefusedError):
    """The bot was deleted."""


class CommandTakenError(RefusedError):
    """Another bot of the company has one of the commands."""


class FrameRefusedError(RefusedError):
    """The server closed the connection over a frame that it could not take."""


class ConnectionFailedError(HiworkerError):
    """Nothing at the address can be talked to."""


class NotHiworkerError(ConnectionFailedError):
    """Something answers at the address, but it is no hiworker server."""


class CertificateError(ConnectionFailedError):
    """The server's TLS certificate is not trusted."""


class ReplyError(HiworkerError):
    """A message cannot be replied to in this way."""


class AlreadyRepliedError(ReplyError):
    """The message has its reply."""


class ResultError(ReplyError):
    """A handler returned what is no reply, or one reply too many; the text names it."""


class WebhookError(HiworkerError):
    """A webhook call that is not to be believed."""


class SignatureError(WebhookError):
    """It is not signed with the bot's webhook secret."""


class StaleError(WebhookError):
    """It was signed too long ago, or in the future."""


class RepeatedError(WebhookError):
    """It came before."""
