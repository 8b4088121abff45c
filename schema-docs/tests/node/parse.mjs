// Parses the files that the example `diagrams` wrote with the real parsers, and compares what they read with the JSON
// files beside them: `node parse.mjs DIR`. It prints each difference, and exits with 1 if there is one.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { JSDOM } from "jsdom";

// Mermaid needs a document when it is loaded.
const { window } = new JSDOM("<body></body>");
Object.assign(globalThis, { window, document: window.document });

const { default: mermaid } = await import("mermaid");
const { default: mermaid10 } = await import("mermaid-10");
const dbml = await import("@dbml/core");
const dbml3 = await import("dbml-core-3");
const { instance } = await import("@viz-js/viz");
const graphviz = await instance();

const MERMAID_LIMIT = 50_000;
let differences = 0;

function report(file, message) {
  differences += 1;
  console.error(`${file}: ${message}`);
}

function same(file, what, found, expected) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) report(file, `${what} is ${one}, expected ${other}`);
}

// Whether Mermaid shows the name unchanged.
const isPlain = (name) => /^[a-z_][a-z0-9_]*$/i.test(name) && !/^([pfu]k|constructor)$/i.test(name);

async function checkMermaid(file, text, expected) {
  if (text.length > MERMAID_LIMIT) report(file, "Mermaid does not draw so long a text");
  for (const [version, parser] of [["11", mermaid], ["10", mermaid10]]) {
    const at = `${file} with Mermaid ${version}`;
    try {
      await parser.parse(text);
      const { db } = await parser.mermaidAPI.getDiagramFromText(text);
      compareMermaid(at, db, expected);
    } catch (error) {
      report(at, error.message ?? error);
    }
  }
}

function compareMermaid(at, db, expected) {
  const read = db.getEntities();
  const entities = read instanceof Map ? [...read] : Object.entries(read);
  same(at, "the number of tables", entities.length, expected.entities.length);
  same(at, "the number of references", db.getRelationships().length, expected.references);
  entities.forEach(([name, entity], index) => {
    const wanted = expected.entities[index];
    if (isPlain(wanted.name)) same(at, "a table", name, wanted.name);
    const columns = entity.attributes.map((column) => ({
      name: column.name ?? column.attributeName,
      keys: (column.keys ?? column.attributeKeyTypeList ?? []).length,
    }));
    same(at, `the number of names in \`${name}\``, new Set(columns.map((one) => one.name)).size, wanted.columns.length);
    columns.forEach((column, place) => {
      const other = wanted.columns[place];
      if (isPlain(other.name)) same(at, `a column of \`${name}\``, column.name, other.name);
      same(at, `the keys of \`${name}.${column.name}\``, column.keys, other.keys);
    });
  });
}

function checkDot(file, text, expected) {
  const result = graphviz.render(text, { format: "json" });
  // Without fonts, Graphviz guesses the widths of letters.
  const errors = result.errors.filter((error) => !error.message.includes("no value for width"));
  for (const error of errors) report(file, `${error.level}: ${error.message}`);
  if (result.status !== "success") return;
  const graph = JSON.parse(result.output);
  same(file, "the number of tables", (graph.objects ?? []).length, expected.entities.length);
  same(file, "the number of references", (graph.edges ?? []).length, expected.references);
}

function checkDbml(file, text, expected, { Parser }) {
  try {
    compareDbml(file, new Parser().parse(text, "dbmlv2"), expected);
  } catch (error) {
    const messages = error.diags?.map((one) => `${one.location?.start?.line}: ${one.message}`);
    report(file, messages?.join("; ") ?? error);
  }
}

