# The production image. Build: docker build -t patient-satisfaction .
# Where the hospital has mirrors: --build-arg NODE_IMAGE=… --build-arg NPM_CONFIG_REGISTRY=…
# `npm run try:image` follows this file line by line without Docker; it knows only the instructions used here.
ARG NODE_IMAGE=node:24-trixie-slim

# Everything that compiling needs; nothing of this stage but dist is kept.
FROM ${NODE_IMAGE} AS build
ARG NPM_CONFIG_REGISTRY
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build
# These load development packages.
RUN rm -rf dist/scripts/bench* dist/scripts/write-config-docs*

# The packages of production: no embedded engine, no mail catcher, no compiler.
FROM ${NODE_IMAGE} AS packages
ARG NPM_CONFIG_REGISTRY
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# i18next names the compiler as an optional peer, so npm keeps it.
RUN rm -rf node_modules/typescript node_modules/@typescript node_modules/.bin/tsc

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY LICENSE package.json ./
COPY config ./config
COPY templates ./templates
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# The one folder it writes into: what the audit trail keeps outside the database. A new volume takes over its owner.
WORKDIR /data
RUN chown 1000:1000 .
ENV DATA_DIR=/data
WORKDIR /app
# The image's user "node", as numbers: orchestrators that refuse root want to see one. Every file of the program is root's.
USER 1000:1000
EXPOSE 3000
# The service ends within 10 s; give it 15 (docker stop -t 15, stop_grace_period: 15s).
STOPSIGNAL SIGTERM
# /healthz, not /readyz: a database that is away must not get a service killed that waits for it.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=4 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`, { signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
