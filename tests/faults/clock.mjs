// Loaded into the server before anything else: at SIGUSR2 its clock goes back by an hour, as after a wrong time server.
const now = Date.now;
let behind = 0;

globalThis.Date = new Proxy(Date, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now() - behind] : args, self),
  get: (target, name) => (name === "now" ? () => now() - behind : Reflect.get(target, name)),
});
process.on("SIGUSR2", () => {
  behind += 3_600_000;
});
