"""The bot of ``meeting_rooms`` as a webhook: the same commands, called by hiworker instead of dialling out.

``python -m meeting_rooms_webhook`` runs it.
"""
