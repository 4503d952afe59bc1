# syntax=docker/dockerfile:1
# One image for worker, drop, portal, codec endpoint, preparation, sandbox and the `usersync` command; docker-compose.yml says which runs what.
ARG NODE_IMAGE=node:22.23.3-bookworm-slim

# Compiled code, the workflow bundle and the database client.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json prisma.config.ts ./
COPY prisma ./prisma
COPY scripts ./scripts
COPY src ./src
RUN npm run build

# What runs in production. The optional packages are Postgres for the embedded stack and compilers for development.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts \
  && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 \
       ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} +

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    MALLOC_ARENA_MAX=2 \
    USERSYNC_DATA=/data \
    USERSYNC_METRICS_ADDRESS=0.0.0.0:9464 \
    USERSYNC_DROP_ADDRESS=0.0.0.0:2222 \
    USERSYNC_CODEC_ADDRESS=0.0.0.0:8234 \
    USERSYNC_PORTAL_ADDRESS=0.0.0.0:4020
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY prisma/migrations ./prisma/migrations
COPY scripts/node-version.mjs ./scripts/
COPY bin ./bin
COPY deploy/health.mjs ./deploy/
COPY --from=build /app/dist ./dist
# A new volume on /data takes over its owner. Everything else belongs to root and is never written to.
RUN ln -s /app/bin/usersync.mjs /usr/local/bin/usersync \
  && install -d -o node -g node -m 0700 /data
USER node
EXPOSE 9464 2222 4010 4020 8234
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "deploy/health.mjs", "http://127.0.0.1:9464/readyz"]
CMD ["node", "dist/worker.js"]
