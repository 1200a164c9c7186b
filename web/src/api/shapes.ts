/** The answers of the REST API, as far as the pages read them. */

export type Level = "fatal" | "error" | "warning" | "info" | "debug";
export type IssueStatus = "unresolved" | "resolved" | "ignored";
export type Priority = "high" | "medium" | "low";

export interface User {
  id: string;
  name: string;
  email: string;
  username?: string;
}

export interface Session {
  version: string;
  auth: { scopes: string[] } | null;
  user: User | null;
}

export interface Organization {
  id: string;
  slug: string;
  name: string;
  dateCreated?: string;
  access?: string[];
  role?: string | null;
  orgRoleList?: Role[];
}

export interface Role {
  id: string;
  name: string;
  desc: string;
  /** Whether the caller may give it. */
  isAllowed: boolean;
}

export interface TeamRef {
  id: string;
  slug: string;
  name: string;
}

export interface Team extends TeamRef {
  memberCount: number;
  isMember: boolean;
  projects?: ProjectRef[];
}

export interface ProjectRef {
  id: string;
  slug: string;
  name: string;
  platform?: string | null;
}

export interface Project extends ProjectRef {
  dateCreated: string;
  firstEvent: string | null;
  teams?: TeamRef[];
  options?: Record<string, unknown>;
  dataScrubber?: boolean;
  dataScrubberDefaults?: boolean;
  scrubIPAddresses?: boolean;
  sensitiveFields?: string[];
  safeFields?: string[];
  allowedDomains?: string[];
  resolveAge?: number;
  quota?: RateLimit | null;
}

/** So many events in so many seconds. */
export interface RateLimit {
  count: number;
  window: number;
}

export interface InboundFilter {
  id: string;
  active: boolean | string[];
  description: string;
}

export interface ApiToken {
  id: string;
  name: string;
  scopes: string[];
  tokenLastCharacters: string;
  dateCreated: string;
  dateLastUsed: string | null;
  expiresAt: string | null;
  /** Only in the answer that made it. */
  token?: string | null;
}

export interface BrowserSession {
  id: string;
  ipAddress: string | null;
  userAgent: string | null;
  dateCreated: string;
  lastSeen: string;
  isCurrent: boolean;
}

export interface Invite {
  organizationSlug: string;
  organizationName: string;
  email: string;
  hasAccount: boolean;
}

export interface ProjectKey {
  id: string;
  name: string;
  public: string;
  isActive: boolean;
  rateLimit: RateLimit | null;
  dsn: { public: string; security?: string; csp?: string };
  dateCreated: string;
}

export interface Member {
  id: string;
  email: string;
  name: string;
  orgRole: string;
  pending: boolean;
  expired?: boolean;
  inviteLink?: string | null;
  user: User | null;
  teams?: string[];
  dateCreated?: string;
}

export type Bucket = [unixSeconds: number, count: number];

export interface Assignee {
  type: "user" | "team";
  id: string;
  name: string;
  email?: string;
}

export interface Issue {
  id: string;
  shortId: string;
  title: string;
  culprit: string | null;
  level: Level;
  status: IssueStatus;
  substatus: string | null;
  statusDetails: StatusDetails;
  platform: string | null;
  priority: Priority | null;
  project: ProjectRef;
  metadata: {
    type?: string | null;
    value?: string | null;
    title?: string | null;
    filename?: string | null;
    function?: string | null;
  };
  numComments: number;
  assignedTo: Assignee | null;
  hasSeen: boolean;
  firstReleaseVersion?: string | null;
  lastReleaseVersion?: string | null;
  isUnhandled?: boolean;
  count: string;
  userCount: number;
  firstSeen: string;
  lastSeen: string;
  stats?: Record<string, Bucket[]>;
}

export interface StatusDetails {
  inNextRelease?: boolean;
  inRelease?: string;
  ignoreUntil?: string;
  /** Only sent: minutes from now, which the server turns into `ignoreUntil`. */
  ignoreDuration?: number;
  ignoreCount?: number;
  ignoreUserCount?: number;
}

export interface ReleaseRef {
  version: string;
  shortVersion?: string;
}

export interface IssueDetail extends Issue {
  firstRelease: ReleaseRef | null;
  lastRelease: ReleaseRef | null;
  activity?: Activity[];
}

export interface Activity {
  id: string;
  type: string;
  user: Assignee | null;
  data: Record<string, unknown>;
  dateCreated: string;
}

export interface IssueTag {
  key: string;
  name: string;
  totalValues: number;
  uniqueValues?: number;
  topValues: TagValue[];
}

export interface TagValue {
  value: string | null;
  name?: string | null;
  count: number;
  firstSeen?: string;
  lastSeen?: string;
}

export interface IssueStats {
  events: Bucket[];
  users: Bucket[];
}
