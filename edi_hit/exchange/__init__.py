"""The doors that are no command: the file drop, SFTP, the HTTP service."""
