import { connect } from "./connect";

/** Whether a webhook secret was added in the browser and is not revoked. The database has been migrated. */
export async function hasSettingsSecret(databaseUrl: string): Promise<boolean> {
  const client = await connect(databaseUrl);
  try {
    const { rowCount } = await client.query(
      "select 1 from webhook_secret where source = 'settings' and revoked_at is null limit 1",
    );
    return rowCount === 1;
  } finally {
    await client.end();
  }
}
