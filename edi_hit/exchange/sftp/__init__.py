"""Files fetched from and put on a partner's SSH server (SFTP). Needs the extra `sftp`."""

from edi_hit.exchange.sftp.pull import Pulled, pull
from edi_hit.exchange.sftp.push import Pushed, push
from edi_hit.exchange.sftp.server import SftpServer, connected, with_retries

__all__ = ["Pulled", "Pushed", "SftpServer", "connected", "pull", "push", "with_retries"]
