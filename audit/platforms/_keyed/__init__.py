"""Official APIs that need a key, one module per platform; the platform's own module names its API."""
