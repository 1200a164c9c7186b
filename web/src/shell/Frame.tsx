import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useKeys } from "../design/useKeys";
import { withMantine } from "../design/withMantine";
import { EarlyField } from "./EarlyField";
import styles from "./Frame.module.css";
import { LostPage } from "./LostPage";
import { organizationsQuery } from "./organizations";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";
import { useRailPin } from "./useRailPin";

const KeySheet = lazy(withMantine(() => import("./KeySheet"), "KeySheet"));
const Palette = lazy(withMantine(() => import("./Palette"), "Palette"));

/** What stands around every page: the rail, the top bar, the palette and the sheet of keys. */
export function Frame() {
  const { org } = useParams({ from: "/inside/organizations/$org" });
  const organizations = useQuery(organizationsQuery);
  const [palette, setPalette] = useState(false);
  const [early, setEarly] = useState("");
  const [keySheet, setKeySheet] = useState(false);
  const { pinned, togglePin } = useRailPin();
  const navigate = useNavigate();

  const closePalette = () => {
    setPalette(false);
    setEarly("");
  };
  useKeys({
    "mod+k": () => (palette ? closePalette() : setPalette(true)),
    "?": () => setKeySheet(true),
    "alt+i": () => void navigate({ to: "/organizations/$org/issues", params: { org } }),
  });

  if (organizations.data && !organizations.data.some((one) => one.slug === org)) {
    return <LostPage />;
  }
  return (
    <div className={styles.frame} data-pinned={pinned}>
      <a className={styles.skip} href="#page">
        Skip to the page
      </a>
      <Rail org={org} pinned={pinned} togglePin={togglePin} />
      <TopBar org={org} openPalette={() => setPalette(true)} openKeys={() => setKeySheet(true)} />
      <main id="page" className={styles.page}>
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      {palette && (
        <Suspense fallback={<EarlyField typed={early} type={setEarly} close={closePalette} />}>
          <Palette org={org} typedFirst={early} close={closePalette} />
        </Suspense>
      )}
      {keySheet && (
        <Suspense>
          <KeySheet close={() => setKeySheet(false)} />
        </Suspense>
      )}
    </div>
  );
}
