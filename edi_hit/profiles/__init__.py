"""Settings of a payer, a trading partner and a run: typed, read from TOML, with defaults."""
