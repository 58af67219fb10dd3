# The simulator as a container; docs/simulator.md says how to use it.

FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY generated generated
COPY ksef_facade ksef_facade
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
# Its own user, and a folder that is for this user alone: a new volume takes its rights over.
RUN useradd --system --uid 10001 --no-create-home --home-dir /state --shell /usr/sbin/nologin ksef \
    && install --directory --owner=ksef --group=ksef --mode=0700 /state
COPY requirements/dev.txt /tmp/constraints.txt
# The locked versions count; only what the simulator needs is installed. Bytecode is made here, so that
# a container without a writable disk starts as fast.
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --constraint /tmp/constraints.txt \
        "$(ls /wheels/*.whl)[cli,simulator]" \
    && rm /tmp/constraints.txt
USER ksef
WORKDIR /state
VOLUME /state
EXPOSE 8095
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8095/_simulator/health', timeout=2)"]
# Exposed within the container: publish the port to 127.0.0.1, or to a private network.
ENTRYPOINT ["ksef", "simulate", "--host", "0.0.0.0", "--expose", "--port", "8095", "--state", "/state"]
