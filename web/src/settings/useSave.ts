import { useNotice } from "../design/Notices";

/** Saves a change at once and offers to take it back; a refusal is told where the change was made. */
export function useSave<T extends object>(put: (patch: Partial<T>) => Promise<unknown>) {
  const notice = useNotice();
  return async (patch: Partial<T>, before: Partial<T>, what: string): Promise<void> => {
    await put(patch);
    notice({
      text: `${what} saved`,
      undo: () => {
        put(before).catch((error: Error) => notice({ text: error.message, tone: "error" }));
      },
    });
  };
}
