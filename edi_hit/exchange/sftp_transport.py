"""Where a partner's SSH server is, and whether this installation can speak to one."""

from importlib.util import find_spec

from edi_hit.profiles import Partner, SftpTransport
from edi_hit.rules import ConfigError


def sftp_transport(partner: Partner) -> SftpTransport:
    """Give how a partner's server is reached. Raises `ConfigError` where it has none, or SFTP is missing."""
    if find_spec("paramiko") is None:
        raise ConfigError("SFTP is missing: pip install 'edi-hit[sftp]'")
    if not isinstance(partner.transport, SftpTransport):
        raise ConfigError(f"partner {partner.name}: its transport is a folder, not sftp")
    return partner.transport
