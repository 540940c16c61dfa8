"use client";

import { type ReactNode, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { Problem } from "@/components/ui/field";
import { useChange } from "@/components/ui/use-json";

type Props<Answer> = {
  /** Words of the button, and its name for screen readers. */
  button: string;
  label: string;
  /** Says what is lost. */
  question: ReactNode;
  busy: string;
  method: string;
  address: string;
  body?: object;
  onAnswer?: (answer: Answer) => void;
  /** Whether something is lost. */
  isLoss?: boolean;
};

/** A button that asks before it acts. */
export function ConfirmAction<Answer = unknown>(props: Props<Answer>) {
  const { button, label, question, busy, method, address, body, onAnswer, isLoss = true } = props;
  const { change, pending, problem } = useChange();
  const [isAsking, setAsking] = useState(false);
  const look = isLoss ? "text-danger" : "";
  if (!isAsking)
    return (
      <QuietButton aria-label={label} className={look} onClick={() => setAsking(true)}>
        {button}
      </QuietButton>
    );
  const act = async () => {
    const answer = await change<Answer>(method, address, body);
    if (answer === undefined) return;
    setAsking(false);
    onAnswer?.(answer);
  };
  return (
    <div role="alert" className="order-last grid basis-full gap-2">
      <p className="wrap-anywhere">{question}</p>
      <Problem>{problem}</Problem>
      <div className="flex gap-2">
        <QuietButton className={look} disabled={pending} onClick={() => void act()}>
          {pending ? busy : button}
        </QuietButton>
        <QuietButton onClick={() => setAsking(false)}>Cancel</QuietButton>
      </div>
    </div>
  );
}
