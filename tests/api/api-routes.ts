import * as dubAnalytics from "@/app/api/analytics/route";
import * as dubEvents from "@/app/api/events/route";
import * as exported from "@/app/api/export/[file]/route";
import * as analytics from "@/app/api/v1/analytics/route";
import * as clicks from "@/app/api/v1/clicks/route";
import * as events from "@/app/api/v1/events/route";
import * as links from "@/app/api/v1/links/route";
import * as values from "@/app/api/v1/values/[field]/route";
import * as why from "@/app/api/v1/why/route";

/** The routes of the API's document, to be served over HTTP. */
export const API_ROUTES = {
  "/api/v1/analytics": analytics,
  "/api/v1/clicks": clicks,
  "/api/v1/events": events,
  "/api/v1/links": links,
  "/api/v1/values/[field]": values,
  "/api/v1/why": why,
  "/api/analytics": dubAnalytics,
  "/api/events": dubEvents,
  "/api/export/[file]": exported,
};
