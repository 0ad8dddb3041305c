"""What benchmarks play on: a real server with its MongoDB, a company in it, and lines on standard output."""
