import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Question } from "./exploreSearch";
import styles from "./QuestionLine.module.css";
import { readText, textOf } from "./questionText";

/** The whole question as one line to write, copy and paste; Enter asks it. */
export function QuestionLine({ question, ask }: { question: Question; ask: (question: Question) => void }) {
  const given = textOf(question);
  const [text, setText] = useState(given);
  useEffect(() => setText(given), [given]);
  const read = readText(text);
  const mistake = "mistake" in read ? read.mistake : undefined;
  return (
    <TextInput
      aria-label="Question"
      className={styles.line}
      classNames={{ input: styles.input }}
      value={text}
      error={mistake}
      description={mistake ? undefined : "dataset, functions, by fields, order, top, where search. Enter asks."}
      inputWrapperOrder={["label", "input", "error", "description"]}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && "question" in read) {
          ask(read.question);
        }
      }}
    />
  );
}
