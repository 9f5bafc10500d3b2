# Images of Bylaw, one target each: people, attendance, inventory, orders, gateway, migrate, tools. Builds with and without BuildKit.
#   docker build --target people -t bylaw/people .

FROM python:3.11-slim-bookworm AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore

# Everything locked, checked against its hash, as wheels; then ours. No source of others is ever built, so no
# compiler is needed. Locks come first: a change of ours does not fetch again.
FROM base AS wheels
ENV UV_COMPILE_BYTECODE=1
WORKDIR /source
COPY requirements.lock requirements-dev.lock ./
COPY deploy/backend deploy/
RUN bash deploy/backend >backend.lock \
 && pip install --quiet --require-hashes -r backend.lock \
 && pip download --quiet --require-hashes --no-deps --only-binary :all: -r requirements.lock -d /wheels
COPY protos protos
COPY chassis chassis
COPY plugins plugins
COPY services services
COPY gateway gateway
COPY console console
COPY cli cli
RUN pip wheel --quiet --no-deps --no-build-isolation -w /wheels \
    ./protos ./chassis ./plugins/hooks ./plugins/host ./plugins/fixed_week \
    ./plugins/rest_by_rota ./plugins/crews ./plugins/flexible_hours ./plugins/statutory_leave \
    ./plugins/sheet_layout ./plugins/smtp_mail ./plugins/kuaidi100 ./plugins/kdniao ./plugins/retail_sets ./plugins/shop_exports ./plugins/taobao_orders ./services/people ./services/attendance \
    ./services/inventory ./services/orders ./gateway ./console ./cli

# Each service gets what it asks for out of those wheels, and nothing of its neighbours; compiled here once, where a
# container would do it at each start and each question after its health.
FROM wheels AS people-made
RUN python -m venv --without-pip /app \
 && uv pip install --quiet --python /app/bin/python --no-index --find-links /wheels bylaw-people bylaw-smtp-mail
FROM wheels AS attendance-made
RUN python -m venv --without-pip /app \
 && uv pip install --quiet --python /app/bin/python --no-index --find-links /wheels bylaw-attendance \
    bylaw-fixed-week bylaw-rest-by-rota bylaw-crews bylaw-flexible-hours bylaw-statutory-leave \
    bylaw-sheet-layout
FROM wheels AS inventory-made
RUN python -m venv --without-pip /app \
 && uv pip install --quiet --python /app/bin/python --no-index --find-links /wheels bylaw-inventory
FROM wheels AS orders-made
RUN python -m venv --without-pip /app \
 && uv pip install --quiet --python /app/bin/python --no-index --find-links /wheels bylaw-orders bylaw-smtp-mail bylaw-kuaidi100 bylaw-kdniao \
    bylaw-retail-sets bylaw-shop-exports bylaw-taobao-orders
FROM wheels AS gateway-made
RUN python -m venv --without-pip /app \
 && uv pip install --quiet --python /app/bin/python --no-index --find-links /wheels bylaw-gateway bylaw-console
# Migrations and tools speak with every service's database: one environment, made once, serves both.
FROM wheels AS tools-made
RUN python -m venv --without-pip /app \
 && uv pip install --quiet --python /app/bin/python --no-index --find-links /wheels bylaw

FROM base AS running
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin bylaw
ENV PATH=/app/bin:$PATH
COPY deploy/probe.py /usr/local/bin/probe.py
USER bylaw
STOPSIGNAL SIGTERM

FROM running AS migrate
COPY --from=tools-made /app /app
COPY deploy/migrate.py /usr/local/bin/migrate.py
CMD ["python", "/usr/local/bin/migrate.py"]

FROM running AS people
COPY --from=people-made /app /app
EXPOSE 50051
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "/usr/local/bin/probe.py", "grpc", "127.0.0.1:50051"]
CMD ["python", "-m", "bylaw_people"]

FROM running AS attendance
COPY --from=attendance-made /app /app
# A volume takes the owner of the folder that it is put over.
USER root
RUN install --directory --owner=bylaw --mode=0700 /var/lib/bylaw/photos
USER bylaw
EXPOSE 50051
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "/usr/local/bin/probe.py", "grpc", "127.0.0.1:50051"]
CMD ["python", "-m", "bylaw_attendance"]

FROM running AS inventory
COPY --from=inventory-made /app /app
USER root
RUN install --directory --owner=bylaw --mode=0700 /var/lib/bylaw/photos
USER bylaw
EXPOSE 50051
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "/usr/local/bin/probe.py", "grpc", "127.0.0.1:50051"]
CMD ["python", "-m", "bylaw_inventory"]

FROM running AS orders
COPY --from=orders-made /app /app
USER root
RUN install --directory --owner=bylaw --mode=0700 /var/lib/bylaw/erasures
USER bylaw
EXPOSE 50051
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "/usr/local/bin/probe.py", "grpc", "127.0.0.1:50051"]
CMD ["python", "-m", "bylaw_orders"]

FROM running AS gateway
COPY --from=gateway-made /app /app
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "/usr/local/bin/probe.py", "http", "http://127.0.0.1:8080/healthz"]
CMD ["python", "-m", "bylaw_gateway"]

# The command `bylaw` beside the services: the doctor, heads of the audit, a lost password, files to bring in.
FROM running AS tools
COPY --from=tools-made /app /app
USER root
RUN install --directory --owner bylaw /data /heads
USER bylaw
ENV BYLAW_DATA=/data
VOLUME /data
ENTRYPOINT ["bylaw"]
