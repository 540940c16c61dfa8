import { Button, QuietButton } from "@/components/ui/button";

type Props = { submit: string; pending: boolean; onCancel: () => void };

/** The end of a form: sends it, or leaves it. `submit`: what the button says. */
export function FormButtons({ submit, pending, onCancel }: Props) {
  return (
    <div className="flex gap-2">
      <Button type="submit" disabled={pending}>
        {submit}
      </Button>
      <QuietButton onClick={onCancel} className="h-10">
        Cancel
      </QuietButton>
    </div>
  );
}
