"""The bot as a webhook. Importing ``app`` needs Flask."""
