"""X12 in other forms: the loop form (`loops`), which holds every byte of any file, in XML and JSON."""
