import { Switch } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Detector, DetectorChange } from "../api/shapes";
import { Button } from "../design/Button";
import { useNotice } from "../design/Notices";
import { Bones, Failure } from "../design/States";
import { SettingRow } from "../settings/SettingRow";
import { useSave } from "../settings/useSave";
import styles from "./DetectorSettings.module.css";
import { detectorWords } from "./detectorWords";
import { detectorsQuery } from "./projectQueries";
import { ThresholdField } from "./ThresholdField";

interface DetectorSettingsProps {
  org: string;
  project: string;
  fixed: boolean;
}

/** Which performance problems become issues, and from where on. */
export function DetectorSettings({ org, project, fixed }: DetectorSettingsProps) {
  const detectors = useQuery(detectorsQuery(org, project));
  const queries = useQueryClient();
  const notice = useNotice();
  const path = `projects/${org}/${project}/performance-issues/configure/`;
  const reload = () => queries.invalidateQueries({ queryKey: detectorsQuery(org, project).queryKey });
  const save = useSave<DetectorChange>(async (change) => {
    await api.put(path, change);
    await reload();
  });
  const reset = () =>
    api.delete(path).then(
      async () => {
        notice({ text: "Thresholds are the usual ones again" });
        await reload();
      },
      (error: Error) => notice({ text: error.message, tone: "error" }),
    );
  const toggle = (detector: Detector, enabled: boolean) =>
    save({ [detector.setting]: enabled }, { [detector.setting]: !enabled }, detector.title).catch((error: Error) =>
      notice({ text: error.message, tone: "error" }),
    );

  if (detectors.isPending) {
    return <Bones rows={6} height={56} />;
  }
  if (detectors.isError) {
    return <Failure what="The detectors could not be read" error={detectors.error} retry={() => void reload()} />;
  }
  const moved = detectors.data.some((one) => one.enabled && one.thresholds.some(({ value, usual }) => value !== usual));
  return (
    <>
      <div className={styles.head}>
        <div>
          <h2 className={styles.title}>Performance issues</h2>
          <p className={styles.explain}>
            What is changed here counts for the next traces that arrive. Issues that there are stay, and each event says
            which threshold it was measured against.
          </p>
        </div>
        {!fixed && (
          <Button disabled={!moved} onClick={() => void reset()}>
            Usual thresholds
          </Button>
        )}
      </div>
      {detectors.data.map((detector) => (
        <SettingRow key={detector.type} label={detector.title} explain={detectorWords[detector.type]}>
          <Switch
            aria-label={detector.title}
            label={detector.enabled ? "On" : "Off"}
            disabled={fixed}
            checked={detector.enabled}
            onChange={(event) => void toggle(detector, event.currentTarget.checked)}
          />
          {detector.enabled &&
            detector.thresholds.map((threshold) => (
              <ThresholdField
                key={threshold.name}
                threshold={threshold}
                fixed={fixed}
                save={(value) =>
                  save({ [threshold.name]: value }, { [threshold.name]: threshold.value }, threshold.title)
                }
              />
            ))}
        </SettingRow>
      ))}
    </>
  );
}
