# The program and git, for files that are mounted into /work.
ARG PYTHON=python:3.13.14-alpine3.24@sha256:399babc8b49529dabfd9c922f2b5eea81d611e4512e3ed250d75bd2e7683f4b0
FROM $PYTHON AS build
WORKDIR /source
COPY .ci/requirements.txt .ci/
RUN python -m venv /opt/okta-postman && \
    /opt/okta-postman/bin/pip install --no-cache-dir --require-hashes --no-deps \
      --only-binary :all: --requirement .ci/requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY generator generator
COPY templates templates
RUN /opt/okta-postman/bin/pip install --no-index --no-deps --no-build-isolation .

FROM $PYTHON
# git reads no repository of another user: `docker run --user "$(id -u):$(id -g)"`.
RUN apk add --no-cache git && adduser -D -u 1000 okta
COPY --from=build /opt/okta-postman /opt/okta-postman
ENV PATH=/opt/okta-postman/bin:$PATH
USER 1000
WORKDIR /work
ENTRYPOINT ["okta-postman"]
