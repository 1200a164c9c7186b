import { tokensOf } from "../../search/searchTokens";
import { nothingUsual, type UsualOf } from "../usual";
import { isTrouble, type SpanNode, type SpanTree } from "./spanTree";

type Test = (node: SpanNode) => boolean;

/** The spans that fit every word, in the order of the tree. Keys: op, service, project, status, is, and times such as >100ms. */
export function searchSpans(tree: SpanTree, query: string, usual: UsualOf = nothingUsual): SpanNode[] {
  const tests = tokensOf(query).map(({ text, key, value, negated }) => {
    const test =
      key && value !== undefined ? keyTest(key, unquoted(value), usual) : wordTest(unquoted(text.replace(/^!/, "")));
    return negated ? (node: SpanNode) => !test(node) : test;
  });
  return tests.length === 0 ? [] : tree.all.filter((node) => tests.every((test) => test(node)));
}

function keyTest(key: string, value: string, usual: UsualOf): Test {
  const wanted = value.toLowerCase();
  const fits = (text: string | null) => text?.toLowerCase().includes(wanted) ?? false;
  switch (key) {
    case "op":
      return ({ span }) => fits(span.op);
    case "service":
      return ({ lane }) => lane.toLowerCase() === wanted;
    case "project":
      return ({ span }) => span.project.toLowerCase() === wanted;
    case "status":
      return ({ span }) => fits(span.status);
    case "transaction":
      return ({ span }) => fits(span.transaction);
    case "is":
      return stateTest(wanted, usual);
    default:
      return wordTest(`${key}:${value}`);
  }
}

function stateTest(state: string, usual: UsualOf): Test {
  switch (state) {
    case "error":
    case "failed":
      return isTrouble;
    case "orphan":
      return ({ orphan }) => orphan;
    case "slow":
      return ({ span }) => span.duration > (usual(span)?.p95 ?? Number.POSITIVE_INFINITY);
    case "issue":
      return ({ issues }) => issues.length > 0;
    default:
      return () => false;
  }
}

function wordTest(word: string): Test {
  const longer = /^([<>])=?([\d.]+)(µs|us|ms|s)?$/.exec(word);
  if (longer) {
    const limit = Number(longer[2]) * (longer[3] === "s" ? 1000 : longer[3] === "µs" || longer[3] === "us" ? 0.001 : 1);
    return longer[1] === ">" ? ({ span }) => span.duration > limit : ({ span }) => span.duration < limit;
  }
  const wanted = word.toLowerCase();
  return ({ span, errors }) =>
    span.op.toLowerCase().includes(wanted) ||
    (span.description?.toLowerCase().includes(wanted) ?? false) ||
    span.span_id === wanted ||
    errors.some((error) => error.title.toLowerCase().includes(wanted));
}

const unquoted = (text: string) => text.replaceAll('"', "");
