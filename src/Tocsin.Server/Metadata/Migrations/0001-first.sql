-- Times are microseconds since 1970 UTC, booleans 0/1, lists and objects JSON text.
-- {identity} is the engine's own counting primary key.

CREATE TABLE applied (
    sink TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
);

-- Where the last applied batch lies in the payload segments, and the journal position it began at: a telemetry store that is one batch
-- behind catches up from there. What follows the end is referenced by nobody. One row.
CREATE TABLE payload_end (
    id BIGINT NOT NULL PRIMARY KEY,
    day BIGINT NOT NULL,
    segment BIGINT NOT NULL,
    "begin" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    previous BIGINT NOT NULL
);

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Counts the changes of a subject; processes that hold a copy in memory read it to know when to read again.
CREATE TABLE changes (
    subject TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL
);

CREATE TABLE organizations (
    id {identity},
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created BIGINT NOT NULL,
    options TEXT NOT NULL DEFAULT '{}'
);

CREATE TABLE users (
    id {identity},
    email TEXT NOT NULL,
    normalized_email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    security_stamp TEXT NOT NULL,
    is_active BIGINT NOT NULL DEFAULT 1,
    is_superuser BIGINT NOT NULL DEFAULT 0,
    created BIGINT NOT NULL,
    last_login BIGINT,
    options TEXT NOT NULL DEFAULT '{}'
);

-- Browser sessions; the cookie holds a 256-bit value of which only the SHA-256 is kept.
CREATE TABLE sessions (
    id {identity},
    token_hash TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    ip TEXT,
    user_agent TEXT
);
CREATE INDEX sessions_user ON sessions (user_id);

-- Wrong passwords by address (SHA-256 of it), whether or not a user has it: a lock tells nothing about who exists.
CREATE TABLE password_guesses (
    address_hash TEXT NOT NULL PRIMARY KEY,
    window_start BIGINT NOT NULL,
    guesses BIGINT NOT NULL
);

CREATE TABLE setup_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    used BIGINT
);

