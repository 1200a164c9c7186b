import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bones, Empty } from "../design/States";
import { inPeriod, keepScope, periodLabel, type Scope } from "../shell/scope";
import { anySpansQuery, widestPeriod } from "./anySpansQuery";
import { FirstTrace } from "./FirstTrace";

interface NoSpansProps {
  org: string;
  scope: Scope;
  /** What is not there: a transaction, a page load … */
  what: string;
  /** The platform whose snippet is shown, where only one sends what is missing. */
  platform?: string;
}

/** Why there is nothing: nothing has ever come, and how it would; or what there is lies outside of what was chosen. */
export function NoSpans({ org, scope, what, platform }: NoSpansProps) {
  const any = useQuery(anySpansQuery(org, scope.project, what));
  const title = `No ${what} ${inPeriod(scope)}`;
  if (any.isPending) {
    return <Bones rows={4} />;
  }
  if (!any.data) {
    return <FirstTrace org={org} scope={scope} title={title} platform={platform} />;
  }
  return (
    <Empty
      title={title}
      action={
        <Link
          to="."
          search={(old) => ({
            ...old,
            ...keepScope({ project: scope.project, statsPeriod: widestPeriod }),
          })}
        >
          {periodLabel({ statsPeriod: widestPeriod })}, all environments
        </Link>
      }
    >
      {scope.environment ? "Another time or environment has some." : "Another time has some."} The next one appears here
      by itself.
    </Empty>
  );
}
