"""A bot in the fewest lines: ``python echo.py PORT``. Flask's text/html is shown as text."""

from __future__ import annotations

import logging
import sys

from flask import Flask, request
from werkzeug.serving import WSGIRequestHandler

app = Flask(__name__)
logging.getLogger("werkzeug").setLevel(logging.ERROR)


@app.post("/")
def reply() -> str:
    """The text of the message, as it came."""
    return f"메아리: {request.get_json()['text']}"


if __name__ == "__main__":
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    app.run("127.0.0.1", int(sys.argv[1]), threaded=True)
