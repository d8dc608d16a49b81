// @ts-check
// What a page can do beyond links and forms; each part looks for its own place and does nothing elsewhere.
import { watchBackfill } from "./backfill.js"
import { watchBusy } from "./busy.js"
import { watchMenus } from "./menu.js"
import { watchPreview } from "./preview.js"
import { watchRenames } from "./rename.js"
import { watchRows } from "./rows.js"
import { watchSearch } from "./search.js"
import { watchTeaching } from "./signals/teaching.js"
import { watchSteps } from "./signals/steps.js"
import { watchStart } from "./start/page.js"
import { watchLook } from "./studio/look.js"
import { watchTests } from "./studio/tests.js"

document.documentElement.classList.add("has-script")

watchMenus()
watchRenames()

for (const search of document.querySelectorAll("form[data-search]")) {
  if (search instanceof HTMLFormElement) watchSearch(search)
}

for (const form of document.querySelectorAll("form[data-busy]")) {
  if (form instanceof HTMLFormElement) watchBusy(form)
}

const report = document.querySelector("[data-report]")
if (report instanceof HTMLElement) import("./report/report.js").then(({ Report }) => new Report(report).open())

const studio = document.querySelector("[data-studio]")
if (studio instanceof HTMLElement) import("./studio/studio.js").then(({ Studio }) => new Studio(studio).open())

const files = document.querySelector("form[data-import-files]")
if (files instanceof HTMLFormElement) import("./studio/importing.js").then(({ watchImportFiles }) => watchImportFiles(files))

const imported = document.querySelector("form[data-import]")
if (imported instanceof HTMLFormElement) import("./studio/importing.js").then(({ watchImport }) => watchImport(imported))

const look = document.querySelector("form[data-look]")
const preview = document.getElementById("preview")
if (look instanceof HTMLFormElement) watchLook(look)
else if (preview) watchPreview(preview)

const start = document.querySelector("form[data-start]")
if (start instanceof HTMLFormElement) watchStart(start)

const tests = document.querySelector("[data-tests]")
if (tests instanceof HTMLElement) watchTests(tests)

const teaching = document.querySelector("[data-teach]")
if (teaching instanceof HTMLElement) watchTeaching(teaching)

for (const steps of document.querySelectorAll("form[data-steps]")) {
  if (steps instanceof HTMLFormElement) watchSteps(steps)
}

for (const rows of document.querySelectorAll("[data-rows]")) {
  if (rows instanceof HTMLElement) watchRows(rows)
}

for (const line of document.querySelectorAll("[data-backfill]")) {
  // Within a list that is searched, the list looks again by itself.
  if (line instanceof HTMLElement && !line.closest("#found")) watchBackfill(line)
}

// A page kept by the browser's back button shows how things stood when it was left; a form keeps what was typed.
addEventListener("pageshow", (event) => {
  if (event.persisted && !studio) location.reload()
})
