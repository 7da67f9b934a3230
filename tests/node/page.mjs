// Opens a page from disk in Chromium, does to it what a reader would, and prints what it saw.
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import puppeteer from "puppeteer-core";

const [file, pictures] = process.argv.slice(2);
chromium.setGraphicsMode = false;
const browser = await puppeteer.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
  headless: "shell",
});
const page = await browser.newPage();
const complaints = [];
const loaded = [];
page.on("console", (message) => complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));
page.on("request", (request) => loaded.push(request.url()));

const seen = () =>
  page.evaluate(() => ({
    status: document.querySelector("[role=status]").textContent,
    rows: [...document.querySelectorAll("tbody tr")]
      .filter((row) => row.offsetParent !== null)
      .map((row) => row.querySelector("th code").textContent),
  }));
const width = () => page.evaluate(() => document.documentElement.scrollWidth);
const shoot = (name) =>
  pictures ? page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true }) : null;
const look = (scheme, wide) =>
  page
    .emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }])
    .then(() => page.setViewport({ width: wide, height: 800 }));
const ink = () =>
  page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return [style.backgroundColor, style.color];
  });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const barriers = async () => {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
  return { passes: passes.length, violations: violations.map(({ id }) => id) };
};
const CONTROLS = ["searchbox", "combobox", "button"];
const controls = (node) => [
  ...(CONTROLS.includes(node.role) ? [node.name] : []),
  ...(node.children ?? []).flatMap(controls),
];
const roles = (node, found = {}) => {
  found[node.role] = (found[node.role] ?? 0) + 1;
  (node.children ?? []).forEach((child) => roles(child, found));
  return found;
};

const result = {};
await look("light", 1280);
await page.goto(pathToFileURL(file).href);
result.all = await seen();
result.light = await ink();
result.barriers = { light: await barriers() };
await shoot("light");

// The keyboard alone: the first stop is the search field, and the last one shows all again.
await page.keyboard.press("Tab");
await page.keyboard.type("LIFECYCLE users");
result.text = await seen();
for (const _ of ["scope", "method", "level", "reset"]) await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
await new Promise((done) => setTimeout(done, 50));
result.reset = await seen();

for (const [name, value] of Object.entries({
  scope: "okta.users.read", method: "POST", level: "manage",
})) {
  await page.select(`select[name=${name}]`, value);
  result[name] = await seen();
  await page.select(`select[name=${name}]`, "");
}

await look("dark", 360);
result.dark = await ink();
result.narrow = await width();
const tree = await page.accessibility.snapshot({ interestingOnly: false });
result.roles = roles(tree);
result.controls = controls(tree);
result.barriers.dark = await barriers();
await shoot("dark-narrow");
await look("light", 360);
await shoot("light-narrow");
await look("dark", 1280);
await shoot("dark");
await page.emulateMediaType("print");
result.printed = await page.evaluate(
  () => getComputedStyle(document.querySelector("form")).display,
);
await shoot("print");

console.log(JSON.stringify({ ...result, complaints, loaded }));
await browser.close();
