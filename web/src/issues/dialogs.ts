import { lazy } from "react";
import { withMantine } from "../design/withMantine";

/** Dialogs come when they are first asked for: a list is read long before anything is done with it. */
export const AssignDialog = lazy(withMantine(() => import("./AssignDialog"), "AssignDialog"));
export const MergeDialog = lazy(withMantine(() => import("./MergeDialog"), "MergeDialog"));
