"""The asyncio shell: it performs what the session decides."""
