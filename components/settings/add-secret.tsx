"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { QuietButton } from "@/components/ui/quiet-button";
import { text } from "@/lib/text/settings";
import { MadeSecret } from "./made-secret";
import { SecretForm } from "./secret-form";

/** The way to one more secret. */
export function AddSecret() {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  if (made !== null) return <MadeSecret value={made} onDone={() => setMade(null)} />;
  if (isOpen) {
    return (
      <SecretForm
        onCancel={() => setOpen(false)}
        onAdded={(value) => {
          setOpen(false);
          setMade(value);
        }}
      />
    );
  }
  return (
    <div className="p-4">
      <QuietButton onClick={() => setOpen(true)}>
        <Plus aria-hidden className="size-4" />
        {text.form.open}
      </QuietButton>
    </div>
  );
}
