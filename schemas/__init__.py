"""XSD and JSON Schema documents shipped with edi_hit."""
