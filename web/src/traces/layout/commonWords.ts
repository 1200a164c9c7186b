/** What texts have in common, word by word: `SELECT … WHERE id = 7` and `… id = 8` are `SELECT … WHERE id = …`. */
export function commonWords(texts: readonly string[]): string {
  const [first = "", ...others] = texts.map((text) => text.split(" "));
  let common = [...first];
  for (const words of others) {
    if (words.length !== common.length) {
      const same = common.findIndex((word, index) => word !== words[index]);
      common = [...common.slice(0, same < 0 ? Math.min(common.length, words.length) : same), "…"];
      break;
    }
    common = common.map((word, index) => commonWord(word, words[index] ?? ""));
  }
  return common.join(" ");
}

function commonWord(pattern: string, word: string): string {
  if (pattern === word) {
    return pattern;
  }
  const [head = "", tail] = pattern.split("…");
  let start = 0;
  while (start < head.length && head[start] === word[start]) {
    start++;
  }
  const ending = tail ?? head.slice(start);
  let end = 0;
  while (end < ending.length && end < word.length - start && ending.at(-1 - end) === word.at(-1 - end)) {
    end++;
  }
  return `${head.slice(0, start)}…${ending.slice(ending.length - end)}`;
}
