import { lazy } from "react";

/** Dialogs come when they are first asked for: a list is read long before anything is done with it. */
export const AssignDialog = lazy(() => import("./AssignDialog").then((module) => ({ default: module.AssignDialog })));
export const MergeDialog = lazy(() => import("./MergeDialog").then((module) => ({ default: module.MergeDialog })));
