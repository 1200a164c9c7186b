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
  orgRoleList?: { id: string; name: string; desc?: string }[];
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
}

export interface ProjectKey {
  id: string;
  name: string;
  public: string;
  isActive: boolean;
  rateLimit: { window: number; count: number } | null;
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
  user: User | null;
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
