import type { components } from "./schema";

/**
 * The answers of the API under the names the pages use. The types come from the API's own description; only where that
 * says less than its text (a level is one of five words), they are narrowed here.
 */
type Schemas = components["schemas"];

/** Narrows fields; naming one that the API does not have is an error. */
export type Narrow<T, U extends { [K in keyof U]: K extends keyof T ? unknown : never }> = Omit<T, keyof U> & U;

export type Level = "fatal" | "error" | "warning" | "info" | "debug";
export type IssueStatus = "unresolved" | "resolved" | "ignored";
export type Priority = "high" | "medium" | "low";

export type User = Schemas["UserShape"];
export type Session = Schemas["RootShape"];
export type Invite = Schemas["InviteShape"];
export type BrowserSession = Schemas["SessionShape"];
export type ApiToken = Schemas["TokenShape"];

export type Organization = Schemas["OrganizationShape"];
export type OrganizationDetail = Schemas["OrganizationDetailShape"];
export type Role = Schemas["RoleShape"];
export type Team = Schemas["TeamShape"];
export type TeamWithProjects = Schemas["TeamWithProjectsShape"];
export type Member = Schemas["MemberShape"];

/** So many events in so many seconds. */
export type RateLimit = Schemas["RateLimit"];
type TeamRef = Required<Schemas["TeamReference"]>;
export type Project = Narrow<Schemas["ProjectShape"], { teams: TeamRef[] }>;
export type ProjectDetail = Narrow<Schemas["ProjectDetailShape"], { teams: TeamRef[]; quota: RateLimit | null }>;
export type ProjectKey = Narrow<Schemas["ProjectKeyShape"], { rateLimit: RateLimit | null }>;
export type Detector = Schemas["DetectorShape"];
export type Threshold = Schemas["ThresholdShape"];
export type OwnThreshold = Schemas["TransactionThresholdOverrideShape"];
/** Switches and thresholds by their names. */
export type DetectorChange = Record<string, boolean | number>;
export type InboundFilter = Narrow<Schemas["FilterShape"], { active: boolean | string[] }>;

export type Bucket = [unixSeconds: number, count: number];
export type ReleaseRef = Schemas["ReleaseName"];
export type Assignee = Narrow<Schemas["IssueActor"], { type: "user" | "team" }>;
export type Activity = Narrow<Schemas["ActivityShape"], { data: Record<string, unknown> }>;
export type IssueTag = Schemas["TagShape"];
export type TagValue = Schemas["TagValueShape"];
export type IssueStats = Narrow<Schemas["IssueStatsShape"], { events: Bucket[]; users: Bucket[] }>;

export interface StatusDetails {
  inNextRelease?: boolean;
  inRelease?: string;
  ignoreUntil?: string;
  /** Only sent: minutes from now, which the server turns into `ignoreUntil`. */
  ignoreDuration?: number;
  ignoreCount?: number;
  ignoreUserCount?: number;
}

export interface IssueMetadata {
  type?: string | null;
  value?: string | null;
  title?: string | null;
}

export type Issue = Narrow<
  Schemas["IssueShape"],
  {
    level: Level;
    status: IssueStatus;
    statusDetails: StatusDetails;
    priority: Priority;
    metadata: IssueMetadata;
    assignedTo?: Assignee | null;
    stats?: Record<string, Bucket[]> | null;
  }
>;

export type IssueDetail = Issue & Pick<Schemas["IssueDetailShape"], "firstRelease" | "lastRelease" | "numMerged">;
export type IssueHash = Schemas["IssueHashShape"];
export type HashIssue = Schemas["HashIssueShape"];
export type Unmerged = Schemas["UnmergedShape"];
export type Merged = Schemas["IssuesChangedShape"];

export type LiveIssue = Schemas["LiveIssueShape"];
export type PipelineState = Schemas["PipelineShape"];
export type StoredDay = Schemas["DayShape"];
export type RetentionState = Schemas["RetentionShape"];
export type DroppedRows = Schemas["DroppedShape"];
export type QuarantineItem = Schemas["QuarantineShape"];
export type OutcomeStats = Schemas["OutcomeStatsShape"];
