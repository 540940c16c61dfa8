// Several Parquet files as one: their rows one after the other, and one footer, which says where everything is. A footer is
// a struct in Thrift's compact protocol: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift

const MAGIC = Buffer.from("PAR1");
/** After the footer stand its length and the magic bytes. */
const TAIL = 8;

const TYPE = { yes: 1, no: 2, byte: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8, list: 9, set: 10, struct: 12 };
const INTEGERS: readonly number[] = [TYPE.i16, TYPE.i32, TYPE.i64];

type Value = bigint | boolean | Buffer | List | Field[];
type List = { of: number; items: Value[] };
type Field = { id: number; type: number; value: Value };

/** Reads a struct. @throws RangeError for what no footer has */
function readStruct(bytes: Buffer): Field[] {
  let at = 0;
  const byte = () => bytes.readUInt8(at++);
  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const next = byte();
      value |= BigInt(next & 0x7f) << shift;
      if (next < 0x80) return value;
    }
  }
  const zigzag = () => {
    const value = varint();
    return (value >> 1n) ^ -(value & 1n);
  };
  function take(length: number): Buffer {
    at += length;
    return bytes.subarray(at - length, at);
  }
  function list(): List {
    const head = byte();
    const of = head & 15;
    const length = head >> 4 === 15 ? Number(varint()) : head >> 4;
    return { of, items: Array.from({ length }, () => (of <= TYPE.no ? byte() === TYPE.yes : readValue(of))) };
  }
  function readValue(type: number): Value {
    if (type === TYPE.yes || type === TYPE.no) return type === TYPE.yes;
    if (type === TYPE.byte) return take(1);
    if (INTEGERS.includes(type)) return zigzag();
    if (type === TYPE.double) return take(8);
    if (type === TYPE.binary) return take(Number(varint()));
    if (type === TYPE.list || type === TYPE.set) return list();
    if (type === TYPE.struct) return struct();
    throw new RangeError(`no Thrift type ${type} in a footer`);
  }
  function struct(): Field[] {
    const fields: Field[] = [];
    for (let id = 0; ; ) {
      const head = byte();
      if (head === 0) return fields;
      id = head >> 4 === 0 ? Number(zigzag()) : id + (head >> 4);
      fields.push({ id, type: head & 15, value: readValue(head & 15) });
    }
  }
  return struct();
}

function varintOf(value: bigint): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80n; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(left)]);
}

const zigzagOf = (value: bigint): Buffer => varintOf(value < 0n ? -value * 2n - 1n : value * 2n);

const listHead = (of: number, length: number): Buffer =>
  length < 15 ? Buffer.from([(length << 4) | of]) : Buffer.concat([Buffer.from([0xf0 | of]), varintOf(BigInt(length))]);

function bytesOf(type: number, value: Value): Buffer {
  if (typeof value === "bigint") return zigzagOf(value);
  if (typeof value === "boolean") return Buffer.alloc(0);
  if (Buffer.isBuffer(value)) {
    return type === TYPE.binary ? Buffer.concat([varintOf(BigInt(value.length)), value]) : value;
  }
  if (Array.isArray(value)) return structOf(value);
  const { of, items } = value;
  const flag = (item: Value) => Buffer.from([item ? TYPE.yes : TYPE.no]);
  const parts = items.map((item) => (typeof item === "boolean" ? flag(item) : bytesOf(of, item)));
  return Buffer.concat([listHead(of, items.length), ...parts]);
}

function structOf(fields: readonly Field[]): Buffer {
  let last = 0;
  const parts = fields.flatMap(({ id, type, value }) => {
    const step = id - last;
    last = id;
    const isShort = step > 0 && step < 16;
    const head = isShort ? [Buffer.from([(step << 4) | type])] : [Buffer.from([type]), zigzagOf(BigInt(id))];
    return [...head, bytesOf(type, value)];
  });
  return Buffer.concat([...parts, Buffer.from([0])]);
}

const isStruct = (value: Value): value is Field[] => Array.isArray(value);

/** Ids of the fields that say where something is in the file: of a group of rows, its columns, and their metadata. */
const PLACES = { group: [5], column: [2, 4, 6], metadata: [9, 10, 11, 14] };
const [COLUMNS, METADATA, ROWS, GROUPS] = [1, 3, 3, 4];

/** A struct whose places lie further back. A place of 0 says that there is none. */
function moved(fields: readonly Field[], places: readonly number[], by: bigint): Field[] {
  return fields.map((field) => {
    const isPlace = typeof field.value === "bigint" && field.value > 0n && places.includes(field.id);
    return isPlace ? { ...field, value: (field.value as bigint) + by } : field;
  });
}

function movedGroup(group: Field[], by: bigint): Field[] {
  const column = (value: Value): Value =>
    isStruct(value)
      ? moved(value, PLACES.column, by).map((field) =>
          field.id === METADATA && isStruct(field.value)
            ? { ...field, value: moved(field.value, PLACES.metadata, by) }
            : field,
        )
      : value;
  return moved(group, PLACES.group, by).map((field) => {
    if (field.id !== COLUMNS || typeof field.value !== "object" || !("items" in field.value)) return field;
    return { ...field, value: { ...field.value, items: field.value.items.map(column) } };
  });
}

/** How many bytes at the end of a Parquet file are its footer with all that follows; `tail`: its last eight. */
export const footerLength = (tail: Buffer): number => tail.readUInt32LE(0) + TAIL;

export const TAIL_BYTES = TAIL;

/** The first bytes of every Parquet file. */
export const HEAD: Buffer = MAGIC;

/** Joins Parquet files with the same columns, of which only the footers are kept. */
export function createJoin() {
  let size = BigInt(MAGIC.length);
  let rows = 0n;
  let first: Field[] | null = null;
  const groups: Buffer[] = [];
  return {
    /** Takes in the next file: the length of what lies between its first bytes and its footer, and that footer. */
    add(length: number, footer: Buffer): void {
      const fields = readStruct(footer.subarray(0, -TAIL));
      first ??= fields;
      for (const { id, value } of fields) {
        if (id === ROWS && typeof value === "bigint") rows += value;
        if (id !== GROUPS || typeof value !== "object" || !("items" in value)) continue;
        const by = size - BigInt(MAGIC.length);
        for (const group of value.items) if (isStruct(group)) groups.push(structOf(movedGroup(group, by)));
      }
      size += BigInt(length);
    },
    /** What ends the file. */
    end(): Buffer {
      const before = (first ?? []).filter(({ id }) => id < GROUPS);
      const after = (first ?? []).filter(({ id }) => id > GROUPS);
      const start = structOf(before.map((field) => (field.id === ROWS ? { ...field, value: rows } : field)));
      const step = GROUPS - (before.at(-1)?.id ?? 0);
      const list = [Buffer.from([(step << 4) | TYPE.list]), listHead(TYPE.struct, groups.length), ...groups];
      // The ids of fields are written as steps from the one before.
      const rest = structOf(after.map((field) => ({ ...field, id: field.id - GROUPS })));
      const footer = Buffer.concat([start.subarray(0, -1), ...list, rest]);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(footer.length);
      return Buffer.concat([footer, length, MAGIC]);
    },
  };
}
