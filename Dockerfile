# The command for CI systems that have no Node:
#   docker build --tag tf-access-entries .
#   docker run --rm --volume "$PWD:/src" tf-access-entries check .
#
# The base image is pinned by its release. A digest pins it whole, and is known where the image is built:
#   docker buildx imagetools inspect node:24.11.1-alpine3.22 --format '{{.Manifest.Digest}}'
#   docker build --build-arg NODE_IMAGE=node:24.11.1-alpine3.22@sha256:... .
ARG NODE_IMAGE=node:24.11.1-alpine3.22

# The package as it is published, and the packages it needs to run.
FROM ${NODE_IMAGE} AS package
WORKDIR /build
COPY . .
RUN npm ci \
  && npm pack --ignore-scripts --pack-destination /tmp \
  && mkdir /package \
  && tar -xzf /tmp/tf-access-entries-*.tgz -C /package --strip-components=1 \
  && cp package-lock.json .npmrc /package
WORKDIR /package
RUN npm ci --omit=dev --ignore-scripts

FROM ${NODE_IMAGE}
WORKDIR /opt/tf-access-entries
COPY --from=package /package/package.json /package/LICENSE /package/NOTICE ./
COPY --from=package /package/dist/bundle ./dist/bundle
COPY --from=package /package/dist/tree-sitter-hcl.LICENSE ./dist/
COPY --from=package /package/docs/codes ./docs/codes
COPY --from=package /package/node_modules ./node_modules
RUN ln -s /opt/tf-access-entries/dist/bundle/main.js /usr/local/bin/tf-access-entries
USER node
WORKDIR /src
ENTRYPOINT ["tf-access-entries"]
