# The program and git, for files that are mounted into /work.
FROM python:3.13-alpine AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY generator generator
COPY templates templates
RUN python -m venv /opt/okta-postman && /opt/okta-postman/bin/pip install --no-cache-dir .

FROM python:3.13-alpine
# Whoever owns the mounted files, git may read them.
RUN apk add --no-cache git && git config --system --add safe.directory '*' && adduser -D -u 1000 okta
COPY --from=build /opt/okta-postman /opt/okta-postman
ENV PATH=/opt/okta-postman/bin:$PATH
USER 1000
WORKDIR /work
ENTRYPOINT ["okta-postman"]
