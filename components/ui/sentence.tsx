import { Fragment, type ReactNode } from "react";

type Props = {
  /** A sentence of the catalogue, with `{name}` where an element stands. */
  text: string;
  /** The elements by name. */
  parts: Record<string, ReactNode>;
};

/** A sentence in which elements stand, in whatever order the language wants them. */
export function Sentence({ text, parts }: Props) {
  return text.split(/(\{\w+\})/).map((piece, at) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other name, and stay in their order.
    return <Fragment key={at}>{name === undefined ? piece : parts[name]}</Fragment>;
  });
}
