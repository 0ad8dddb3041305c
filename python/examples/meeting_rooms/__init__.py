"""A bot that books meeting rooms. ``python -m meeting_rooms`` runs it."""
