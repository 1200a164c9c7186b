import { Button } from "../Button";
import styles from "./MoreButton.module.css";

interface MoreButtonProps {
  /** A list that comes in pages. */
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  /** What it brings: `More lines`. */
  children: string;
}

/** Fetches the next page of a list; what is there stays when that fails. Nothing where there is no further page. */
export function MoreButton({ list, children }: MoreButtonProps) {
  if (!list.hasNextPage) {
    return null;
  }
  return (
    <div className={styles.more}>
      <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {children}
      </Button>
      {list.isFetchNextPageError && (
        <span className={styles.failure} role="alert">
          They could not be read.
        </span>
      )}
    </div>
  );
}
