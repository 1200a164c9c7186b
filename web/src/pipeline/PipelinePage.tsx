import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Bones, Failure } from "../design/States";
import { DiskSection } from "./DiskSection";
import { OutcomeSection } from "./OutcomeSection";
import styles from "./PipelinePage.module.css";
import { PipelineVerdict } from "./PipelineVerdict";
import { pipelineQuery } from "./pipelineQueries";
import { QuarantineSection } from "./QuarantineSection";
import { RetentionSection } from "./RetentionSection";
import { StageSection } from "./StageSection";

/** What self-hosters never had: whether everything that was received has arrived, and if not, where it is. */
export function PipelinePage() {
  const { org } = useParams({ from: "/inside/organizations/$org/pipeline" });
  const state = useQuery(pipelineQuery);
  if (state.isError && !state.data) {
    return (
      <Failure
        what="The state of the pipeline could not be read"
        error={state.error}
        retry={() => void state.refetch()}
      />
    );
  }
  if (!state.data) {
    return <Bones rows={10} height={44} />;
  }
  return (
    <div className={styles.page}>
      <PipelineVerdict state={state.data} stale={state.isError} />
      <StageSection state={state.data} />
      <OutcomeSection org={org} />
      <DiskSection state={state.data} />
      <RetentionSection />
      <QuarantineSection waiting={state.data.quarantined} />
    </div>
  );
}
