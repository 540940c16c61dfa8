import type { ReactNode } from "react";
import { SettingsNav } from "@/components/settings/settings-nav";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <h1 className="font-semibold text-2xl tracking-tight">Settings</h1>
      <SettingsNav />
      {children}
    </div>
  );
}
