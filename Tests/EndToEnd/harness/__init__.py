"""What the end-to-end tests are written with: real processes, plain and raw HTTP, bots of every manner."""
