"""Two-way declarations field to loop, segment and element, compiled to readers and writers."""
