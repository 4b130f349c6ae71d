"""The HTTP service: bodies in, findings, acknowledgements, documents and decisions out."""