const spaces = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const bare = (type) => type.replace(/[\s"]/g, "");

function compareDbml(file, database, expected) {
  const all = (list) => database.schemas.flatMap((schema) => schema[list]);
  const enums = all("enums").map((one) => one.values.map((value) => value.name));
  same(file, "the labels of the enums", enums.sort(), [...expected.enums].sort());
  const references = all("refs").map((one) => one.name);
  const tables = expected.tables.filter((table) => table.columns.length > 0);
  const known = new Set();
  for (const table of tables) {
    const schema = database.schemas.find((one) => one.name === table.schema);
    const read = schema?.tables.find((one) => one.name === table.name);
    known.add(read);
    if (read) compareTable(file, read, table, references);
    else report(file, `the table \`${table.name}\` is missing`);
  }
  const others = all("tables").filter((table) => !known.has(table) && !spaces(table.note).includes("does not have this table,"));
  same(file, "the tables that are not in the schema", others.map((table) => table.name), []);
  for (const table of expected.tables.filter((one) => one.columns.length === 0)) {
    if (!database.note?.includes(table.name)) report(file, `no note has the table \`${table.name}\``);
  }
}

function compareTable(file, read, expected, references) {
  const name = expected.name;
  const note = spaces(read.note);
  if (!note.startsWith(spaces(expected.comment))) report(file, `the note of \`${name}\` is ${note}`);
  same(file, `the columns of \`${name}\``, read.fields.map((one) => one.name), expected.columns.map((one) => one.name));
  const keys = keysOf(read);
  read.fields.forEach((field, index) => compareColumn(file, name, field, expected.columns[index], keys));
  for (const key of expected.keys) {
    if (!keys.includes(key.join())) report(file, `\`${name}\` has no key (${key.join()})`);
  }
  const parsed = new Set([...read.indexes, ...(read.checks ?? [])].map((one) => one.name));
  for (const one of [...expected.indexes, ...expected.checks]) {
    if (!parsed.has(one) && !note.includes(one)) report(file, `\`${name}\` has lost \`${one}\``);
  }
  for (const one of expected.references) {
    if (!references.includes(one) && !note.includes(one)) report(file, `\`${name}\` has lost \`${one}\``);
  }
  for (const one of expected.noted) {
    if (!note.includes(one)) report(file, `the note of \`${name}\` has no \`${one}\``);
  }
}

// The keys of a table, each as its columns.
function keysOf(read) {
  const columns = read.fields.filter((one) => one.pk || one.unique).map((one) => one.name);
  const indexes = read.indexes.filter((one) => one.pk || one.unique);
  return [...columns, ...indexes.map((one) => one.columns.map((column) => column.value).join())];
}

function compareColumn(file, table, field, expected, keys) {
  const at = `\`${table}.${expected.name}\``;
  const { schemaName: schema, type_name: name } = field.type;
  // The name of an array type has the schema already.
  const type = schema && !name.startsWith(`${schema}.`) ? `${schema}.${name}` : name;
  same(file, `the type of ${at}`, bare(type), bare(expected.type));
  same(file, `\`not null\` of ${at}`, Boolean(field.not_null), expected.required);
  const primary = field.pk || keys.some((key) => key.split(",").includes(field.name));
  if (expected.primary && !primary) report(file, `${at} is not in a key`);
  const note = spaces(field.note);
  if (!note.startsWith(spaces(expected.comment))) report(file, `the note of ${at} is ${note}`);
  const hasDefault = field.dbdefault !== undefined || note.includes("DEFAULT");
  if (expected.default && !hasDefault) report(file, `${at} has lost its default`);
}

const directory = process.argv[2];
const files = readdirSync(directory).filter((file) => file.endsWith(".json")).sort();
if (files.length === 0) report(directory, "no file was written");
let count = 0;
for (const file of files) {
  const read = (name) => readFileSync(join(directory, name), "utf8");
  const expected = JSON.parse(read(file));
  const base = file.replace(/\.json$/, "");
  checkDbml(`${base}.dbml`, read(`${base}.dbml`), expected, dbml);
  checkDbml(`${base}.compat.dbml`, read(`${base}.compat.dbml`), expected, dbml3);
  for (const diagram of expected.diagrams) {
    await checkMermaid(`${diagram.file}.mmd`, read(`${diagram.file}.mmd`), diagram);
    checkDot(`${diagram.file}.dot`, read(`${diagram.file}.dot`), diagram);
  }
  count += 2 + 2 * expected.diagrams.length;
}
console.log(`${count} files of ${files.length} schemas were parsed, with ${differences} differences`);
// jsdom keeps timers.
process.exit(differences === 0 ? 0 : 1);
