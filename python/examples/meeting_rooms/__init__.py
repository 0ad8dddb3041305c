"""A bot that books meeting rooms, reached by webhook. ``python -m meeting_rooms`` runs it."""
