"""Secrets by reference: a profile says where a private key is, never what it is."""

import io
import os
import stat
from pathlib import Path

import paramiko

from edi_hit.rules import ConfigError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_key(reference: str) -> paramiko.PKey:
    """Give the key `env:NAME` or `file:/path` stands for, in OpenSSH or PEM form, without a passphrase.

    Raises `ConfigError`, which repeats nothing of the key, where it is missing, can be read by others, or is
    no private key.
    """
    kind, _, place = reference.partition(":")
    text = os.environ.get(place) if kind == "env" else _file(Path(place))
    if not text:
        raise ConfigError(f"the private key {reference} is not there")
    for form in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            return form.from_private_key(io.StringIO(text))
        except (paramiko.SSHException, ValueError, IndexError):
            continue
    raise ConfigError(f"{reference} is no private key without a passphrase (Ed25519, ECDSA or RSA)")


def _file(path: Path) -> str:
    try:
        if path.stat().st_mode & _OTHERS:
            raise ConfigError(f"the private key file:{path} can be read by others: chmod 600 it")
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the private key file:{path} cannot be read") from error
