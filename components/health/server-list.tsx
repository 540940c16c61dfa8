import { text } from "@/components/health/text";
import { Badge } from "@/components/ui/badge";
import { DataTable, type TableColumn } from "@/components/ui/data-table";
import { count, duration, moment } from "@/lib/base/format";
import type { SeenServer } from "@/lib/health/facts";

type Row = SeenServer & { id: string };

/** The servers that share this database and were seen lately, each with what it says of itself. */
export function ServerList({ servers, now, zone }: { servers: SeenServer[]; now: Date; zone: string }) {
  const columns: TableColumn<Row>[] = [
    {
      key: "name",
      label: text.servers.server,
      cell: ({ server, version, seenAt, isHere }) => (
        <>
          <p className="wrap-anywhere font-medium">{server}</p>
          <p className="text-muted">
            {isHere ? (
              text.servers.version(version)
            ) : (
              <Badge tone="warn">{text.servers.notSeenFor(duration(now.getTime() - seenAt.getTime()))}</Badge>
            )}
          </p>
        </>
      ),
    },
    {
      key: "since",
      label: text.servers.since,
      width: "w-44",
      wide: true,
      cell: ({ beganAt }) => <time dateTime={beganAt.toISOString()}>{moment(beganAt, zone)}</time>,
    },
    {
      key: "delay",
      label: text.servers.onTheWay,
      width: "w-32",
      wide: true,
      numeric: true,
      cell: ({ delay }) => (delay ? duration(delay.p50) : "–"),
    },
    {
      key: "waiting",
      label: text.servers.waiting,
      width: "w-28",
      numeric: true,
      cell: ({ waiting }) => count(waiting),
    },
    {
      key: "failures",
      label: text.servers.failures,
      width: "w-28",
      numeric: true,
      cell: ({ failures }) => count(failures),
    },
  ];
  return (
    <section aria-labelledby="servers" className="mt-2 grid grid-cols-1 gap-3">
      <h2 id="servers" className="font-semibold">
        {text.servers.title}
      </h2>
      {servers.length > 0 ? (
        <DataTable
          caption={text.servers.title}
          columns={columns}
          rows={servers.map((server) => ({ id: server.server, ...server }))}
        />
      ) : (
        <p className="text-muted">{text.servers.none}</p>
      )}
    </section>
  );
}
