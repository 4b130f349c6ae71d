"""How files go to and come from a partner."""

from typing import Annotated

import msgspec

Reference = Annotated[str, msgspec.Meta(pattern="^(?:env:[A-Z][A-Z0-9_]*|file:/.+)$")]
"""Where a secret is: `env:NAME` or `file:/path`. A profile never holds the secret itself."""


class _Transport(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What tells one kind of transport from another: `kind`."""


class FolderTransport(_Transport, frozen=True, forbid_unknown_fields=True, tag="folder"):
    """The partner's files come into a folder of this machine, and its answers are fetched from one."""


class SftpTransport(_Transport, frozen=True, forbid_unknown_fields=True, tag="sftp"):
    """The partner's files are fetched from its SSH server, and answers put there.

    `host_key` is the server's public key as a line of `known_hosts` holds it, without the host; `private_key`
    says where ours is. `inbound` and `outbound` are folders of the server.
    """

    host: Annotated[str, msgspec.Meta(min_length=1)]
    user: Annotated[str, msgspec.Meta(min_length=1)]
    host_key: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9@.-]+ [A-Za-z0-9+/=]+$")]
    private_key: Reference
    port: Annotated[int, msgspec.Meta(ge=1, le=65_535)] = 22
    inbound: str = "outbound"
    outbound: str = "inbound"


Transport = FolderTransport | SftpTransport