CREATE TABLE members (
    id {identity},
    organization_id BIGINT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id BIGINT REFERENCES users (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    created BIGINT NOT NULL,
    invited_by BIGINT,
    invite_hash TEXT UNIQUE,
    invite_expires BIGINT,
    UNIQUE (organization_id, email)
);
CREATE INDEX members_user ON members (user_id);

CREATE TABLE teams (
    id {identity},
    organization_id BIGINT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    created BIGINT NOT NULL,
    UNIQUE (organization_id, slug)
);

CREATE TABLE member_teams (
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    role TEXT,
    PRIMARY KEY (member_id, team_id)
);

CREATE TABLE api_tokens (
    id {identity},
    kind TEXT NOT NULL,
    user_id BIGINT REFERENCES users (id) ON DELETE CASCADE,
    organization_id BIGINT REFERENCES organizations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    last_characters TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT,
    last_used BIGINT
);

-- Project ids are chosen by the server, not counted by the engine: the first one can be set from outside.
CREATE TABLE projects (
    id BIGINT NOT NULL PRIMARY KEY,
    organization_id BIGINT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    platform TEXT,
    status TEXT NOT NULL DEFAULT 'active',
    created BIGINT NOT NULL,
    first_event BIGINT,
    last_short_id BIGINT NOT NULL DEFAULT 0,
    options TEXT NOT NULL DEFAULT '{}',
    UNIQUE (organization_id, slug)
);

-- Former slugs, so that old links and configured clients find the project.
CREATE TABLE project_redirects (
    organization_id BIGINT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    PRIMARY KEY (organization_id, slug)
);

CREATE TABLE project_teams (
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    PRIMARY KEY (project_id, team_id)
);

CREATE TABLE project_keys (
    id {identity},
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    public_key TEXT NOT NULL UNIQUE,
    secret_key TEXT NOT NULL,
    is_active BIGINT NOT NULL DEFAULT 1,
    rate_limit_count BIGINT,
    rate_limit_window BIGINT,
    created BIGINT NOT NULL
);
CREATE INDEX project_keys_project ON project_keys (project_id);

CREATE TABLE environments (
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    is_hidden BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (project_id, name)
);

-- Releases as events name them, in the order they were first seen: what "resolved in the next release" is measured against.
CREATE TABLE project_releases (
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    version TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    PRIMARY KEY (project_id, version)
);

CREATE TABLE issues (
    id {identity},
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    short_id BIGINT NOT NULL,
    status TEXT NOT NULL,
    substatus TEXT,
    status_details TEXT NOT NULL DEFAULT '{}',
    status_changed BIGINT NOT NULL,
    archive_watch TEXT,
    priority TEXT NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    culprit TEXT NOT NULL,
    metadata TEXT NOT NULL,
    level TEXT NOT NULL,
    platform TEXT NOT NULL,
    logger TEXT,
    is_unhandled BIGINT NOT NULL DEFAULT 0,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    times_seen BIGINT NOT NULL DEFAULT 0,
    user_count BIGINT NOT NULL DEFAULT 0,
    first_release TEXT,
    last_release TEXT,
    first_event_high BIGINT,
    first_event_low BIGINT,
    last_event_high BIGINT,
    last_event_low BIGINT,
    comment_count BIGINT NOT NULL DEFAULT 0,
    assigned_user_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
    assigned_team_id BIGINT REFERENCES teams (id) ON DELETE SET NULL,
    UNIQUE (project_id, short_id)
);
CREATE INDEX issues_last_seen ON issues (project_id, status, last_seen);
CREATE INDEX issues_first_seen ON issues (project_id, status, first_seen);
CREATE INDEX issues_times_seen ON issues (project_id, status, times_seen);
CREATE INDEX issues_user_count ON issues (project_id, status, user_count);

-- A hash belongs to one issue of its project. Discarded: a tombstone; events that match it are filtered.
CREATE TABLE issue_hashes (
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    issue_id BIGINT,
    discarded BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (project_id, hash)
);
CREATE INDEX issue_hashes_issue ON issue_hashes (issue_id);

-- Distinct users of an issue; the value is the first 64 bits of a hash of the user key.
CREATE TABLE issue_users (
    issue_id BIGINT NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    user_hash BIGINT NOT NULL,
    PRIMARY KEY (issue_id, user_hash)
);

CREATE TABLE issue_environments (
    issue_id BIGINT NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    environment TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    times_seen BIGINT NOT NULL,
    PRIMARY KEY (issue_id, environment)
);

CREATE TABLE issue_activity (
    id {identity},
    issue_id BIGINT NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    user_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
    data TEXT NOT NULL DEFAULT '{}',
    created BIGINT NOT NULL
);
CREATE INDEX issue_activity_issue ON issue_activity (issue_id, created);

-- What one user marked on one issue.
CREATE TABLE issue_marks (
    issue_id BIGINT NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    seen BIGINT,
    bookmarked BIGINT NOT NULL DEFAULT 0,
    subscribed BIGINT,
    PRIMARY KEY (issue_id, user_id)
);

-- Every stored event by its id: finds duplicates before anything is counted, and events without a scan.
-- Position and item say which record of the journal was first; a replay of that record is not a duplicate.
CREATE TABLE event_index (
    project_id BIGINT NOT NULL,
    event_high BIGINT NOT NULL,
    event_low BIGINT NOT NULL,
    position BIGINT NOT NULL,
    item BIGINT NOT NULL,
    issue_id BIGINT NOT NULL,
    timestamp BIGINT NOT NULL,
    day BIGINT NOT NULL,
    segment BIGINT NOT NULL,
    "offset" BIGINT NOT NULL,
    length BIGINT NOT NULL,
    PRIMARY KEY (project_id, event_high, event_low)
);
CREATE INDEX event_index_issue ON event_index (issue_id, timestamp);

-- Items that no room handles yet (reason unhandled) or that failed three times (reason poison), with their bytes in the payload segments.
CREATE TABLE quarantine (
    id {identity},
    position BIGINT NOT NULL,
    item BIGINT NOT NULL,
    organization_id BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    key_id BIGINT,
    item_type TEXT NOT NULL,
    quantities TEXT NOT NULL,
    reason TEXT NOT NULL,
    error TEXT,
    received BIGINT NOT NULL,
    day BIGINT NOT NULL,
    segment BIGINT NOT NULL,
    "offset" BIGINT NOT NULL,
    length BIGINT NOT NULL,
    replayed BIGINT,
    UNIQUE (position, item)
);
CREATE INDEX quarantine_project ON quarantine (project_id, received);
