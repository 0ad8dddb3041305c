# The image of the demo bot.
#
#     docker build --file docker/meeting-rooms.Dockerfile --tag hiworker-meeting-rooms .
ARG PYTHON_IMAGE=python:3.13-slim-bookworm

FROM ${PYTHON_IMAGE}
COPY python/examples/meeting_rooms/requirements.txt /tmp/requirements.txt
RUN pip install --no-cache-dir --no-compile --require-hashes --requirement /tmp/requirements.txt \
    && rm /tmp/requirements.txt \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin bot \
    && install -d -o bot -g bot -m 0700 /var/lib/meeting-rooms
COPY python/src/hiworker /app/hiworker
COPY python/examples/meeting_rooms /app/meeting_rooms
USER 10001
WORKDIR /app
ENV PYTHONUNBUFFERED=1 \
    MEETING_ROOMS_FILE=/var/lib/meeting-rooms/bookings.json
STOPSIGNAL SIGTERM
CMD ["python", "-m", "meeting_rooms"]
