-- A version of an organisation's software. The row exists from the first event that names it, or from when a client announces it.
CREATE TABLE releases (
    id {identity},
    organization_id BIGINT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    version TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'open',
    ref TEXT,
    url TEXT,
    created BIGINT NOT NULL,
    started BIGINT,
    released BIGINT,
    UNIQUE (organization_id, version)
);

INSERT INTO releases (organization_id, version, created)
SELECT p.organization_id, r.version, MIN(r.first_seen)
FROM project_releases r JOIN projects p ON p.id = r.project_id
GROUP BY p.organization_id, r.version;

-- Projects: a JSON list of ids; empty: all of the release's projects.
CREATE TABLE release_deploys (
    id {identity},
    release_id BIGINT NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    environment TEXT NOT NULL,
    name TEXT,
    url TEXT,
    projects TEXT NOT NULL DEFAULT '[]',
    started BIGINT,
    finished BIGINT NOT NULL
);
CREATE INDEX release_deploys_release ON release_deploys (release_id, finished);

-- Newest first by place. Patch set: a JSON list of {path, type}.
CREATE TABLE release_commits (
    release_id BIGINT NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    key TEXT NOT NULL,
    repository TEXT,
    author_name TEXT,
    author_email TEXT,
    message TEXT,
    created BIGINT NOT NULL,
    patch_set TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (release_id, place)
);
