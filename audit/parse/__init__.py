"""Pure parsing: counts, dates, addresses, embedded JSON, metadata, feeds. Nothing here raises for bad input."""
