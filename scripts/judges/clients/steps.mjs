// What a flow of a foreign client did, step by step, told to the judge on standard output.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

export const given = JSON.parse(readFileSync(process.env.JUDGE_CASE, "utf8"));
const invoices = given.invoices.map((text) => Buffer.from(text, "base64").toString("utf8"));
// The last of the invoices has no valid schema.
export const [good, bad] = [invoices.slice(0, -1), invoices.at(-1)];
const attempts = 200;
const pause = 100;

// The module of a package in the judges' own folder of packages.
export function library(path) {
  return import(pathToFileURL(`${process.cwd()}/node_modules/${path}`));
}

export async function step(name, action) {
  let result, error = null;
  try {
    result = await action();
  } catch (caught) {
    error = `${caught?.name}: ${caught?.message} ${JSON.stringify(caught?.responseBody ?? caught?.body ?? "")}`;
  }
  console.log(JSON.stringify({ step: name, error }));
  return result;
}

export function need(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

export async function until(action, done) {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await action();
    if (done(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new Error("took too long");
}
