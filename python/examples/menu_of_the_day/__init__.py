"""A bot that tells what the canteen cooks. ``python -m menu_of_the_day`` runs it.

It shows how to put a department's HTTP API behind a command: the menu service, which it starts itself, stands for one
that is there already. The bot waits for it without keeping other messages waiting, and tells members politely when it
is slow or away.
"""
