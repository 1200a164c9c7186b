import type { TransactionSample } from "../api/performanceShapes";
import { Ago } from "../design/Ago";
import { duration } from "../design/format";
import { SampledMark } from "../design/SampledMark";
import { hasFailed } from "./failing";
import rows from "./Rows.module.css";
import { TraceLink } from "./TraceLink";

export function SampleTable({ org, rows: samples }: { org: string; rows: readonly TransactionSample[] }) {
  return (
    <div className={rows.scroll}>
      <table className={rows.table}>
        <thead>
          <tr>
            <th>Trace</th>
            <th className={rows.number}>Duration</th>
            <th>Status</th>
            <th className={rows.wide}>User</th>
            <th className={rows.extra}>Release</th>
            <th className={rows.number}>Errors</th>
            <th className={rows.number}>When</th>
          </tr>
        </thead>
        <tbody>
          {samples.map((sample) => (
            <tr key={`${sample.trace_id} ${sample.span_id}`}>
              <td>
                <TraceLink org={org} trace={sample.trace_id} span={sample.span_id}>
                  <code>{sample.trace_id.slice(0, 8)}</code>
                </TraceLink>{" "}
                {sample.sampled && <SampledMark kept />}
              </td>
              <td className={rows.number}>{duration(sample.duration)}</td>
              <td className={hasFailed(sample.status) ? rows.bad : rows.dim}>{sample.status}</td>
              <td className={rows.wide} title={sample.user ?? undefined}>
                {sample.user}
              </td>
              <td className={`${rows.dim} ${rows.extra}`}>{sample.release}</td>
              <td className={`${rows.number} ${sample.errors > 0 ? rows.bad : ""}`}>{sample.errors || ""}</td>
              <td className={rows.number}>
                <Ago at={new Date(sample.timestamp * 1000).toISOString()} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
