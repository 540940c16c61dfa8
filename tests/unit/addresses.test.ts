import { expect, test } from "vitest";
import { networkAddress, readAddress, readAddressList } from "@/lib/base/addresses";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  [" 203.0.113.7:51234 ", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::FFFF:cb00:7107", "203.0.113.7"],
  ["[::ffff:203.0.113.7]:443", "203.0.113.7"],
  ["::1", "::1"],
  ["[::1]:443", "::1"],
  ["[2001:DB8::5]", "2001:db8::5"],
  ['"[2001:db8:0:0::5]:4711"', "2001:db8::5"],
  ["2001:0db8:0000::0005", "2001:db8::5"],
  ["", null],
  ["unknown", null],
  ["_hidden", null],
  ["203.0.113", null],
  ["0x7f.1", null],
  ["2130706433", null],
  ["203.0.113.7:port", null],
  ["203.0.113.7, 10.0.0.1", null],
])("of %j in a header the address is %j", (entry, address) => {
  expect(readAddress(entry)).toBe(address);
});

test("a list has addresses, ranges of both families, and words", () => {
  const list = readAddressList("203.0.113.7, 198.51.100.0/24,2001:db8::/32,::ffff:192.0.2.0/120,");
  for (const address of ["203.0.113.7", "::ffff:203.0.113.7", "198.51.100.255", "2001:db8:ffff::1", "192.0.2.9"])
    expect(list.has(address), address).toBe(true);
  for (const address of [null, "", "203.0.113.8", "198.51.101.0", "2001:db9::1", "192.0.3.9", "loopback"])
    expect(list.has(address), String(address)).toBe(false);
});

test("loopback and private are what their names say, in both families", () => {
  const list = readAddressList("loopback, Private");
  for (const address of [
    "127.0.0.1",
    "127.1.2.3",
    "::1",
    "10.0.0.1",
    "172.31.0.1",
    "192.168.1.5",
    "fd00::1",
    "fe80::1",
  ])
    expect(list.has(address), address).toBe(true);
  for (const address of ["203.0.113.7", "172.32.0.1", "2001:db8::1", "0.0.0.0"])
    expect(list.has(address), address).toBe(false);
});

test.each(["dub.co", "203.0.113.7/33", "203.0.113.0/", "1.2.3.4/8/8", "203.0.113", "::1/129", "constructor"])(
  "%s is no address",
  (text) => {
    expect(() => readAddressList(`203.0.113.7,${text}`)).toThrow(text);
  },
);

test.each([
  ["203.0.113.7", "203.0.113.0"],
  ["203.0.113.0", "203.0.113.0"],
  ["::ffff:203.0.113.7", "203.0.113.0"],
  ["[2001:DB8:1:2:3::4]:443", "2001:db8:1::"],
  ["fe80::1%eth0", "fe80::"],
  ["203.0.113.7:80, 10.0.0.1", "203.0.113.0"],
  ["203.0.113", null],
  ["10:16:40", null],
  ["", null],
])("the network of %j is %j", (address, network) => {
  expect(networkAddress(address)).toBe(network);
});
