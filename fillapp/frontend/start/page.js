// @ts-check
// The start page: a template is chosen, documents come up side by side, and the server says how the case stands.
import { Case } from "./case.js"
import { watchDocuments } from "./documents.js"
import { watchDrops } from "./drops.js"
import { watchGenerate } from "./generate.js"
import { watchSearch } from "./search.js"
import { Uploads } from "./uploads.js"

/** @param {HTMLFormElement} form */
export function watchStart(form) {
  const standing = new Case(form)
  const uploads = new Uploads(form, standing)
  watchSearch(form)
  watchDrops(form, (files) => uploads.take(files))
  watchDocuments(form, standing, uploads)
  watchGenerate(form, standing, uploads)
}
