# Build the site in one stage, serve plain files in the next.
FROM python:3.12-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make site

FROM nginx:stable-alpine
COPY --from=build /src/site /usr/share/nginx/html
