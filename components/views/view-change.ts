import type { SavedView } from "@/lib/views/view";

/** Changes a saved view, or with `POST` keeps one, and says whether it worked; if not, the menu says why. */
export type ChangeView = (method: "POST" | "PATCH" | "DELETE", id: string | null, body?: object) => Promise<boolean>;

/** What the page shows, as a view would keep it. */
export type CurrentPage = Pick<SavedView, "path" | "query">;

/** Whether a view is what the page shows. */
export const isShown = (view: SavedView, { path, query }: CurrentPage) => view.path === path && view.query === query;
