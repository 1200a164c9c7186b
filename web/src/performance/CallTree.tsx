import { useMemo } from "react";
import type { ServiceMap } from "../api/performanceShapes";
import styles from "./CallTree.module.css";
import { type CallBranch, callBranches } from "./callBranches";
import { isFailing } from "./failing";
import { PartHead } from "./Part";
import { ServiceIcon } from "./ServiceIcon";
import { callSentence, callWords, kindWords } from "./serviceWords";

interface CallTreeProps {
  map: ServiceMap;
  choose: (node: string) => void;
}

/** The service map where a picture has no room: what each service calls, below it. */
export function CallTree({ map, choose }: CallTreeProps) {
  const branches = useMemo(() => callBranches(map.nodes, map.edges), [map]);
  return (
    <section className={styles.tree} aria-label="Service map">
      <PartHead title="Who calls whom" note="calls · p95 · failing" />
      <Branches branches={branches} choose={choose} />
    </section>
  );
}

function Branches({ branches, choose }: Pick<CallTreeProps, "choose"> & { branches: readonly CallBranch[] }) {
  return (
    <ul className={styles.branches}>
      {branches.map((branch) => (
        <li key={branch.node.id}>
          <Line branch={branch} choose={choose} />
          {branch.branches.length > 0 && <Branches branches={branch.branches} choose={choose} />}
        </li>
      ))}
    </ul>
  );
}

/** The numbers are those of the call that leads here; where the tree begins, of all that it does. */
function Line({ branch: { node, call, again }, choose }: Pick<CallTreeProps, "choose"> & { branch: CallBranch }) {
  const numbers = call ?? node;
  return (
    <button
      type="button"
      className={styles.line}
      title={node.name}
      data-failing={isFailing(numbers.failure_rate)}
      aria-label={`${node.name}, ${kindWords[node.kind]}: ${callSentence(numbers)}`}
      onClick={() => choose(node.id)}
    >
      <ServiceIcon kind={node.kind} size={14} />
      <span className={styles.name}>{node.name}</span>
      {again && <span className={styles.again}>see above</span>}
      <span className={styles.numbers}>{callWords(numbers)}</span>
    </button>
  );
}
