import { type Icon, IconBolt, IconDatabase, type IconProps, IconStack2, IconWorld } from "@tabler/icons-react";
import type { ServiceNode } from "../api/performanceShapes";

const icons: Partial<Record<ServiceNode["kind"], Icon>> = {
  database: IconDatabase,
  http: IconWorld,
  queue: IconStack2,
  cache: IconBolt,
};

/** What is not one of our services has a sign of its own; a service has none. */
export function ServiceIcon({ kind, ...icon }: { kind: ServiceNode["kind"] } & IconProps) {
  const Sign = icons[kind];
  return Sign ? <Sign stroke={1.5} {...icon} /> : null;
}
