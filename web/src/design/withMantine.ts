import { type ComponentType, createElement } from "react";

/**
 * Loads a page or dialog together with Mantine's provider and styles. The issue list and the frame of all pages do without
 * them, so that a first visit neither loads nor runs them before it shows something.
 */
export function withMantine<Props extends object, Name extends string>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): () => Promise<{ default: ComponentType<Props> }> {
  return async () => {
    const [{ MantineRoom }, part] = await Promise.all([import("./MantineRoom"), load()]);
    const inRoom = (props: Props) => createElement(MantineRoom, null, createElement(part[name], props));
    return { default: inRoom };
  };
}
