"""Other ends for the SDK's tests: a session without a network, a relay that follows a script."""
